package page_test

import (
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/layout"
	"rancak/web/page"
)

// behaviours are seven values with so many items each.
func behaviours(items int) appraisal.Instrument {
	in := appraisal.Instrument{Code: "uji", Version: items}
	names := []string{"Berorientasi Pelayanan", "Akuntabel", "Kompeten", "Harmonis", "Loyal", "Adaptif", "Kolaboratif"}
	for i, code := range []string{"BP", "AK", "KM", "HR", "LY", "AD", "KL"} {
		in.Behaviours = append(in.Behaviours, appraisal.Behaviour{Code: code, Name: names[i], Items: make([]appraisal.Item, items)})
	}
	return in
}

// answers makes one form of a kind: a digit for each behaviour, "-" where it
// cannot be rated.
func answers(kind appraisal.ReviewKind, digits string) scoring.Form {
	items := 1
	if kind == appraisal.KindSelf || kind == appraisal.KindSupervisor {
		items = 3
	}
	f := scoring.Form{Kind: kind}
	for _, d := range digits {
		a := appraisal.CannotRate
		if d != '-' {
			a = appraisal.Answer(d - '0')
		}
		for range items {
			f.Answers = append(f.Answers, a)
		}
	}
	return f
}

func testRules() appraisal.Rules {
	return appraisal.Rules{
		ID: 1, Version: "2026.1", Scheme: appraisal.SchemeThreeSources, MinPeers: 3, MinSubordinates: 3, MinMerged: 3,
		MinAnswered: appraisal.NewRatio(2, 3), MinBehaviours: 5, Meets: appraisal.NewRatio(5, 2), Above: appraisal.NewRatio(7, 2),
		MinMeanGroup: 5, MinDistributionGroup: 10,
		Patterns: map[appraisal.OrgPredikat]appraisal.Pattern{appraisal.OrgBaik: {
			Largest: appraisal.PredikatBaik,
			Limits:  []appraisal.Limit{{Predikats: []appraisal.Predikat{appraisal.PredikatBaik}, MaxPercent: 70}},
		}},
	}
}

// resultOf computes the result of these forms.
func resultOf(t *testing.T, leads bool, forms ...scoring.Form) page.ResultView {
	t.Helper()
	in := map[appraisal.ReviewKind]appraisal.Instrument{
		appraisal.KindSelf: behaviours(3), appraisal.KindSupervisor: behaviours(3),
		appraisal.KindPeer: behaviours(1), appraisal.KindSubordinate: behaviours(1),
	}
	s, err := scoring.New(testRules(), in)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Result(forms, leads)
	if err != nil {
		t.Fatal(err)
	}
	return page.ResultView{
		Explanation: scoring.Explain(r, testRules(), scoring.DefaultVariances),
		Explained: scoring.Explained{
			Participant: appraisal.Participant{EmployeeID: 1, Name: "Budi", Supervisor: 2, Reviewer: 3, Dinas: 7, DinasName: "Dinas Sosial"},
			Cycle:       appraisal.Cycle{ID: 1, Year: 2026, Stage: appraisal.StagePublished},
			Rules:       testRules(), Instrument: behaviours(3), Result: r, EvaluatorName: "Hendri",
			Run: appraisal.Run{ID: 7, State: appraisal.RunComplete, FinishedAt: now},
			Evaluation: appraisal.Evaluation{
				State: appraisal.EvaluationFinal, Work: appraisal.LevelMeets, Behaviour: appraisal.LevelAbove,
				Predikat: appraisal.PredikatBaik, FinalAt: now,
			},
		},
	}
}

// workedExample is the first of the worked examples: 4.22 with five peers.
func workedExample(t *testing.T) page.ResultView {
	t.Helper()
	forms := []scoring.Form{answers(appraisal.KindSelf, "5555555"), answers(appraisal.KindSupervisor, "44445--")}
	for _, d := range []string{"3", "4", "4", "5", "4"} {
		forms = append(forms, answers(appraisal.KindPeer, strings.Repeat(d, 7)))
	}
	return resultOf(t, false, forms...)
}

func TestResultExplains(t *testing.T) {
	html := render(t, page.Result(layout.Chrome{}, workedExample(t)))
	contains(t, html,
		"Indeks 4,22 = 10% × 5,00 (diri) + 60% × 4,20 (atasan) + 30% × 4,00 (rata-rata 5 rekan)",
		"Bila atasan dan 5 rekan lain yang setara menilai Anda, angkanya kemungkinan besar antara 3,7 dan 4,7.",
		"Predikat kinerja: Baik", "Ditetapkan oleh Hendri", "Aturan versi 2026.1", "Penghitungan nomor 7", "14 hari kerja")
	order := []string{"Yang menonjol baik", "Predikat kinerja:", "Indeks perilaku", "Bagaimana angka ini dihitung", "Langkah berikutnya"}
	at := 0
	for _, part := range order {
		i := strings.Index(html[at:], part)
		if i < 0 {
			t.Fatalf("%q does not follow in its order", part)
		}
		at += i
	}
}

func TestResultHidesFewPeers(t *testing.T) {
	v := resultOf(t, false, answers(appraisal.KindSelf, "5555555"), answers(appraisal.KindSupervisor, "44445--"),
		answers(appraisal.KindPeer, "1111111"), answers(appraisal.KindPeer, "2222222"))
	html := render(t, page.Result(layout.Chrome{}, v))
	contains(t, html, "Umpan balik rekan belum cukup (2 dari minimal 3), jadi tidak dipakai dan tidak ditampilkan.",
		"bobot 10 dan 60 dibagi jumlahnya (70)", "Perilaku menurut atasan")
	lacks(t, html, "1,50", "Rekan kerja", "orang lain <strong")
}

func TestResultMerged(t *testing.T) {
	forms := []scoring.Form{answers(appraisal.KindSelf, "5555555"), answers(appraisal.KindSupervisor, "44445--")}
	for _, d := range []string{"3", "5"} {
		forms = append(forms, answers(appraisal.KindPeer, strings.Repeat(d, 7)))
	}
	forms = append(forms, answers(appraisal.KindSubordinate, "4444444"))
	html := render(t, page.Result(layout.Chrome{}, resultOf(t, true, forms...)))
	contains(t, html, "Indeks 4,22", "rata-rata 3 rekan dan bawahan", "dihitung sebagai satu kelompok")
}

func TestResultWithoutSupervisor(t *testing.T) {
	v := resultOf(t, false, answers(appraisal.KindSelf, "5555555"))
	v.Explained.Evaluation = appraisal.Evaluation{State: appraisal.EvaluationOpen}
	html := render(t, page.Result(layout.Chrome{}, v))
	lacks(t, html, "mengajukan keberatan")
	contains(t, html, "Indeks tahun ini tidak dapat dihitung", "bukan karena kesalahan Anda", "Penilaian atasan belum ada")
	lacks(t, html, "Bagaimana angka ini dihitung", "Seberapa pasti?")
}

func TestResultUniform(t *testing.T) {
	v := resultOf(t, false, answers(appraisal.KindSupervisor, "4444444"))
	contains(t, render(t, page.Result(layout.Chrome{}, v)), "Ketujuh perilaku dinilai sama")
}

func TestResultComments(t *testing.T) {
	v := workedExample(t)
	v.Explained.Comments = []appraisal.Comment{
		{Kind: appraisal.KindPeer, Behaviour: 3, Text: "Mendengarkan semua pihak."},
		{Kind: appraisal.KindSelf, Behaviour: 3, Text: "Catatan saya sendiri."},
	}
	html := render(t, page.Result(layout.Chrome{}, v))
	contains(t, html, "Mendengarkan semua pihak.")
	lacks(t, html, "Catatan saya sendiri.")
}

func TestResultViewers(t *testing.T) {
	v := workedExample(t)
	v.Viewer = page.ViewerSupervisor
	html := render(t, page.Result(layout.Chrome{}, v))
	contains(t, html, "Hasil penilaian Budi 2026", "Jadwalkan dialog kinerja", "menilai pegawai ini", `href="/tim"`)
	lacks(t, html, "Indeks perilaku Anda")
	v.Viewer = page.ViewerHR
	contains(t, render(t, page.Result(layout.Chrome{}, v)), "bersifat pribadi", "/hasil/dinas/7")
}

func TestResults(t *testing.T) {
	contains(t, render(t, page.Results(layout.Chrome{}, page.ResultsView{})), "Belum ada hasil")
	v := page.ResultsView{Current: appraisal.Cycle{ID: 2, Year: 2026, Stage: appraisal.StageEvaluation}}
	html := render(t, page.Results(layout.Chrome{}, v))
	contains(t, html, "Belum ada hasil yang diterbitkan", "Evaluasi kinerja")
	lacks(t, html, `href="/hasil/2026"`)
	v.Years = []appraisal.YearResult{{Year: 2025, PublishedAt: now, Predikat: appraisal.PredikatSangatBaik}}
	contains(t, render(t, page.Results(layout.Chrome{}, v)), `href="/hasil/2025"`, "Predikat Sangat Baik")
}
