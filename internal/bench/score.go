package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
	"rancak/internal/postgres"
)

// scoreTries is how often each time is taken; the median counts.
const scoreTries = 3

// scored is what the scoring of one city took.
type scored struct {
	people        int
	forms         int64
	run           time.Duration
	read, write   time.Duration
	peak, heapMiB float64
}

func (s scored) reference() time.Duration { return s.read + s.write }

// benchScore measures scoring runs of cities of several sizes, the largest last.
func benchScore(ctx context.Context, cities []*city, o options, w io.Writer) error {
	fmt.Fprintf(w, "\nScoring run (median of %d), against reading the same forms once in no order (COPY TO) and\n"+
		"copying the same results into the same table with the same indexes and checks (COPY FROM)\n\n", scoreTries)
	fmt.Fprintf(w, "  %10s %10s %9s %9s %9s %9s %8s %10s %10s\n",
		"employees", "forms", "run", "people/s", "read", "write", "ratio", "peak RSS", "heap")
	for i, c := range cities {
		profile := ""
		if i == len(cities)-1 {
			profile = profileIn(o.profile, "score")
		}
		s, err := c.measureScore(ctx, profile)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %10d %10d %9s %9.0f %9s %9s %8.2f %6.0f MiB %6.0f MiB\n", s.people, s.forms, seconds(s.run),
			float64(s.people)/s.run.Seconds(), seconds(s.read), seconds(s.write), s.run.Seconds()/s.reference().Seconds(), s.peak, s.heapMiB)
	}
	fmt.Fprintf(w, "\n  Goal: ratio at most 3; memory that does not grow with the people.\n")
	return nil
}

func (c *city) measureScore(ctx context.Context, profile string) (scored, error) {
	s := scored{people: c.people}
	if err := c.closeForms(ctx); err != nil {
		return s, err
	}
	var err error
	if s.forms, err = scalar[int64](ctx, c, "SELECT count(*) FROM reviews r JOIN cycles c ON c.id = r.cycle_id WHERE c.year = $1", c.year); err != nil {
		return s, err
	}
	var runs, reads, writes []time.Duration
	for range scoreTries {
		read, err := c.readForms(ctx)
		if err != nil {
			return s, err
		}
		id, p, err := c.run(ctx, profile)
		if err != nil {
			return s, err
		}
		write, err := c.copyResults(ctx, id)
		if err != nil {
			return s, err
		}
		runs, reads, writes = append(runs, p.report.Took), append(reads, read), append(writes, write)
		s.peak, s.heapMiB = max(s.peak, p.peakMiB()), max(s.heapMiB, p.report.HeapMiB)
	}
	s.run, s.read, s.write = median(runs), median(reads), median(writes)
	return s, nil
}

// run makes a run in a process of its own.
func (c *city) run(ctx context.Context, profile string) (appraisal.RunID, *process, error) {
	run, err := postgres.New(c.pool, nil).StartRun(ctx, 0, c.year, appraisal.LatestRun, now())
	if err != nil {
		return 0, nil, err
	}
	p, err := start(ctx, order{Task: taskScore, URL: c.url, Run: run.ID, Profile: profile})
	if err != nil {
		return 0, nil, err
	}
	return run.ID, p, p.end()
}

// readForms reads what a run reads, in the order in which it lies.
func (c *city) readForms(ctx context.Context) (time.Duration, error) {
	cycle, err := scalar[int64](ctx, c, "SELECT id FROM cycles WHERE year = $1", c.year)
	if err != nil {
		return 0, err
	}
	id := strconv.FormatInt(cycle, 10)
	return c.timed(ctx, func(conn *pgx.Conn) error {
		for _, sql := range []string{
			"COPY (SELECT ratee_id, kind, state, answers FROM reviews WHERE cycle_id = " + id + ") TO STDOUT (FORMAT binary)",
			"COPY (SELECT employee_id, supervisor_id, unit_id FROM participants WHERE cycle_id = " + id + ") TO STDOUT (FORMAT binary)",
		} {
			if _, err := conn.PgConn().CopyTo(ctx, io.Discard, sql); err != nil {
				return fmt.Errorf("reading the forms: %w", err)
			}
		}
		return nil
	})
}

// copyResults copies the results of a run into an empty table of the same
// shape. They wait in a file meanwhile, for there may be millions.
func (c *city) copyResults(ctx context.Context, run appraisal.RunID) (took time.Duration, err error) {
	f, err := os.CreateTemp("", "rancak-bench-results-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	conn, err := c.pool.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	_, err = conn.Conn().PgConn().CopyTo(ctx, f, "COPY (SELECT * FROM employee_results WHERE run_id = "+strconv.FormatInt(int64(run), 10)+
		" ORDER BY employee_id) TO STDOUT (FORMAT binary)")
	if err == nil {
		_, err = conn.Exec(ctx, "DROP TABLE IF EXISTS copied_results; CREATE TABLE copied_results (LIKE employee_results INCLUDING ALL)")
	}
	conn.Release()
	if err != nil {
		return 0, fmt.Errorf("preparing the copy of results: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	return c.timed(ctx, func(conn *pgx.Conn) error {
		_, err := conn.PgConn().CopyFrom(ctx, f, "COPY copied_results FROM STDIN (FORMAT binary)")
		return err
	})
}

// timed tells how long something took on a connection of its own.
func (c *city) timed(ctx context.Context, do func(conn *pgx.Conn) error) (time.Duration, error) {
	conn, err := pgx.Connect(ctx, c.url)
	if err != nil {
		return 0, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	start := time.Now()
	err = do(conn)
	return time.Since(start), err
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}
