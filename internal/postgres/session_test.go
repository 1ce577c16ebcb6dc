package postgres_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
	"rancak/internal/testdb"
)

var (
	_ scs.CtxStore = (*postgres.Sessions)(nil)
	_ scs.Store    = (*postgres.Sessions)(nil)
)

// clock is a time that a test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// idleOf gives sessions of the admin 30 minutes, others 60.
func infoOf(user appraisal.UserID) postgres.SessionInfo {
	return func([]byte) (appraisal.UserID, time.Duration, error) {
		if user == fixture.Admin {
			return user, 30 * time.Minute, nil
		}
		return user, time.Hour, nil
	}
}

func sessionsOf(_ *testing.T, tx pgx.Tx, user appraisal.UserID) *postgres.Sessions {
	return postgres.NewSessions(tx, infoOf(user), (&clock{fixture.Now}).Now)
}

func sessions(t *testing.T, tx pgx.Tx) *postgres.Sessions {
	return sessionsOf(t, tx, fixture.Account(fixture.Ani))
}

// moving returns a store of Ani's sessions with its clock.
func moving(t *testing.T) (*postgres.Sessions, *clock, pgx.Tx) {
	_, tx := office(t)
	c := &clock{fixture.Now}
	return postgres.NewSessions(tx, infoOf(fixture.Account(fixture.Ani)), c.Now), c, tx
}

var absolute = fixture.Now.Add(12 * time.Hour)

func TestSessions_FindCtx(t *testing.T) {
	s, c, _ := moving(t)
	check(t, s.CommitCtx(t.Context(), "token", []byte("data"), absolute))
	data, found, err := s.FindCtx(t.Context(), "token")
	if string(data) != "data" || !found || err != nil {
		t.Errorf("found %q, %v, %v", data, found, err)
	}
	if _, found, err := s.FindCtx(t.Context(), "other"); found || err != nil {
		t.Errorf("another token: %v, %v", found, err)
	}
	c.now = fixture.Now.Add(time.Hour) // idle for an hour
	if _, found, err := s.FindCtx(t.Context(), "token"); found || err != nil {
		t.Errorf("an expired session: %v, %v", found, err)
	}
}

func TestSessions_CommitCtx(t *testing.T) {
	s, c, tx := moving(t)
	expires := func() time.Time {
		return fixture.Value[time.Time](t, tx, "SELECT expires_at FROM sessions")
	}
	check(t, s.CommitCtx(t.Context(), "token", []byte("a"), absolute))
	if got := expires(); !got.Equal(fixture.Now.Add(time.Hour)) {
		t.Errorf("expires %v, want the idle end", got)
	}
	want := sha256.Sum256([]byte("token"))
	if got := fixture.Value[[]byte](t, tx, "SELECT token_hash FROM sessions"); !bytes.Equal(got, want[:]) {
		t.Error("the token is not stored as its SHA-256")
	}
	if user := fixture.Value[int64](t, tx, "SELECT user_id FROM sessions"); user != int64(fixture.Account(fixture.Ani)) {
		t.Errorf("user %d", user)
	}

	c.now = fixture.Now.Add(11*time.Hour + 30*time.Minute)
	check(t, s.CommitCtx(t.Context(), "token", []byte("b"), absolute))
	if got := expires(); !got.Equal(absolute) {
		t.Errorf("expires %v, want the absolute end", got)
	}

	anonymous := postgres.NewSessions(tx, infoOf(0), c.Now)
	check(t, anonymous.CommitCtx(t.Context(), "anonymous", []byte("c"), absolute))
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM sessions WHERE user_id IS NULL"); n != 1 {
		t.Errorf("%d sessions of nobody", n)
	}
	bad := postgres.NewSessions(tx, func([]byte) (appraisal.UserID, time.Duration, error) { return 0, 0, errRefuse }, c.Now)
	wantErr(t, bad.CommitCtx(t.Context(), "bad", []byte("d"), absolute), errRefuse)
}

func TestSessions_CommitCtx_power(t *testing.T) {
	_, tx := office(t)
	s := sessionsOf(t, tx, fixture.Admin)
	check(t, s.CommitCtx(t.Context(), "token", []byte("a"), absolute))
	got := fixture.Value[time.Time](t, tx, "SELECT expires_at FROM sessions")
	if !got.Equal(fixture.Now.Add(30 * time.Minute)) {
		t.Errorf("a power session expires %v, want after 30 minutes", got)
	}
}

// A commit after a delete, by a request that was in flight, revives nothing.
func TestSessions_DeleteCtx(t *testing.T) {
	s, _, tx := moving(t)
	check(t, s.CommitCtx(t.Context(), "token", []byte("data"), absolute))
	inFlight := s.Remember(t.Context())
	_, found, err := s.FindCtx(inFlight, "token")
	if !found || err != nil {
		t.Fatal(found, err)
	}
	check(t, s.DeleteCtx(t.Context(), "token"))
	check(t, s.CommitCtx(inFlight, "token", []byte("changed"), absolute))
	if _, found, err := s.FindCtx(t.Context(), "token"); found || err != nil {
		t.Errorf("an ended session came back: %v, %v", found, err)
	}
	if got := fixture.Value[string](t, tx, "SELECT encode(data, 'escape') FROM sessions"); got != "" {
		t.Errorf("the tombstone holds %q", got)
	}
	check(t, s.DeleteCtx(t.Context(), "token")) // twice is once
	check(t, s.DeleteCtx(t.Context(), "unknown"))
}

// Views of pages write only when the end moves by a minute.
func TestSessions_Remember(t *testing.T) {
	s, c, tx := moving(t)
	check(t, s.CommitCtx(t.Context(), "token", []byte("data"), absolute))
	expires := func() time.Time { return fixture.Value[time.Time](t, tx, "SELECT expires_at FROM sessions") }
	view := func(data string) time.Time {
		ctx := s.Remember(t.Context())
		_, found, err := s.FindCtx(ctx, "token")
		if !found || err != nil {
			t.Fatal(found, err)
		}
		check(t, s.CommitCtx(ctx, "token", []byte(data), absolute))
		return expires()
	}
	first := expires()
	c.now = fixture.Now.Add(59 * time.Second)
	if got := view("data"); !got.Equal(first) {
		t.Errorf("a view after 59 s moved the end by %v", got.Sub(first))
	}
	if got := view("changed"); got.Equal(first) {
		t.Error("changed data was not written")
	}
	second := expires()
	c.now = c.now.Add(time.Minute)
	if got := view("changed"); !got.Equal(second.Add(time.Minute)) {
		t.Errorf("a view a minute later moved the end by %v", got.Sub(second))
	}
	// Requests that did not pass through Remember write every time.
	c.now = c.now.Add(time.Second)
	check(t, s.CommitCtx(t.Context(), "token", []byte("changed"), absolute))
	if got := expires(); !got.Equal(second.Add(time.Minute + time.Second)) {
		t.Errorf("without memory the end is %v", got)
	}
}

func TestSessions_Sweep(t *testing.T) {
	s, c, tx := moving(t)
	check(t, s.CommitCtx(t.Context(), "old", []byte("data"), absolute))
	store := postgres.New(tx, nil)
	_, err := store.Throttle(t.Context(), []appraisal.Bucket{appraisal.AccountBucket("old")}, c.now)
	check(t, err)
	count := func() [2]int {
		return [2]int{fixture.Value[int](t, tx, "SELECT count(*) FROM sessions"), fixture.Value[int](t, tx, "SELECT count(*) FROM login_throttles")}
	}
	for _, tt := range []struct {
		after time.Duration
		want  [2]int
	}{{time.Hour, [2]int{1, 1}}, {25*time.Hour + time.Second, [2]int{0, 1}}, {48*time.Hour + time.Second, [2]int{0, 0}}} {
		c.now = fixture.Now.Add(tt.after)
		check(t, s.Sweep(t.Context()))
		if got := count(); got != tt.want {
			t.Errorf("after %v: %v rows, want %v", tt.after, got, tt.want)
		}
	}
}

// The methods without a context, which scs asks for, do the same.
func TestSessions_Find(t *testing.T) {
	s, _, _ := moving(t)
	check(t, s.Commit("token", []byte("data"), absolute))
	if data, found, err := s.Find("token"); string(data) != "data" || !found || err != nil {
		t.Errorf("found %q, %v, %v", data, found, err)
	}
	check(t, s.Delete("token"))
	if _, found, err := s.Find("token"); found || err != nil {
		t.Errorf("after Delete: %v, %v", found, err)
	}
}

func TestSessions_Commit(t *testing.T) {
	s, _, tx := moving(t)
	check(t, s.Commit("token", []byte("data"), absolute))
	check(t, s.Commit("token", []byte("changed"), absolute))
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM sessions WHERE data = 'changed'"); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestSessions_Delete(t *testing.T) {
	s, _, tx := moving(t)
	check(t, s.Commit("a", []byte("data"), absolute))
	check(t, s.Commit("b", []byte("data"), absolute))
	check(t, s.Delete("a"))
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM sessions WHERE ended_at IS NULL"); n != 1 {
		t.Errorf("%d sessions alive, want 1", n)
	}
}

// A request that has ended waits for nothing, also where the database hangs.
func TestSessions_context(t *testing.T) {
	pool := testdb.Pool(t)
	s := postgres.NewSessions(pool, infoOf(0), (&clock{fixture.Now}).Now)
	check(t, s.Commit("token", []byte("data"), absolute))
	tx, err := pool.Begin(t.Context())
	check(t, err)
	defer tx.Rollback(context.Background())
	fixture.Exec(t, tx, "LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE")
	for name, do := range map[string]func(context.Context) error{
		"find":   func(ctx context.Context) error { _, _, err := s.FindCtx(ctx, "token"); return err },
		"commit": func(ctx context.Context) error { return s.CommitCtx(ctx, "token", []byte("x"), absolute) },
		"delete": func(ctx context.Context) error { return s.DeleteCtx(ctx, "token") },
		"sweep":  s.Sweep,
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		if err := do(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
	}
}
