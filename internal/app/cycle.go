package app

import (
	"context"
	"time"

	"rancak/internal/appraisal"
)

// CycleStore keeps cycles and their runs.
type CycleStore interface {
	Cycles(ctx context.Context) ([]appraisal.Cycle, error)
	Cycle(ctx context.Context, year int) (appraisal.Cycle, error)
	UpdateCycle(ctx context.Context, actor appraisal.UserID, year, version int, run appraisal.RunID, act string,
		change func(*appraisal.Cycle, appraisal.Run) error) error
	Progress(ctx context.Context, cycle appraisal.CycleID, only []appraisal.UnitID) ([]appraisal.DinasProgress, error)
	Runs(ctx context.Context, cycle appraisal.CycleID) ([]appraisal.Run, error)
	Run(ctx context.Context, id appraisal.RunID) (appraisal.Run, error)
	StartRun(ctx context.Context, actor appraisal.UserID, year int, after appraisal.RunID, now time.Time) (appraisal.Run, error)
	TurnRun(ctx context.Context, actor appraisal.UserID, id appraisal.RunID, act string,
		turn func(*appraisal.Run, appraisal.Cycle) error) error
}

// Cycles is how HR of the city runs a year.
type Cycles struct {
	Store CycleStore
	Now   func() time.Time
}

// Control is the control room of a year.
type Control struct {
	Cycle    appraisal.Cycle
	Progress []appraisal.DinasProgress
	Runs     []appraisal.Run // newest first
	// MayRun says that the actor may act, not only look.
	MayRun bool
}

// List returns every cycle, newest first.
func (c *Cycles) List(ctx context.Context, actor appraisal.Actor) ([]appraisal.Cycle, error) {
	if !actor.Can(appraisal.PermCycleRead) {
		return nil, appraisal.ErrForbidden
	}
	return c.Store.Cycles(ctx)
}

// Control returns the control room of a year: of the whole city, or of the
// actor's own dinas.
func (c *Cycles) Control(ctx context.Context, actor appraisal.Actor, year int) (Control, error) {
	v := Control{MayRun: actor.Can(appraisal.PermCycleRun)}
	if !actor.Can(appraisal.PermCycleRead) {
		return v, appraisal.ErrForbidden
	}
	var err error
	if v.Cycle, err = c.Store.Cycle(ctx, year); err != nil {
		return v, err
	}
	var only []appraisal.UnitID
	if !actor.WholeCity(appraisal.PermCycleRead) {
		only = actor.DinasFor(appraisal.PermCycleRead)
	}
	if v.Progress, err = c.Store.Progress(ctx, v.Cycle.ID, only); err != nil {
		return v, err
	}
	v.Runs, err = c.Store.Runs(ctx, v.Cycle.ID)
	return v, err
}

// Move changes the stage of a year that the actor saw at some version.
func (c *Cycles) Move(ctx context.Context, actor appraisal.Actor, year, version int, to appraisal.Stage) error {
	if !actor.Can(appraisal.PermCycleRun) {
		return appraisal.ErrForbidden
	}
	return c.Store.UpdateCycle(ctx, actor.User, year, version, 0, "move_cycle", func(cycle *appraisal.Cycle, _ appraisal.Run) error {
		return cycle.MoveTo(to)
	})
}

// Publish makes the results of a run the official ones of a year.
func (c *Cycles) Publish(ctx context.Context, actor appraisal.Actor, year, version int, run appraisal.RunID) error {
	if !actor.Can(appraisal.PermCycleRun) {
		return appraisal.ErrForbidden
	}
	if run == 0 {
		return appraisal.ErrRunState
	}
	return c.Store.UpdateCycle(ctx, actor.User, year, version, run, "publish_cycle", func(cycle *appraisal.Cycle, r appraisal.Run) error {
		return cycle.Publish(r, c.Now())
	})
}

// StartRun asks for a scoring run, which then works in the background. after
// is the newest run that the actor saw, 0 for none: where there is a newer one,
// the request came twice and that one is returned.
func (c *Cycles) StartRun(ctx context.Context, actor appraisal.Actor, year int, after appraisal.RunID) (appraisal.Run, error) {
	if !actor.Can(appraisal.PermCycleRun) {
		return appraisal.Run{}, appraisal.ErrForbidden
	}
	return c.Store.StartRun(ctx, actor.User, year, after, c.Now())
}

// Run returns a scoring run of a year.
func (c *Cycles) Run(ctx context.Context, actor appraisal.Actor, year int, id appraisal.RunID) (appraisal.Cycle, appraisal.Run, error) {
	if !actor.Can(appraisal.PermCycleRead) {
		return appraisal.Cycle{}, appraisal.Run{}, appraisal.ErrForbidden
	}
	cycle, err := c.Store.Cycle(ctx, year)
	if err != nil {
		return cycle, appraisal.Run{}, err
	}
	run, err := c.Store.Run(ctx, id)
	if err == nil && run.CycleID != cycle.ID {
		err = appraisal.ErrNotFound
	}
	return cycle, run, err
}

// CancelRun stops a run that is under way; it can be resumed.
func (c *Cycles) CancelRun(ctx context.Context, actor appraisal.Actor, year int, id appraisal.RunID) error {
	return c.turn(ctx, actor, year, id, "cancel_run", func(r *appraisal.Run, _ appraisal.Cycle) error { return r.Cancel() })
}

// ResumeRun goes on with a cancelled or failed run, unless the forms were open
// again since.
func (c *Cycles) ResumeRun(ctx context.Context, actor appraisal.Actor, year int, id appraisal.RunID) error {
	return c.turn(ctx, actor, year, id, "resume_run", (*appraisal.Run).Resume)
}

func (c *Cycles) turn(ctx context.Context, actor appraisal.Actor, year int, id appraisal.RunID, act string,
	turn func(*appraisal.Run, appraisal.Cycle) error,
) error {
	if !actor.Can(appraisal.PermCycleRun) {
		return appraisal.ErrForbidden
	}
	return c.Store.TurnRun(ctx, actor.User, id, act, func(r *appraisal.Run, cycle appraisal.Cycle) error {
		if cycle.Year != year {
			return appraisal.ErrNotFound
		}
		return turn(r, cycle)
	})
}
