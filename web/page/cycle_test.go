package page_test

import (
	"strings"
	"testing"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
)

func control(stage appraisal.Stage) page.CycleView {
	dinas := func(name string, sent int) appraisal.DinasProgress {
		return appraisal.DinasProgress{
			Dinas: appraisal.Unit{Name: name}, People: 1200, Evaluated: 900,
			Completion: appraisal.Completion{Invited: [4]int{1200, 1200, 6000, 600}, Sent: [4]int{1200, 1200, sent, 600}},
		}
	}
	return page.CycleView{
		Cycle: appraisal.Cycle{ID: 1, Year: 2026, Stage: stage, Version: 3, FormsDue: now},
		Dinas: []appraisal.DinasProgress{dinas("Dinas Sosial", 5000), dinas("Badan Keuangan", 5600), dinas("Inspektorat", 6000)},
		Runs: []appraisal.Run{
			{ID: 8, CycleID: 1, CycleVersion: 3, State: appraisal.RunComplete, Total: 3600, Done: 3600, InputDigest: []byte("abcdefgh"), OutputDigest: []byte("abcdefgh")},
			{ID: 7, CycleID: 1, CycleVersion: 3, State: appraisal.RunComplete, Total: 3600, Done: 3600, InputDigest: []byte("abcdefgh"), OutputDigest: []byte("abcdefgh")},
		},
		CanRun: true, WholeCity: true, Now: now,
	}
}

func TestCycleMoves(t *testing.T) {
	v := control(appraisal.StageFilling)
	html := render(t, page.Cycle(layout.Chrome{}, v))
	contains(t, html, "1.400 formulir belum terkirim", `action="/siklus/2026/tahap"`, `name="tahap" value="evaluation"`, `name="versi" value="3"`)

	v.CanRun = false
	lacks(t, render(t, page.Cycle(layout.Chrome{}, v)), "<form method")

	v = control(appraisal.StageEvaluation)
	html = render(t, page.Cycle(layout.Chrome{}, v))
	contains(t, html, `action="/siklus/2026/terbitkan"`, `name="penghitungan" value="8"`, "900 pegawai belum mempunyai evaluasi",
		"Hasil sama persis dengan penghitungan sebelumnya", `name="tahap" value="filling"`)

	v.Cycle.Version = 5
	html = render(t, page.Cycle(layout.Chrome{}, v))
	contains(t, html, "Jalankan penghitungan baru", "Mulai menghitung")
	lacks(t, html, "/terbitkan")

	v.Runs[0].State, v.Runs[0].Done = appraisal.RunWorking, 1800
	contains(t, render(t, page.Cycle(layout.Chrome{}, v)), "1.800 dari 3.600 pegawai sudah dihitung", `href="/siklus/2026/penghitungan/8"`)

	lacks(t, render(t, page.Cycle(layout.Chrome{}, control(appraisal.StagePublished))), "<form method")
}

func TestCycleSort(t *testing.T) {
	for sort, want := range map[page.CycleSort][]string{
		"":                   {"Badan Keuangan", "Dinas Sosial", "Inspektorat"},
		page.CycleByName:     {"Badan Keuangan", "Dinas Sosial", "Inspektorat"},
		page.CycleByMissing:  {"Dinas Sosial", "Badan Keuangan", "Inspektorat"},
		page.CycleByComplete: {"Inspektorat", "Badan Keuangan", "Dinas Sosial"},
	} {
		v := control(appraisal.StageFilling)
		v.Sort = sort
		html := render(t, page.Cycle(layout.Chrome{}, v))
		at := 0
		for _, name := range want {
			i := strings.Index(html[at:], name)
			if i < 0 {
				t.Errorf("order %q: %s does not follow", sort, name)
				break
			}
			at += i
		}
	}
}

func TestRun(t *testing.T) {
	v := page.RunView{
		Cycle: appraisal.Cycle{Year: 2026, Stage: appraisal.StageEvaluation, Version: 3}, CanRun: true, People: 3600, Evaluated: 1200,
		Run: appraisal.Run{ID: 8, CycleVersion: 3, State: appraisal.RunWorking, Done: 1200, Total: 3600, StartedAt: now}, Now: now.Add(time.Minute),
	}
	html := render(t, page.Run(layout.Chrome{}, v))
	contains(t, html, `data-poll="/siklus/2026/penghitungan/8/keadaan"`, "1.200 dari 3.600 pegawai, sisa waktu 2 menit", "Perbarui keadaan", "/batalkan")
	lacks(t, html, "data-done")

	v.Run.State = appraisal.RunComplete
	fragment := render(t, page.RunState(v))
	contains(t, fragment, "data-done", "1.200 dari 3.600 pegawai sudah mempunyai evaluasi", `href="/siklus/2026"`)
	if !strings.HasPrefix(fragment, "<div") {
		t.Error("the fragment has no root of its own")
	}

	v.Run.State, v.Run.Failure = appraisal.RunFailed, "connection reset"
	contains(t, render(t, page.RunState(v)), "data-done", "/lanjutkan", "connection reset")
	v.CanRun = false
	lacks(t, render(t, page.RunState(v)), "<form", "connection reset")
}

func TestCycles(t *testing.T) {
	contains(t, render(t, page.Cycles(layout.Chrome{}, page.CyclesView{})), "Belum ada periode penilaian")
	v := page.CyclesView{Cycles: []appraisal.Cycle{{Year: 2026, Stage: appraisal.StageFilling}}}
	contains(t, render(t, page.Cycles(layout.Chrome{}, v)), `href="/siklus/2026"`, "Pengisian penilaian")
}
