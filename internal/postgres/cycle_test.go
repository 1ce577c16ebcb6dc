package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
)

func day(month time.Month, d int) time.Time {
	return time.Date(fixture.Year, month, d, 0, 0, 0, 0, time.UTC)
}

var officeCycle = appraisal.Cycle{
	ID: fixture.Cycle, Year: fixture.Year, Stage: appraisal.StageFilling, Version: 2, RulesID: 1,
	Instruments: map[appraisal.ReviewKind]appraisal.InstrumentID{
		appraisal.KindSelf: 1, appraisal.KindSupervisor: 1, appraisal.KindPeer: 2, appraisal.KindSubordinate: 2,
	},
	Opens: day(time.November, 1), FormsDue: day(time.December, 5), EvaluationDue: day(time.December, 31),
}

const nextYear = `INSERT INTO cycles (id, year, stage, rules_id, opens, forms_due, evaluation_due)
	VALUES (1002, 2027, 'preparation', 1, '2027-11-01', '2027-12-05', '2027-12-31')`

func TestStore_Cycles(t *testing.T) {
	s, tx := office(t)
	fixture.Exec(t, tx, nextYear)
	cycles, err := s.Cycles(t.Context())
	check(t, err)
	if len(cycles) != 2 || cycles[0].Year != 2027 || len(cycles[0].Instruments) != 0 {
		t.Fatalf("cycles %+v", cycles)
	}
	equal(t, cycles[1], officeCycle)
}

func TestStore_Cycle(t *testing.T) {
	s, _ := office(t)
	c, err := s.Cycle(t.Context(), fixture.Year)
	check(t, err)
	equal(t, c, officeCycle)
	_, err = s.Cycle(t.Context(), 1999)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestStore_CycleByID(t *testing.T) {
	s, _ := office(t)
	c, err := s.CycleByID(t.Context(), fixture.Cycle)
	check(t, err)
	equal(t, c, officeCycle)
	_, err = s.CycleByID(t.Context(), 424242)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestStore_CurrentCycle(t *testing.T) {
	s, tx := office(t)
	fixture.Exec(t, tx, nextYear) // still being prepared
	c, err := s.CurrentCycle(t.Context())
	check(t, err)
	equal(t, c, officeCycle)
	fixture.Exec(t, tx, "UPDATE cycles SET stage = 'filling' WHERE year = 2027")
	c, err = s.CurrentCycle(t.Context())
	check(t, err)
	equal(t, c.Year, 2027)
	fixture.Exec(t, tx, "UPDATE cycles SET stage = 'preparation'")
	_, err = s.CurrentCycle(t.Context())
	wantErr(t, err, appraisal.ErrNotFound)
}

func moveTo(to appraisal.Stage) func(*appraisal.Cycle, appraisal.Run) error {
	return func(c *appraisal.Cycle, _ appraisal.Run) error { return c.MoveTo(to) }
}

var gita = fixture.Account(fixture.Gita)

func TestStore_UpdateCycle(t *testing.T) {
	s, tx := office(t)
	update := func(version int, run appraisal.RunID, change func(*appraisal.Cycle, appraisal.Run) error) error {
		return s.UpdateCycle(t.Context(), gita, fixture.Year, version, run, "move_cycle", change)
	}
	wantErr(t, update(1, 0, moveTo(appraisal.StageEvaluation)), appraisal.ErrConflict)
	wantErr(t, update(2, 0, moveTo(appraisal.StagePublished)), appraisal.ErrStageMove)
	wantErr(t, s.UpdateCycle(t.Context(), gita, 1999, 1, 0, "x", moveTo(appraisal.StageEvaluation)), appraisal.ErrNotFound)
	if list := audits(t, tx); len(list) != 0 {
		t.Errorf("refused changes left entries %v", list)
	}
	check(t, update(2, 0, moveTo(appraisal.StageEvaluation)))
	c, err := s.Cycle(t.Context(), fixture.Year)
	check(t, err)
	if c.Stage != appraisal.StageEvaluation || c.Version != 3 {
		t.Errorf("moved to %s, version %d", c.Stage, c.Version)
	}
	equal(t, audits(t, tx), []string{auditOf("move_cycle", "cycle", fixture.Cycle, gita)})

	run := startRun(t, s)
	wantErr(t, update(3, 0, moveTo(appraisal.StageFilling)), appraisal.ErrRunActive)
	wantErr(t, update(3, 424242, nil), appraisal.ErrRunActive)
	fixture.Exec(t, tx, "UPDATE scoring_runs SET state = 'complete', input_digest = '', output_digest = '' WHERE id = $1", run)
	wantErr(t, update(3, 424242, nil), appraisal.ErrNotFound)
	check(t, update(3, run, func(c *appraisal.Cycle, r appraisal.Run) error {
		if r.ID != run {
			t.Errorf("given run %d, want %d", r.ID, run)
		}
		return c.Publish(r, fixture.Now)
	}))
	c, err = s.Cycle(t.Context(), fixture.Year)
	check(t, err)
	if c.Stage != appraisal.StagePublished || c.PublishedRun != run || !c.PublishedAt.Equal(fixture.Now) {
		t.Errorf("published: %+v", c)
	}
}

// Of two who move the cycle at once one wins; the other learns of it.
func TestStore_UpdateCycle_concurrent(t *testing.T) {
	s, pool := committed(t)
	errs := make([]error, 4)
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() {
			errs[i] = s.UpdateCycle(context.Background(), gita, fixture.Year, 2, 0, "move_cycle", moveTo(appraisal.StageEvaluation))
		})
	}
	group.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, appraisal.ErrConflict):
			t.Error(err)
		}
	}
	if n := len(audits(t, pool)); won != 1 || n != 1 {
		t.Errorf("%d won, %d entries", won, n)
	}
}

func TestStore_Progress(t *testing.T) {
	s, tx := office(t)
	fixture.Send(t, tx)
	fixture.Exec(t, tx, "UPDATE reviews SET state = 'draft', submitted_at = NULL WHERE kind = 'peer' AND ratee_id = $1", fixture.Ani)
	fixture.Exec(t, tx, `INSERT INTO evaluations (cycle_id, employee_id, evaluator_id, state, own_work, own_behaviour, entered_at, work, behaviour, predikat, final_at, version)
		VALUES ($1, $2, $3, 'final', 'meets', 'meets', now(), 'meets', 'meets', 'baik', now(), 2)`, fixture.Cycle, fixture.Ani, fixture.Chief)
	fixture.Exec(t, tx, `INSERT INTO evaluations (cycle_id, employee_id, evaluator_id, state, own_work, own_behaviour, entered_at, version)
		VALUES ($1, $2, $3, 'entered', 'meets', 'meets', now(), 1)`, fixture.Cycle, fixture.Budi, fixture.Chief)
	dinas := appraisal.DinasProgress{
		Dinas:  appraisal.Unit{ID: fixture.Dinas, Name: "Dinas Pendidikan", Kind: appraisal.UnitDinas, Dinas: fixture.Dinas},
		People: 6, Evaluated: 1,
		Completion: appraisal.Completion{Invited: [4]int{6, 5, 12, 3}, Sent: [4]int{6, 5, 9, 3}},
	}
	other := appraisal.DinasProgress{
		Dinas:      appraisal.Unit{ID: fixture.OtherDinas, Name: "Badan Keuangan", Kind: appraisal.UnitDinas, Dinas: fixture.OtherDinas},
		People:     3,
		Completion: appraisal.Completion{Invited: [4]int{3, 2, 0, 0}, Sent: [4]int{3, 2, 0, 0}},
	}
	for _, tt := range []struct {
		name string
		only []appraisal.UnitID
		want []appraisal.DinasProgress
	}{
		{"all, by name", nil, []appraisal.DinasProgress{other, dinas}},
		{"one", []appraisal.UnitID{fixture.Dinas}, []appraisal.DinasProgress{dinas}},
		{"none", []appraisal.UnitID{}, nil},
	} {
		got, err := s.Progress(t.Context(), fixture.Cycle, tt.only)
		check(t, err)
		if tt.name != "" {
			equal(t, got, tt.want)
		}
	}
}
