package localdb

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	role      = "rancak"
	database  = "rancak"
	superuser = "postgres"

	startTimeout = 2 * time.Minute
	pollInterval = 20 * time.Millisecond
)

// Options say where the database lives and which programs run it.
type Options struct {
	// Dir is the data folder. It is created if missing.
	Dir string
	// BinDir holds the programs of PostgreSQL. Empty: they are searched.
	BinDir string
	// CacheDir is where Fetch puts programs. Empty: see CacheDir.
	CacheDir string
	// Volatile, heeded by the process that starts the server, trades durability for speed, for tests: a cluster made with it
	// that did not stop cleanly is thrown away and made anew.
	Volatile bool
	// Log gets what an operator should know. Nil: nothing is logged.
	Log *slog.Logger
}

// Server is a running PostgreSQL that this process uses, alone or with others.
type Server struct {
	opts   Options
	dir    string
	log    *slog.Logger
	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	done   chan struct{} // closed when watch has returned

	mu    sync.Mutex
	run   string
	lease *lease
}

// Start returns the server of the data folder, ready for connections. If no
// process uses the folder yet, it finds PostgreSQL, creates the cluster if
// there is none and starts it; else it joins. Without a deadline in ctx it
// gives up after two minutes.
func Start(ctx context.Context, o Options) (*Server, error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, startTimeout)
		defer cancel()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	dir, err := prepareDir(o.Dir)
	if err != nil {
		return nil, err
	}
	s := &Server{opts: o, dir: dir, log: o.Log.With("data", dir), done: make(chan struct{})}
	if s.lease, err = s.join(ctx); err != nil {
		return nil, err
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	go s.watch(s.lease)
	return s, nil
}

// URL is the connection string of Rancak's own role and database.
func (s *Server) URL() string { return s.url(role, database) }

// AdminURL is the connection string of the superuser in its own database, for
// backups, tests and what Rancak's role may not do.
func (s *Server) AdminURL() string { return s.url(superuser, superuser) }

func (s *Server) url(user, db string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return connString(s.run, user, db)
}

func connString(run, user, db string) string {
	q := url.Values{"host": {socketDir(run)}, "port": {port}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.User(user), Path: "/" + db, RawQuery: q.Encode()}
	return u.String()
}

// Close gives the server up. If no other process uses it, Close returns when
// it has stopped cleanly; else the server goes on and Close returns at once.
// Close may be called more than once.
func (s *Server) Close(ctx context.Context) error {
	s.cancel()
	s.mu.Lock()
	l := s.lease
	s.mu.Unlock()
	if l != nil {
		l.leave()
	}
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
		if l != nil {
			l.close()
		}
		return fmt.Errorf("stopping PostgreSQL in %s: %w", s.dir, ctx.Err())
	}
}

// watch holds the lease, and takes a new one when the keeper is lost.
func (s *Server) watch(l *lease) {
	defer close(s.done)
	for {
		left := l.wait()
		l.close()
		if left || s.ctx.Err() != nil {
			return
		}
		s.log.Warn("lost the keeper of PostgreSQL; starting it again")
		for wait := pollInterval; ; wait = min(2*wait, 5*time.Second) {
			ctx, cancel := context.WithTimeout(s.ctx, startTimeout)
			next, err := s.join(ctx)
			cancel()
			if s.ctx.Err() != nil {
				if err == nil {
					next.close()
				}
				return
			}
			if err == nil {
				l = next
				break
			}
			s.log.Error("PostgreSQL does not start again", "error", err)
			select {
			case <-s.ctx.Done():
				return
			case <-time.After(wait):
			}
		}
		s.mu.Lock()
		s.lease = l
		s.mu.Unlock()
	}
}

// errGone means that a keeper ended, or is not listening yet: try again.
var errGone = errors.New("the keeper is not there")

// join takes a lease on the server of the folder, starting it if need be.
func (s *Server) join(ctx context.Context) (*lease, error) {
	for {
		l, err := s.tryJoin(ctx)
		if !errors.Is(err, errGone) {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("the process that keeps the database in %s does not answer at %s (another container or a service with a private /tmp?): %w",
				s.dir, s.run, ctx.Err())
		case <-time.After(pollInterval):
		}
	}
}

func (s *Server) tryJoin(ctx context.Context) (*lease, error) {
	lock, err := lockDir(s.dir)
	if err != nil {
		return nil, err
	}
	if lock == nil {
		run, l, err := dialKeeper(s.dir)
		s.setRun(run)
		if err != nil {
			return nil, err
		}
		return l, l.await(ctx)
	}
	defer lock.Close()
	o, err := s.order(ctx)
	if err != nil {
		return nil, err
	}
	l, err := spawnKeeper(o, lock)
	if err != nil {
		return nil, err
	}
	err = l.await(ctx)
	if errors.Is(err, errGone) {
		return nil, fmt.Errorf("the keeper of PostgreSQL ended unexpectedly; %s tells more", filepath.Join(s.dir, logName))
	}
	if err != nil {
		return nil, err
	}
	s.setRun(o.Run)
	s.log.Info("PostgreSQL runs", "version", o.Major, "programs", o.Bin)
	return l, nil
}

func (s *Server) setRun(run string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != "" && run != "" && s.run != run {
		s.log.Error("the socket of PostgreSQL has moved; restart Rancak", "from", s.run, "to", run)
	}
	if run != "" {
		s.run = run
	}
}

// order checks the folder and says what the keeper is to run.
func (s *Server) order(ctx context.Context) (order, error) {
	want, err := clusterMajor(clusterDir(s.dir))
	if err != nil {
		return order{}, err
	}
	p, err := newSearch(s.opts).find(ctx, s.dir, want)
	if err != nil {
		return order{}, err
	}
	who, err := pickIdentity(s.dir, p.Bin)
	if err != nil {
		return order{}, err
	}
	run, err := makeRunDir(s.dir, s.run)
	if err != nil {
		return order{}, err
	}
	return order{Dir: s.dir, Run: run, Bin: p.Bin, Major: p.Major, As: who, Volatile: s.opts.Volatile}, nil
}

// lease is one side of a connection between a keeper and a process that uses
// its server. The keeper sends one reply; the holder may send leaveWord, which
// the keeper answers with leaveWord if it goes on for others, and with its end
// if not.
type lease struct {
	conn io.ReadWriteCloser
	in   *bufio.Reader
}

const leaveWord = "leave\n"

func newLease(conn io.ReadWriteCloser) *lease {
	return &lease{conn: conn, in: bufio.NewReader(conn)}
}

func (l *lease) close() { _ = l.conn.Close() }
func (l *lease) leave() { _, _ = io.WriteString(l.conn, leaveWord) }

// wait blocks until the keeper lets this holder go (true) or is gone.
func (l *lease) wait() bool {
	line, err := l.in.ReadString('\n')
	return err == nil && line == leaveWord
}

// await returns when the server is ready or has failed to start.
func (l *lease) await(ctx context.Context) error {
	stop := context.AfterFunc(ctx, l.close)
	var r reply
	err := readMessage(l.in, &r)
	if !stop() {
		return fmt.Errorf("starting PostgreSQL: %w", ctx.Err())
	}
	if err != nil {
		l.close()
		return errGone
	}
	if !r.Ready {
		l.close()
	}
	return r.err()
}

// prepareDir makes the data folder and returns its real path.
func prepareDir(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("no data folder is set for the database: set RANCAK_DATA")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("data folder %s: %w", dir, err)
	}
	mode := os.FileMode(0o700)
	if os.Geteuid() == 0 {
		mode = 0o711 // the server, another user, has its folder below
	}
	err = os.MkdirAll(filepath.Dir(abs), 0o755)
	if err == nil {
		err = os.Mkdir(abs, mode)
	}
	if err != nil && !errors.Is(err, os.ErrExist) {
		return "", diskFull(abs, fmt.Errorf("creating the data folder: %w", err), "")
	}
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", fmt.Errorf("data folder %s: %w", dir, err)
	}
	if owner := ownerOf(real); os.Geteuid() != 0 && owner != os.Geteuid() {
		return "", failf(ErrOwner, "the data folder %s belongs to %s: run Rancak as that user, or choose another folder with RANCAK_DATA", real, ownerName(real))
	}
	if _, err := os.Stat(filepath.Join(real, "PG_VERSION")); err == nil {
		return "", fmt.Errorf("%s is the data folder of a PostgreSQL that Rancak did not make: set RANCAK_DATA to another folder, or DATABASE_URL to use that server", real)
	}
	return real, nil
}
