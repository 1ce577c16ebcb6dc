package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/jobs"
	"rancak/internal/localdb"
	"rancak/internal/postgres"
	"rancak/migrations"
)

// Bounds of statements of pages, so that a blocked database gives an answer.
const (
	statementTimeout = 5 * time.Second
	lockTimeout      = 2 * time.Second
)

// stack is an open database with the use cases on it.
type stack struct {
	log    *slog.Logger
	now    func() time.Time
	server *localdb.Server // the embedded database; nil with DATABASE_URL
	direct string
	pool   *pgxpool.Pool // of pages
	work   *pgxpool.Pool // direct, of background work and migrations
	store  *postgres.Store
	// workStore has no statement timeout: runs and imports take their time.
	workStore *postgres.Store
	inserter  *jobs.Client
}

// open starts the embedded database, or uses the one of DATABASE_URL, and
// brings it to the newest schema.
func open(ctx context.Context, c *config, stderr io.Writer) (*stack, error) {
	s := &stack{log: c.logger(stderr), now: time.Now}
	urls := [2]string{c.Database, c.Direct}
	if c.Database == "" {
		var err error
		s.server, err = localdb.Start(ctx, localdb.Options{Dir: c.Data, BinDir: c.PGBin, Log: s.log})
		if err != nil {
			return nil, err
		}
		urls[0] = s.server.URL()
	}
	if urls[1] == "" {
		urls[1] = urls[0]
	}
	s.direct = urls[1]
	if err := s.connect(ctx, c, urls); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *stack) connect(ctx context.Context, c *config, urls [2]string) error {
	if err := migrations.Up(ctx, s.direct); err != nil {
		return err
	}
	pages := postgres.Config{URL: urls[0], ExecMode: c.ExecMode, StatementTimeout: statementTimeout, LockTimeout: lockTimeout}
	if c.Direct != "" {
		pages.StatementTimeout, pages.LockTimeout = 0, 0 // PgBouncer refuses them; set them on the role
	}
	var err error
	if s.pool, err = postgres.Open(ctx, pages); err != nil {
		return err
	}
	if s.work, err = postgres.Open(ctx, postgres.Config{URL: s.direct}); err != nil {
		return err
	}
	if s.inserter, err = jobs.NewInserter(s.work); err != nil {
		return err
	}
	s.store, s.workStore = postgres.New(s.pool, s.inserter), postgres.New(s.work, s.inserter)
	return nil
}

// close ends everything that open began.
func (s *stack) close() error {
	for _, pool := range []*pgxpool.Pool{s.pool, s.work} {
		if pool != nil {
			pool.Close()
		}
	}
	if s.server == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := s.server.Close(ctx); err != nil {
		return fmt.Errorf("stopping the embedded database: %w", err)
	}
	return nil
}

func (s *stack) runner() *app.Runner { return &app.Runner{Store: s.workStore, Now: s.now} }

func (s *stack) accounts() *app.Accounts {
	return &app.Accounts{Store: s.store, Passwords: app.NewPasswords(), Now: s.now}
}

// score runs a scoring run of a cycle to its end, in this process.
func (s *stack) score(ctx context.Context, year int) (appraisal.Run, error) {
	store := postgres.New(s.work, nil) // not queued: it is worked on here
	run, err := store.StartRun(ctx, 0, year, appraisal.LatestRun, s.now())
	if err != nil {
		return run, err
	}
	if err := s.runner().Run(ctx, run.ID); err != nil {
		return run, err
	}
	return store.Run(ctx, run.ID)
}
