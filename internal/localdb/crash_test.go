package localdb

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// awaitSQL runs a statement until the database answers.
func awaitSQL(t *testing.T, url, sql string) string {
	t.Helper()
	var got string
	eventually(t, sql, func() bool {
		rows, ok := strings.CutPrefix(tryQuery(url, sql), "ok")
		got = strings.TrimSpace(rows)
		return ok
	})
	return got
}

// stoppedCleanly fails unless all processes end, the server by a clean stop.
func stoppedCleanly(t *testing.T, dir string) {
	t.Helper()
	began := time.Now()
	quiet(t, dir)
	t.Logf("stopped after %v", time.Since(began))
	if exists(filepath.Join(clusterDir(dir), "postmaster.pid")) {
		t.Error("the server did not stop cleanly")
	}
	s := start(t, Options{Dir: dir})
	stop(t, s)
	if strings.Contains(logOf(t, dir), "not properly shut down") {
		t.Error("the server recovered from a crash")
	}
}

func TestKillOfTheOnlyUser(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	h := use(t, dir)
	h.sql("create table kept (x int)")
	h.sql("insert into kept values (7)")
	h.kill()
	stoppedCleanly(t, dir)
	h = use(t, dir)
	if got := h.sql("select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}
	h.end()
}

func TestKillDuringStart(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	for _, ms := range []int{30, 100, 200, 400} {
		h := launch(t, dir, nil)
		time.Sleep(time.Duration(ms) * time.Millisecond)
		h.kill()
	}
	h := use(t, dir)
	h.sql("select 1")
	h.end()
}

func TestKillOfTheFirstUser(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	first := use(t, dir)
	second := use(t, dir)
	if first.URL != second.URL {
		t.Fatalf("%s and %s", first.URL, second.URL)
	}
	backend := second.sql("select pg_backend_pid()")
	first.kill()
	time.Sleep(200 * time.Millisecond)
	if got := second.sql("select pg_backend_pid()"); got != backend {
		t.Error("the second user lost its connection")
	}
	third := use(t, dir)
	second.end()
	if got := third.sql("select 1"); got != "1" {
		t.Errorf("got %q", got)
	}
	third.kill()
	stoppedCleanly(t, dir)
}

func TestCtrlC(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	h := use(t, dir)
	h.sql("select 1")
	// As a terminal does: to the whole process group.
	check(t, syscall.Kill(-h.cmd.Process.Pid, syscall.SIGINT))
	check(t, h.cmd.Wait())
	stoppedCleanly(t, dir)
}

func TestSignalsDoNotStopTheKeeper(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir})
	keeper := process(t, dir, keeperName)
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		check(t, syscall.Kill(keeper, signal))
	}
	time.Sleep(100 * time.Millisecond)
	query(t, s.URL(), "select 1")
	if process(t, dir, keeperName) != keeper {
		t.Error("another keeper runs")
	}
}

func TestKillOfTheKeeper(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	first := use(t, dir)
	second := use(t, dir)
	first.sql("create table kept as select 7 as x")
	keeper := process(t, dir, keeperName)
	check(t, syscall.Kill(keeper, syscall.SIGKILL))
	for _, h := range []*helper{first, second} {
		if got := awaitSQL(t, h.URL, "select x from kept"); got != "7" {
			t.Errorf("the table holds %q", got)
		}
	}
	eventually(t, "both use the new keeper", func() bool {
		return len(processes(t, dir)) == 2 && process(t, dir, keeperName) != keeper
	})
	first.kill()
	if got := awaitSQL(t, second.URL, "select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}
	second.kill()
	stoppedCleanly(t, dir)
}

func TestKillOfAllAtOnce(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	h := use(t, dir)
	h.sql("create table kept as select 7 as x")
	check(t, syscall.Kill(h.cmd.Process.Pid, syscall.SIGSTOP)) // or it might start another
	check(t, syscall.Kill(process(t, dir, keeperName), syscall.SIGKILL))
	h.kill()
	if runtime.GOOS == "linux" {
		stoppedCleanly(t, dir)
	}
	h = use(t, dir)
	if got := h.sql("select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}
	h.end()
}

func TestKillOfTheServer(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir})
	query(t, s.URL(), "create table kept as select 7 as x")
	check(t, syscall.Kill(process(t, dir, "postgres"), syscall.SIGKILL))
	if got := awaitSQL(t, s.URL(), "select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}
}

func TestPowerCut(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	h := use(t, dir)
	h.sql("create table kept as select 7 as x")
	server, keeper := process(t, dir, "postgres"), process(t, dir, keeperName)
	check(t, syscall.Kill(h.cmd.Process.Pid, syscall.SIGSTOP))
	check(t, syscall.Kill(server, syscall.SIGKILL))
	check(t, syscall.Kill(keeper, syscall.SIGKILL))
	h.kill()
	h = use(t, dir)
	if got := h.sql("select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}
	h.end()
}

func TestStalePostmasterPID(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir})
	query(t, s.URL(), "create table kept as select 7 as x")
	stop(t, s)
	other := exec.Command("sleep", "600")
	other.Dir = "/"
	if os.Geteuid() == 0 {
		// As PostgreSQL's own user, whose processes it is careful about.
		who, err := pickIdentity(dir, "/bin")
		check(t, err)
		other.SysProcAttr = childAttr(who, syscall.SIGKILL)
	}
	check(t, other.Start())
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	for name, text := range map[string]string{
		"of nobody":       "99999999\n" + clusterDir(dir) + "\n1700000000\n5432\n/tmp\n\n  5432001   32768\nready   \n",
		"of this test":    strconv.Itoa(os.Getpid()) + "\n",
		"of another":      strconv.Itoa(other.Process.Pid) + "\n" + clusterDir(dir) + "\n",
		"empty":           "",
		"of the first":    "1\n",
		"without meaning": "what?\n",
	} {
		path := filepath.Join(clusterDir(dir), "postmaster.pid")
		check(t, os.WriteFile(path, []byte(text), 0o600))
		if os.Geteuid() == 0 {
			check(t, os.Chown(path, ownerOf(clusterDir(dir)), -1))
		}
		s, err := Start(t.Context(), Options{Dir: dir})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := query(t, s.URL(), "select x from kept"); got != "7" {
			t.Errorf("%s: the table holds %q", name, got)
		}
		stop(t, s)
	}
}

// TestOrphan is what a killed keeper leaves where there is no parent-death
// signal, or somebody's pg_ctl.
func TestOrphan(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	s := start(t, Options{Dir: dir})
	query(t, s.URL(), "create table kept as select 7 as x")
	stop(t, s)
	programs, err := Find(t.Context(), Options{})
	check(t, err)
	who, err := pickIdentity(dir, programs.Bin)
	check(t, err)
	sockets := t.TempDir()
	check(t, os.Chmod(sockets, 0o777))
	cmd := exec.Command(filepath.Join(programs.Bin, "postgres"), "-D", clusterDir(dir), "-c", "listen_addresses=", "-k", sockets)
	cmd.Env = childEnv()
	cmd.Dir = "/"
	cmd.SysProcAttr = childAttr(who, syscall.SIGINT)
	runtime.LockOSThread() // the signal comes when the thread ends
	defer runtime.UnlockOSThread()
	check(t, cmd.Start())
	defer func() { _ = cmd.Process.Kill() }()
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	k := keeper{order: order{Dir: dir}}
	eventually(t, "the orphan runs", k.saysReady)

	s = start(t, Options{Dir: dir})
	if got := query(t, s.URL(), "select x from kept"); got != "7" {
		t.Errorf("the table holds %q", got)
	}
	<-ended
}
