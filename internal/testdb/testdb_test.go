package testdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// helperVariable makes the test binary another process that makes databases and
// is killed.
const helperVariable = "TESTDB_TEST_HELPER"

func TestMain(m *testing.M) {
	if os.Getenv(helperVariable) != "" {
		ctx := context.Background()
		c, err := connect(ctx)
		if err == nil {
			_, err = c.sharedPool(ctx)
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(c.token)
		select {}
	}
	os.Exit(m.Run())
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// own is the cluster of this process with another schema, and so a template of
// its own.
func own(t *testing.T, s schema) *cluster {
	t.Helper()
	admin, app, err := serverURLs(t.Context())
	check(t, err)
	c, err := open(t.Context(), admin, app, s)
	check(t, err)
	t.Cleanup(func() {
		ctx := context.Background()
		if c.shared != nil {
			c.shared.Close()
		}
		_ = c.holder.Close(ctx)
		_, err := c.admin.Exec(ctx, "drop database if exists "+templatePrefix+s.hash)
		check(t, err)
		check(t, c.dropStale(ctx))
		c.admin.Close()
	})
	return c
}

// stand is a schema of this process.
func stand(name string, up func(context.Context, *pgx.Conn) error) schema {
	return schema{hash: fmt.Sprintf("%d%s", os.Getpid(), name), up: func(ctx context.Context, url string) error {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		return up(ctx, conn)
	}}
}

func makeThings(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "create table thing (name text primary key)")
	return err
}

func count(t testing.TB, db interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}, sql string, args ...any) int {
	t.Helper()
	var n int
	check(t, db.QueryRow(context.Background(), sql, args...).Scan(&n))
	return n
}

func TestPoolIsMigratedFreshAndDropped(t *testing.T) {
	t.Parallel()
	var name string
	for range 2 {
		t.Run("one", func(t *testing.T) {
			pool := Pool(t)
			if n := count(t, pool, "select count(*) from schema_migrations"); n != 1 {
				t.Errorf("%d versions of the schema", n)
			}
			if n := count(t, pool, "select count(*) from pg_tables where tablename = 'thing'"); n != 0 {
				t.Error("the database is not fresh")
			}
			_, err := pool.Exec(t.Context(), "create table thing (name text)")
			check(t, err)
			name = pool.Config().ConnConfig.Database
		})
	}
	c, err := connect(t.Context())
	check(t, err)
	if n := count(t, c.admin, "select count(*) from pg_database where datname = $1", name); n != 0 {
		t.Error("the database is left behind")
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			pool := Pool(t)
			if _, err := pool.Exec(t.Context(), "create table only_here ()"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestURLIsDroppedUnderItsUsers(t *testing.T) {
	t.Parallel()
	var conn *pgx.Conn
	t.Run("use", func(t *testing.T) {
		var err error
		conn, err = pgx.Connect(context.Background(), URL(t))
		check(t, err)
	})
	if _, err := conn.Exec(t.Context(), "select 1"); err == nil {
		t.Error("the database is still there")
	}
}

func TestEmptyURL(t *testing.T) {
	t.Parallel()
	conn, err := pgx.Connect(t.Context(), EmptyURL(t))
	check(t, err)
	defer conn.Close(context.Background())
	if n := count(t, conn, "select count(*) from pg_tables where schemaname = 'public'"); n != 0 {
		t.Errorf("%d tables", n)
	}
	check(t, makeThings(t.Context(), conn)) // its owner may make tables
}

func TestTxIsRolledBack(t *testing.T) {
	t.Parallel()
	for range 2 {
		t.Run("one", func(t *testing.T) {
			tx := Tx(t)
			if n := count(t, tx, "select count(*) from schema_migrations"); n != 1 {
				t.Errorf("%d versions of the schema", n)
			}
			_, err := tx.Exec(t.Context(), "create table thing (name text)")
			check(t, err)
		})
	}
	t.Run("ended by the test", func(t *testing.T) {
		check(t, Tx(t).Commit(t.Context()))
	})
	t.Run("failed", func(t *testing.T) {
		if _, err := Tx(t).Exec(t.Context(), "select 1/0"); err == nil {
			t.Error("no error")
		}
	})
}

func TestTemplateIsMadeOnce(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	made := 0
	s := stand("once", func(ctx context.Context, conn *pgx.Conn) error {
		mu.Lock()
		made++
		mu.Unlock()
		time.Sleep(50 * time.Millisecond) // so that the others come in time
		return makeThings(ctx, conn)
	})
	clusters := []*cluster{own(t, s), own(t, s), own(t, s)} // as if three processes
	var wg sync.WaitGroup
	for _, c := range clusters {
		for range 3 {
			wg.Go(func() {
				name, err := c.create(t.Context(), true)
				if err == nil {
					err = c.drop(t.Context(), name)
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	if made != 1 {
		t.Errorf("migrated %d times", made)
	}
}

func TestFailedMigrationIsTriedAgain(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	fail := true
	c := own(t, stand("again", func(ctx context.Context, conn *pgx.Conn) error {
		if err := makeThings(ctx, conn); err != nil || !fail {
			return err
		}
		return broken
	}))
	if _, err := c.create(t.Context(), true); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	fail = false
	name, err := c.create(t.Context(), true)
	check(t, err)
	check(t, c.drop(t.Context(), name))
	_, err = c.admin.Exec(t.Context(), "drop database if exists "+templatePrefix+c.schema.hash+newSuffix)
	check(t, err)
}

func TestOldTemplatesGo(t *testing.T) {
	t.Parallel()
	inUse := own(t, stand("old0", makeThings))
	prefix := strings.TrimSuffix(inUse.schema.hash, "0")
	_, err := inUse.create(t.Context(), true)
	check(t, err)
	for i := range keptTemplates + 2 {
		s := stand(fmt.Sprintf("old%d", i+1), makeThings)
		t.Run(s.hash, func(t *testing.T) {
			admin, app, err := serverURLs(t.Context())
			check(t, err)
			c, err := open(t.Context(), admin, app, s)
			check(t, err)
			_, err = c.create(t.Context(), true)
			check(t, err)
			check(t, c.holder.Close(t.Context()))
			c.admin.Close()
		})
	}
	if n := count(t, inUse.admin, "select count(*) from pg_database where datname ~ $1", "^"+templatePrefix+prefix+"[1-9]"); n > keptTemplates {
		t.Errorf("%d old templates are kept", n)
	}
	_, err = inUse.create(t.Context(), true)
	check(t, err)
	for i := range keptTemplates + 2 {
		_, err := inUse.admin.Exec(t.Context(), fmt.Sprintf("drop database if exists %s%s%d", templatePrefix, prefix, i+1))
		check(t, err)
	}
}

func TestDatabasesOfAKilledProcessGo(t *testing.T) {
	t.Parallel()
	c := own(t, stand("stale", makeThings))
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperVariable+"=1")
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	var token string
	_, err = fmt.Fscanln(out, &token)
	check(t, err)
	exists := func() int {
		return count(t, c.admin, "select count(*) from pg_database where datname like $1", testPrefix+token+"%")
	}
	check(t, c.dropStale(t.Context()))
	if exists() != 1 {
		t.Error("the database of a living process is dropped")
	}
	check(t, cmd.Process.Kill())
	_ = cmd.Wait()
	for deadline := time.Now().Add(10 * time.Second); exists() > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the database of a killed process stays")
		}
		check(t, c.dropStale(t.Context()))
	}
}

func TestGivenServer(t *testing.T) {
	c, err := connect(t.Context())
	check(t, err)
	given := c.admin.Config().ConnString()
	t.Setenv(serverVariable, given)
	admin, app, err := serverURLs(t.Context())
	check(t, err)
	if admin != given || app != given {
		t.Fatalf("got %s and %s", admin, app)
	}
	other, err := open(t.Context(), admin, app, stand("given", makeThings))
	check(t, err)
	name, err := other.create(t.Context(), true)
	check(t, err)
	pool, err := pgxpool.New(t.Context(), other.url(name))
	check(t, err)
	if n := count(t, pool, "select count(*) from thing"); n != 0 {
		t.Errorf("%d rows", n)
	}
	pool.Close()
	check(t, other.drop(t.Context(), name))
	_, err = other.admin.Exec(t.Context(), "drop database "+templatePrefix+other.schema.hash)
	check(t, err)
	check(t, other.holder.Close(t.Context()))
	other.admin.Close()

	if _, err := open(t.Context(), "host=/tmp", "host=/tmp", rancak); err == nil || !strings.Contains(err.Error(), "postgres://") {
		t.Errorf("an address that is no URL: %v", err)
	}
}

func BenchmarkURL(b *testing.B) {
	c, err := connect(b.Context())
	check(b, err)
	_, err = c.migratedTemplate(b.Context())
	check(b, err)
	for b.Loop() {
		name, err := c.create(b.Context(), true)
		check(b, err)
		check(b, c.drop(b.Context(), name))
	}
}
