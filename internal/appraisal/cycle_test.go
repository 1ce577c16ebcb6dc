package appraisal_test

import (
	"errors"
	"testing"

	"rancak/internal/appraisal"
)

func TestMoveTo(t *testing.T) {
	allowed := map[[2]appraisal.Stage]bool{
		{appraisal.StagePreparation, appraisal.StageFilling}: true,
		{appraisal.StageFilling, appraisal.StageEvaluation}:  true,
		{appraisal.StageEvaluation, appraisal.StageFilling}:  true,
	}
	for _, from := range appraisal.Stages {
		for _, to := range append(appraisal.Stages, "") {
			c := appraisal.Cycle{Stage: from}
			err := c.MoveTo(to)
			switch ok := allowed[[2]appraisal.Stage{from, to}]; {
			case ok && (err != nil || c.Stage != to):
				t.Errorf("%s to %s: %v", from, to, err)
			case !ok && (!errors.Is(err, appraisal.ErrStageMove) || c.Stage != from):
				t.Errorf("%s to %s was not refused: %v, %s", from, to, err, c.Stage)
			}
		}
	}
}

func TestPublish(t *testing.T) {
	complete := appraisal.Run{ID: 3, CycleID: 1, State: appraisal.RunComplete}
	for _, stage := range appraisal.Stages {
		c := appraisal.Cycle{ID: 1, Stage: stage}
		err := c.Publish(complete, now)
		if stage != appraisal.StageEvaluation {
			if !errors.Is(err, appraisal.ErrStageMove) || c.PublishedRun != 0 {
				t.Errorf("from %s: %v", stage, err)
			}
		} else if err != nil || c.Stage != appraisal.StagePublished || c.PublishedRun != 3 || !c.PublishedAt.Equal(now) {
			t.Errorf("published: %v, %+v", err, c)
		}
	}
	for _, state := range appraisal.RunStates {
		c, run := appraisal.Cycle{ID: 1, Stage: appraisal.StageEvaluation}, complete
		run.State = state
		if err := c.Publish(run, now); (err == nil) != (state == appraisal.RunComplete) {
			t.Errorf("a run that is %s: %v", state, err)
		}
	}
	c := appraisal.Cycle{ID: 2, Stage: appraisal.StageEvaluation}
	if err := c.Publish(complete, now); !errors.Is(err, appraisal.ErrRunState) {
		t.Errorf("a run of another cycle: %v", err)
	}
	c = appraisal.Cycle{ID: 1, Version: 5, Stage: appraisal.StageEvaluation}
	if err := c.Publish(complete, now); !errors.Is(err, appraisal.ErrRunStale) || c.Stage != appraisal.StageEvaluation {
		t.Errorf("the cycle changed after the run: %v", err)
	}
}

// A run may not be published once its forms have been open again.
func TestReopenedFormsMakeARunStale(t *testing.T) {
	c := appraisal.Cycle{ID: 1, Version: 4, Stage: appraisal.StageEvaluation}
	run := appraisal.Run{CycleID: 1, CycleVersion: c.Version, State: appraisal.RunComplete}
	if err := errors.Join(c.MoveTo(appraisal.StageFilling), c.MoveTo(appraisal.StageEvaluation)); err != nil {
		t.Fatal(err)
	}
	if err := c.Publish(run, now); !errors.Is(err, appraisal.ErrRunStale) {
		t.Errorf("published: %v", err)
	}
}

func TestCancelAndResume(t *testing.T) {
	c := appraisal.Cycle{ID: 1, Version: 4}
	for _, state := range appraisal.RunStates {
		run := appraisal.Run{State: state, CycleVersion: 4, Failure: "x"}
		if err := run.Cancel(); (err == nil) != state.Active() || err != nil && run.State != state {
			t.Errorf("cancelling a run that is %s: %v", state, err)
		}
		run = appraisal.Run{State: state, CycleVersion: 4, Failure: "x"}
		stopped := state == appraisal.RunCancelled || state == appraisal.RunFailed
		if err := run.Resume(c); (err == nil) != stopped || stopped && (run.State != appraisal.RunQueued || run.Failure != "") {
			t.Errorf("resuming a run that is %s: %v, %+v", state, err, run)
		}
	}
	run := appraisal.Run{State: appraisal.RunFailed, CycleVersion: 3}
	if err := run.Resume(c); !errors.Is(err, appraisal.ErrRunStale) {
		t.Errorf("resuming a stale run: %v", err)
	}
}

func TestRun(t *testing.T) {
	for _, s := range appraisal.RunStates {
		if want := s == appraisal.RunQueued || s == appraisal.RunWorking; s.Active() != want {
			t.Errorf("%s active: %v", s, s.Active())
		}
	}
	a := appraisal.Run{State: appraisal.RunComplete, InputDigest: []byte{1}, OutputDigest: []byte{2}}
	if !a.SameOutput(a) {
		t.Error("a run differs from itself")
	}
	for name, b := range map[string]appraisal.Run{
		"input":  {State: appraisal.RunComplete, InputDigest: []byte{3}, OutputDigest: []byte{2}},
		"output": {State: appraisal.RunComplete, InputDigest: []byte{1}, OutputDigest: []byte{3}},
		"state":  {State: appraisal.RunWorking, InputDigest: []byte{1}, OutputDigest: []byte{2}},
	} {
		if a.SameOutput(b) || b.SameOutput(a) {
			t.Errorf("another %s is the same", name)
		}
	}
}
