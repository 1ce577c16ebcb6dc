package migrations_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rancak/internal/testdb"
	"rancak/migrations"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func up(t *testing.T, url string) {
	t.Helper()
	if err := migrations.Up(t.Context(), url); err != nil {
		t.Fatal(err)
	}
}

func exec(t *testing.T, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// to brings a database to a version without River, as a plain golang-migrate
// does that was killed later.
func to(t *testing.T, url string, version uint) {
	t.Helper()
	source, err := iofs.New(os.DirFS("."), ".")
	if err != nil {
		t.Fatal(err)
	}
	m, err := migrate.NewWithSourceInstance("iofs", source, strings.Replace(url, "postgres", "pgx5", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if err := m.Migrate(version); err != nil {
		t.Fatal(err)
	}
}

// state is what golang-migrate and the markers say of a database.
type state struct {
	Version int
	Dirty   bool
	Markers []int
}

func stateOf(t *testing.T, conn *pgx.Conn) state {
	t.Helper()
	var s state
	err := conn.QueryRow(t.Context(), `SELECT version, dirty, ARRAY(SELECT version FROM migration_markers ORDER BY version)
		FROM schema_migrations`).Scan(&s.Version, &s.Dirty, &s.Markers)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// done is the state of a database at the latest version.
func done() state {
	s := state{Version: migrations.Latest}
	for v := range migrations.Latest {
		s.Markers = append(s.Markers, v+1)
	}
	return s
}

func wantDone(t *testing.T, url string) {
	t.Helper()
	conn := connect(t, url)
	if diff := cmp.Diff(done(), stateOf(t, conn)); diff != "" {
		t.Error(diff)
	}
	if version, err := migrations.Version(t.Context(), conn); version != migrations.Latest || err != nil {
		t.Errorf("Version = %d, %v", version, err)
	}
	want := dump(t, connect(t, testdb.URL(t)))
	if diff := cmp.Diff(want, dump(t, conn)); diff != "" {
		t.Errorf("schema differs from that of an untroubled start:\n%s", diff)
	}
}

func TestUpDownUp(t *testing.T) {
	url := testdb.EmptyURL(t)
	conn := connect(t, url)
	if version, err := migrations.Version(t.Context(), conn); version != 0 || err != nil {
		t.Errorf("Version of an empty database = %d, %v", version, err)
	}
	up(t, url)
	wantDone(t, url)
	up(t, url) // once more changes nothing
	wantDone(t, url)

	if err := migrations.Down(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	rows, _ := conn.Query(t.Context(), `SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v', 'S', 'm')
		UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
		UNION ALL SELECT typname::text FROM pg_type WHERE typnamespace = current_schema()::regnamespace AND typtype = 'e'`)
	left, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"schema_migrations"}, left); diff != "" {
		t.Errorf("left after Down, besides golang-migrate's own table:\n%s", diff)
	}
	if version, err := migrations.Version(t.Context(), conn); version != 0 || err != nil {
		t.Errorf("Version after Down = %d, %v", version, err)
	}
	up(t, url)
	wantDone(t, url)
}

func TestConcurrentUp(t *testing.T) {
	url := testdb.EmptyURL(t)
	const starts = 6
	errs := make([]error, starts)
	var group sync.WaitGroup
	for i := range starts {
		group.Go(func() { errs[i] = migrations.Up(t.Context(), url) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	wantDone(t, url)
}

// Every file of a version, with the marker it must write or take back.
func TestFiles(t *testing.T) {
	ups, err := filepath.Glob("0*.up.sql")
	if err != nil {
		t.Fatal(err)
	}
	if len(ups) != migrations.Latest {
		t.Errorf("Latest is %d, but there are %d migrations", migrations.Latest, len(ups))
	}
	for i, name := range ups {
		v := i + 1
		if !strings.HasPrefix(name, fmt.Sprintf("%06d_", v)) {
			t.Errorf("%s stands where version %d belongs", name, v)
		}
		last := lastLine(t, name)
		if want := fmt.Sprintf("INSERT INTO migration_markers (version) VALUES (%d);", v); last != want {
			t.Errorf("%s ends with %q, want %q", name, last, want)
		}
		down := strings.Replace(name, ".up.", ".down.", 1)
		want := fmt.Sprintf("DELETE FROM migration_markers WHERE version = %d;", v)
		if last := lastLine(t, down); last != want && v > 1 { // the first takes the table itself away
			t.Errorf("%s ends with %q, want %q", down, last, want)
		}
	}
}

func lastLine(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"BEGIN;", "COMMIT;", "CONCURRENTLY"} {
		if strings.Contains(string(body), word) {
			t.Errorf("%s says %s: each migration is one transaction", name, word)
		}
	}
	lines := strings.Split(strings.TrimSpace(string(body)), "\n")
	return lines[len(lines)-1]
}

// Every version can be left and reached again on its own.
func TestEachDown(t *testing.T) {
	url := testdb.EmptyURL(t)
	conn := connect(t, url)
	to(t, url, migrations.Latest)
	want := dump(t, conn)
	for v := migrations.Latest - 1; v > 0; v-- {
		to(t, url, uint(v))
		if s := stateOf(t, conn); s.Version != v || s.Dirty || len(s.Markers) != v {
			t.Errorf("at version %d: %+v", v, s)
		}
	}
	to(t, url, migrations.Latest)
	if diff := cmp.Diff(want, dump(t, conn)); diff != "" {
		t.Errorf("schema after going down one by one and up again:\n%s", diff)
	}
}

func TestDirtyVersion(t *testing.T) {
	for _, tt := range []struct {
		name  string
		at    uint // the version that took effect last
		dirty int  // what golang-migrate had marked before it was killed
	}{
		{"applied, not yet marked clean", 4, 4},
		{"marked, not applied", 4, 5},
		{"the last one applied", migrations.Latest, migrations.Latest},
		{"the first one applied", 1, 1},
		{"going down, not applied", 4, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			url := testdb.EmptyURL(t)
			conn := connect(t, url)
			to(t, url, tt.at)
			exec(t, conn, "UPDATE schema_migrations SET version = $1, dirty = true", tt.dirty)
			up(t, url)
			wantDone(t, url)
		})
	}
	t.Run("the first one marked, not applied", func(t *testing.T) {
		url := testdb.EmptyURL(t)
		conn := connect(t, url)
		exec(t, conn, "CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)")
		exec(t, conn, "INSERT INTO schema_migrations VALUES (1, true)")
		up(t, url)
		wantDone(t, url)
	})
	t.Run("down repairs as well", func(t *testing.T) {
		url := testdb.EmptyURL(t)
		conn := connect(t, url)
		up(t, url)
		exec(t, conn, "UPDATE schema_migrations SET dirty = true")
		if err := migrations.Down(t.Context(), url); err != nil {
			t.Fatal(err)
		}
		up(t, url)
		wantDone(t, url)
	})
}

// A migration whose connection dies in the middle leaves nothing of itself,
// and the next start goes on.
func TestInterruptedMigration(t *testing.T) {
	url := testdb.EmptyURL(t)
	to(t, url, 4)
	holder, watcher := connect(t, url), connect(t, url)
	tx, err := holder.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// The fifth migration makes its tables and then has to wait here.
	if _, err := tx.Exec(t.Context(), "LOCK TABLE evaluations IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 1)
	go func() { failed <- migrations.Up(context.Background(), url) }()
	kill(t, watcher)
	if err := <-failed; err == nil {
		t.Fatal("Up succeeded although its connection was ended")
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := stateOf(t, watcher)
	if s.Version != 5 || !s.Dirty || !slices.Equal(s.Markers, []int{1, 2, 3, 4}) {
		t.Fatalf("the interrupted migration left %+v, so this test shows nothing", s)
	}
	up(t, url)
	wantDone(t, url)
}

// kill ends the connection that waits for a table in the fifth migration.
func kill(t *testing.T, watcher *pgx.Conn) {
	t.Helper()
	for {
		var killed bool
		err := watcher.QueryRow(t.Context(), `SELECT coalesce(bool_or(pg_terminate_backend(pid)), false) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'
			  AND wait_event = 'relation' AND query LIKE 'CREATE TABLE scoring_runs%'`).Scan(&killed)
		if err != nil {
			t.Fatal(err)
		}
		if killed {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestUpRefuses(t *testing.T) {
	if err := migrations.Up(t.Context(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"); err == nil {
		t.Error("Up without a database succeeded")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := migrations.Up(ctx, testdb.EmptyURL(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("Up after the end of its context: %v", err)
	}
}
