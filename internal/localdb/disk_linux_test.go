package localdb

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk is a folder on a file system of its own, of so many megabytes.
func smallDisk(t *testing.T, megabytes string) string {
	t.Helper()
	base, err := os.MkdirTemp("/tmp", "rancak-disk-")
	check(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(base) })
	if err := syscall.Mount("rancak-test", base, "tmpfs", 0, "mode=755,size="+megabytes+"m"); err != nil {
		t.Skipf("mounting a small file system is not permitted: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(base, syscall.MNT_DETACH) })
	t.Cleanup(func() { quiet(t, filepath.Join(base, "data")) })
	return base
}

// fill leaves no room on the file system of dir; call the result to free it.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	check(t, err)
	for _, block := range [][]byte{make([]byte, 1<<20), make([]byte, 1)} {
		for err = nil; err == nil; {
			_, err = f.Write(block)
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}
	check(t, f.Close())
	return func() { check(t, os.Remove(f.Name())) }
}

func TestFullDiskAtFirstStart(t *testing.T) {
	t.Parallel()
	for _, size := range []string{"8", "36"} {
		base := smallDisk(t, size)
		dir := filepath.Join(base, "data")
		_, err := Start(t.Context(), Options{Dir: dir})
		if !errors.Is(err, ErrDiskFull) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s MB: got %v", size, err)
		}
		quiet(t, dir)
		left, err := filepath.Glob(filepath.Join(dir, "postgres*"))
		check(t, err)
		if len(left) != 1 || filepath.Base(left[0]) != logName {
			t.Errorf("%s MB: left behind: %v", size, left)
		}
	}
}

func TestFullDiskLater(t *testing.T) {
	t.Parallel()
	base := smallDisk(t, "160")
	dir := filepath.Join(base, "data")
	s := start(t, Options{Dir: dir})
	query(t, s.URL(), "create table kept as select 7 as x")
	stop(t, s)
	free := fill(t, base)
	if _, err := Start(t.Context(), Options{Dir: dir}); !errors.Is(err, ErrDiskFull) {
		t.Errorf("got %v", err)
	}
	quiet(t, dir)
	free()
	s = start(t, Options{Dir: dir})
	if got := query(t, s.URL(), "select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}

	// Full while it runs: writes fail, and work again when there is room.
	query(t, s.URL(), "create table big (x text)")
	free = fill(t, base)
	var failed bool
	for range 20 {
		if out := tryQuery(s.URL(), "insert into big select repeat(md5(i::text), 20) from generate_series(1, 20000) i"); strings.HasPrefix(out, "error") {
			failed = true
			break
		}
	}
	if !failed {
		t.Error("a full disk takes rows")
	}
	free()
	awaitSQL(t, s.URL(), "insert into kept values (8)")
	if got := awaitSQL(t, s.URL(), "select string_agg(x::text, ' ' order by x) from kept"); got != "7 8" {
		t.Errorf("the table holds %q", got)
	}
}
