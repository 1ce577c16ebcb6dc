package server

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/page"
	"rancak/web/path"
	"rancak/web/text"
)

// evaluation is what is stored of somebody.
func (w *world) evaluation(t testing.TB, id appraisal.EmployeeID) appraisal.Evaluation {
	t.Helper()
	c, err := w.store.Cycle(t.Context(), w.year)
	if err != nil {
		t.Fatal(err)
	}
	e, err := w.store.Evaluation(t.Context(), appraisal.Participant{CycleID: c.ID, EmployeeID: id})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// proposed returns the result of somebody by the newest run.
func (w *world) proposed(t testing.TB, id appraisal.EmployeeID) scoring.Result {
	t.Helper()
	r, err := w.store.Result(t.Context(), appraisal.RunID(w.run(t, w.year)), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// someone is one of a supervisor's people with a proposal and a comment of a peer.
func (w *world) someone(t testing.TB, m *member) appraisal.EmployeeID {
	t.Helper()
	team, err := w.store.Team(t.Context(), scalar[appraisal.CycleID](t, w, "SELECT id FROM cycles WHERE year = $1", w.year), m.Employee)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range team {
		id := x.Participant.EmployeeID
		r := w.proposed(t, id)
		if _, peers := r.Group(scoring.GroupPeer); peers && r.Proposal != "" && x.Participant.LeadsUnit == 0 && len(w.remarks(t, id)) > 0 {
			return id
		}
	}
	t.Fatal("nobody has a proposal and comments")
	return 0
}

// remarks are the comments about somebody in the current year.
func (w *world) remarks(t testing.TB, id appraisal.EmployeeID) []string {
	t.Helper()
	c := scalar[appraisal.CycleID](t, w, "SELECT id FROM cycles WHERE year = $1", w.year)
	list, err := w.store.Comments(t.Context(), c, id, appraisal.ReviewKinds)
	if err != nil {
		t.Fatal(err)
	}
	var remarks []string
	for _, x := range list {
		remarks = append(remarks, x.Text)
	}
	return remarks
}

func entry(version int, work, behaviour appraisal.Level) url.Values {
	return url.Values{
		page.FieldVersion: {strconv.Itoa(version)}, page.FieldWork: {string(work)}, page.FieldBehaviour: {string(behaviour)},
	}
}

// other is a level that is not the proposed one.
func other(l appraisal.Level) appraisal.Level {
	if l == appraisal.LevelMeets {
		return appraisal.LevelBelow
	}
	return appraisal.LevelMeets
}

func TestEvaluation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	w.evaluate(t)
	boss := w.as(t, appraisal.RoleSupervisor)
	id := w.someone(t, boss)
	result := w.proposed(t, id)
	at, own, final, revise := path.Evaluation(id), path.EvaluationEnter(id), path.EvaluationFinal(id), path.EvaluationRevise(id)

	// Before the own entry the page holds nothing of what others said.
	before := boss.get(t, at).want(t, 200).says(t, "Langkah 1 dari 2", `name="hasil"`, `name="perilaku"`)
	before.lacks(t, "Usulan:", "Indeks", text.Score(result.Index), "checked", "Umpan balik</h2>")
	before.lacks(t, w.remarks(t, id)...)

	// Nothing is final without it.
	boss.post(t, final, entry(0, appraisal.LevelMeets, result.Proposal)).want(t, 409).says(t, "Isi rating awal Anda dulu")
	boss.post(t, revise, entry(0, "", "")).want(t, 409)

	// The own entry: both levels, at the version seen, once.
	boss.post(t, own, entry(0, "", "")).want(t, 422).says(t, "<title>Kesalahan: ", `href="#hasil"`, `href="#perilaku"`)
	boss.post(t, own, entry(0, appraisal.LevelAbove, "sempurna")).want(t, 422).says(t, `value="above" checked`, `href="#perilaku"`).lacks(t, w.remarks(t, id)...)
	boss.post(t, own, entry(1, appraisal.LevelMeets, appraisal.LevelMeets)).want(t, 409)
	boss.post(t, own, entry(0, appraisal.LevelMeets, appraisal.LevelMeets)).leads(t, at)
	boss.post(t, own, entry(0, appraisal.LevelAbove, appraisal.LevelMeets)).want(t, 409)
	boss.post(t, own, entry(1, appraisal.LevelAbove, appraisal.LevelMeets)).want(t, 409)
	if e := w.evaluation(t, id); e.State != appraisal.EvaluationEntered || e.OwnWork != appraisal.LevelMeets {
		t.Fatalf("entered %+v", e)
	}

	// Now the proposal and the feedback are there.
	boss.get(t, at).want(t, 200).says(t, "Langkah 2 dari 2", "Usulan: "+text.Level(result.Proposal), text.Score(result.Index), w.remarks(t, id)[0][:20])

	// A reason where the decision differs, not too long a one; what was typed stays.
	v := entry(1, appraisal.LevelMeets, other(result.Proposal))
	v.Set(page.FieldRecommendation, "Ikut pelatihan pelayanan.")
	boss.post(t, final, v).want(t, 422).says(t, `href="#alasan_perilaku"`, "Ikut pelatihan pelayanan.", `value="`+string(other(result.Proposal))+`" checked`)
	v.Set(page.FieldBehaviourReason, strings.Repeat("a", appraisal.ReasonMax+1))
	boss.post(t, final, v).want(t, 422).says(t, "2.000 huruf", strings.Repeat("a", appraisal.ReasonMax+1))
	v.Set(page.FieldBehaviourReason, " Menangani sendiri antrean saat listrik padam.\r\nSelesai. ")
	v.Set(page.FieldWork, "")
	boss.post(t, final, v).want(t, 422).says(t, `href="#hasil"`)
	v.Set(page.FieldWork, string(appraisal.LevelMeets))
	v.Set(page.FieldVersion, "0")
	boss.post(t, final, v).want(t, 409).says(t, "Sudah ada perubahan yang lebih baru", "saat listrik padam")
	v.Set(page.FieldVersion, "1")
	a := boss.post(t, final, v).leads(t, at)
	if a.text != "" && strings.Contains(a.text, "listrik") {
		t.Error("a redirect holds what was typed")
	}
	e := w.evaluation(t, id)
	if e.State != appraisal.EvaluationFinal || e.BehaviourReason != "Menangani sendiri antrean saat listrik padam.\nSelesai." || e.Proposal != result.Proposal {
		t.Errorf("final %+v", e)
	}

	// Decided: shown, with the next person; sent twice changes nothing.
	next := boss.get(t, at).want(t, 200).says(t, "Keputusan: "+text.Predikat(e.Predikat), "Pegawai berikutnya", "1 dari ")
	boss.post(t, final, v).want(t, 409).says(t, "Yang tadi Anda tulis", "saat listrik padam")
	if n := w.audits(t, "finalise_evaluation", int64(id)); n != 1 {
		t.Errorf("%d entries in the trail", n)
	}
	following := hrefs(t, next.text, "Pegawai berikutnya")
	if len(following) != 1 || following[0] == at {
		t.Fatalf("next person at %v", following)
	}
	boss.get(t, following[0]).want(t, 200).says(t, "Langkah 1 dari 2")

	// Taken back until publication.
	boss.post(t, revise, entry(1, "", "")).want(t, 409)
	boss.post(t, revise, entry(2, "", "")).leads(t, at)
	boss.post(t, revise, entry(3, "", "")).want(t, 409)
	boss.get(t, at).want(t, 200).says(t, "Langkah 2 dari 2", "Ikut pelatihan pelayanan.")
	boss.post(t, final, entry(3, appraisal.LevelMeets, result.Proposal)).leads(t, at)

	w.publish(t)
	boss.post(t, revise, entry(4, "", "")).want(t, 409).says(t, "Evaluasi belum dibuka")
	boss.get(t, at).want(t, 200).lacks(t, "<form class=\"form")
}

// TestEvaluationWithoutRun: the own entry can be made, nothing be decided.
func TestEvaluationWithoutRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	boss := w.as(t, appraisal.RoleSupervisor)
	id := appraisal.EmployeeID(w.team(t, boss, w.year))
	boss.get(t, path.Evaluation(id)).want(t, 200).says(t, "Evaluasi belum dibuka").lacks(t, `name="hasil"`)
	w.close(t)
	boss.post(t, path.EvaluationEnter(id), entry(0, appraisal.LevelMeets, appraisal.LevelAbove)).want(t, 303)
	boss.get(t, path.Evaluation(id)).want(t, 200).says(t, "Penghitungan belum selesai", "Pegawai berikutnya").lacks(t, "Usulan:")
	boss.post(t, path.EvaluationFinal(id), entry(1, appraisal.LevelMeets, appraisal.LevelAbove)).want(t, 409).says(t, "Penghitungan belum selesai")
}

// TestEvaluationOfHead: the work level of who leads a unit is held against the
// achievement of the unit.
func TestEvaluationOfHead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	w.evaluate(t)
	id := w.members[appraisal.RoleHead].Employee
	boss := w.employee(t, scalar[appraisal.EmployeeID](t, w, `SELECT p.supervisor_id FROM participants p JOIN cycles c ON c.id = p.cycle_id
		WHERE p.employee_id = $1 AND c.year = $2`, id, w.year))
	org := scalar[appraisal.OrgPredikat](t, w, `SELECT o.predikat FROM org_predikats o JOIN participants p ON p.leads_unit_id = o.unit_id
		JOIN cycles c ON c.id = p.cycle_id AND c.year = $2 WHERE p.employee_id = $1 ORDER BY o.year DESC LIMIT 1`, id, w.year)
	boss.get(t, path.Evaluation(id)).want(t, 200).lacks(t, text.OrgPredikat(org)+" untuk tahun")
	boss.post(t, path.EvaluationEnter(id), entry(0, other(org.WorkLevel()), appraisal.LevelMeets)).want(t, 303)
	boss.get(t, path.Evaluation(id)).want(t, 200).says(t, "capaian kinerja organisasi "+text.OrgPredikat(org))
	behaviour := w.proposed(t, id).Proposal
	boss.post(t, path.EvaluationFinal(id), entry(1, other(org.WorkLevel()), behaviour)).want(t, 422).says(t, `href="#alasan_hasil"`)
	boss.post(t, path.EvaluationFinal(id), entry(1, org.WorkLevel(), behaviour)).want(t, 303)
}
