package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/page"
	"rancak/web/path"
)

// publish publishes the newest run of the current year.
func (w *world) publish(t testing.TB) {
	t.Helper()
	w.as(t, appraisal.RoleHRCity).post(t, path.CyclePublish(w.year), w.publication(t, w.run(t, w.year))).leads(t, path.Cycle(w.year))
}

func (w *world) publication(t testing.TB, run int64) url.Values {
	t.Helper()
	return url.Values{page.FieldVersion: {w.cycleVersion(t)}, page.FieldRun: {strconv.FormatInt(run, 10)}}
}

func (w *world) move(t testing.TB, to appraisal.Stage) url.Values {
	t.Helper()
	return url.Values{page.FieldVersion: {w.cycleVersion(t)}, page.FieldStage: {string(to)}}
}

func TestCycle(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	hr := w.as(t, appraisal.RoleHRCity)
	at := path.Cycle(w.year)
	hr.get(t, path.Cycles).want(t, 200).says(t, "Tahun "+strconv.Itoa(w.year), "Tahun "+strconv.Itoa(w.year-1))
	for _, sort := range []string{"", "nama", "belum", "lengkap", "'; DROP TABLE", "%00"} {
		hr.get(t, at+"?urut="+url.QueryEscape(sort)).want(t, 200).says(t, "Tutup formulir")
	}

	// A stage is moved from what one saw, and in its order.
	stale := w.move(t, appraisal.StageEvaluation)
	for _, to := range []appraisal.Stage{"", "entahlah", appraisal.StagePublished, appraisal.StagePreparation, appraisal.StageFilling} {
		hr.post(t, path.CycleStage(w.year), w.move(t, to)).want(t, 409).says(t, "Tahap tidak dapat dipindahkan ke sana")
	}
	hr.post(t, path.Runs(w.year), nil).want(t, 409)
	hr.post(t, path.CycleStage(w.year), stale).leads(t, at)
	hr.get(t, at).says(t, "Tahap sekarang: ", "Mulai menghitung")
	hr.post(t, path.CycleStage(w.year), stale).want(t, 409).says(t, "Sudah ada perubahan yang lebih baru")

	// One run at a time; nothing else happens to the year meanwhile.
	hr.post(t, path.Runs(w.year), nil).want(t, 303)
	run := w.run(t, w.year)
	hr.post(t, path.Runs(w.year), url.Values{page.FieldRun: {"0"}}).leads(t, path.Run(w.year, appraisal.RunID(run))) // sent twice
	hr.post(t, path.Runs(w.year), nil).want(t, 409).says(t, "Penghitungan sedang berjalan")
	hr.post(t, path.CycleStage(w.year), w.move(t, appraisal.StageFilling)).want(t, 409)
	hr.post(t, path.CyclePublish(w.year), w.publication(t, run)).want(t, 409)
	if n := scalar[int](t, w, "SELECT count(*) FROM scoring_runs WHERE state = 'queued'"); n != 1 {
		t.Errorf("%d runs wait", n)
	}

	// Stopped, taken up, worked on.
	id := appraisal.RunID(run)
	hr.post(t, path.RunResume(w.year, id), nil).want(t, 409)
	hr.post(t, path.RunCancel(w.year, id), nil).leads(t, path.Run(w.year, id))
	hr.post(t, path.RunCancel(w.year, id), nil).want(t, 409)
	hr.get(t, path.Run(w.year, id)).want(t, 200).says(t, "Penghitungan dihentikan", "Lanjutkan penghitungan")
	hr.post(t, path.CyclePublish(w.year), w.publication(t, run)).want(t, 409)
	hr.post(t, path.RunResume(w.year, id), nil).leads(t, path.Run(w.year, id))
	w.score(t)
	hr.get(t, path.Run(w.year, id)).want(t, 200).says(t, "Penghitungan selesai")

	// The same again gives the same.
	hr.post(t, path.Runs(w.year), nil).want(t, 303)
	second := w.score(t)
	hr.get(t, path.Run(w.year, second)).says(t, "sama persis dengan penghitungan sebelumnya")

	// Forms opened again make runs stale.
	hr.post(t, path.CycleStage(w.year), w.move(t, appraisal.StageFilling)).want(t, 303)
	w.close(t)
	hr.get(t, path.Run(w.year, second)).says(t, "Jalankan penghitungan baru")
	hr.post(t, path.CyclePublish(w.year), w.publication(t, int64(second))).want(t, 409).says(t, "penghitungan")
	hr.post(t, path.Runs(w.year), nil).want(t, 303)
	third := w.score(t)
	for _, wrong := range []int64{0, -5, w.run(t, w.year-1)} {
		hr.post(t, path.CyclePublish(w.year), w.publication(t, wrong)).want(t, 409)
	}
	hr.post(t, path.CyclePublish(w.year), w.publication(t, 1<<40)).want(t, 404)
	late := w.publication(t, int64(third))
	late.Set(page.FieldVersion, "1")
	hr.post(t, path.CyclePublish(w.year), late).want(t, 409)
	m := w.as(t, appraisal.RoleEmployee)
	m.get(t, path.Result(w.year)).want(t, 404)
	w.publish(t)
	hr.get(t, at).says(t, "Hasil sudah diterbitkan.")
	m.get(t, path.Home).want(t, 200).says(t, path.Result(w.year))
	m.get(t, path.Result(w.year)).want(t, 200)

	// Published for good.
	hr.post(t, path.CyclePublish(w.year), w.publication(t, int64(third))).want(t, 409)
	hr.post(t, path.CycleStage(w.year), w.move(t, appraisal.StageEvaluation)).want(t, 409)
	hr.post(t, path.Runs(w.year), nil).want(t, 409)
	if n := w.audits(t, "publish_cycle", scalar[int64](t, w, "SELECT id FROM cycles WHERE year = $1", w.year)); n != 1 {
		t.Errorf("published %d times", n)
	}
}

// TestRunState is what the page of a run asks for again and again.
func TestRunState(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	w.close(t)
	hr := w.as(t, appraisal.RoleHRCity)
	hr.post(t, path.Runs(w.year), nil).want(t, 303)
	id := appraisal.RunID(w.run(t, w.year))
	fragment := func(m *member) *answer {
		r := httptest.NewRequest(http.MethodGet, path.RunState(w.year, id), nil)
		r.Header.Set("X-Fragment", "1")
		return m.send(t, r)
	}
	fragment(hr).want(t, 200).says(t, "<progress", "Hentikan").lacks(t, "<html", "data-done")
	fragment(w.as(t, appraisal.RoleAuditor)).want(t, 200).says(t, "<progress").lacks(t, "<form")
	fragment(w.nobody()).want(t, 401)
	fragment(w.as(t, appraisal.RoleEmployee)).want(t, 403)
	hr.get(t, path.RunState(w.year, id)).leads(t, path.Run(w.year, id))
	hr.get(t, path.Run(w.year, id)).says(t, `data-poll="`+path.RunState(w.year, id)+`"`, "Perbarui keadaan")
	w.score(t)
	fragment(hr).want(t, 200).says(t, `data-done=""`, "Penghitungan selesai").lacks(t, "<html")

	// What went wrong is for those who can do something about it.
	hr.post(t, path.Runs(w.year), nil).want(t, 303)
	id = appraisal.RunID(w.run(t, w.year))
	if err := w.store.FailRun(t.Context(), id, "disk <penuh>", now()); err != nil {
		t.Fatal(err)
	}
	fragment(hr).want(t, 200).says(t, "disk &lt;penuh&gt;", "Lanjutkan penghitungan")
	fragment(w.as(t, appraisal.RoleAuditor)).want(t, 200).lacks(t, "penuh", "Lanjutkan penghitungan")
}

// TestControlRoom: HR of a dinas sees its own.
func TestControlRoom(t *testing.T) {
	w := filling()
	m := w.as(t, appraisal.RoleHRDinas)
	own := scalar[string](t, w, "SELECT name FROM units WHERE id = $1", w.dinasOf(t, m))
	others := scalar[string](t, w, "SELECT name FROM units WHERE id = $1", w.otherDinas(t, m))
	for _, at := range []string{path.Cycle(w.year), path.Cycle(w.year - 1)} {
		m.get(t, at).want(t, 200).says(t, own, "Kemajuan perangkat daerah yang Anda kelola").lacks(t, others, "<form class")
	}
	w.as(t, appraisal.RoleHRCity).get(t, path.Cycle(w.year)).says(t, own, others)
}
