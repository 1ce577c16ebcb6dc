package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// RunStore keeps what a scoring run reads and writes.
type RunStore interface {
	ReadRun(ctx context.Context, id appraisal.RunID, now time.Time,
		do func(run appraisal.Run, read func(each func(*scoring.Input) error) error) error) error
	PutResults(ctx context.Context, run appraisal.RunID, batch []scoring.Stored, done int) error
	FinishRun(ctx context.Context, run appraisal.Run, units []scoring.StoredUnit, now time.Time) error
	FailRun(ctx context.Context, id appraisal.RunID, reason string, now time.Time) error
	CycleByID(ctx context.Context, id appraisal.CycleID) (appraisal.Cycle, error)
	Rules(ctx context.Context, id appraisal.RulesID) (appraisal.Rules, error)
	Instrument(ctx context.Context, id appraisal.InstrumentID) (appraisal.Instrument, error)
	UnitParents(ctx context.Context) (map[appraisal.UnitID]appraisal.UnitID, error)
}

// Runner is the scoring service: it streams the forms of a cycle in the order
// of employees, computes, and stores results in batches. Memory does not grow
// with the number of people.
//
// A resumed run computes everything again, which is cheap next to reading, and
// stores only what is not there yet; its digests are therefore those of a run
// that was never interrupted.
type Runner struct {
	Store RunStore
	Now   func() time.Time
	// Batch is how many results are stored at once; progress moves by it.
	Batch int
}

// DefaultBatch keeps the progress moving at every size and the share of
// transactions small.
const DefaultBatch = 2000

// Run works on a queued or interrupted run until it is complete. It returns
// nil also where the run was cancelled or somebody else works on it; other
// errors mark the run as failed, except the end of ctx, after which the run
// can be taken up again.
func (r *Runner) Run(ctx context.Context, id appraisal.RunID) error {
	err := r.Store.ReadRun(ctx, id, r.Now(), func(run appraisal.Run, read func(func(*scoring.Input) error) error) error {
		w, err := r.open(ctx, run)
		if err != nil {
			return err
		}
		if err := read(func(in *scoring.Input) error { return w.add(ctx, in) }); err != nil {
			return err
		}
		return w.finish(ctx)
	})
	switch {
	case err == nil, errors.Is(err, appraisal.ErrRunState), errors.Is(err, appraisal.ErrRunActive):
		return nil
	case ctx.Err() != nil:
		return err
	}
	return errors.Join(err, r.Store.FailRun(ctx, id, err.Error(), r.Now()))
}

// work is one run under way.
type work struct {
	store   RunStore
	now     func() time.Time
	run     appraisal.Run
	scorer  *scoring.Scorer
	parents map[appraisal.UnitID]appraisal.UnitID
	tallies map[appraisal.UnitID]*scoring.UnitTally
	in, out *scoring.Digest
	peers   scoring.Spread
	subs    scoring.Spread
	batch   []scoring.Stored
	size    int
	done    int
	buf     []byte
	values  []appraisal.Ratio
}

func (r *Runner) open(ctx context.Context, run appraisal.Run) (*work, error) {
	w := &work{store: r.Store, now: r.Now, run: run, size: r.Batch, tallies: map[appraisal.UnitID]*scoring.UnitTally{}}
	if w.size == 0 {
		w.size = DefaultBatch
	}
	cycle, err := r.Store.CycleByID(ctx, run.CycleID)
	if err != nil {
		return nil, err
	}
	rules, err := r.Store.Rules(ctx, run.RulesID)
	if err != nil {
		return nil, err
	}
	instruments := make(map[appraisal.ReviewKind]appraisal.Instrument, len(cycle.Instruments))
	for kind, id := range cycle.Instruments {
		if instruments[kind], err = r.Store.Instrument(ctx, id); err != nil {
			return nil, err
		}
	}
	if w.scorer, err = scoring.New(rules, instruments); err != nil {
		return nil, err
	}
	if w.parents, err = r.Store.UnitParents(ctx); err != nil {
		return nil, err
	}
	basis := w.scorer.AppendBasis(nil)
	w.in, w.out = scoring.NewDigest(basis), scoring.NewDigest(basis)
	return w, nil
}

func (w *work) add(ctx context.Context, in *scoring.Input) error {
	result, err := w.scorer.Result(in.Forms, in.Leads())
	if err != nil {
		return fmt.Errorf("scoring employee %d: %w", in.Employee, err)
	}
	w.buf = in.Append(w.buf[:0])
	if err := w.in.AddEmployee(in.Employee, w.buf); err != nil {
		return fmt.Errorf("reading employee %d: %w", in.Employee, err)
	}
	body := result.Append(nil)
	if err := w.out.AddEmployee(in.Employee, body); err != nil {
		return fmt.Errorf("writing employee %d: %w", in.Employee, err)
	}
	if err := w.spread(in); err != nil {
		return err
	}
	w.tally(in, result)
	w.done++
	if in.Employee <= w.run.LastEmployee {
		return nil
	}
	w.batch = append(w.batch, scoring.Stored{Employee: in.Employee, Index: result.Index, Body: body})
	if len(w.batch) == w.size {
		return w.flush(ctx)
	}
	return nil
}

// spread counts how far the raters of one employee lie apart. The forms stand
// in the order of their kinds since Append.
func (w *work) spread(in *scoring.Input) error {
	kind := appraisal.ReviewKind("")
	w.values = w.values[:0]
	for _, f := range in.Forms {
		if f.Kind != kind {
			w.addSpread(kind)
			kind = f.Kind
		}
		if kind != appraisal.KindPeer && kind != appraisal.KindSubordinate {
			continue
		}
		value, ok, err := w.scorer.RaterValue(f)
		if err != nil {
			return fmt.Errorf("scoring a form about employee %d: %w", in.Employee, err)
		}
		if ok {
			w.values = append(w.values, value)
		}
	}
	w.addSpread(kind)
	return nil
}

func (w *work) addSpread(kind appraisal.ReviewKind) {
	switch kind {
	case appraisal.KindPeer:
		w.peers.Add(w.values)
	case appraisal.KindSubordinate:
		w.subs.Add(w.values)
	case appraisal.KindSelf, appraisal.KindSupervisor:
	}
	w.values = w.values[:0]
}

// tally counts the employee in the own unit; units above are merged at the end.
func (w *work) tally(in *scoring.Input, r scoring.Result) {
	t := w.of(in.Unit)
	t.Add(scoring.Person{Supervisor: in.Supervisor, Invited: in.Invited, Sent: in.Sent()}, r)
}

func (w *work) of(unit appraisal.UnitID) *scoring.UnitTally {
	t := w.tallies[unit]
	if t == nil {
		t = scoring.NewUnitTally(w.scorer.Behaviours())
		w.tallies[unit] = t
	}
	return t
}

func (w *work) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	err := w.store.PutResults(ctx, w.run.ID, w.batch, w.done)
	w.batch = w.batch[:0]
	return err
}

func (w *work) finish(ctx context.Context) error {
	if err := w.flush(ctx); err != nil {
		return err
	}
	units, err := w.units()
	if err != nil {
		return err
	}
	w.run.InputDigest, w.run.OutputDigest = w.in.Sum(), w.out.Sum()
	w.run.VariancePeer, w.run.VarianceSubordinate = w.peers.Variance(0), w.subs.Variance(0)
	return w.store.FinishRun(ctx, w.run, units, w.now())
}

// units merges every unit into all units above it and returns the results in
// the order of their ids.
func (w *work) units() ([]scoring.StoredUnit, error) {
	own := make([]appraisal.UnitID, 0, len(w.tallies))
	for unit := range w.tallies {
		own = append(own, unit)
	}
	whole := make(map[appraisal.UnitID]*scoring.UnitTally, len(own))
	for _, unit := range own {
		for at, steps := unit, 0; at != 0; at, steps = w.parents[at], steps+1 {
			if steps > len(w.parents) {
				return nil, fmt.Errorf("unit %d lies below itself", unit)
			}
			if whole[at] == nil {
				whole[at] = scoring.NewUnitTally(w.scorer.Behaviours())
			}
			whole[at].Merge(w.tallies[unit])
		}
	}
	stored := make([]scoring.StoredUnit, 0, len(whole))
	for unit, tally := range whole {
		r := tally.Result()
		stored = append(stored, scoring.StoredUnit{Unit: unit, People: r.People, Body: r.Append(nil)})
	}
	slices.SortFunc(stored, func(a, b scoring.StoredUnit) int { return int(a.Unit - b.Unit) })
	for _, u := range stored {
		if err := w.out.AddUnit(u.Unit, u.Body); err != nil {
			return nil, fmt.Errorf("writing unit %d: %w", u.Unit, err)
		}
	}
	return stored, nil
}
