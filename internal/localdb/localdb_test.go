package localdb

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestStart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), `Kota's "data", 2026 `+strings.Repeat("x", 120))
	began := time.Now()
	s := start(t, Options{Dir: dir})
	t.Logf("from nothing to ready: %v", time.Since(began))
	for sql, want := range map[string]string{
		"select current_user || ' ' || current_database()":       "rancak rancak",
		"select rolsuper from pg_roles where rolname = 'rancak'": "false",
		"show data_checksums":     "on",
		"show listen_addresses":   "",
		"show synchronous_commit": "on",
		"show fsync":              "on",
		"show timezone":           "UTC",
		"show max_connections":    "100",
		"show server_encoding":    "UTF8",
		"select string_agg(x, '' order by x) from unnest('{b,a,B,É}'::text[]) x": "BabÉ",
		"create table kept (x int)": "",
	} {
		if got := query(t, s.URL(), sql); got != want {
			t.Errorf("%s: got %q, want %q", sql, got, want)
		}
	}
	query(t, s.URL(), "insert into kept values (1)")
	if got := query(t, s.AdminURL(), "select current_user"); got != "postgres" {
		t.Errorf("the administrator is %q", got)
	}
	stop(t, s)
	stop(t, s) // once more does no harm
	if n := len(processes(t, dir)); n != 0 {
		t.Errorf("%d processes run after Close", n)
	}
	if !strings.Contains(logOf(t, dir), "database system is shut down") {
		t.Error("the log does not tell of a clean stop")
	}
	u, err := url.Parse(s.URL())
	check(t, err)
	if run := filepath.Dir(u.Query().Get("host")); exists(run) {
		t.Errorf("%s is left behind", run)
	}

	began = time.Now()
	s = start(t, Options{Dir: dir})
	t.Logf("started again: %v", time.Since(began))
	if got := query(t, s.URL(), "select x from kept"); got != "1" {
		t.Errorf("after a restart the table holds %q", got)
	}
}

func TestTwoFolders(t *testing.T) {
	t.Parallel()
	a := start(t, Options{Dir: newDir(t), Volatile: true})
	b := start(t, Options{Dir: newDir(t), Volatile: true})
	if a.URL() == b.URL() {
		t.Fatalf("two folders share %s", a.URL())
	}
	query(t, a.URL(), "create table t ()")
	query(t, b.URL(), "create table t ()")
}

func TestManyStartAtOnce(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	var wg sync.WaitGroup
	servers := make([]*Server, 8)
	errs := make([]error, len(servers))
	for i := range servers {
		wg.Go(func() { servers[i], errs[i] = Start(t.Context(), Options{Dir: dir, Volatile: true}) })
	}
	wg.Wait()
	check(t, errors.Join(errs...))
	for _, s := range servers {
		if s.URL() != servers[0].URL() {
			t.Errorf("%s and %s", s.URL(), servers[0].URL())
		}
	}
	for i, s := range servers {
		query(t, s.URL(), "select 1")
		stop(t, s)
		if left := len(servers) - i - 1; left > 0 && len(processes(t, dir)) != 2 {
			t.Fatalf("with %d users left: %v", left, processes(t, dir))
		}
	}
}

func TestQuickTurns(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range 5 {
				s, err := Start(context.Background(), Options{Dir: dir, Volatile: true})
				if err == nil {
					err = s.Close(context.Background())
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestCancelStart(t *testing.T) {
	t.Parallel()
	for _, after := range []time.Duration{0, 50 * time.Millisecond, 300 * time.Millisecond} {
		dir := newDir(t)
		ctx, cancel := context.WithTimeout(t.Context(), after)
		s, err := Start(ctx, Options{Dir: dir})
		cancel()
		if err == nil {
			stop(t, s) // a fast machine
		}
		quiet(t, dir)
		start(t, Options{Dir: dir})
	}
}

func TestNoFolder(t *testing.T) {
	t.Parallel()
	if _, err := Start(t.Context(), Options{}); err == nil || !strings.Contains(err.Error(), "RANCAK_DATA") {
		t.Errorf("got %v", err)
	}
}

func TestFolderOfAnotherPostgres(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "PG_VERSION"), []byte("15\n"), 0o600))
	if _, err := Start(t.Context(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "did not make") {
		t.Errorf("got %v", err)
	}
	entries, err := os.ReadDir(dir)
	check(t, err)
	if len(entries) != 1 {
		t.Errorf("the folder was touched: %v", entries)
	}
}

func TestOtherVersion(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"9.6", "14", "99", "nonsense"} {
		dir := newDir(t)
		check(t, os.MkdirAll(clusterDir(dir), 0o700))
		file := filepath.Join(clusterDir(dir), "PG_VERSION")
		check(t, os.WriteFile(file, []byte(version+"\n"), 0o600))
		_, err := Start(t.Context(), Options{Dir: dir})
		if !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), "nothing was changed") {
			t.Errorf("%s: got %v", version, err)
		}
		data, err := os.ReadFile(file)
		check(t, err)
		entries, err := os.ReadDir(clusterDir(dir))
		check(t, err)
		if string(data) != version+"\n" || len(entries) != 1 {
			t.Errorf("%s: the cluster was touched: %v", version, entries)
		}
	}
}

func TestVolatileIsMadeAnewAfterACrash(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir, Volatile: true})
	query(t, s.URL(), "create table t ()")
	stop(t, s)
	check(t, os.WriteFile(filepath.Join(clusterDir(dir), "postmaster.pid"), []byte("999999999\n"), 0o600))
	s = start(t, Options{Dir: dir, Volatile: true})
	if got := query(t, s.URL(), "select to_regclass('t') is null"); got != "true" {
		t.Error("the cluster was kept")
	}
	stop(t, s)

	dir = newDir(t)
	s = start(t, Options{Dir: dir})
	query(t, s.URL(), "create table t ()")
	stop(t, s)
	check(t, os.WriteFile(filepath.Join(clusterDir(dir), "postmaster.pid"), []byte("999999999\n"), 0o600))
	s = start(t, Options{Dir: dir, Volatile: true})
	if got := query(t, s.URL(), "select to_regclass('t') is null"); got != "false" {
		t.Error("a durable cluster was thrown away")
	}
}
