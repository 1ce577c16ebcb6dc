package app_test

import (
	"testing"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

func evaluations() (*app.Evaluations, *fake) {
	f := newFake(appraisal.StageEvaluation)
	return &app.Evaluations{Store: f, Results: &app.Results{Store: f}, Now: clock}, f
}

var supervisor = employee(boss, appraisal.RoleSupervisor)

// Before the own entry, nothing of index, groups and comments leaves this
// package; after it, everything does.
func TestAssessment(t *testing.T) {
	e, f := evaluations()
	a, err := e.Assessment(t.Context(), supervisor, f.cycle, ani)
	check(t, err)
	x := a.Explained
	equal(t, x.Result, scoring.Result{})
	equal(t, x.Comments, []appraisal.Comment(nil))
	equal(t, a.Advice, appraisal.Advice{})
	if x.Participant.Name != "Ani" || x.Evaluation.State != appraisal.EvaluationOpen || a.Next != budi || a.Total != 2 || a.Done != 0 {
		t.Errorf("assessment %+v", a)
	}

	check(t, e.Enter(t.Context(), supervisor, f.cycle, ani, 0, appraisal.LevelMeets, appraisal.LevelMeets))
	a, err = e.Assessment(t.Context(), supervisor, f.cycle, ani)
	check(t, err)
	equal(t, a.Explained.Result, f.result)
	equal(t, a.Advice, appraisal.Advice{Run: 7, Behaviour: appraisal.LevelAbove})
	var kinds []appraisal.ReviewKind
	for _, c := range a.Explained.Comments {
		kinds = append(kinds, c.Kind)
	}
	equal(t, kinds, []appraisal.ReviewKind{appraisal.KindSelf, appraisal.KindSupervisor, appraisal.KindPeer}) // no group, no comment
}

func TestAssessmentOfOthers(t *testing.T) {
	e, f := evaluations()
	for name, who := range map[string]appraisal.EmployeeID{"oneself": boss, "nobody": 0, "an unknown person": stranger} {
		_, err := e.Assessment(t.Context(), supervisor, f.cycle, who)
		if name == "oneself" || err != nil {
			wantErr(t, err, appraisal.ErrNotFound)
		} else {
			t.Errorf("%s was assessed", name)
		}
	}
	other := employee(stranger, appraisal.RoleSupervisor)
	_, err := e.Assessment(t.Context(), other, f.cycle, ani)
	wantErr(t, err, appraisal.ErrNotFound)
	wantErr(t, e.Enter(t.Context(), other, f.cycle, ani, 0, appraisal.LevelMeets, appraisal.LevelMeets), appraisal.ErrNotFound)
	wantErr(t, e.Finalise(t.Context(), other, f.cycle, ani, 0, appraisal.Decision{}), appraisal.ErrNotFound)
	wantErr(t, e.Revise(t.Context(), other, f.cycle, ani, 0), appraisal.ErrNotFound)
	// A supervisor without a supervisor does not become their own.
	top := f.people[boss]
	top.Supervisor = boss
	f.people[boss] = top
	_, err = e.Assessment(t.Context(), supervisor, f.cycle, boss)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestEvaluate(t *testing.T) {
	e, f := evaluations()
	ctx := t.Context()
	decision := appraisal.Decision{Work: appraisal.LevelMeets, Behaviour: appraisal.LevelMeets}
	finalise := func(version int, d appraisal.Decision) error {
		return e.Finalise(ctx, supervisor, f.cycle, ani, version, d)
	}
	wantErr(t, finalise(0, decision), appraisal.ErrOwnEntryFirst)
	check(t, e.Enter(ctx, supervisor, f.cycle, ani, 0, appraisal.LevelMeets, appraisal.LevelMeets))
	wantErr(t, e.Enter(ctx, supervisor, f.cycle, ani, 0, appraisal.LevelAbove, appraisal.LevelAbove), appraisal.ErrConflict)

	var invalid *appraisal.InvalidError
	if err := finalise(1, decision); !asInvalid(err, &invalid) || invalid.Faults[0].Code != appraisal.CodeReasonNeeded {
		t.Errorf("another level than proposed, without a reason: %v", err)
	}
	decision.BehaviourReason = "alasan"
	f.run.ID = 0
	wantErr(t, finalise(1, decision), appraisal.ErrNoProposal)
	f.run.ID = 7
	check(t, finalise(1, decision))
	got := f.evaluations[ani]
	if got.Predikat != appraisal.PredikatBaik || got.Proposal != appraisal.LevelAbove || got.Run != 7 || !got.FinalAt.Equal(now) || got.Evaluator != boss {
		t.Errorf("evaluation %+v", got)
	}
	wantErr(t, finalise(2, decision), appraisal.ErrEvaluationFinal)
	a, err := e.Assessment(ctx, supervisor, f.cycle, ani)
	check(t, err)
	if a.Done != 1 || a.Next != budi {
		t.Errorf("%d done, next %d", a.Done, a.Next)
	}
	wantErr(t, e.Revise(ctx, supervisor, f.cycle, ani, 1), appraisal.ErrConflict)
	check(t, e.Revise(ctx, supervisor, f.cycle, ani, 2))
	equal(t, f.evaluations[ani].State, appraisal.EvaluationEntered)

	f.evaluations[ani].State = appraisal.EvaluationFinal
	f.evaluations[budi] = &appraisal.Evaluation{EmployeeID: budi, State: appraisal.EvaluationFinal}
	a, err = e.Assessment(ctx, supervisor, f.cycle, ani)
	check(t, err)
	if a.Next != 0 || a.Done != 2 {
		t.Errorf("all done, next %d of %d", a.Next, a.Done)
	}
}

// The head of a unit is proposed the level that its organisation predikat gives.
func TestAdviceForHead(t *testing.T) {
	e, f := evaluations()
	head := f.people[ani]
	head.LeadsUnit = dinas
	f.people[ani], f.org = head, appraisal.OrgIstimewa
	a, err := e.Assessment(t.Context(), supervisor, f.cycle, ani)
	check(t, err)
	if a.OrgOfHead != appraisal.OrgIstimewa || a.OrgYear != 2026 || a.Advice.Work != "" {
		t.Errorf("before the entry: %+v", a)
	}
	check(t, e.Enter(t.Context(), supervisor, f.cycle, ani, 0, appraisal.LevelMeets, appraisal.LevelAbove))
	a, err = e.Assessment(t.Context(), supervisor, f.cycle, ani)
	check(t, err)
	equal(t, a.Advice.Work, appraisal.LevelAbove)
	var invalid *appraisal.InvalidError
	err = e.Finalise(t.Context(), supervisor, f.cycle, ani, 1, appraisal.Decision{Work: appraisal.LevelMeets, Behaviour: appraisal.LevelAbove})
	if !asInvalid(err, &invalid) || invalid.Faults[0].Field != "alasan_hasil" {
		t.Errorf("another work level than the unit's, without a reason: %v", err)
	}
}

func TestTeam(t *testing.T) {
	e, f := evaluations()
	f.org = appraisal.OrgBaik
	f.final = appraisal.Distribution{appraisal.PredikatKurang: 9}
	team, err := e.Team(t.Context(), supervisor, f.cycle)
	check(t, err)
	if len(team.Members) != 2 || team.Org != appraisal.OrgBaik || len(team.Unmet) != 0 {
		t.Errorf("nine people are too few for the pattern: %+v", team)
	}
	f.final[appraisal.PredikatKurang] = 10
	team, err = e.Team(t.Context(), supervisor, f.cycle)
	check(t, err)
	if len(team.Unmet) != 1 || team.Unmet[0].Kind != appraisal.UnmetLargest {
		t.Errorf("unmet %+v", team.Unmet)
	}
	delete(f.people, boss) // the supervisor has left, the people remain
	team, err = e.Team(t.Context(), supervisor, f.cycle)
	check(t, err)
	if len(team.Members) != 2 || team.Org != "" {
		t.Errorf("team %+v", team)
	}
}
