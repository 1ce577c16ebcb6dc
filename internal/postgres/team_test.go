package postgres_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
)

func TestStore_Participant(t *testing.T) {
	s, _ := office(t)
	p, err := s.Participant(t.Context(), fixture.Cycle, fixture.Ani)
	check(t, err)
	equal(t, p, appraisal.Participant{
		CycleID: fixture.Cycle, EmployeeID: fixture.Ani, NIP: fixture.NIP(fixture.Ani), Name: "Ani, S.E.",
		Unit: fixture.Division, UnitName: "Bidang Kurikulum", Dinas: fixture.Dinas, DinasName: "Dinas Pendidikan",
		Position: "Pengelola Data", Kind: appraisal.PositionPelaksana, Grade: "III/a", Supervisor: fixture.Chief, Reviewer: fixture.Head,
	})
	head, err := s.Participant(t.Context(), fixture.Cycle, fixture.Head)
	check(t, err)
	if head.Supervisor != 0 || head.Reviewer != 0 || head.LeadsUnit != fixture.Dinas || head.Name != "Dr. Hasan, M.Pd." {
		t.Errorf("head %+v", head)
	}
	for _, id := range []appraisal.EmployeeID{0, 424242} {
		_, err := s.Participant(t.Context(), fixture.Cycle, id)
		wantErr(t, err, appraisal.ErrNotFound)
	}
	_, err = s.Participant(t.Context(), fixture.Cycle+1, fixture.Ani)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestStore_Team(t *testing.T) {
	s, _ := office(t)
	form := fixture.Review(appraisal.KindSupervisor, fixture.Budi, fixture.Chief)
	_, err := s.SaveReview(t.Context(), fixture.Chief, form, apply(appraisal.Change{Field: 2, Answer: 4}, appraisal.Change{Field: 3, Answer: appraisal.CannotRate}))
	check(t, err)
	_, err = s.SaveReview(t.Context(), fixture.Ani, peerForm, fill)
	check(t, err)
	check(t, s.TurnReview(t.Context(), actor(fixture.Ani), peerForm, "submit_review", submit))

	team, err := s.Team(t.Context(), fixture.Cycle, fixture.Chief)
	check(t, err)
	var names []appraisal.EmployeeID
	for _, m := range team {
		names = append(names, m.Participant.EmployeeID)
	}
	if want := []appraisal.EmployeeID{fixture.Ani, fixture.Budi, fixture.Citra, fixture.Dewi}; !slices.Equal(names, want) {
		t.Fatalf("team %v, want %v", names, want)
	}
	p, err := s.Participant(t.Context(), fixture.Cycle, fixture.Budi)
	check(t, err)
	equal(t, team[1], appraisal.Member{
		Participant: p,
		Own: appraisal.Task{Review: form, Kind: appraisal.KindSupervisor, Ratee: fixture.Budi, RateeName: "Budi", RateePosition: "Pengelola Data",
			RateeUnit: "Bidang Kurikulum", State: appraisal.ReviewDraft, Answered: 2, Items: 21},
		Completion: appraisal.Completion{Invited: [4]int{1, 1, 3, 0}, Sent: [4]int{0, 0, 1, 0}},
		Evaluation: appraisal.EvaluationOpen,
	})
	for _, who := range []appraisal.EmployeeID{fixture.Ani, 0} {
		team, err := s.Team(t.Context(), fixture.Cycle, who)
		check(t, err)
		if len(team) != 0 {
			t.Errorf("team of %d: %+v", who, team)
		}
	}
}

// evaluating returns the office in evaluation, with Ani as a participant.
func evaluating(t *testing.T, s *postgres.Store, db fixture.DB) appraisal.Participant {
	t.Helper()
	fixture.Send(t, db)
	fixture.Move(t, db, appraisal.StageEvaluation)
	p, err := s.Participant(t.Context(), fixture.Cycle, fixture.Ani)
	check(t, err)
	return p
}

func enter(e *appraisal.Evaluation) error {
	return e.Enter(appraisal.LevelAbove, appraisal.LevelMeets, fixture.Now)
}

func TestStore_Evaluation(t *testing.T) {
	s, tx := office(t)
	p := evaluating(t, s, tx)
	e, err := s.Evaluation(t.Context(), p)
	check(t, err)
	equal(t, e, appraisal.Evaluation{CycleID: fixture.Cycle, EmployeeID: fixture.Ani, Evaluator: fixture.Chief, State: appraisal.EvaluationOpen})
}

func TestStore_UpdateEvaluation(t *testing.T) {
	s, tx := office(t)
	p := evaluating(t, s, tx)
	run := startRun(t, s)
	chief := actor(fixture.Chief, appraisal.RoleSupervisor)
	update := func(version int, change func(*appraisal.Evaluation) error) error {
		return s.UpdateEvaluation(t.Context(), chief, p, version, "evaluate", change)
	}
	read := func() appraisal.Evaluation {
		e, err := s.Evaluation(t.Context(), p)
		check(t, err)
		return e
	}
	wantErr(t, update(0, func(*appraisal.Evaluation) error { return errRefuse }), errRefuse)
	wantErr(t, update(1, enter), appraisal.ErrConflict)
	check(t, update(0, enter))
	want := appraisal.Evaluation{CycleID: fixture.Cycle, EmployeeID: fixture.Ani, Evaluator: fixture.Chief, State: appraisal.EvaluationEntered,
		OwnWork: appraisal.LevelAbove, OwnBehaviour: appraisal.LevelMeets, EnteredAt: fixture.Now, Version: 1}
	equal(t, read(), want)
	wantErr(t, update(0, enter), appraisal.ErrConflict)

	decision := appraisal.Decision{Work: appraisal.LevelAbove, Behaviour: appraisal.LevelAbove, BehaviourReason: "melayani di luar jam", Recommendation: "magang"}
	finalise := func(e *appraisal.Evaluation) error {
		return e.Finalise(decision, appraisal.Advice{Run: run, Behaviour: appraisal.LevelMeets}, fixture.Now)
	}
	check(t, update(1, finalise))
	want.State, want.Work, want.Behaviour, want.Predikat = appraisal.EvaluationFinal, appraisal.LevelAbove, appraisal.LevelAbove, appraisal.PredikatSangatBaik
	want.Proposal, want.Run, want.FinalAt, want.Version = appraisal.LevelMeets, run, fixture.Now, 2
	want.BehaviourReason, want.Recommendation = "melayani di luar jam", "magang"
	equal(t, read(), want)
	team, err := s.Team(t.Context(), fixture.Cycle, fixture.Chief)
	check(t, err)
	if team[0].Evaluation != appraisal.EvaluationFinal || team[0].Predikat != appraisal.PredikatSangatBaik {
		t.Errorf("member %+v", team[0])
	}

	check(t, update(2, (*appraisal.Evaluation).Revise))
	if e := read(); e.State != appraisal.EvaluationEntered || e.Predikat != "" || !e.FinalAt.IsZero() || e.Version != 3 {
		t.Errorf("revised %+v", e)
	}
	var own []string
	for _, a := range audits(t, tx) {
		if a == auditOf("evaluate", "evaluation", fixture.Ani, chief.User) {
			own = append(own, a)
		}
	}
	if len(own) != 3 {
		t.Errorf("%d audit entries of 3 changes:\n%s", len(own), lines(audits(t, tx)))
	}

	for name, who := range map[string]appraisal.EmployeeID{"the employee": fixture.Ani, "the reviewer": fixture.Head, "another head": fixture.Eko, "nobody": 0} {
		err := s.UpdateEvaluation(t.Context(), actor(who), p, 3, "evaluate", enter)
		if !errors.Is(err, appraisal.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	fixture.Move(t, tx, appraisal.StageFilling)
	wantErr(t, update(3, enter), appraisal.ErrNotEvaluating)
}

// Two windows of one supervisor, both at the first entry: one wins.
func TestStore_UpdateEvaluation_concurrent(t *testing.T) {
	s, pool := committed(t)
	p := evaluating(t, s, pool)
	errs := make([]error, 4)
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() {
			errs[i] = s.UpdateEvaluation(context.Background(), actor(fixture.Chief), p, 0, "evaluate", enter)
		})
	}
	group.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, appraisal.ErrConflict) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d of 4 entries at once were taken", won)
	}
}

func TestEvaluationConstraints(t *testing.T) {
	_, tx := office(t)
	const final = `INSERT INTO evaluations (cycle_id, employee_id, evaluator_id, state, own_work, own_behaviour, entered_at, work, behaviour, predikat, final_at, version)
		VALUES (1001, $1, $2, 'final', 'meets', 'meets', now(), $3, $4, $5, now(), 2)`
	for _, work := range appraisal.Levels {
		for _, behaviour := range appraisal.Levels {
			right, _ := appraisal.Quadrant(work, behaviour)
			for _, predikat := range appraisal.Predikats {
				if predikat == right {
					fixture.Exec(t, tx, final, fixture.Ani, fixture.Chief, work, behaviour, predikat)
					fixture.Exec(t, tx, "DELETE FROM evaluations")
				} else if got := refused(t, tx, final, fixture.Ani, fixture.Chief, work, behaviour, predikat); got != "evaluations_quadrant" {
					t.Errorf("%s, %s, %s was refused by %q", work, behaviour, predikat, got)
				}
			}
		}
	}
	if got := refused(t, tx, final, fixture.Ani, fixture.Ani, "meets", "meets", "baik"); got != "evaluations_not_self" {
		t.Errorf("an evaluation of oneself was refused by %q", got)
	}
	const early = `INSERT INTO evaluations (cycle_id, employee_id, evaluator_id, state, version) VALUES (1001, $1, $2, 'entered', 1)`
	if got := refused(t, tx, early, fixture.Ani, fixture.Chief); got != "evaluations_entry_first" {
		t.Errorf("no own entry was refused by %q", got)
	}
}

func TestStore_OrgPredikat(t *testing.T) {
	s, tx := office(t)
	for _, tt := range []struct {
		name string
		unit appraisal.UnitID
		year int
		org  appraisal.OrgPredikat
		of   int
	}{
		{"this year's", fixture.OtherDinas, 2026, appraisal.OrgIstimewa, 2026},
		{"last year's where this one's is not set", fixture.Dinas, 2026, appraisal.OrgBaik, 2025},
		{"not that of the dinas for a division", fixture.Division, 2026, "", 0},
		{"not of two years ago", fixture.Dinas, 2027, "", 0},
		{"neither", fixture.OldDinas, 2026, "", 0},
		{"no such unit", 424242, 2026, "", 0},
	} {
		org, of, err := s.OrgPredikat(t.Context(), tt.unit, tt.year)
		check(t, err)
		if org != tt.org || of != tt.of {
			t.Errorf("%s: %q of %d", tt.name, org, of)
		}
	}
	fixture.Exec(t, tx, "INSERT INTO org_predikats VALUES ($1, 2025, 'kurang')", fixture.Division)
	org, _, err := s.OrgPredikat(t.Context(), fixture.Division, 2026)
	check(t, err)
	equal(t, org, appraisal.OrgKurang)
}
