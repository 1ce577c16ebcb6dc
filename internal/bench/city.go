package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/crypto/argon2"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/demo"
	"rancak/internal/postgres"
)

// leastPeople is the smallest city that has forms enough for a load.
const leastPeople = 2000

// today is when everything takes place.
var today = time.Date(2026, time.November, 23, 3, 0, 0, 0, time.UTC)

func now() time.Time { return today }

// password opens every account. Its hash is a cheap one: signing in is not
// what is measured.
const password = "kata sandi untuk mengukur"

func passwordHash() string {
	salt := []byte("garam pengukuran")
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=64,t=1,p=1$%s$%s", argon2.Version,
		enc.EncodeToString(salt), enc.EncodeToString(argon2.IDKey([]byte(password), salt, 1, 64, 1, 32)))
}

// city is a database with the demonstration city. Its last cycle is open.
type city struct {
	people   int
	year     int
	url      string
	pool     *pgxpool.Pool
	accounts []demo.Account
}

// city loads a city of so many people and years into a new database.
func (g *ground) city(ctx context.Context, w io.Writer, name string, people, years int) (*city, error) {
	url, err := g.database(ctx, name)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	c, err := loadCity(ctx, url, people, years)
	if err != nil {
		return nil, err
	}
	if err := g.settle(ctx, c); err != nil {
		c.close()
		return nil, err
	}
	fmt.Fprintf(w, "\nLoaded %d employees and %d years in %s.\n", people, years, seconds(time.Since(start)))
	return c, nil
}

func loadCity(ctx context.Context, url string, people, years int) (_ *city, err error) {
	c := &city{people: people, url: url, year: today.Year()}
	if c.pool, err = pgxpool.New(ctx, url); err != nil {
		return nil, fmt.Errorf("connecting to load a city: %w", err)
	}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	conn, err := c.pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("connecting to load a city: %w", err)
	}
	defer conn.Release()
	o := demo.Options{People: people, Seed: 1, Today: today, PasswordHash: passwordHash(), Years: years, FilledShare: 0.8}
	if c.accounts, err = demo.Load(ctx, conn.Conn(), o, c.scoreCycle); err != nil {
		return nil, err
	}
	return c, nil
}

// settle does what the server does by itself in the hours after a load, so
// that none of it happens while something is measured.
func (g *ground) settle(ctx context.Context, c *city) error {
	if _, err := c.pool.Exec(ctx, "VACUUM (ANALYZE)"); err != nil {
		return fmt.Errorf("settling a city: %w", err)
	}
	conn, err := pgx.Connect(ctx, g.server.AdminURL())
	if err != nil {
		return fmt.Errorf("settling a city: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, "CHECKPOINT")
	return err
}

func (c *city) close() { c.pool.Close() }

func (c *city) scoreCycle(ctx context.Context, id appraisal.CycleID) (appraisal.RunID, error) {
	cycle, err := postgres.New(c.pool, nil).CycleByID(ctx, id)
	if err != nil {
		return 0, err
	}
	return c.scoreYear(ctx, cycle.Year)
}

func (c *city) scoreYear(ctx context.Context, year int) (appraisal.RunID, error) {
	store := postgres.New(c.pool, nil)
	run, err := store.StartRun(ctx, 0, year, appraisal.LatestRun, now())
	if err != nil {
		return 0, err
	}
	return run.ID, score(ctx, store, run.ID)
}

// score works on a run to its end.
func score(ctx context.Context, store *postgres.Store, id appraisal.RunID) error {
	if err := (&app.Runner{Store: store, Now: now}).Run(ctx, id); err != nil {
		return err
	}
	run, err := store.Run(ctx, id)
	if err == nil && run.State != appraisal.RunComplete {
		err = fmt.Errorf("run %d is %s: %s", id, run.State, run.Failure)
	}
	return err
}

// closeForms moves the current cycle on to evaluation.
func (c *city) closeForms(ctx context.Context) error {
	_, err := c.pool.Exec(ctx, "UPDATE cycles SET stage = 'evaluation', version = version + 1 WHERE year = $1 AND stage = 'filling'", c.year)
	return err
}

// scalar reads one value.
func scalar[T any](ctx context.Context, c *city, sql string, args ...any) (T, error) {
	rows, _ := c.pool.Query(ctx, sql, args...)
	v, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
	if err != nil {
		return v, fmt.Errorf("%s: %w", sql, err)
	}
	return v, nil
}
