package appraisal

import (
	"bytes"
	"math"
	"time"
)

// CycleID identifies an appraisal year.
type CycleID int64

// RunID identifies a scoring run.
type RunID int64

// LatestRun stands for whatever run is the newest.
const LatestRun RunID = math.MaxInt64

// Stage is where a cycle stands.
type Stage string

// The stages of a cycle, in their order.
const (
	StagePreparation Stage = "preparation" // participants and raters are being settled
	StageFilling     Stage = "filling"     // forms are open
	StageEvaluation  Stage = "evaluation"  // forms are closed, supervisors evaluate
	StagePublished   Stage = "published"   // results are with the employees
)

// Stages lists the stages in their order.
var Stages = []Stage{StagePreparation, StageFilling, StageEvaluation, StagePublished}

// Valid reports whether s is one of Stages.
func (s Stage) Valid() bool { return indexOf(Stages, s) >= 0 }

// Cycle is one appraisal year with its rules, dates and stage.
type Cycle struct {
	ID   CycleID
	Year int
	// Stage moves forward by MoveTo; forms may be reopened from evaluation.
	Stage Stage
	// Version counts the changes of the cycle, so that nobody overwrites another.
	Version int
	RulesID RulesID
	// Instruments says which version each kind of review uses.
	Instruments map[ReviewKind]InstrumentID
	// Dates in the business time zone: forms are due at the end of FormsDue,
	// evaluations at the end of EvaluationDue.
	Opens, FormsDue, EvaluationDue time.Time
	// PublishedRun is the run whose results are published; 0 before.
	PublishedRun RunID
	PublishedAt  time.Time
}

// MoveTo changes the stage. Published is reached by Publish only.
func (c *Cycle) MoveTo(to Stage) error {
	switch [2]Stage{c.Stage, to} {
	case [2]Stage{StagePreparation, StageFilling},
		[2]Stage{StageFilling, StageEvaluation},
		[2]Stage{StageEvaluation, StageFilling}:
		c.Stage = to
		c.Version++
		return nil
	}
	return ErrStageMove
}

// Publish makes the results of a run the official ones of the cycle.
func (c *Cycle) Publish(run Run, now time.Time) error {
	switch {
	case c.Stage != StageEvaluation:
		return ErrStageMove
	case run.CycleID != c.ID || run.State != RunComplete:
		return ErrRunState
	case run.CycleVersion != c.Version:
		return ErrRunStale
	}
	c.Stage, c.PublishedRun, c.PublishedAt = StagePublished, run.ID, now
	c.Version++
	return nil
}

// RunState is where a scoring run stands.
type RunState string

// The states of a run.
const (
	RunQueued    RunState = "queued"
	RunWorking   RunState = "working"
	RunCancelled RunState = "cancelled" // by a person; can be resumed
	RunFailed    RunState = "failed"    // by an error; can be resumed
	RunComplete  RunState = "complete"
)

// RunStates lists the states.
var RunStates = []RunState{RunQueued, RunWorking, RunCancelled, RunFailed, RunComplete}

// Valid reports whether s is one of RunStates.
func (s RunState) Valid() bool { return indexOf(RunStates, s) >= 0 }

// Active reports whether the run is still being worked on.
func (s RunState) Active() bool { return s == RunQueued || s == RunWorking }

// Run is one scoring run: it reads the sent forms of a cycle and writes one
// immutable result for each employee and each unit.
type Run struct {
	ID      RunID
	CycleID CycleID
	RulesID RulesID
	// CycleVersion is the version of the cycle when the run was asked for.
	CycleVersion int
	State        RunState
	// Done of Total employees have been computed and stored, in the order of
	// their ids up to LastEmployee: a resumed run goes on after it.
	Done, Total  int
	LastEmployee EmployeeID
	// InputDigest and OutputDigest are SHA-256 of what was read and written.
	InputDigest, OutputDigest []byte
	RequestedAt, StartedAt    time.Time
	FinishedAt                time.Time
	// VariancePeer and VarianceSubordinate are the variances between raters of
	// one employee, pooled over the run; 0 where there is no estimate. They serve
	// the display of uncertainty only.
	VariancePeer, VarianceSubordinate float64
	// Failure says for operators why the run failed.
	Failure string
}

// SameOutput reports whether two complete runs read and wrote the same.
func (r Run) SameOutput(other Run) bool {
	return r.State == RunComplete && other.State == RunComplete &&
		bytes.Equal(r.InputDigest, other.InputDigest) &&
		bytes.Equal(r.OutputDigest, other.OutputDigest)
}

// Cancel stops a run that is under way.
func (r *Run) Cancel() error {
	if !r.State.Active() {
		return ErrRunState
	}
	r.State = RunCancelled
	return nil
}

// Resume goes on with a run that was cancelled or failed. It returns
// ErrRunStale where the forms of its cycle were open again since.
func (r *Run) Resume(c Cycle) error {
	switch {
	case r.State != RunCancelled && r.State != RunFailed:
		return ErrRunState
	case r.CycleVersion != c.Version:
		return ErrRunStale
	}
	r.State, r.Failure = RunQueued, ""
	return nil
}
