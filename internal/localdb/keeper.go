package localdb

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// keeperName is the name under which this program is started as a keeper.
const keeperName = "rancak-postgres-keeper"

// Files that a keeper inherits.
const (
	lockFD  = 3
	leaseFD = 4
)

// init turns the program into a keeper when it was started as one. It is done
// here and not in main so that test binaries of any package can be keepers.
func init() {
	if len(os.Args) == 2 && os.Args[0] == keeperName {
		// Not os.Exit, which under the race detector waits for a second.
		syscall.Exit(keep())
	}
}

// order is what a keeper is to run; it is the first message on its first lease.
type order struct {
	Dir      string   `json:"dir"`
	Run      string   `json:"run"`
	Bin      string   `json:"bin"`
	Major    int      `json:"major"`
	As       identity `json:"as"`
	Volatile bool     `json:"volatile"`
}

// spawnKeeper starts a keeper, hands it the lock and returns a lease on it.
func spawnKeeper(o order, lock *os.File) (*lease, error) {
	self, err := selfPath()
	if err != nil {
		return nil, fmt.Errorf("starting the keeper of PostgreSQL: %w", err)
	}
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, fmt.Errorf("starting the keeper of PostgreSQL: %w", err)
	}
	defer theirs.Close()
	out, err := openOwned(filepath.Join(o.Dir, logName), os.O_WRONLY|os.O_APPEND)
	if err != nil {
		_ = ours.Close()
		return nil, diskFull(o.Dir, fmt.Errorf("opening the log of PostgreSQL: %w", err), "")
	}
	defer out.Close()
	cmd := &exec.Cmd{
		Path:        self,
		Args:        []string{keeperName, o.Dir},
		Env:         childEnv(),
		Dir:         "/",
		Stdout:      out,
		Stderr:      out,
		ExtraFiles:  []*os.File{lock, theirs},
		SysProcAttr: &syscall.SysProcAttr{Setsid: true},
	}
	if err := cmd.Start(); err != nil {
		_ = ours.Close()
		return nil, fmt.Errorf("starting the keeper of PostgreSQL: %w", err)
	}
	go func() { _ = cmd.Wait() }() // or it stays as a zombie until this process ends
	l := newLease(ours)
	if err := writeMessage(l.conn, o); err != nil {
		l.close()
		return nil, fmt.Errorf("starting the keeper of PostgreSQL: %w", err)
	}
	return l, nil
}

// dialKeeper takes a lease on the keeper of the folder.
func dialKeeper(dir string) (run string, l *lease, err error) {
	r, err := readRecord(dir)
	var conn net.Conn
	if err == nil {
		conn, err = net.Dial("unix", filepath.Join(r.Run, keeperSock))
	}
	if errors.Is(err, os.ErrPermission) {
		return "", nil, failf(ErrOwner, "the database in %s is in use by a process of another user: end that, or run Rancak as that user", dir)
	}
	if err != nil {
		return r.Run, nil, errGone
	}
	return r.Run, newLease(conn), nil
}

// keep is the main function of a keeper.
//
// The parent-death signal of PostgreSQL comes when the thread that started it
// ends, so everything that starts it runs here, on one locked thread.
func keep() int {
	runtime.LockOSThread()
	syscall.CloseOnExec(lockFD)
	syscall.CloseOnExec(leaseFD)
	syscall.Umask(0o077)
	nameProcess("rancak-keeper")
	// Not signal.Ignore, which children would inherit.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)

	conn, err := net.FileConn(os.NewFile(leaseFD, "lease"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "keeper: no lease:", err)
		return 2
	}
	_ = syscall.Close(leaseFD)
	first := newLease(conn)
	var o order
	if err := readMessage(first.in, &o); err != nil {
		fmt.Fprintln(os.Stderr, "keeper: no order:", err)
		return 2
	}
	ctx, cancel := context.WithCancel(context.Background())
	k := &keeper{order: o, leases: leases{open: map[*lease]bool{}, none: cancel}}
	k.file = openLog(filepath.Join(o.Dir, logName))
	k.log = slog.New(slog.NewTextHandler(k.file, nil)).With("keeper", os.Getpid())
	k.leases.add(first)
	err = k.run(ctx)
	_ = os.Remove(filepath.Join(o.Dir, recordName))
	_ = os.RemoveAll(o.Run)
	if err != nil {
		k.log.Error("giving up", "error", err)
		return 1
	}
	return 0
}

// keeper runs one server for those who hold a lease.
type keeper struct {
	order
	leases leases
	file   *logFile
	log    *slog.Logger
	server *server
}

// run brings the server up, keeps it up until ctx ends with the last lease,
// and stops it.
func (k *keeper) run(ctx context.Context) error {
	listener, err := k.listen()
	if err == nil {
		defer listener.Close()
		err = k.boot(ctx)
	}
	k.leases.answer(newReply(err))
	if err != nil {
		k.server.stop(k.log)
		return err
	}
	for {
		select {
		case <-ctx.Done():
			_ = listener.Close()
			k.server.stop(k.log)
			return nil
		case <-k.server.done:
			k.log.Error("PostgreSQL ended by itself; starting it again", "error", k.server.err)
			k.restart(ctx)
		}
	}
}

// restart tries to start the server until it runs or ctx ends.
func (k *keeper) restart(ctx context.Context) {
	for wait := 100 * time.Millisecond; ctx.Err() == nil; wait = min(2*wait, 5*time.Second) {
		err := k.start(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		k.log.Error("PostgreSQL does not start again", "error", err)
		k.server.stop(k.log)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// listen accepts more leases and makes them findable.
func (k *keeper) listen() (net.Listener, error) {
	path := filepath.Join(k.Run, keeperSock)
	_ = os.Remove(path) // of a keeper that was killed; the lock says that it is gone
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, diskFull(k.Run, fmt.Errorf("opening the socket of the keeper: %w", err), "")
	}
	if err := writeRecord(k.Dir, record{Run: k.Run, PID: os.Getpid()}); err != nil {
		_ = listener.Close()
		return nil, diskFull(k.Dir, fmt.Errorf("writing %s: %w", recordName, err), "")
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				time.Sleep(pollInterval)
				continue
			}
			k.leases.add(newLease(conn))
		}
	}()
	go func() {
		// Cleaners of temporary folders go by the age of files.
		for range time.Tick(time.Hour) {
			now := time.Now()
			_ = os.Chtimes(path, now, now)
			_ = os.Chtimes(k.Run, now, now)
		}
	}()
	return listener, nil
}

// leases are the connections of all who use the server.
type leases struct {
	mu    sync.Mutex
	open  map[*lease]bool
	reply *reply // nil until it is known whether the server runs
	none  func() // called once, when the last lease has ended
	over  bool
	last  *lease // kept from the garbage collector, which would close it
}

func (ls *leases) add(l *lease) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.over {
		l.close()
		return
	}
	ls.open[l] = true
	if ls.reply != nil {
		_ = writeMessage(l.conn, ls.reply)
	}
	go func() { ls.remove(l, l.wait()) }()
}

// remove ends a lease. A polite holder is told to go if others stay; if none
// does, it learns from the end of the keeper that the server has stopped.
func (ls *leases) remove(l *lease, polite bool) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	delete(ls.open, l)
	if len(ls.open) == 0 {
		ls.over, ls.last = true, l
		ls.none()
		return
	}
	if polite {
		l.leave()
	}
	l.close()
}

func (ls *leases) answer(r reply) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	ls.reply = &r
	for l := range ls.open {
		_ = writeMessage(l.conn, r)
	}
}

func writeMessage(w io.Writer, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

func readMessage(r *bufio.Reader, v any) error {
	line, err := r.ReadBytes('\n')
	if err != nil {
		return err
	}
	return json.Unmarshal(line, v)
}

// socketPair returns a connection and the file of its other end.
func socketPair() (net.Conn, *os.File, error) {
	syscall.ForkLock.RLock()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fds[0])
		syscall.CloseOnExec(fds[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, nil, err
	}
	file := os.NewFile(uintptr(fds[0]), "lease")
	defer file.Close()
	conn, err := net.FileConn(file)
	if err != nil {
		_ = syscall.Close(fds[1])
		return nil, nil, err
	}
	return conn, os.NewFile(uintptr(fds[1]), "lease of the keeper"), nil
}
