package localdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Patience with PostgreSQL while it stops.
const (
	fastTimeout      = time.Minute      // it writes what it has in memory
	immediateTimeout = 10 * time.Second // it only ends its children
	orphanTimeout    = 30 * time.Second
)

// server is a running postgres, a child of this process.
type server struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it and all its children have ended
	err  error         // how it ended, once done is closed
}

// start starts postgres and waits until it takes connections.
func (k *keeper) start(ctx context.Context) error {
	if err := k.endOrphan(); err != nil {
		return err
	}
	sockets := socketDir(k.Run)
	if err := k.makeSocketDir(sockets); err != nil {
		return diskFull(sockets, fmt.Errorf("making the folder of the socket: %w", err), "")
	}
	if err := k.configure(); err != nil {
		return diskFull(k.Dir, fmt.Errorf("writing the configuration of PostgreSQL: %w", err), "")
	}
	// Not ctx, whose end would kill the server: stop is gentler.
	cmd := k.command(context.Background(), "postgres", "-D", clusterDir(k.Dir),
		"-c", "listen_addresses=",
		"-c", "unix_socket_directories="+sockets,
		"-c", "unix_socket_permissions=0700",
		"-c", "port="+port,
		"-c", "logging_collector=off",
		"-c", "log_destination=stderr",
	)
	cmd.Stdout = k.file
	cmd.Stderr = k.file
	cmd.WaitDelay = immediateTimeout
	cmd.SysProcAttr = childAttr(k.As, syscall.SIGINT)
	k.file.forget()
	if err := cmd.Start(); err != nil {
		return k.forbidden(fmt.Errorf("starting PostgreSQL as %s: %w", k.As.Name, err))
	}
	s := &server{cmd: cmd, done: make(chan struct{})}
	k.server = s
	go func() {
		s.err = cmd.Wait()
		close(s.done)
	}()
	return k.awaitReady(ctx)
}

// makeSocketDir makes the folder of the server's socket anew, as a killed
// server leaves a lock in it that may name a living process. The folder is
// closed to all but the server and, where that is somebody else, root.
func (k *keeper) makeSocketDir(dir string) error {
	err := os.RemoveAll(dir)
	if err == nil {
		err = os.Mkdir(dir, 0o700)
	}
	if err == nil && k.As.Switch {
		err = os.Lchown(dir, k.As.UID, k.As.GID)
	}
	return err
}

// awaitReady returns when the server takes connections. Recovery after a crash
// may take its time.
func (k *keeper) awaitReady(ctx context.Context) error {
	for {
		if k.saysReady() {
			conn, err := k.connect(ctx)
			if err == nil {
				return conn.Close(ctx)
			}
			if pg := new(pgconn.PgError); errors.As(err, &pg) && pg.Code != "57P03" { // cannot_connect_now
				return fmt.Errorf("connecting to PostgreSQL: %w", err)
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-k.server.done:
			said := k.file.said()
			return diskFull(k.Dir, fmt.Errorf("PostgreSQL did not start (%w): %s", k.server.err, said), said)
		case <-time.After(pollInterval / 2):
		}
	}
}

// saysReady looks, as pg_ctl does, into postmaster.pid: the eighth line is the
// state of the server. It may still be the file of an earlier server.
func (k *keeper) saysReady() bool {
	data, _ := os.ReadFile(filepath.Join(clusterDir(k.Dir), "postmaster.pid"))
	lines := strings.Split(string(data), "\n")
	return len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
}

func (k *keeper) connect(ctx context.Context) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return pgx.Connect(ctx, connString(k.Run, superuser, superuser))
}

// stop ends the server: cleanly if it can, at once if not. It may be nil.
func (s *server) stop(log *slog.Logger) {
	if s == nil {
		return
	}
	for _, step := range []struct {
		signal   syscall.Signal
		patience time.Duration
	}{
		{syscall.SIGINT, fastTimeout},       // fast: breaks connections off, writes a checkpoint
		{syscall.SIGQUIT, immediateTimeout}, // immediate: the next start recovers from the log
		{syscall.SIGKILL, immediateTimeout},
	} {
		_ = s.cmd.Process.Signal(step.signal)
		select {
		case <-s.done:
			return
		case <-time.After(step.patience):
			log.Error("PostgreSQL does not stop", "signal", step.signal)
		}
	}
}

// endOrphan stops a server that runs on the cluster without a keeper, and sees
// to it that a postmaster.pid whose number is now that of another process does
// not keep the next server from starting.
func (k *keeper) endOrphan() error {
	cluster := clusterDir(k.Dir)
	path := filepath.Join(cluster, "postmaster.pid")
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading postmaster.pid: %w", err)
	}
	first, rest, _ := strings.Cut(string(data), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 0 {
		return os.Remove(path) // left by a full disk
	}
	if running(pid) {
		cwd, err := workingDir(pid)
		switch {
		case err == nil && cwd == cluster, errors.Is(err, os.ErrPermission) && namesCluster(pid, cluster):
			k.log.Warn("stopping a PostgreSQL that nobody keeps", "pid", pid)
			return endProcess(pid)
		case err != nil && !errors.Is(err, os.ErrPermission) && running(pid):
			return fmt.Errorf("cannot tell whether process %d is a PostgreSQL that runs on %s (%w): end it, or remove %s", pid, cluster, err, path)
		}
	}
	return k.disown(path, rest)
}

// namesCluster tells whether a process was started as servers are here. In a
// container root may see the command of other users' processes, but not their
// working directory.
func namesCluster(pid int, cluster string) bool {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err == nil && strings.Contains(string(data), "\x00-D\x00"+cluster+"\x00")
}

// disown changes the number in a stale postmaster.pid to that of this process,
// the parent of the next server, which that server takes for stale. Removing
// the file would be less safe: its other lines tell the next server how to see
// whether children of the last one still run.
func (k *keeper) disown(path, rest string) error {
	k.log.Info("a stale postmaster.pid names a process that is no server of this cluster")
	return writeFile(path, fmt.Appendf(nil, "%d\n%s", os.Getpid(), rest), k.As)
}

func endProcess(pid int) error {
	err := syscall.Kill(pid, syscall.SIGINT)
	for deadline := time.Now().Add(orphanTimeout); err == nil && running(pid); err = syscall.Kill(pid, 0) {
		if time.Now().After(deadline) {
			return fmt.Errorf("the PostgreSQL with process id %d, which nobody keeps, does not stop: end it with kill -QUIT %d", pid, pid)
		}
		time.Sleep(pollInterval)
	}
	if err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stopping the PostgreSQL with process id %d: %w", pid, err)
	}
	return nil
}

// running tells whether there is such a process. One that has ended but whose
// parent has not noticed does not run, though signals reach it.
func running(pid int) bool {
	err := syscall.Kill(pid, 0)
	return (err == nil || errors.Is(err, syscall.EPERM)) && !zombie(pid)
}
