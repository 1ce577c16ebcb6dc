package page_test

import (
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
)

func team(stage appraisal.Stage, people int) page.TeamView {
	v := page.TeamView{
		Cycle: appraisal.Cycle{ID: 1, Year: 2026, Stage: stage, FormsDue: now, EvaluationDue: now.AddDate(0, 0, 3)},
		Rules: testRules(), Org: appraisal.OrgBaik, OrgYear: 2025, Now: now,
		Distribution: appraisal.Distribution{appraisal.PredikatBaik: people},
	}
	for i := range people {
		v.Members = append(v.Members, appraisal.Member{
			Participant: appraisal.Participant{EmployeeID: appraisal.EmployeeID(i + 1), Name: "Budi"},
			Own:         appraisal.Task{Review: appraisal.ReviewID(i + 50), State: appraisal.ReviewDraft, Answered: 4, Items: 21},
			Completion:  appraisal.Completion{Invited: [4]int{1, 1, 5, 0}, Sent: [4]int{1, 0, 3, 0}},
			Evaluation:  appraisal.EvaluationFinal, Predikat: appraisal.PredikatBaik,
		})
	}
	return v
}

func TestTeam(t *testing.T) {
	contains(t, render(t, page.Team(layout.Chrome{}, team(appraisal.StageFilling, 0))), "Belum ada pegawai di tim Anda")

	html := render(t, page.Team(layout.Chrome{}, team(appraisal.StageFilling, 2)))
	contains(t, html, "Draf 4 dari 21", `href="/penilaian/50"`, "4 dari 7", "Belum: atasan 1 dan rekan 2")
	lacks(t, html, "/evaluasi", "Sebaran predikat")

	html = render(t, page.Team(layout.Chrome{}, team(appraisal.StageEvaluation, 2)))
	contains(t, html, `href="/tim/1/evaluasi"`, `href="/penilaian/50/periksa"`, "tidak bermakna untuk kelompok kecil",
		"Capaian tahun itu dipakai karena capaian tahun 2026 belum ditetapkan")

	v := team(appraisal.StagePublished, 12)
	v.Unmet = v.Rules.Patterns[v.Org].Check(v.Distribution)
	html = render(t, page.Team(layout.Chrome{}, v))
	contains(t, html, `href="/hasil/2026/pegawai/1"`, "Berbeda dari pola", "paling banyak 70%", "12 dari 12 orang")
	lacks(t, html, "kelompok kecil")
}
