package app_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// runs is a store of one run in memory. Its people are drawn from their
// numbers, so that any number of them needs no room.
type runs struct {
	*fake
	people  int
	parents map[appraisal.UnitID]appraisal.UnitID
	run     appraisal.Run
	results []scoring.Stored
	batches []int
	keep    bool // the results
	units   []scoring.StoredUnit
	failed  string
	// before is called before each batch is stored.
	before func(batch int) error
	readErr,
	finishErr error
}

func newRuns(people int) *runs {
	return &runs{
		fake: newFake(appraisal.StageEvaluation), people: people, keep: true,
		run:     appraisal.Run{ID: 7, CycleID: 1, RulesID: 1, State: appraisal.RunQueued, Total: people},
		parents: map[appraisal.UnitID]appraisal.UnitID{101: 11, 102: 11, 103: 12, 11: 10, 12: 10},
	}
}

// input draws what is read about one employee: every third leads, some miss forms.
func (r *runs) input(i int, in *scoring.Input) {
	rng := rand.New(rand.NewPCG(1, uint64(i)))
	*in = scoring.Input{
		Employee: appraisal.EmployeeID(1 + 3*i), Supervisor: appraisal.EmployeeID(1 + i%9), Unit: []appraisal.UnitID{101, 102, 103, 11, 10}[i%5],
		Forms: in.Forms[:0],
	}
	form := func(kind appraisal.ReviewKind, items int) {
		in.Invited.Add(kind, 1)
		if rng.IntN(10) == 0 {
			return
		}
		f := scoring.Form{Kind: kind, Answers: make([]appraisal.Answer, items)}
		for j := range f.Answers {
			f.Answers[j] = appraisal.Answer(1 + rng.IntN(5))
			if rng.IntN(12) == 0 {
				f.Answers[j] = appraisal.CannotRate
			}
		}
		in.Forms = append(in.Forms, f)
	}
	form(appraisal.KindPeer, 7) // in no order: the runner brings them into its own
	form(appraisal.KindSelf, 21)
	for range 4 {
		form(appraisal.KindPeer, 7)
	}
	form(appraisal.KindSupervisor, 21)
	if i%3 == 0 {
		for range 5 {
			form(appraisal.KindSubordinate, 7)
		}
	}
}

func (r *runs) ReadRun(ctx context.Context, _ appraisal.RunID, _ time.Time,
	do func(run appraisal.Run, read func(each func(*scoring.Input) error) error) error,
) error {
	if r.readErr != nil {
		return r.readErr
	}
	r.run.State = appraisal.RunWorking
	return do(r.run, func(each func(*scoring.Input) error) error {
		in := &scoring.Input{}
		for i := range r.people {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.input(i, in)
			if err := each(in); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *runs) PutResults(_ context.Context, _ appraisal.RunID, batch []scoring.Stored, done int) error {
	if r.before != nil {
		if err := r.before(len(r.batches)); err != nil {
			return err
		}
	}
	if r.run.State != appraisal.RunWorking {
		return appraisal.ErrRunState
	}
	r.batches = append(r.batches, len(batch))
	r.run.Done, r.run.LastEmployee = done, batch[len(batch)-1].Employee
	if r.keep {
		for _, x := range batch { // the batch is reused
			x.Body = bytes.Clone(x.Body)
			r.results = append(r.results, x)
		}
	}
	return nil
}

func (r *runs) FinishRun(_ context.Context, run appraisal.Run, units []scoring.StoredUnit, at time.Time) error {
	if r.finishErr != nil {
		return r.finishErr
	}
	if r.run.State != appraisal.RunWorking {
		return appraisal.ErrRunState
	}
	r.run.State, r.run.FinishedAt = appraisal.RunComplete, at
	r.run.InputDigest, r.run.OutputDigest = run.InputDigest, run.OutputDigest
	r.run.VariancePeer, r.run.VarianceSubordinate = run.VariancePeer, run.VarianceSubordinate
	r.units = units
	return nil
}

func (r *runs) FailRun(_ context.Context, _ appraisal.RunID, reason string, _ time.Time) error {
	r.run.State, r.failed = appraisal.RunFailed, reason
	return nil
}

func (r *runs) CycleByID(context.Context, appraisal.CycleID) (appraisal.Cycle, error) {
	return r.cycle, r.call("CycleByID")
}

func (r *runs) UnitParents(context.Context) (map[appraisal.UnitID]appraisal.UnitID, error) {
	return r.parents, r.call("UnitParents")
}

var _ app.RunStore = (*runs)(nil)

func runner(r *runs, batch int) *app.Runner { return &app.Runner{Store: r, Now: clock, Batch: batch} }

// complete runs to the end without trouble.
func complete(t *testing.T, people, batch int) *runs {
	t.Helper()
	r := newRuns(people)
	check(t, runner(r, batch).Run(t.Context(), 7))
	if r.run.State != appraisal.RunComplete {
		t.Fatalf("the run is %s: %s", r.run.State, r.failed)
	}
	return r
}

// What a run stores is what a computation with all of it in hand gives.
func TestRunnerResults(t *testing.T) {
	const people = 200
	r := complete(t, people, 32)
	in1, in2 := instrument(1, 3), instrument(2, 1)
	s, err := scoring.New(rules, map[appraisal.ReviewKind]appraisal.Instrument{
		appraisal.KindSelf: in1, appraisal.KindSupervisor: in1, appraisal.KindPeer: in2, appraisal.KindSubordinate: in2,
	})
	check(t, err)
	tallies := map[appraisal.UnitID]*scoring.UnitTally{}
	var peers, subs scoring.Spread
	read, written := scoring.NewDigest(s.AppendBasis(nil)), scoring.NewDigest(s.AppendBasis(nil))
	if len(r.results) != people {
		t.Fatalf("%d results", len(r.results))
	}
	for i, got := range r.results {
		in := &scoring.Input{}
		r.input(i, in)
		canonical := in.Append(nil)
		want, err := s.Result(in.Forms, in.Leads())
		check(t, err)
		parsed, err := scoring.ParseResult(got.Body)
		check(t, err)
		equal(t, parsed, want)
		equal(t, got.Index, want.Index)
		equal(t, got.Employee, in.Employee)
		for _, x := range []struct {
			kind   appraisal.ReviewKind
			spread *scoring.Spread
		}{{appraisal.KindPeer, &peers}, {appraisal.KindSubordinate, &subs}} {
			var values []appraisal.Ratio
			for _, f := range in.Forms {
				if v, ok, err := s.RaterValue(f); f.Kind == x.kind && ok && err == nil {
					values = append(values, v)
				}
			}
			x.spread.Add(values)
		}
		for at := in.Unit; at != 0; at = r.parents[at] {
			if tallies[at] == nil {
				tallies[at] = scoring.NewUnitTally(7)
			}
			tallies[at].Add(scoring.Person{Supervisor: in.Supervisor, Invited: in.Invited, Sent: in.Sent()}, want)
		}
		check(t, read.AddEmployee(in.Employee, canonical))
		check(t, written.AddEmployee(in.Employee, got.Body))
	}
	var order []appraisal.UnitID
	for _, u := range r.units {
		order = append(order, u.Unit)
		want := tallies[u.Unit].Result()
		if !bytes.Equal(u.Body, want.Append(nil)) || u.People != want.People {
			t.Errorf("unit %d differs", u.Unit)
		}
		check(t, written.AddUnit(u.Unit, u.Body))
	}
	equal(t, order, []appraisal.UnitID{10, 11, 12, 101, 102, 103})
	if !bytes.Equal(r.run.InputDigest, read.Sum()) || !bytes.Equal(r.run.OutputDigest, written.Sum()) {
		t.Error("digests differ from those of what was read and written")
	}
	if r.run.VariancePeer != peers.Variance(0) || r.run.VarianceSubordinate != subs.Variance(0) || peers.Variance(0) <= 0 {
		t.Errorf("variances %v and %v, want %v and %v", r.run.VariancePeer, r.run.VarianceSubordinate, peers.Variance(0), subs.Variance(0))
	}
	if !r.run.FinishedAt.Equal(now) {
		t.Errorf("finished at %v", r.run.FinishedAt)
	}
}

func TestRunnerBatches(t *testing.T) {
	for _, tt := range []struct {
		people, batch int
		want          []int
	}{
		{0, 10, nil}, {1, 10, []int{1}}, {10, 10, []int{10}}, {11, 10, []int{10, 1}}, {30, 10, []int{10, 10, 10}},
		{app.DefaultBatch + 1, 0, []int{app.DefaultBatch, 1}},
	} {
		r := complete(t, tt.people, tt.batch)
		equal(t, r.batches, tt.want)
		if r.run.Done != tt.people {
			t.Errorf("%d of %d done", r.run.Done, tt.people)
		}
	}
	if few, many := complete(t, 100, 7), complete(t, 100, 64); !few.run.SameOutput(many.run) {
		t.Error("the size of batches is in the digests")
	}
}

// Cancelled or interrupted anywhere and resumed, a run ends with the digests
// and results of one that was never disturbed, and stores nothing twice.
func TestRunnerResume(t *testing.T) {
	const people, batch = 50, 8
	want := complete(t, people, batch)
	for stop := range 7 {
		r := newRuns(people)
		r.before = func(n int) error {
			if n == stop {
				r.run.State = appraisal.RunCancelled
			}
			return nil
		}
		check(t, runner(r, batch).Run(t.Context(), 7)) // being cancelled is no error
		if r.run.State != appraisal.RunCancelled || r.failed != "" || len(r.results) != stop*batch {
			t.Fatalf("cancelled at batch %d: %s, %q, %d results", stop, r.run.State, r.failed, len(r.results))
		}
		r.before, r.run.State = nil, appraisal.RunQueued
		check(t, runner(r, batch).Run(t.Context(), 7))
		if !r.run.SameOutput(want.run) || r.run.Done != people {
			t.Errorf("cancelled at batch %d, the run ends otherwise: %+v", stop, r.run)
		}
		equal(t, r.results, want.results)
		equal(t, r.units, want.units)
	}
}

func TestRunnerStopped(t *testing.T) {
	const people, batch = 50, 8
	want := complete(t, people, batch)
	r := newRuns(people)
	ctx, stop := context.WithCancel(t.Context())
	r.before = func(n int) error {
		if n == 3 {
			stop()
			return ctx.Err()
		}
		return nil
	}
	wantErr(t, runner(r, batch).Run(ctx, 7), context.Canceled)
	if r.run.State != appraisal.RunWorking || r.failed != "" { // to be taken up again, not failed
		t.Errorf("stopped, the run is %s: %s", r.run.State, r.failed)
	}
	r.before = nil
	check(t, runner(r, batch).Run(t.Context(), 7))
	if !r.run.SameOutput(want.run) {
		t.Error("stopped and taken up, the run ends otherwise")
	}
	equal(t, r.results, want.results)
}

func TestRunnerLeavesAlone(t *testing.T) {
	for _, err := range []error{appraisal.ErrRunActive, appraisal.ErrRunState} {
		r := newRuns(5)
		r.readErr = err
		check(t, runner(r, 2).Run(t.Context(), 7))
		if r.failed != "" {
			t.Errorf("%v made the run fail: %s", err, r.failed)
		}
	}
	r := newRuns(5)
	r.finishErr = appraisal.ErrRunState // cancelled at the last moment
	check(t, runner(r, 2).Run(t.Context(), 7))
	equal(t, r.failed, "")
}

func TestRunnerFails(t *testing.T) {
	for name, spoil := range map[string]func(r *runs){
		"reading":       func(r *runs) { r.readErr = errStore },
		"the cycle":     func(r *runs) { r.fails, r.err = "CycleByID", errStore },
		"rules":         func(r *runs) { r.fails, r.err = "Rules", errStore },
		"instruments":   func(r *runs) { r.fails, r.err = "Instrument", errStore },
		"units":         func(r *runs) { r.fails, r.err = "UnitParents", errStore },
		"storing":       func(r *runs) { r.before = func(int) error { return errStore } },
		"storing later": func(r *runs) { r.before = func(n int) error { return map[int]error{1: errStore}[n] } },
		"finishing":     func(r *runs) { r.finishErr = errStore },
		"a circle of units": func(r *runs) {
			r.parents[10] = 101
		},
		"other instruments": func(r *runs) { delete(r.cycle.Instruments, appraisal.KindPeer) },
	} {
		r := newRuns(20)
		spoil(r)
		err := runner(r, 8).Run(t.Context(), 7)
		if err == nil || r.run.State != appraisal.RunFailed || r.failed == "" {
			t.Errorf("%s: %v, the run is %s: %s", name, err, r.run.State, r.failed)
		}
		if name != "a circle of units" && name != "other instruments" && !errors.Is(err, errStore) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The memory that a run holds does not grow with the people it reads.
func TestRunnerMemory(t *testing.T) {
	held := func(people int) uint64 {
		r := newRuns(people)
		r.keep = false
		var most uint64
		r.before = func(n int) error {
			if n%(people/256/4) == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
			return nil
		}
		r.batches = make([]int, 0, people)
		check(t, runner(r, 256).Run(t.Context(), 7))
		if slices.Max(r.batches) > 256 {
			t.Errorf("a batch of %d", slices.Max(r.batches))
		}
		return most
	}
	few, many := held(2048), held(8*2048)
	if grown := int64(many) - int64(few); grown > 1<<20 {
		t.Errorf("eight times the people hold %d KiB more", grown>>10)
	}
}
