package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// RunStore keeps what a scoring run reads and writes.
type RunStore interface {
	ReadRun(ctx context.Context, id appraisal.RunID, now time.Time,
		do func(run appraisal.Run, read func(each func(*scoring.Input) error) error) error) error
	// PutResults stores the next results; it keeps nothing of batch.
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
		w.shelf = newShelf(w.size, func(b *batch) error { return w.store.PutResults(ctx, run.ID, b.results, b.done) })
		w.batch = <-w.shelf.free
		err = read(w.add)
		if err == nil {
			err = w.flush()
		}
		if stored := w.shelf.close(); err == nil {
			err = stored
		}
		if err != nil {
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
	shelf   *shelf
	batch   *batch
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

func (w *work) add(in *scoring.Input) error {
	result, err := w.scorer.Result(in.Forms, in.Leads())
	if err != nil {
		return fmt.Errorf("scoring employee %d: %w", in.Employee, err)
	}
	w.buf = in.Append(w.buf[:0])
	if err := w.in.AddEmployee(in.Employee, w.buf); err != nil {
		return fmt.Errorf("reading employee %d: %w", in.Employee, err)
	}
	from := len(w.batch.bodies)
	w.batch.bodies = result.Append(w.batch.bodies)
	body := w.batch.bodies[from:len(w.batch.bodies):len(w.batch.bodies)]
	if err := w.out.AddEmployee(in.Employee, body); err != nil {
		return fmt.Errorf("writing employee %d: %w", in.Employee, err)
	}
	if err := w.spread(in); err != nil {
		return err
	}
	w.tally(in, result)
	w.done++
	if in.Employee <= w.run.LastEmployee {
		w.batch.bodies = w.batch.bodies[:from]
		return nil
	}
	w.batch.results = append(w.batch.results, scoring.Stored{Employee: in.Employee, Index: result.Index, Body: body})
	if len(w.batch.results) == w.size {
		return w.flush()
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

// flush has the batch stored and goes on with an empty one.
func (w *work) flush() error {
	if len(w.batch.results) == 0 {
		return nil
	}
	w.batch.done = w.done
	var err error
	w.batch, err = w.shelf.swap(w.batch)
	return err
}

func (w *work) finish(ctx context.Context) error {
	units, err := w.units()
	if err != nil {
		return err
	}
	w.run.InputDigest, w.run.OutputDigest = w.in.Sum(), w.out.Sum()
	w.run.VariancePeer, w.run.VarianceSubordinate = w.peers.Variance(0), w.subs.Variance(0)
	return w.store.FinishRun(ctx, w.run, units, w.now())
}

// units gives every unit what the units below it have and returns the results
// in the order of their ids. The lowest units come first and are then done
// with, so that no more is held at once than before.
func (w *work) units() ([]scoring.StoredUnit, error) {
	depth, err := w.depths()
	if err != nil {
		return nil, err
	}
	order := slices.SortedFunc(maps.Keys(depth), func(a, b appraisal.UnitID) int {
		return cmp.Or(depth[b]-depth[a], cmp.Compare(a, b))
	})
	stored := make([]scoring.StoredUnit, 0, len(order))
	for _, unit := range order {
		tally := w.of(unit)
		r := tally.Result()
		stored = append(stored, scoring.StoredUnit{Unit: unit, People: r.People, Body: r.Append(nil)})
		if parent := w.parents[unit]; parent != 0 {
			w.of(parent).Merge(tally)
		}
		delete(w.tallies, unit)
	}
	slices.SortFunc(stored, func(a, b scoring.StoredUnit) int { return cmp.Compare(a.Unit, b.Unit) })
	for _, u := range stored {
		if err := w.out.AddUnit(u.Unit, u.Body); err != nil {
			return nil, fmt.Errorf("writing unit %d: %w", u.Unit, err)
		}
	}
	return stored, nil
}

// depths returns how many units lie above each unit that has people or has
// people below it.
func (w *work) depths() (map[appraisal.UnitID]int, error) {
	depth := make(map[appraisal.UnitID]int, len(w.tallies))
	for unit := range w.tallies {
		var way []appraisal.UnitID
		at := unit
		for ; at != 0; at = w.parents[at] {
			if _, known := depth[at]; known {
				break
			}
			if way = append(way, at); len(way) > len(w.parents)+1 {
				return nil, fmt.Errorf("unit %d lies below itself", unit)
			}
		}
		next := 0
		if at != 0 {
			next = depth[at] + 1
		}
		for _, at := range slices.Backward(way) {
			depth[at] = next
			next++
		}
	}
	return depth, nil
}

// batch is results that are stored at once.
type batch struct {
	results []scoring.Stored
	bodies  []byte // of the results
	done    int    // employees computed with the last of them
}

// shelf stores full batches, one after the other, while the next one is
// filled. Two batches go around.
type shelf struct {
	full   chan *batch
	free   chan *batch
	failed chan struct{} // closed when err is set
	ended  chan struct{} // closed after the last batch
	err    error
}

func newShelf(size int, put func(*batch) error) *shelf {
	s := &shelf{full: make(chan *batch), free: make(chan *batch, 2), failed: make(chan struct{}), ended: make(chan struct{})}
	for range cap(s.free) {
		s.free <- &batch{results: make([]scoring.Stored, 0, size)}
	}
	go func() {
		defer close(s.ended)
		for b := range s.full {
			if s.err = put(b); s.err != nil {
				close(s.failed)
				return
			}
			b.results, b.bodies = b.results[:0], b.bodies[:0]
			s.free <- b
		}
	}()
	return s
}

// swap takes a full batch and returns an empty one, or the error of a batch
// before.
func (s *shelf) swap(b *batch) (*batch, error) {
	select {
	case s.full <- b:
	case <-s.failed:
		return b, s.err
	}
	select {
	case b = <-s.free:
		return b, nil
	case <-s.failed:
		return b, s.err
	}
}

// close waits until everything is stored and returns what went wrong.
func (s *shelf) close() error {
	close(s.full)
	<-s.ended
	return s.err
}
