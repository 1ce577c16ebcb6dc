package localdb

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// helperVariable makes the test binary a process that uses the database in the
// folder it names, or connects once to the server it names.
const helperVariable = "LOCALDB_TEST_HELPER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperVariable); strings.HasPrefix(dir, "postgres:") {
		var conn *pgx.Conn
		fmt.Println(runSQL(&conn, dir, "select 1"))
		os.Exit(0)
	} else if dir != "" {
		syscall.Exit(help(dir))
	}
	os.Exit(m.Run())
}

// help starts the database, says so, and runs the statements it reads, one a
// line, on one connection. It ends cleanly with its input or Ctrl-C.
func help(dir string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s, err := Start(ctx, Options{Dir: dir})
	if err != nil {
		fmt.Println("failed", newReply(err).Kind, err)
		return 1
	}
	fmt.Println("ready", s.URL())
	lines := make(chan string)
	go func() {
		defer close(lines)
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			lines <- in.Text()
		}
	}()
	var conn *pgx.Conn
	for open := true; open; {
		var sql string
		select {
		case <-ctx.Done():
			open = false
		case sql, open = <-lines:
			if open {
				fmt.Println(runSQL(&conn, s.URL(), sql))
			}
		}
	}
	if err := s.Close(context.Background()); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func runSQL(conn **pgx.Conn, url, sql string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if *conn == nil {
		c, err := pgx.Connect(ctx, url)
		if err != nil {
			return "error " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		*conn = c
	}
	rows, err := (*conn).Query(ctx, sql)
	if err == nil {
		var out []string
		out, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
			v, err := row.Values()
			return fmt.Sprint(v...), err
		})
		if err == nil {
			return "ok " + strings.Join(out, ",")
		}
	}
	return "error " + strings.ReplaceAll(err.Error(), "\n", " ")
}

// helper is another process that uses a database.
type helper struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	URL string
}

// launch starts a helper and waits for nothing; who may be nil.
func launch(t *testing.T, dir string, who *syscall.Credential) *helper {
	t.Helper()
	h := &helper{t: t, cmd: exec.Command("/proc/self/exe")}
	if self, err := selfPath(); err == nil {
		h.cmd.Path = self
	}
	h.cmd.Env = append(os.Environ(), helperVariable+"="+dir)
	h.cmd.Dir = "/"
	h.cmd.Stderr = os.Stderr
	h.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: who}
	in, err := h.cmd.StdinPipe()
	check(t, err)
	out, err := h.cmd.StdoutPipe()
	check(t, err)
	check(t, h.cmd.Start())
	h.in, h.out = in, bufio.NewReader(out)
	t.Cleanup(func() {
		if h.cmd.ProcessState == nil {
			_ = h.cmd.Process.Kill()
			_ = h.cmd.Wait()
		}
	})
	return h
}

// use starts a helper and waits until its database is ready.
func use(t *testing.T, dir string) *helper {
	t.Helper()
	h := launch(t, dir, nil)
	h.ready()
	return h
}

func (h *helper) ready() {
	h.t.Helper()
	line := h.line()
	url, ok := strings.CutPrefix(line, "ready ")
	if !ok {
		h.t.Fatalf("helper: %s", line)
	}
	h.URL = url
}

func (h *helper) line() string {
	h.t.Helper()
	line, err := h.out.ReadString('\n')
	if err != nil {
		h.t.Fatalf("helper: %v", err)
	}
	return strings.TrimSpace(line)
}

// sql runs one statement and returns its rows.
func (h *helper) sql(statement string) string {
	h.t.Helper()
	fmt.Fprintln(h.in, statement)
	line := h.line()
	rows, ok := strings.CutPrefix(line, "ok")
	if !ok {
		h.t.Fatalf("%s: %s", statement, line)
	}
	return strings.TrimSpace(rows)
}

// kill ends the helper without a chance to clean up.
func (h *helper) kill() {
	h.t.Helper()
	check(h.t, h.cmd.Process.Kill())
	_ = h.cmd.Wait()
}

// end lets the helper close its database and waits for it.
func (h *helper) end() {
	h.t.Helper()
	_ = h.in.Close()
	check(h.t, h.cmd.Wait())
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newDir is a data folder, in memory if there is some, that no process uses
// when the test is over.
func newDir(t *testing.T) string {
	t.Helper()
	base, err := os.MkdirTemp("/dev/shm", "rancak-localdb-")
	if err != nil {
		base = t.TempDir()
	}
	t.Cleanup(func() { check(t, os.RemoveAll(base)) })
	dir := filepath.Join(base, "data")
	t.Cleanup(func() { quiet(t, dir) })
	return dir
}

// quiet fails the test if processes of the folder do not end in a moment.
func quiet(t *testing.T, dir string) {
	t.Helper()
	eventually(t, "processes of "+dir+" end", func() bool { return len(processes(t, dir)) == 0 })
}

// processes are keeper and server of the folder, by number.
func processes(t *testing.T, dir string) map[int]string {
	t.Helper()
	out, err := exec.Command("ps", "-axww", "-o", "pid=,stat=,args=").Output()
	check(t, err)
	found := map[int]string{}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) < 4 || strings.HasPrefix(f[1], "Z") {
			continue
		}
		args := strings.Join(f[2:], " ")
		if strings.HasPrefix(args, keeperName+" "+dir) || strings.Contains(args, "postgres -D "+clusterDir(dir)) {
			pid, err := strconv.Atoi(f[0])
			check(t, err)
			found[pid] = args
		}
	}
	return found
}

// process is the number of the keeper or the server of the folder.
func process(t *testing.T, dir, name string) int {
	t.Helper()
	for pid, args := range processes(t, dir) {
		if filepath.Base(strings.Fields(args)[0]) == name {
			return pid
		}
	}
	t.Fatalf("no %s runs on %s", name, dir)
	return 0
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}

func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), o)
	check(t, err)
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	check(t, s.Close(ctx))
}

// tryQuery runs one statement; what it returns begins with ok or error.
func tryQuery(url, sql string) string {
	var conn *pgx.Conn
	out := runSQL(&conn, url, sql)
	if conn != nil {
		_ = conn.Close(context.Background())
	}
	return out
}

// query returns the rows of one statement.
func query(t *testing.T, url, sql string) string {
	t.Helper()
	out := tryQuery(url, sql)
	rows, ok := strings.CutPrefix(out, "ok")
	if !ok {
		t.Fatalf("%s: %s", sql, out)
	}
	return strings.TrimSpace(rows)
}

func logOf(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, logName))
	check(t, err)
	return string(data)
}

// nobody is a user without rights, for tests that run as root.
func nobody(t *testing.T) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can become another user")
	}
	u, err := user.Lookup("nobody")
	check(t, err)
	uid, err := strconv.Atoi(u.Uid)
	check(t, err)
	gid, err := strconv.Atoi(u.Gid)
	check(t, err)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// asUser is what another user gets from the server.
func asUser(t *testing.T, who *syscall.Credential, url string) string {
	t.Helper()
	return launch(t, url, who).line()
}
