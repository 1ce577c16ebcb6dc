package page_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
)

// form is a form of two behaviours with two items each and its first answers.
func form(kind appraisal.ReviewKind, answers ...appraisal.Answer) appraisal.ReviewForm {
	items := []appraisal.Item{{Text: "Satu"}, {Text: "Dua"}}
	in := appraisal.Instrument{Behaviours: []appraisal.Behaviour{
		{Name: "Harmonis", Items: items}, {Name: "Loyal", Items: items},
	}}
	day := time.Date(2026, time.December, 5, 0, 0, 0, 0, time.UTC)
	f := appraisal.ReviewForm{
		Review: appraisal.Review{
			ID: 9, Kind: kind, State: appraisal.ReviewDraft,
			Answers: make([]appraisal.Answer, 4), Comments: make([]string, 2), Versions: make([]int, 6),
		},
		Instrument: in,
		Cycle:      appraisal.Cycle{Year: 2026, Stage: appraisal.StageFilling, FormsDue: day, EvaluationDue: day},
		Ratee:      appraisal.Participant{Name: "Budi"},
	}
	copy(f.Review.Answers, answers)
	return f
}

var now = time.Date(2026, time.December, 2, 7, 0, 0, 0, time.UTC)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func contains(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(html, p) {
			t.Errorf("the page lacks %s", p)
		}
	}
}

func lacks(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(html, p) {
			t.Errorf("the page has %s", p)
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, a := range []appraisal.Answer{1, 2, 3, 4, 5, appraisal.CannotRate} {
		if got := page.ParseAnswer(page.AnswerValue(a)); got != a {
			t.Errorf("%d comes back as %d", a, got)
		}
	}
	for _, value := range []string{"", "0", "6", "-1", "3 ", "X"} {
		if got := page.ParseAnswer(value); got.Given() {
			t.Errorf("%q is read as %d", value, got)
		}
	}
}

func TestReviewSection(t *testing.T) {
	f := form(appraisal.KindPeer, 4, 3, appraisal.CannotRate)
	f.Review.Versions[2] = 7
	html := render(t, page.Review(layout.Chrome{}, page.ReviewView{Form: f, Section: 2, LeastRaters: 3, Now: now}))
	contains(t, html,
		`<title>Bagian 2 dari 2: Loyal – Penilaian Rekan Kerja: Budi – Rancak</title>`,
		`action="/penilaian/9" data-autosave="/penilaian/9/simpan"`,
		`name="bagian" value="2"`, `data-field="2" data-version="7"`, `name="v2" value="7"`,
		`value="x" checked`, `name="f5"`, `name="aksi" value="keluar"`,
		"Simpan dan periksa jawaban", "paling sedikit 2 orang lain",
	)
	lacks(t, html, `name="f0"`, `name="f4"`, "data-error-summary")
}

func TestReviewAllSections(t *testing.T) {
	html := render(t, page.Review(layout.Chrome{}, page.ReviewView{Form: form(appraisal.KindSelf), Now: now}))
	contains(t, html, `value="semua"`, `name="f0"`, `name="f3"`, `name="f5"`, "<title>Penilaian Diri – Rancak</title>")
	lacks(t, html, "checked")
}

// A field that somebody else saved first shows both contents and is left out
// of draft saving until the person has chosen.
func TestReviewConflict(t *testing.T) {
	f := form(appraisal.KindSelf, 3, 4)
	f.Review.Versions[0] = 2
	html := render(t, page.Review(layout.Chrome{}, page.ReviewView{
		Form: f, Section: 1, Now: now, Conflicts: []appraisal.Change{{Field: 0, Version: 1, Answer: 5}},
	}))
	contains(t, html,
		"<title>Kesalahan: ", `href="#pilih0"`, `id="pilih0" name="pilih0" value="ini"`, `name="pilih0" value="tersimpan"`,
		`name="v0" value="1"`, `name="s0" value="2"`, "<dd>3 – Konsisten", "<dd>5 – Penjaga",
		`name="f0" value="5" checked`, `data-field="1"`,
	)
	lacks(t, html, `data-field="0"`, `name="f0" value="3" checked`)
}

func TestReviewTypedStays(t *testing.T) {
	f := form(appraisal.KindSelf)
	f.Review.Comments[0] = "lama"
	html := render(t, page.Review(layout.Chrome{}, page.ReviewView{
		Form: f, Section: 1, Now: now,
		Faults: []appraisal.Fault{{Field: "f4", Code: appraisal.CodeCommentLong, Number: 2000}},
		Typed:  []appraisal.Change{{Field: 4, Comment: "baru"}},
	}))
	contains(t, html, "\nbaru", `href="#f4"`, "2.000 huruf")
	lacks(t, html, "\nlama")
}

func TestReviewCheck(t *testing.T) {
	f := form(appraisal.KindSupervisor, 5, 3)
	html := render(t, page.ReviewCheck(layout.Chrome{}, page.ReviewCheckView{Form: f, Now: now}))
	contains(t, html,
		`href="/penilaian/9?bagian=2#f2">Loyal: 2 pernyataan belum dijawab.`,
		`href="/penilaian/9?bagian=1#f4">Harmonis: tulis satu kejadian nyata`,
		`action="/penilaian/9/kirim"`, "5 Desember 2026 (3 hari lagi)",
	)
	lacks(t, html, "Kesalahan: ")
	f.Review.State, f.Review.SubmittedAt = appraisal.ReviewSubmitted, now
	html = render(t, page.ReviewCheck(layout.Chrome{}, page.ReviewCheckView{Form: f, Now: now}))
	contains(t, html, `action="/penilaian/9/ubah"`, "Terkirim 2 Desember 2026 pukul 14.00 WIB")
	lacks(t, html, "/kirim", "?bagian=")
	f.Cycle.Stage = appraisal.StageEvaluation
	html = render(t, page.ReviewCheck(layout.Chrome{}, page.ReviewCheckView{Form: f, Now: now}))
	contains(t, html, "Masa pengisian sudah ditutup")
	lacks(t, html, "<form method=\"post\" action=\"/penilaian/")
}
