package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/jobs"
	"rancak/internal/postgres"
	"rancak/internal/scoring"
	"rancak/internal/testdb"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// patience bounds how long a test waits for what must happen.
const patience = time.Minute

// world is an office whose forms are sent, in evaluation.
type world struct {
	pool  *pgxpool.Pool
	store *postgres.Store
	queue *jobs.Client
}

func newWorld(t *testing.T) *world {
	t.Helper()
	url := testdb.URL(t)
	pool, err := postgres.Open(t.Context(), postgres.Config{URL: url, MaxConns: 12})
	check(t, err)
	t.Cleanup(pool.Close)
	fixture.Office(t, pool)
	fixture.Send(t, pool)
	fixture.Move(t, pool, appraisal.StageEvaluation)
	queue, err := jobs.NewInserter(pool)
	check(t, err)
	return &world{pool: pool, store: postgres.New(pool, queue), queue: queue}
}

func clock() time.Time { return fixture.Now }

// swept counts what the sweeper is asked.
type swept struct{ n atomic.Int64 }

func (s *swept) Sweep(context.Context) error { s.n.Add(1); return nil }

// client returns a worker whose runner stores in batches of two.
func (w *world) client(t *testing.T, runs app.RunStore, sweeper jobs.Sweeper) *jobs.Client {
	t.Helper()
	c, err := jobs.NewWorker(w.pool, jobs.Work{
		Runner: &app.Runner{Store: runs, Now: clock, Batch: 2}, Reviver: w.store, Sweeper: sweeper,
	}, slog.New(slog.DiscardHandler))
	check(t, err)
	return c
}

// start starts a client that stops at the latest when the test ends.
func start(t *testing.T, c *jobs.Client) {
	t.Helper()
	check(t, c.Start(context.Background()))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := c.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
}

func (w *world) start(t *testing.T) appraisal.RunID {
	t.Helper()
	r, err := w.store.StartRun(t.Context(), fixture.Account(fixture.Gita), fixture.Year, appraisal.LatestRun, fixture.Now)
	check(t, err)
	return r.ID
}

// until waits for a run to come to a state.
func (w *world) until(t *testing.T, id appraisal.RunID, state appraisal.RunState) appraisal.Run {
	t.Helper()
	var r appraisal.Run
	wait(t, func() bool {
		var err error
		r, err = w.store.Run(context.Background(), id)
		check(t, err)
		return r.State == state
	}, func() string { return "run " + string(r.State) + ": " + r.Failure })
	return r
}

func wait(t *testing.T, happened func() bool, state func() string) {
	t.Helper()
	for end := time.Now().Add(patience); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", state())
		}
	}
}

// reference is a run without any trouble, made without a queue.
func (w *world) reference(t *testing.T) appraisal.Run {
	t.Helper()
	direct := postgres.New(w.pool, nil)
	r, err := direct.StartRun(t.Context(), 0, fixture.Year, appraisal.LatestRun, fixture.Now)
	check(t, err)
	check(t, (&app.Runner{Store: direct, Now: clock}).Run(t.Context(), r.ID))
	r, err = direct.Run(t.Context(), r.ID)
	check(t, err)
	return r
}

// whole checks that a run is complete and holds everything once.
func (w *world) whole(t *testing.T, r, reference appraisal.Run) {
	t.Helper()
	if !r.SameOutput(reference) || r.Done != r.Total {
		t.Errorf("run %+v\nreference %+v", r, reference)
	}
	same := fixture.Value[int](t, w.pool, `SELECT count(*) FROM employee_results a JOIN employee_results b USING (employee_id, body)
		WHERE a.run_id = $1 AND b.run_id = $2`, r.ID, reference.ID)
	if same != 9 {
		t.Errorf("%d of 9 results are those of the reference", same)
	}
}

func TestRunIsWorkedOn(t *testing.T) {
	w := newWorld(t)
	reference := w.reference(t)
	sweeper := &swept{}
	start(t, w.client(t, w.store, sweeper))
	id := w.start(t)
	w.whole(t, w.until(t, id, appraisal.RunComplete), reference)
	wait(t, func() bool { return sweeper.n.Load() > 0 }, func() string { return "nothing was swept at the start" })
}

// A run that a crash left behind is found and finished: at work without
// anybody's lock and without a job, or still queued, its job lost.
func TestAbandonedRunIsRevived(t *testing.T) {
	for _, state := range []appraisal.RunState{appraisal.RunWorking, appraisal.RunQueued} {
		t.Run(string(state), func(t *testing.T) {
			w := newWorld(t)
			reference := w.reference(t)
			direct := postgres.New(w.pool, nil) // queues nothing
			r, err := direct.StartRun(t.Context(), 0, fixture.Year, appraisal.LatestRun, fixture.Now)
			check(t, err)
			if state == appraisal.RunWorking {
				crash := errors.New("the process was killed")
				err := direct.ReadRun(t.Context(), r.ID, fixture.Now, func(appraisal.Run, func(func(*scoring.Input) error) error) error {
					return crash
				})
				if !errors.Is(err, crash) {
					t.Fatal(err)
				}
				w.until(t, r.ID, appraisal.RunWorking)
			}
			start(t, w.client(t, w.store, &swept{}))
			w.whole(t, w.until(t, r.ID, appraisal.RunComplete), reference)
		})
	}
}

// halting is a store that stops for ever at its second batch, until the work
// is interrupted.
type halting struct {
	*postgres.Store
	batches atomic.Int64
	halted  chan struct{}
}

func (h *halting) PutResults(ctx context.Context, run appraisal.RunID, batch []scoring.Stored, done int) error {
	if h.batches.Add(1) == 2 {
		close(h.halted)
		<-ctx.Done()
		return ctx.Err()
	}
	return h.Store.PutResults(ctx, run, batch, done)
}

// Stopped while it works, a run goes on at the next start where it was.
func TestStopAndStart(t *testing.T) {
	w := newWorld(t)
	reference := w.reference(t)
	h := &halting{Store: w.store, halted: make(chan struct{})}
	first := w.client(t, h, &swept{})
	check(t, first.Start(context.Background()))
	id := w.start(t)
	select {
	case <-h.halted:
	case <-time.After(patience):
		t.Fatal("the run was not worked on")
	}
	hurry, cancel := context.WithCancel(context.Background())
	cancel() // no time for jobs to end: they are interrupted
	check(t, first.Stop(hurry))
	r, err := w.store.Run(t.Context(), id)
	check(t, err)
	if r.State != appraisal.RunWorking || r.Done != 2 || r.Failure != "" {
		t.Fatalf("stopped: %+v", r)
	}
	start(t, w.client(t, w.store, &swept{}))
	w.whole(t, w.until(t, id, appraisal.RunComplete), reference)
}

// Stop waits for a job that ends in time.
func TestStopWaits(t *testing.T) {
	w := newWorld(t)
	slow := &slow{Store: w.store, begun: make(chan struct{}), goOn: make(chan struct{})}
	c := w.client(t, slow, &swept{})
	check(t, c.Start(context.Background()))
	id := w.start(t)
	<-slow.begun
	stopped := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		stopped <- c.Stop(ctx)
	}()
	select {
	case err := <-stopped:
		t.Errorf("stopped while a run was under way: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	close(slow.goOn)
	check(t, <-stopped)
	r, err := w.store.Run(t.Context(), id)
	check(t, err)
	if r.State != appraisal.RunComplete {
		t.Errorf("the run is %s", r.State)
	}
}

// slow is a store that waits for the test before it finishes.
type slow struct {
	*postgres.Store
	begun, goOn chan struct{}
}

func (s *slow) FinishRun(ctx context.Context, run appraisal.Run, units []scoring.StoredUnit, now time.Time) error {
	close(s.begun)
	<-s.goOn
	return s.Store.FinishRun(ctx, run, units, now)
}

// counting is a store that counts who gets to work on a run.
type counting struct {
	*postgres.Store
	worked, tried atomic.Int64
}

func (c *counting) ReadRun(ctx context.Context, id appraisal.RunID, now time.Time,
	do func(run appraisal.Run, read func(each func(*scoring.Input) error) error) error,
) error {
	defer c.tried.Add(1)
	return c.Store.ReadRun(ctx, id, now, func(run appraisal.Run, read func(each func(*scoring.Input) error) error) error {
		c.worked.Add(1)
		return do(run, read)
	})
}

// Several workers with several jobs for one run do not double it.
func TestTwoWorkers(t *testing.T) {
	w := newWorld(t)
	reference := w.reference(t)
	id := w.start(t)
	const more = 5
	tx, err := w.pool.Begin(t.Context())
	check(t, err)
	for range more {
		check(t, w.queue.EnqueueRun(t.Context(), tx, id))
	}
	check(t, tx.Commit(t.Context()))
	c := &counting{Store: w.store}
	for range 2 {
		start(t, w.client(t, c, &swept{}))
	}
	w.whole(t, w.until(t, id, appraisal.RunComplete), reference)
	wait(t, func() bool { return c.tried.Load() >= 1+more }, func() string { return "not every job was worked on" })
	if n := c.worked.Load(); n != 1 {
		t.Errorf("the run was worked on %d times", n)
	}
	if n := fixture.Value[int](t, w.pool, "SELECT count(*) FROM audit_entries WHERE act = 'complete_run' AND subject_id = $1", id); n != 1 {
		t.Errorf("completed %d times", n)
	}
}

// A job is queued together with its cause, or not at all.
func TestEnqueueRun(t *testing.T) {
	w := newWorld(t)
	count := func() int {
		return fixture.Value[int](t, w.pool, "SELECT count(*) FROM river_job WHERE kind = 'scoring'")
	}
	tx, err := w.pool.Begin(t.Context())
	check(t, err)
	check(t, w.queue.EnqueueRun(t.Context(), tx, 1))
	check(t, tx.Rollback(t.Context()))
	if n := count(); n != 0 {
		t.Errorf("%d jobs of a cause that was rolled back", n)
	}
	id := w.start(t)
	if n := count(); n != 1 {
		t.Errorf("%d jobs", n)
	}
	if got := fixture.Value[string](t, w.pool, "SELECT args->>'run' FROM river_job"); got != fixture.Value[string](t, w.pool, "SELECT $1::bigint::text", id) {
		t.Errorf("the job asks for run %s, want %d", got, id)
	}
}

// A run that fails says so, and its job does not bring it back by itself.
func TestFailedRun(t *testing.T) {
	w := newWorld(t)
	fixture.Exec(t, w.pool, "DELETE FROM cycle_instruments WHERE kind = 'peer'")
	start(t, w.client(t, w.store, &swept{}))
	id := w.start(t)
	if r := w.until(t, id, appraisal.RunFailed); r.Failure == "" {
		t.Error("nobody is told why")
	}
}
