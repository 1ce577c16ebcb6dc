package postgres_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
	"rancak/internal/scoring"
)

// queue remembers what was queued. Where it fails, nothing may be stored.
type queue struct {
	mu   sync.Mutex
	runs []appraisal.RunID
	err  error
}

func (q *queue) EnqueueRun(_ context.Context, _ pgx.Tx, id appraisal.RunID) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.runs = append(q.runs, id)
	return q.err
}

func scorer(s *postgres.Store) *app.Runner {
	return &app.Runner{Store: s, Now: func() time.Time { return fixture.Now }}
}

func startRun(t *testing.T, s *postgres.Store) appraisal.RunID {
	t.Helper()
	r, err := s.StartRun(t.Context(), gita, fixture.Year, appraisal.LatestRun, fixture.Now)
	check(t, err)
	return r.ID
}

// running returns a committed office with all forms sent and a run of it.
func running(t *testing.T) (*postgres.Store, *pgxpool.Pool, appraisal.RunID) {
	t.Helper()
	s, pool := committed(t)
	fixture.Send(t, pool)
	fixture.Move(t, pool, appraisal.StageEvaluation)
	return s, pool, startRun(t, s)
}

func complete(t *testing.T, db fixture.DB, id appraisal.RunID) {
	t.Helper()
	fixture.Exec(t, db, "UPDATE scoring_runs SET state = 'complete', input_digest = '\\x01', output_digest = '\\x02' WHERE id = $1", id)
}

func TestStore_StartRun(t *testing.T) {
	_, tx := office(t)
	q := &queue{}
	s := postgres.New(tx, q)
	_, err := s.StartRun(t.Context(), gita, fixture.Year, appraisal.LatestRun, fixture.Now)
	wantErr(t, err, appraisal.ErrNotEvaluating)
	_, err = s.StartRun(t.Context(), gita, 1999, appraisal.LatestRun, fixture.Now)
	wantErr(t, err, appraisal.ErrNotFound)
	fixture.Move(t, tx, appraisal.StageEvaluation)

	q.err = errRefuse
	_, err = s.StartRun(t.Context(), gita, fixture.Year, appraisal.LatestRun, fixture.Now)
	wantErr(t, err, errRefuse)
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM scoring_runs"); n != 0 || len(audits(t, tx)) != 0 {
		t.Errorf("a run that could not be queued was stored")
	}
	q.err, q.runs = nil, nil
	r, err := s.StartRun(t.Context(), gita, fixture.Year, appraisal.LatestRun, fixture.Now)
	check(t, err)
	equal(t, r, appraisal.Run{ID: r.ID, CycleID: fixture.Cycle, RulesID: 1, CycleVersion: 3, State: appraisal.RunQueued, Total: 9, RequestedAt: fixture.Now})
	equal(t, q.runs, []appraisal.RunID{r.ID})
	equal(t, audits(t, tx), []string{auditOf("start_run", "run", r.ID, gita)})
	for _, state := range []string{"queued", "working"} {
		fixture.Exec(t, tx, "UPDATE scoring_runs SET state = $1", state)
		_, err = s.StartRun(t.Context(), gita, fixture.Year, appraisal.LatestRun, fixture.Now)
		wantErr(t, err, appraisal.ErrRunActive)
	}
	complete(t, tx, r.ID)
	again, err := s.StartRun(t.Context(), gita, fixture.Year, 0, fixture.Now) // the first request, sent twice
	check(t, err)
	equal(t, again.ID, r.ID)
	next, err := s.StartRun(t.Context(), gita, fixture.Year, r.ID, fixture.Now)
	check(t, err)
	if next.ID <= r.ID {
		t.Errorf("run %d after %d", next.ID, r.ID)
	}
}

func TestStore_StartRun_concurrent(t *testing.T) {
	s, pool := committed(t)
	fixture.Move(t, pool, appraisal.StageEvaluation)
	errs := make([]error, 4)
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() {
			_, errs[i] = s.StartRun(context.Background(), gita, fixture.Year, appraisal.LatestRun, fixture.Now)
		})
	}
	group.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, appraisal.ErrRunActive) {
			t.Error(err)
		}
	}
	if n := fixture.Value[int](t, pool, "SELECT count(*) FROM scoring_runs"); won != 1 || n != 1 {
		t.Errorf("%d starts won, %d runs", won, n)
	}
}

func TestStore_Run(t *testing.T) {
	s, tx := office(t)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	id := startRun(t, s)
	fixture.Exec(t, tx, `UPDATE scoring_runs SET state = 'complete', done = 9, last_employee = 1009, variance_peer = 0.25, input_digest = '\x0102',
		output_digest = '\x03', started_at = $1, finished_at = $1, failure = ''`, fixture.Now)
	r, err := s.Run(t.Context(), id)
	check(t, err)
	equal(t, r, appraisal.Run{ID: id, CycleID: fixture.Cycle, RulesID: 1, CycleVersion: 3, State: appraisal.RunComplete, Done: 9, Total: 9, LastEmployee: 1009,
		InputDigest: []byte{1, 2}, OutputDigest: []byte{3}, RequestedAt: fixture.Now, StartedAt: fixture.Now, FinishedAt: fixture.Now, VariancePeer: 0.25})
	_, err = s.Run(t.Context(), 424242)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestStore_Runs(t *testing.T) {
	s, tx := office(t)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	var ids []appraisal.RunID
	for range 22 {
		id := startRun(t, s)
		check(t, s.FailRun(t.Context(), id, "x", fixture.Now))
		ids = append(ids, id)
	}
	slices.Reverse(ids)
	runs, err := s.Runs(t.Context(), fixture.Cycle)
	check(t, err)
	var got []appraisal.RunID
	for _, r := range runs {
		got = append(got, r.ID)
	}
	equal(t, got, ids[:20])
}

func TestStore_LatestRun(t *testing.T) {
	s, tx := office(t)
	latest := func() appraisal.RunID {
		c, err := s.Cycle(t.Context(), fixture.Year)
		check(t, err)
		r, err := s.LatestRun(t.Context(), c)
		if err != nil {
			wantErr(t, err, appraisal.ErrNotFound)
		}
		return r.ID
	}
	want := func(what string, id appraisal.RunID) {
		t.Helper()
		if got := latest(); got != id {
			t.Errorf("%s: run %d, want %d", what, got, id)
		}
	}
	fixture.Move(t, tx, appraisal.StageEvaluation)
	want("no run", 0)
	first := startRun(t, s)
	want("a run under way", 0)
	complete(t, tx, first)
	want("a complete run", first)
	second := startRun(t, s)
	want("another under way", first)
	check(t, s.FailRun(t.Context(), second, "x", fixture.Now))
	want("another failed", first)
	third := startRun(t, s)
	complete(t, tx, third)
	want("another complete", third)
	fixture.Move(t, tx, appraisal.StageFilling)
	want("the forms are open again", 0)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	want("the forms were open since", 0)
	fourth := startRun(t, s)
	complete(t, tx, fourth)
	want("a run after that", fourth)
	fifth := startRun(t, s)
	complete(t, tx, fifth)
	fixture.Exec(t, tx, "UPDATE cycles SET stage = 'published', published_run = $1, published_at = now(), version = version + 1", fourth)
	want("published", fourth)
}

func TestStore_TurnRun(t *testing.T) {
	_, tx := office(t)
	q := &queue{}
	s := postgres.New(tx, q)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	id := startRun(t, s)
	cancel := func(r *appraisal.Run, _ appraisal.Cycle) error { return r.Cancel() }
	resume := (*appraisal.Run).Resume
	state := func() appraisal.RunState {
		r, err := s.Run(t.Context(), id)
		check(t, err)
		return r.State
	}
	q.runs = nil
	check(t, s.TurnRun(t.Context(), gita, id, "cancel_run", cancel))
	if state() != appraisal.RunCancelled || len(q.runs) != 0 {
		t.Errorf("cancelled: %s, queued %v", state(), q.runs)
	}
	wantErr(t, s.TurnRun(t.Context(), gita, id, "cancel_run", cancel), appraisal.ErrRunState)
	check(t, s.TurnRun(t.Context(), gita, id, "resume_run", resume))
	if state() != appraisal.RunQueued || !slices.Equal(q.runs, []appraisal.RunID{id}) {
		t.Errorf("resumed: %s, queued %v", state(), q.runs)
	}
	check(t, s.TurnRun(t.Context(), gita, id, "cancel_run", cancel))
	q.err = errRefuse
	wantErr(t, s.TurnRun(t.Context(), gita, id, "resume_run", resume), errRefuse)
	if state() != appraisal.RunCancelled {
		t.Errorf("a run that could not be queued is %s", state())
	}
	q.err = nil
	equal(t, audits(t, tx)[1:], []string{
		auditOf("cancel_run", "run", id, gita), auditOf("resume_run", "run", id, gita), auditOf("cancel_run", "run", id, gita),
	})

	other := startRun(t, s) // while one is under way, another cannot be resumed
	wantErr(t, s.TurnRun(t.Context(), gita, id, "resume_run", resume), appraisal.ErrRunActive)
	check(t, s.FailRun(t.Context(), other, "x", fixture.Now))
	fixture.Move(t, tx, appraisal.StageFilling)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	wantErr(t, s.TurnRun(t.Context(), gita, id, "resume_run", resume), appraisal.ErrRunStale)
	wantErr(t, s.TurnRun(t.Context(), gita, 424242, "cancel_run", cancel), appraisal.ErrNotFound)
}

func TestStore_ReadRun(t *testing.T) {
	s, pool, id := running(t)
	fixture.Exec(t, pool, `UPDATE reviews SET state = 'draft', submitted_at = NULL WHERE kind = 'peer' AND ratee_id = $1 AND rater_id = $2`, fixture.Ani, fixture.Budi)
	fixture.Exec(t, pool, `UPDATE reviews SET answers[3] = NULL WHERE kind = 'self' AND ratee_id = $1`, fixture.Ani)
	type seen struct {
		in    scoring.Input
		forms int
	}
	var got []seen
	later := fixture.Now.Add(time.Minute)
	err := s.ReadRun(t.Context(), id, later, func(run appraisal.Run, read func(func(*scoring.Input) error) error) error {
		if run.ID != id || run.State != appraisal.RunWorking || !run.StartedAt.Equal(later) {
			t.Errorf("run %+v", run)
		}
		// Others see it at work, and cannot work on it as well.
		r, err := s.Run(t.Context(), id)
		check(t, err)
		if r.State != appraisal.RunWorking {
			t.Errorf("others see it %s", r.State)
		}
		wantErr(t, s.ReadRun(t.Context(), id, later, nil), appraisal.ErrRunActive)
		// What changes now does not belong to it: it is all of one moment.
		fixture.Exec(t, pool, "UPDATE reviews SET answers[1] = 1 WHERE ratee_id = $1", fixture.Ani)
		return read(func(in *scoring.Input) error {
			c := *in
			c.Forms = slices.Clone(in.Forms)
			for i := range c.Forms { // the input is reused
				c.Forms[i].Answers = slices.Clone(c.Forms[i].Answers)
			}
			got = append(got, seen{c, len(in.Forms)})
			return nil
		})
	})
	check(t, err)
	if len(got) != 9 {
		t.Fatalf("%d employees", len(got))
	}
	for i, x := range got {
		if want := fixture.Head + appraisal.EmployeeID(i); x.in.Employee != want {
			t.Errorf("employee %d in place %d", x.in.Employee, i)
		}
	}
	ani := got[fixture.Ani-fixture.Head].in
	equal(t, ani.Invited, scoring.Counts{1, 1, 3, 0})
	equal(t, ani.Sent(), scoring.Counts{1, 1, 2, 0})
	if ani.Supervisor != fixture.Chief || ani.Unit != fixture.Division || ani.Leads() {
		t.Errorf("input %+v", ani)
	}
	for _, f := range ani.Forms {
		items := 7
		if f.Kind == appraisal.KindSelf || f.Kind == appraisal.KindSupervisor {
			items = 21
		}
		if len(f.Answers) != items || f.Answers[0] == 1 {
			t.Errorf("form %s: %v", f.Kind, f.Answers)
		}
		if f.Kind == appraisal.KindSelf && (f.Answers[2] != appraisal.CannotRate || f.Answers[3] != 2+appraisal.Answer(fixture.Ani%4)) {
			t.Errorf("self-assessment %v", f.Answers)
		}
	}
	if head := got[0].in; head.Supervisor != 0 || head.Sent() != (scoring.Counts{1, 0, 0, 0}) {
		t.Errorf("head %+v", head)
	}
	if chief := got[1].in; !chief.Leads() || chief.Unit != fixture.Division {
		t.Errorf("chief %+v", chief)
	}
	for _, state := range []appraisal.RunState{appraisal.RunCancelled, appraisal.RunFailed, appraisal.RunComplete} {
		complete(t, pool, id)
		if state != appraisal.RunComplete {
			fixture.Exec(t, pool, "UPDATE scoring_runs SET state = $1, input_digest = NULL, output_digest = NULL", string(state))
		}
		wantErr(t, s.ReadRun(t.Context(), id, later, nil), appraisal.ErrRunState)
	}
	wantErr(t, s.ReadRun(t.Context(), 424242, later, nil), appraisal.ErrRunState)
}

// The lock goes with the work, also where that fails; the state stays, for
// somebody to take the run up.
func TestStore_ReadRun_released(t *testing.T) {
	s, pool, id := running(t)
	for range 2 {
		wantErr(t, s.ReadRun(t.Context(), id, fixture.Now, func(appraisal.Run, func(func(*scoring.Input) error) error) error { return errRefuse }), errRefuse)
		err := s.ReadRun(t.Context(), id, fixture.Now, func(_ appraisal.Run, read func(func(*scoring.Input) error) error) error {
			return read(func(*scoring.Input) error { return errRefuse })
		})
		wantErr(t, err, errRefuse)
	}
	// An empty cycle has nothing to read.
	fixture.Exec(t, pool, "DELETE FROM reviews; DELETE FROM participants")
	check(t, s.ReadRun(t.Context(), id, fixture.Now, func(_ appraisal.Run, read func(func(*scoring.Input) error) error) error {
		return read(func(*scoring.Input) error { return errRefuse })
	}))
}

func TestStore_RequeueAbandoned(t *testing.T) {
	_, pool, id := running(t)
	q := &queue{}
	s := postgres.New(pool, q)
	requeued := func() int {
		q.runs = nil
		check(t, s.RequeueAbandoned(t.Context()))
		for _, r := range q.runs {
			equal(t, r, id)
		}
		return len(q.runs)
	}
	for state, want := range map[string]int{"working": 1, "queued": 1, "cancelled": 0, "failed": 0} {
		fixture.Exec(t, pool, "UPDATE scoring_runs SET state = $1", state)
		if n := requeued(); n != want {
			t.Errorf("a run that is %s and nobody works on was queued %d times, want %d", state, n, want)
		}
	}
	fixture.Exec(t, pool, "UPDATE scoring_runs SET state = 'queued'")
	err := s.ReadRun(t.Context(), id, fixture.Now, func(appraisal.Run, func(func(*scoring.Input) error) error) error {
		if n := requeued(); n != 0 {
			t.Error("a run that is worked on was queued")
		}
		return nil
	})
	check(t, err)
	q.err = errRefuse
	wantErr(t, s.RequeueAbandoned(t.Context()), errRefuse)
}

func stored(ids ...appraisal.EmployeeID) []scoring.Stored {
	var list []scoring.Stored
	for i, e := range ids {
		r := scoring.Stored{Employee: e, Body: []byte{byte(i)}}
		if i%2 == 0 {
			r.Index = appraisal.NewRatio(7, 2)
		}
		list = append(list, r)
	}
	return list
}

func TestStore_PutResults(t *testing.T) {
	s, tx := office(t)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	id := startRun(t, s)
	put := func(done int, ids ...appraisal.EmployeeID) error {
		return s.PutResults(t.Context(), id, stored(ids...), done)
	}
	progress := func() [3]int {
		return [3]int{fixture.Value[int](t, tx, "SELECT done FROM scoring_runs"), fixture.Value[int](t, tx, "SELECT last_employee::int FROM scoring_runs"),
			fixture.Value[int](t, tx, "SELECT count(*) FROM employee_results")}
	}
	wantErr(t, put(2, fixture.Head, fixture.Chief), appraisal.ErrRunState) // nobody has begun
	fixture.Exec(t, tx, "UPDATE scoring_runs SET state = 'working'")
	check(t, put(2, fixture.Head, fixture.Chief))
	equal(t, progress(), [3]int{2, int(fixture.Chief), 2})
	wantErr(t, put(2, fixture.Head, fixture.Chief), appraisal.ErrRunState) // not a second time
	check(t, put(3, fixture.Ani))
	equal(t, progress(), [3]int{3, int(fixture.Ani), 3})
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM employee_results WHERE (index_num, index_den) = (7, 2)"); n != 2 {
		t.Errorf("%d results with an index", n)
	}
	if err := put(4, 424242); err == nil { // an unknown person takes the whole batch back
		t.Error("a result of nobody was stored")
	}
	equal(t, progress(), [3]int{3, int(fixture.Ani), 3})
	check(t, s.TurnRun(t.Context(), gita, id, "cancel_run", func(r *appraisal.Run, _ appraisal.Cycle) error { return r.Cancel() }))
	wantErr(t, put(4, fixture.Budi), appraisal.ErrRunState)
	equal(t, progress(), [3]int{3, int(fixture.Ani), 3})
}

func TestStore_FinishRun(t *testing.T) {
	s, tx := office(t)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	id := startRun(t, s)
	units := []scoring.StoredUnit{{Unit: fixture.City, People: 9, Body: []byte{1}}, {Unit: fixture.Dinas, People: 6, Body: []byte{2}}}
	run := appraisal.Run{ID: id, InputDigest: []byte{1}, OutputDigest: []byte{2}, VariancePeer: 0.5}
	for _, state := range []string{"queued", "cancelled", "failed"} {
		fixture.Exec(t, tx, "UPDATE scoring_runs SET state = $1", state)
		wantErr(t, s.FinishRun(t.Context(), run, units, fixture.Now), appraisal.ErrRunState)
	}
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM unit_results"); n != 0 {
		t.Errorf("a refused finish left %d unit results", n)
	}
	fixture.Exec(t, tx, "UPDATE scoring_runs SET state = 'working'")
	before := len(audits(t, tx))
	check(t, s.FinishRun(t.Context(), run, units, fixture.Now))
	r, err := s.Run(t.Context(), id)
	check(t, err)
	if r.State != appraisal.RunComplete || r.Done != r.Total || !r.FinishedAt.Equal(fixture.Now) || r.VariancePeer != 0.5 || r.VarianceSubordinate != 0 ||
		string(r.InputDigest) != "\x01" || string(r.OutputDigest) != "\x02" {
		t.Errorf("run %+v", r)
	}
	equal(t, fixture.Value[int](t, tx, "SELECT sum(people)::int FROM unit_results"), 15)
	equal(t, audits(t, tx)[before:], []string{auditOf("complete_run", "run", id, 0)})
	if err := s.FinishRun(t.Context(), run, nil, fixture.Now); !errors.Is(err, appraisal.ErrRunState) {
		t.Errorf("a second finish: %v", err)
	}
}

func TestStore_FailRun(t *testing.T) {
	s, tx := office(t)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	id := startRun(t, s)
	check(t, s.FailRun(t.Context(), id, "form does not fit", fixture.Now))
	r, err := s.Run(t.Context(), id)
	check(t, err)
	if r.State != appraisal.RunFailed || r.Failure != "form does not fit" || !r.FinishedAt.Equal(fixture.Now) {
		t.Errorf("run %+v", r)
	}
	fixture.Exec(t, tx, "UPDATE scoring_runs SET state = 'cancelled', failure = ''")
	check(t, s.FailRun(t.Context(), id, "too late", fixture.Now))
	r, err = s.Run(t.Context(), id)
	check(t, err)
	if r.State != appraisal.RunCancelled || r.Failure != "" {
		t.Errorf("a cancelled run became %s: %s", r.State, r.Failure)
	}
}

// Cancelled while it works, a run stops at the next batch; resumed, it ends
// with what an uninterrupted one gives.
func TestRunCancelledAndResumed(t *testing.T) {
	s, pool, reference := running(t)
	runner := scorer(s)
	runner.Batch = 2
	check(t, runner.Run(t.Context(), reference))
	want, err := s.Run(t.Context(), reference)
	check(t, err)

	id := startRun(t, s)
	cancelling := &cancelling{Store: s, t: t}
	check(t, (&app.Runner{Store: cancelling, Now: runner.Now, Batch: 2}).Run(t.Context(), id))
	r, err := s.Run(t.Context(), id)
	check(t, err)
	if r.State != appraisal.RunCancelled || r.Done != 4 {
		t.Fatalf("cancelled in the middle: %s, %d done", r.State, r.Done)
	}
	check(t, s.TurnRun(t.Context(), gita, id, "resume_run", (*appraisal.Run).Resume))
	check(t, runner.Run(t.Context(), id))
	r, err = s.Run(t.Context(), id)
	check(t, err)
	if !r.SameOutput(want) || r.Done != 9 {
		t.Errorf("resumed: %+v\nwant %+v", r, want)
	}
	same := fixture.Value[int](t, pool, `SELECT count(*) FROM employee_results a JOIN employee_results b USING (employee_id, body)
		WHERE a.run_id = $1 AND b.run_id = $2 AND (a.index_num, a.index_den) IS NOT DISTINCT FROM (b.index_num, b.index_den)`, reference, id)
	units := fixture.Value[int](t, pool, "SELECT count(*) FROM unit_results a JOIN unit_results b USING (unit_id, people, body) WHERE a.run_id = $1 AND b.run_id = $2", reference, id)
	if same != 9 || units != 4 {
		t.Errorf("%d results and %d units are the same, want 9 and 4", same, units)
	}
}

// cancelling is a store in which a person cancels the run after two batches.
type cancelling struct {
	*postgres.Store
	t       *testing.T
	batches int
}

func (c *cancelling) PutResults(ctx context.Context, run appraisal.RunID, batch []scoring.Stored, done int) error {
	if c.batches++; c.batches == 3 {
		check(c.t, c.TurnRun(ctx, gita, run, "cancel_run", func(r *appraisal.Run, _ appraisal.Cycle) error { return r.Cancel() }))
	}
	return c.Store.PutResults(ctx, run, batch, done)
}
