package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
	"rancak/internal/scoring"
	"rancak/internal/testdb"
	"rancak/migrations"
)

func TestStore_Ready(t *testing.T) {
	s := postgres.New(testdb.Tx(t), nil)
	check(t, s.Ready(t.Context(), migrations.Latest))
	if err := s.Ready(t.Context(), migrations.Latest+1); err == nil || postgres.Unavailable(err) {
		t.Errorf("an old schema: %v", err)
	}
	conn, err := pgx.Connect(t.Context(), testdb.EmptyURL(t))
	check(t, err)
	defer conn.Close(context.Background())
	if err := postgres.New(conn, nil).Ready(t.Context(), 1); err == nil {
		t.Error("a database without a schema is ready")
	}
}

func TestStore_Instance(t *testing.T) {
	tx := testdb.Tx(t)
	s := postgres.New(tx, nil)
	_, err := s.Instance(t.Context())
	wantErr(t, err, appraisal.ErrNotFound)
	fixture.Exec(t, tx, "INSERT INTO instance (city, demonstration) VALUES ('Kota Uji', true)")
	i, err := s.Instance(t.Context())
	check(t, err)
	equal(t, i, appraisal.Instance{City: "Kota Uji", Demonstration: true})
	if got := refused(t, tx, "INSERT INTO instance (city) VALUES ('Kota Lain')"); got != "instance_pk" {
		t.Errorf("a second instance was refused by %q", got)
	}
}

func TestStore_Empty(t *testing.T) {
	for name, sql := range map[string]string{
		"":            "SELECT",
		"an instance": "INSERT INTO instance (city) VALUES ('Kota Uji')",
		"an account":  "INSERT INTO users (username, display_name) VALUES ('a', 'A')",
		"a person":    "INSERT INTO employees (nip, name, kind) VALUES ('198609262015051001', 'A', 'pns')",
	} {
		t.Run(name, func(t *testing.T) {
			tx := testdb.Tx(t)
			fixture.Exec(t, tx, sql)
			empty, err := postgres.New(tx, nil).Empty(t.Context())
			check(t, err)
			if empty != (name == "") {
				t.Errorf("empty with %q: %v", name, empty)
			}
		})
	}
}

// What was written once stays, whoever holds the connection.
func TestImmutable(t *testing.T) {
	_, tx := office(t)
	fixture.Exec(t, tx, `INSERT INTO scoring_runs (id, cycle_id, rules_id, state, total, cycle_version, requested_at) VALUES (1001, $1, 1, 'working', 0, 2, now())`, fixture.Cycle)
	fixture.Exec(t, tx, "INSERT INTO employee_results (run_id, employee_id, body) VALUES (1001, $1, '\\x01')", fixture.Ani)
	fixture.Exec(t, tx, "INSERT INTO unit_results (run_id, unit_id, people, body) VALUES (1001, $1, 1, '\\x01')", fixture.Dinas)
	fixture.Exec(t, tx, "INSERT INTO audit_entries (act, subject) VALUES ('test', 'test')")
	for _, sql := range []string{
		"UPDATE employee_results SET body = '\\x02'",
		"UPDATE unit_results SET people = 2",
		"UPDATE audit_entries SET act = 'other'", "DELETE FROM audit_entries", "TRUNCATE audit_entries",
		"UPDATE rules SET definition = '{}'", "UPDATE rules SET version = 'x'", "DELETE FROM rules",
		"UPDATE instruments SET code = 'x'", "DELETE FROM instruments",
		"UPDATE instrument_items SET statement = 'x'", "DELETE FROM instrument_items",
		"UPDATE instrument_behaviours SET name = 'x'", "DELETE FROM instrument_behaviours",
	} {
		if got := refused(t, tx, sql); got != restrictViolation {
			t.Errorf("%s was refused by %q", sql, got)
		}
	}
	fixture.Exec(t, tx, "UPDATE rules SET valid_to = '2030-01-01' WHERE id = 1") // they end, that is all

	// An open cycle keeps its rules; one in preparation may still get others.
	fixture.Exec(t, tx, "INSERT INTO rules (id, version, valid_from, definition) SELECT 1002, 'x', valid_from, definition FROM rules WHERE id = 1")
	if got := refused(t, tx, "UPDATE cycles SET rules_id = 1002"); got != restrictViolation {
		t.Errorf("the rules of an open cycle: refused by %q", got)
	}
	fixture.Exec(t, tx, "UPDATE cycles SET stage = 'preparation'")
	fixture.Exec(t, tx, "UPDATE cycles SET rules_id = 1002")
}

func TestUnavailable(t *testing.T) {
	pool := testdb.Pool(t)
	held, err := pool.Begin(t.Context())
	check(t, err)
	defer held.Rollback(context.Background())
	fixture.Exec(t, held, "LOCK TABLE instance IN ACCESS EXCLUSIVE MODE")

	config := pool.Config().ConnConfig
	config.RuntimeParams["statement_timeout"], config.RuntimeParams["lock_timeout"] = "50", "0"
	slow, err := pgx.ConnectConfig(t.Context(), config)
	check(t, err)
	defer slow.Close(context.Background())
	config.RuntimeParams["statement_timeout"], config.RuntimeParams["lock_timeout"] = "0", "50"
	locked, err := pgx.ConnectConfig(t.Context(), config)
	check(t, err)
	defer locked.Close(context.Background())

	killed, err := pgx.ConnectConfig(t.Context(), pool.Config().ConnConfig)
	check(t, err)
	_, err = pool.Exec(t.Context(), "SELECT pg_terminate_backend($1, 5000)", killed.PgConn().PID())
	check(t, err)

	_, gone := pgx.Connect(t.Context(), "postgres://nobody@127.0.0.1:1/none")
	_, missing := pgx.Connect(t.Context(), "host=/nowhere user=nobody dbname=none")
	_, unknown := pool.Exec(t.Context(), "SELECT FROM no_such_table")

	instance := func(conn *pgx.Conn) error {
		_, err := postgres.New(conn, nil).Instance(context.Background())
		return err
	}
	for _, tt := range []struct {
		name string
		err  error
		want bool
	}{
		{"statement timeout", instance(slow), true},
		{"lock timeout", instance(locked), true},
		{"ended by the operator", instance(killed), true},
		{"no server", gone, true},
		{"no socket", missing, true},
		{"starting up", &pgconn.PgError{Code: "57P03"}, true},
		{"too many connections", fmt.Errorf("x: %w", &pgconn.PgError{Code: "53300"}), true},
		{"end of the request", context.DeadlineExceeded, true},
		{"broken off", io.ErrUnexpectedEOF, true},
		{"reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, true},
		{"a mistake in SQL", unknown, false},
		{"a constraint", &pgconn.PgError{Code: "23505"}, false},
		{"not found", appraisal.ErrNotFound, false},
		{"the visitor left", context.Canceled, false},
		{"nothing", nil, false},
	} {
		if tt.want && tt.err == nil {
			t.Errorf("%s: no error to look at", tt.name)
		}
		if got := postgres.Unavailable(tt.err); got != tt.want {
			t.Errorf("%s: %v for %v", tt.name, got, tt.err)
		}
	}
}

func TestOpen(t *testing.T) {
	for _, mode := range []string{"describe_exec", "x"} {
		if _, err := postgres.Open(t.Context(), postgres.Config{URL: testdb.URL(t), ExecMode: mode}); err == nil || postgres.ExecModeValid(mode) {
			t.Errorf("exec mode %q was taken", mode)
		}
	}
	if _, err := postgres.Open(t.Context(), postgres.Config{URL: "postgres://%zz"}); err == nil {
		t.Error("a broken URL was taken")
	}
	pool, err := postgres.Open(t.Context(), postgres.Config{URL: testdb.URL(t), StatementTimeout: 5 * time.Second, LockTimeout: 2 * time.Second, MaxConns: 3})
	check(t, err)
	defer pool.Close()
	for setting, want := range map[string]string{"statement_timeout": "5s", "lock_timeout": "2s", "application_name": "rancak"} {
		if got := fixture.Value[string](t, pool, "SELECT current_setting($1)", setting); got != want {
			t.Errorf("%s is %s, want %s", setting, got, want)
		}
	}
	if pool.Config().MaxConns != 3 {
		t.Errorf("%d connections", pool.Config().MaxConns)
	}
}

// Behind PgBouncer statements are sent in other ways, in which PostgreSQL or
// pgx know less about the types of arguments. Every statement works in each.
func TestExecModes(t *testing.T) {
	for _, mode := range []string{"cache_statement", "cache_describe", "exec", "simple_protocol"} {
		t.Run(mode, func(t *testing.T) {
			pool, err := postgres.Open(t.Context(), postgres.Config{URL: testdb.URL(t), ExecMode: mode, MaxConns: 4})
			check(t, err)
			defer pool.Close()
			plain := pool.Config().ConnConfig.Copy()
			plain.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
			db, err := pgx.ConnectConfig(t.Context(), plain)
			check(t, err)
			defer db.Close(context.Background())
			fixture.Office(t, db)
			year(t, postgres.New(pool, nil), postgres.NewSessions(pool, infoOf(fixture.Account(fixture.Ani)), (&clock{fixture.Now}).Now))
		})
	}
}

// year goes through a year with every method that sends other statements.
func year(t *testing.T, s *postgres.Store, sessions *postgres.Sessions) {
	t.Helper()
	ctx := t.Context()
	do := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	gita := fixture.Account(fixture.Gita)
	_, _, err := s.Credential(ctx, fixture.NIP(fixture.Ani))
	do("credential", err)
	_, err = s.Actor(ctx, gita)
	do("actor", err)
	buckets := []appraisal.Bucket{appraisal.AccountBucket("x"), appraisal.AddressBucket("y")}
	_, err = s.Throttle(ctx, buckets, fixture.Now)
	do("throttle", err)
	do("signing in", s.SignedIn(ctx, gita, buckets, "device", fixture.Now))
	_, err = s.KnownDevice(ctx, gita, "device")
	do("known device", err)
	do("session", sessions.Commit("token", []byte{0, 1, '\\', '\'', 255}, absolute))
	data, found, err := sessions.Find("token")
	do("session", err)
	if !found || string(data) != "\x00\x01\\'\xff" {
		t.Errorf("session %q, %v", data, found)
	}
	_, err = s.Tasks(ctx, fixture.Ani, fixture.Cycle)
	do("tasks", err)
	_, err = s.SaveReview(ctx, fixture.Ani, selfForm, apply(
		appraisal.Change{Field: 3, Answer: appraisal.CannotRate}, appraisal.Change{Field: 21, Comment: "it's {a,\"b\"} \\ NULL"}))
	do("save", err)
	f, err := s.ReviewForm(ctx, fixture.Ani, selfForm)
	do("form", err)
	if f.Review.Answers[3] != appraisal.CannotRate || f.Review.Comments[0] != "it's {a,\"b\"} \\ NULL" {
		t.Errorf("form %+v", f.Review)
	}
	_, err = s.SaveReview(ctx, fixture.Ani, peerForm, fill)
	do("save", err)
	do("submit", s.TurnReview(ctx, actor(fixture.Ani), peerForm, "submit_review", submit))
	_, err = s.Comments(ctx, fixture.Cycle, fixture.Budi, appraisal.ReviewKinds)
	do("comments", err)
	_, err = s.Progress(ctx, fixture.Cycle, nil)
	do("progress", err)
	_, err = s.Progress(ctx, fixture.Cycle, []appraisal.UnitID{fixture.Dinas})
	do("progress of a dinas", err)
	_, err = s.Team(ctx, fixture.Cycle, fixture.Chief)
	do("team", err)
	move := func(to appraisal.Stage) {
		t.Helper()
		c, err := s.Cycle(ctx, fixture.Year)
		do("cycle", err)
		do("move", s.UpdateCycle(ctx, gita, fixture.Year, c.Version, 0, "move_cycle", func(c *appraisal.Cycle, _ appraisal.Run) error { return c.MoveTo(to) }))
	}
	move(appraisal.StageEvaluation)
	run, err := s.StartRun(ctx, gita, fixture.Year, appraisal.LatestRun, fixture.Now)
	do("start", err)
	runner := scorer(s)
	runner.Batch = 2
	do("run", runner.Run(ctx, run.ID))
	run, err = s.Run(ctx, run.ID)
	do("run", err)
	if run.State != appraisal.RunComplete || run.Done != 9 {
		t.Fatalf("run %+v", run)
	}
	c, err := s.CurrentCycle(ctx)
	do("cycle", err)
	_, err = s.LatestRun(ctx, c)
	do("latest run", err)
	_, err = s.Result(ctx, run.ID, fixture.Ani)
	do("result", err)
	p, err := s.Participant(ctx, fixture.Cycle, fixture.Ani)
	do("participant", err)
	advice := appraisal.Advice{Run: run.ID, Behaviour: appraisal.LevelMeets}
	do("entry", s.UpdateEvaluation(ctx, actor(fixture.Chief), p, 0, "enter", func(e *appraisal.Evaluation) error {
		return e.Enter(appraisal.LevelMeets, appraisal.LevelMeets, fixture.Now)
	}))
	do("decision", s.UpdateEvaluation(ctx, actor(fixture.Chief), p, 1, "finalise", func(e *appraisal.Evaluation) error {
		return e.Finalise(appraisal.Decision{Work: appraisal.LevelMeets, Behaviour: appraisal.LevelMeets}, advice, fixture.Now)
	}))
	_, err = s.Distribution(ctx, fixture.Cycle, fixture.Chief)
	do("distribution", err)
	for _, under := range []appraisal.UnitID{0, fixture.Dinas} {
		units, err := s.UnitYears(ctx, c, run.ID, under)
		do("units", err)
		if len(units) == 0 || units[0].Result.People == 0 && under != 0 {
			t.Errorf("units %+v", units)
		}
	}
	_, _, err = s.OrgPredikat(ctx, fixture.Division, fixture.Year)
	do("organisation predikat", err)
	do("publish", s.UpdateCycle(ctx, gita, fixture.Year, c.Version, run.ID, "publish_cycle", func(c *appraisal.Cycle, r appraisal.Run) error { return c.Publish(r, fixture.Now) }))
	_, err = s.PublishedYears(ctx, fixture.Ani)
	do("years", err)
	do("failure", s.FailRun(ctx, run.ID, "x", fixture.Now))
	if err := s.PutResults(ctx, run.ID, []scoring.Stored{{Employee: fixture.Ani}}, 1); !errors.Is(err, appraisal.ErrRunState) {
		t.Errorf("results of a complete run: %v", err)
	}
	do("password", s.SetPassword(ctx, fixture.NIP(fixture.Ani), "h", fixture.Now))
	if _, found, err := sessions.Find("token"); found || err != nil {
		t.Errorf("session after a new password: %v, %v", found, err)
	}
	do("sweep", sessions.Sweep(ctx))
}
