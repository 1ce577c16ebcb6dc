package localdb

import (
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// openDir is a folder that every user reaches, with a data folder in it that
// belongs to uid.
func openDir(t *testing.T, uid int) string {
	t.Helper()
	base, err := os.MkdirTemp("/tmp", "rancak-localdb-")
	check(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(base) })
	check(t, os.Chmod(base, 0o755))
	dir := filepath.Join(base, "data")
	check(t, os.Mkdir(dir, 0o755))
	check(t, os.Chown(dir, uid, -1))
	t.Cleanup(func() { quiet(t, dir) })
	return dir
}

func TestOrdinaryUser(t *testing.T) {
	t.Parallel()
	who := nobody(t)
	dir := openDir(t, int(who.Uid))
	h := launch(t, dir, who)
	h.ready()
	h.sql("create table kept as select 7 as x")
	if got := ownerOf(clusterDir(dir)); got != int(who.Uid) {
		t.Errorf("the cluster belongs to %d", got)
	}
	// Root joins the server of somebody else.
	s := start(t, Options{Dir: dir})
	if got := query(t, s.URL(), "select x from kept"); got != "7" {
		t.Errorf("root reads %q", got)
	}
	stop(t, s)
	h.kill()
	stoppedCleanly(t, dir) // by a server that root runs as its owner
	h = launch(t, dir, who)
	h.ready()
	if got := h.sql("select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}
	h.end()
}

// TestRoot runs under a folder closed to others, as /root is, and under an open
// one.
func TestRoot(t *testing.T) {
	t.Parallel()
	nobody(t)
	for name, dir := range map[string]string{"closed": newDir(t), "open": openDir(t, 0)} {
		t.Run(name, func(t *testing.T) {
			s := start(t, Options{Dir: dir})
			who, err := pickIdentity(dir, "/bin")
			check(t, err)
			if who.Bypass != (name == "closed") {
				t.Errorf("capability: %v", who.Bypass)
			}
			if got := ownerOf(clusterDir(dir)); got == 0 || got != who.UID {
				t.Errorf("the cluster belongs to %d", got)
			}
			query(t, s.URL(), "create table t as select generate_series(1, 10000)")
			query(t, s.AdminURL(), "checkpoint")
		})
	}
}

func TestOthersStayOut(t *testing.T) {
	t.Parallel()
	who := nobody(t)
	dir := openDir(t, 0)
	s := start(t, Options{Dir: dir})
	h := launch(t, dir, who)
	if line := h.line(); !strings.HasPrefix(line, "failed owner") {
		t.Errorf("another user's start: %s", line)
	}

	// Nor by the socket, not even if its folder were open.
	other := launch(t, openDir(t, int(who.Uid)), who)
	other.ready()
	other.end()
	u, err := url.Parse(s.URL())
	check(t, err)
	sockets := u.Query().Get("host")
	for _, path := range []string{filepath.Join(sockets, ".s.PGSQL.5432"), filepath.Join(filepath.Dir(sockets), keeperSock)} {
		info, err := os.Stat(path)
		check(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", path, info.Mode())
		}
	}
	check(t, os.Chmod(sockets, 0o777))
	check(t, os.Chmod(filepath.Join(sockets, ".s.PGSQL.5432"), 0o777))
	if out := asUser(t, who, s.URL()); !strings.Contains(out, "Peer authentication failed") && !strings.Contains(out, "28000") {
		t.Errorf("another user at an open socket: %s", out)
	}
}

func TestFolderOfAnotherUser(t *testing.T) {
	t.Parallel()
	who := nobody(t)
	dir := openDir(t, 0)
	check(t, os.Chmod(dir, 0o777))
	h := launch(t, dir, who)
	if line := h.line(); !strings.HasPrefix(line, "failed owner") || !strings.Contains(line, "root") {
		t.Errorf("start in the folder of root: %s", line)
	}
	check(t, os.Mkdir(clusterDir(dir), 0o700))
	check(t, os.WriteFile(filepath.Join(clusterDir(dir), "PG_VERSION"), []byte("15\n"), 0o600))
	if _, err := Start(t.Context(), Options{Dir: dir}); !errors.Is(err, ErrOwner) {
		t.Errorf("a cluster of root: %v", err)
	}
}

func TestRunDirIsPrivate(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	own := filepath.Join(base, "own")
	check(t, os.Mkdir(own, 0o777))
	check(t, os.Chmod(own, 0o777))
	check(t, privateDir(own))
	info, err := os.Stat(own)
	check(t, err)
	if info.Mode().Perm()&0o066 != 0 {
		t.Errorf("open to others: %v", info.Mode())
	}
	link := filepath.Join(base, "link")
	check(t, os.Symlink(own, link))
	if err := privateDir(link); err == nil {
		t.Error("a link is taken")
	}
	if os.Geteuid() == 0 {
		check(t, os.Chown(own, int(nobody(t).Uid), -1))
		if err := privateDir(own); err == nil {
			t.Error("a folder of another user is taken")
		}
	}
	// A last place that is not to be had is not the end.
	run, err := makeRunDir("/some/data", filepath.Join(link, "x"))
	check(t, err)
	defer os.RemoveAll(run)
	if strings.HasPrefix(run, link) {
		t.Errorf("the folder of the sockets is %s", run)
	}
	l, err := net.Listen("unix", filepath.Join(run, keeperSock))
	check(t, err)
	_ = l.Close()
}
