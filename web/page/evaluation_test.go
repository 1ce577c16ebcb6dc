package page_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
)

func evaluation(t *testing.T, state appraisal.EvaluationState) page.EvaluationView {
	t.Helper()
	r := workedExample(t)
	r.Explained.Comments = []appraisal.Comment{
		{Kind: appraisal.KindPeer, Behaviour: 3, Text: "Mendengarkan semua pihak."},
		{Kind: appraisal.KindSupervisor, Behaviour: 3, Text: "Menengahi rapat."},
	}
	v := page.EvaluationView{
		Cycle:     appraisal.Cycle{ID: 1, Year: 2026, Stage: appraisal.StageEvaluation, EvaluationDue: now},
		Person:    r.Explained.Participant,
		Explained: r.Explained, Explanation: r.Explanation, Now: now, Next: 5, Done: 2, Total: 9,
		Advice: appraisal.Advice{Run: 7, Behaviour: appraisal.LevelAbove},
		Evaluation: appraisal.Evaluation{
			State: state, OwnWork: appraisal.LevelMeets, OwnBehaviour: appraisal.LevelMeets, EnteredAt: now, Version: 4,
		},
	}
	if state == appraisal.EvaluationOpen {
		v.Evaluation.OwnWork, v.Evaluation.OwnBehaviour = "", ""
	}
	return v
}

// checked returns the values of the chosen radios by name.
func checked(t *testing.T, page string) map[string]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for n := range root.Descendants() {
		attrs := map[string]string{}
		for _, a := range n.Attr {
			attrs[a.Key] = a.Val
		}
		if _, ok := attrs["checked"]; ok && n.Data == "input" {
			list[attrs["name"]] = attrs["value"]
		}
	}
	return list
}

func TestEvaluationOwnEntryFirst(t *testing.T) {
	v := evaluation(t, appraisal.EvaluationOpen)
	v.Org, v.OrgYear, v.Advice.Work = appraisal.OrgIstimewa, 2026, appraisal.LevelAbove
	html := render(t, page.Evaluation(layout.Chrome{}, v))
	contains(t, html, `action="/tim/1/evaluasi/awal"`, `name="versi" value="4"`, "penjaga penerapan nilai dasar ASN", "Langkah 1 dari 2")
	lacks(t, html, "4,22", "4,20", "Indeks", "Usulan:", "mengusulkan", "Mendengarkan semua pihak.", "Menengahi rapat.", "Istimewa", "<svg class=\"drawing")
	if got := checked(t, html); len(got) != 0 {
		t.Errorf("chosen beforehand: %v", got)
	}
}

func TestEvaluationEntered(t *testing.T) {
	html := render(t, page.Evaluation(layout.Chrome{}, evaluation(t, appraisal.EvaluationEntered)))
	contains(t, html, `action="/tim/1/evaluasi/tetapkan"`, "4,22", "Usulan: Di Atas Ekspektasi.", "Mendengarkan semua pihak.", "Catatan Anda", `name="alasan_perilaku"`)
	lacks(t, html, `name="alasan_hasil"`)
	if got := checked(t, html); got["hasil"] != "meets" || got["perilaku"] != "meets" {
		t.Errorf("chosen %v, want the own entry", got)
	}
}

func TestEvaluationRefused(t *testing.T) {
	v := evaluation(t, appraisal.EvaluationEntered)
	v.Typed = &appraisal.Decision{Work: appraisal.LevelBelow, Behaviour: appraisal.LevelMeets, Recommendation: "Tetap semangat."}
	v.Faults = []appraisal.Fault{{Field: page.FieldBehaviourReason, Code: appraisal.CodeReasonNeeded}}
	html := render(t, page.Evaluation(layout.Chrome{}, v))
	contains(t, html, "Kesalahan: Evaluasi kinerja", `href="#alasan_perilaku"`, "Tetap semangat.", "bertanda: pilihan yang baru Anda kirim",
		"menghasilkan predikat Butuh Perbaikan")
	if got := checked(t, html); got["hasil"] != "below" || got["perilaku"] != "meets" {
		t.Errorf("chosen %v, want what was typed", got)
	}
}

func TestEvaluationHeadOfUnit(t *testing.T) {
	v := evaluation(t, appraisal.EvaluationEntered)
	v.Org, v.OrgYear, v.Advice.Work = appraisal.OrgIstimewa, 2025, appraisal.LevelAbove
	contains(t, render(t, page.Evaluation(layout.Chrome{}, v)),
		"capaian kinerja organisasi Istimewa untuk tahun 2025", `name="alasan_hasil"`)
}

func TestEvaluationWithoutRun(t *testing.T) {
	v := evaluation(t, appraisal.EvaluationEntered)
	v.Advice = appraisal.Advice{}
	html := render(t, page.Evaluation(layout.Chrome{}, v))
	contains(t, html, "Penghitungan belum selesai", `href="/tim/5/evaluasi"`)
	lacks(t, html, "<form class", "4,22", "Mendengarkan semua pihak.")
}

func TestEvaluationFinal(t *testing.T) {
	v := evaluation(t, appraisal.EvaluationFinal)
	v.Evaluation.Work, v.Evaluation.Behaviour, v.Evaluation.Predikat = appraisal.LevelMeets, appraisal.LevelAbove, appraisal.PredikatBaik
	html := render(t, page.Evaluation(layout.Chrome{}, v))
	contains(t, html, "Keputusan: Baik", `action="/tim/1/evaluasi/ubah"`, "Pegawai berikutnya")
	v.Cycle.Stage = appraisal.StagePublished
	html = render(t, page.Evaluation(layout.Chrome{}, v))
	contains(t, html, `href="/hasil/2026/pegawai/1"`)
	lacks(t, html, "<form")
}

func TestEvaluationClosed(t *testing.T) {
	v := evaluation(t, appraisal.EvaluationOpen)
	v.Cycle.Stage = appraisal.StageFilling
	html := render(t, page.Evaluation(layout.Chrome{}, v))
	contains(t, html, "Evaluasi belum dibuka")
	lacks(t, html, "<form")
}
