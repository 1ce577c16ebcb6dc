package app_test

import (
	"testing"

	"rancak/internal/app"
	"rancak/internal/appraisal"
)

func cycles(stage appraisal.Stage) (*app.Cycles, *fake) {
	f := newFake(stage)
	return &app.Cycles{Store: f, Now: clock}, f
}

var hr = official(appraisal.RoleHRCity)

func TestControl(t *testing.T) {
	for _, tt := range []struct {
		name   string
		actor  appraisal.Actor
		only   []appraisal.UnitID
		all    bool
		mayRun bool
	}{
		{"HR of the city", hr, nil, true, true},
		{"the auditor", official(appraisal.RoleAuditor), nil, true, false},
		{"HR of a dinas", official(appraisal.RoleHRDinas, dinas), []appraisal.UnitID{dinas}, false, false},
		{"HR of no dinas", official(appraisal.RoleHRDinas), nil, false, false},
	} {
		c, f := cycles(appraisal.StageFilling)
		v, err := c.Control(t.Context(), tt.actor, 2026)
		check(t, err)
		equal(t, f.progress, tt.only)
		if f.progressNil != tt.all {
			t.Errorf("%s: the store was asked for the whole city: %v", tt.name, f.progressNil)
		}
		if v.MayRun != tt.mayRun || len(v.Runs) != 1 || v.Cycle.Year != 2026 {
			t.Errorf("%s: %+v", tt.name, v)
		}
	}
	c, _ := cycles(appraisal.StageFilling)
	_, err := c.Control(t.Context(), hr, 1999)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestMoveAndPublish(t *testing.T) {
	c, f := cycles(appraisal.StageFilling)
	ctx := t.Context()
	list, err := c.List(ctx, hr)
	check(t, err)
	equal(t, len(list), 1)
	wantErr(t, c.Move(ctx, hr, 2026, 2, appraisal.StageEvaluation), appraisal.ErrConflict)
	wantErr(t, c.Move(ctx, hr, 2026, 3, appraisal.StagePublished), appraisal.ErrStageMove)
	wantErr(t, c.Publish(ctx, hr, 2026, 3, 7), appraisal.ErrStageMove)
	check(t, c.Move(ctx, hr, 2026, 3, appraisal.StageEvaluation))
	wantErr(t, c.Publish(ctx, hr, 2026, 4, 0), appraisal.ErrRunState)
	wantErr(t, c.Publish(ctx, hr, 2026, 4, 7), appraisal.ErrRunStale) // computed before the move
	f.run.CycleVersion, f.run.State = 4, appraisal.RunFailed
	wantErr(t, c.Publish(ctx, hr, 2026, 4, 7), appraisal.ErrRunState)
	f.run.State = appraisal.RunComplete
	check(t, c.Publish(ctx, hr, 2026, 4, 7))
	if f.cycle.Stage != appraisal.StagePublished || f.cycle.PublishedRun != 7 || !f.cycle.PublishedAt.Equal(now) {
		t.Errorf("cycle %+v", f.cycle)
	}
	wantErr(t, c.Move(ctx, hr, 2026, 5, appraisal.StageEvaluation), appraisal.ErrStageMove)
}

func TestRuns(t *testing.T) {
	c, f := cycles(appraisal.StageEvaluation)
	ctx := t.Context()
	r, err := c.StartRun(ctx, hr, 2026, 0)
	check(t, err)
	equal(t, r.ID, appraisal.RunID(8))
	_, r, err = c.Run(ctx, hr, 2026, 7)
	check(t, err)
	equal(t, r.ID, appraisal.RunID(7))
	_, _, err = c.Run(ctx, hr, 1999, 7)
	wantErr(t, err, appraisal.ErrNotFound)
	_, _, err = c.Run(ctx, hr, 2026, 99)
	wantErr(t, err, appraisal.ErrNotFound)
	f.runs[9] = &appraisal.Run{ID: 9, CycleID: 2, State: appraisal.RunWorking}
	_, _, err = c.Run(ctx, hr, 2026, 9) // of another year
	wantErr(t, err, appraisal.ErrNotFound)
	wantErr(t, c.CancelRun(ctx, hr, 2025, 9), appraisal.ErrNotFound)
	equal(t, f.runs[9].State, appraisal.RunWorking)

	wantErr(t, c.CancelRun(ctx, hr, 2026, 7), appraisal.ErrRunState) // complete
	wantErr(t, c.ResumeRun(ctx, hr, 2026, 7), appraisal.ErrRunState)
	f.run.State = appraisal.RunWorking
	check(t, c.CancelRun(ctx, hr, 2026, 7))
	equal(t, f.run.State, appraisal.RunCancelled)
	check(t, c.ResumeRun(ctx, hr, 2026, 7))
	equal(t, f.run.State, appraisal.RunQueued)
	f.run.State, f.cycle.Version = appraisal.RunFailed, 5
	wantErr(t, c.ResumeRun(ctx, hr, 2026, 7), appraisal.ErrRunStale)
}
