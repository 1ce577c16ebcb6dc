package page_test

import (
	"testing"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
)

func TestHome(t *testing.T) {
	cycle := form(appraisal.KindSelf).Cycle
	tasks := []appraisal.Task{
		{Review: 1, Kind: appraisal.KindSelf, State: appraisal.ReviewDraft, Answered: 8, Items: 21},
		{Review: 2, Kind: appraisal.KindPeer, RateeName: "Budi", State: appraisal.ReviewSubmitted, Answered: 7, Items: 7, SubmittedAt: now},
	}
	view := page.HomeView{Now: now, Name: "Ani", Cycle: &cycle, Tasks: tasks}
	contains(t, render(t, page.Home(layout.Chrome{}, view)),
		"Selamat datang, Ani", `href="/penilaian/1"`, "Draf 8 dari 21", "Paling lambat 5 Desember 2026, 3 hari lagi",
		"Sudah terkirim (1)", `href="/penilaian/2/periksa"`)

	view.Now = now.AddDate(0, 0, 5)
	contains(t, render(t, page.Home(layout.Chrome{}, view)), "lewat 2 hari", "masih dapat diisi", "tag-late")

	closed := cycle
	closed.Stage, view.Cycle, view.People, view.Evaluated = appraisal.StageEvaluation, &closed, 12, 3
	html := render(t, page.Home(layout.Chrome{}, view))
	contains(t, html, "Ditutup sebelum terkirim", "3 dari 12 selesai", `href="/tim"`)
	lacks(t, html, `href="/penilaian/1"`)

	view = page.HomeView{Now: now, Cycle: &cycle, Tasks: tasks[1:]}
	contains(t, render(t, page.Home(layout.Chrome{}, view)), "Semua penilaian Anda sudah terkirim")

	published := cycle
	published.Stage, published.PublishedAt = appraisal.StagePublished, time.Date(2026, time.December, 22, 1, 0, 0, 0, time.UTC)
	view = page.HomeView{Now: now, Cycle: &published, News: []page.HomeNews{{Year: 2026, PublishedAt: published.PublishedAt}}}
	contains(t, render(t, page.Home(layout.Chrome{}, view)), `href="/hasil/2026"`, "Terbit 22 Desember 2026")

	contains(t, render(t, page.Home(layout.Chrome{}, page.HomeView{Now: now})), "tugas Anda muncul di sini")
}
