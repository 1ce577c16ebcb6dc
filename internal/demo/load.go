package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

// ErrLoaded means that the database already holds an installation.
var ErrLoaded = errors.New("the database is not empty")

// Score computes the results of a cycle whose forms are closed.
type Score func(ctx context.Context, cycle appraisal.CycleID) (appraisal.RunID, error)

// Loaded reports whether the database holds an installation: a complete
// demonstration city or a real one. It is false for an empty database and for
// one in which a Load was interrupted; Load begins that one again.
func Loaded(ctx context.Context, conn *pgx.Conn) (bool, error) {
	var demonstration bool
	var people *int
	err := conn.QueryRow(ctx, "SELECT demonstration, demo_people FROM instance").Scan(&demonstration, &people)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("reading the instance: %w", err)
	}
	return !demonstration || people != nil, nil
}

// Load fills an empty database with the demonstration city. Each finished
// cycle is scored by score once its forms are committed, which score may read
// and write through other connections. It returns ErrLoaded for a database that
// holds something already; of several at once, one loads. It cannot be one
// transaction: the row of instance says since the beginning that everything is
// invented, and since the end how many people there are.
func Load(ctx context.Context, conn *pgx.Conn, o Options, score Score) ([]Account, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	const lock = "hashtext('rancak demo ' || current_schema())"
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock("+lock+")"); err != nil {
		return nil, fmt.Errorf("locking the demonstration city: %w", err)
	}
	defer conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+lock+")") //nolint:errcheck // the connection ends it too
	if err := begin(ctx, conn, o); err != nil {
		return nil, err
	}
	l := &loader{conn: conn, city: build(o), score: score}
	if err := l.load(ctx); err != nil {
		return nil, fmt.Errorf("loading the demonstration city: %w", err)
	}
	return Accounts(ctx, conn)
}

// begin marks the database as a demonstration, after removing what an
// interrupted load has left.
func begin(ctx context.Context, conn *pgx.Conn, o Options) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		loaded, err := Loaded(ctx, conn)
		if err != nil {
			return err
		}
		if loaded {
			return ErrLoaded
		}
		var marked, holds bool
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM instance), EXISTS (SELECT FROM units) OR EXISTS (SELECT FROM users)").Scan(&marked, &holds); err != nil {
			return fmt.Errorf("looking for data: %w", err)
		}
		if holds && !marked {
			return ErrLoaded
		}
		if marked {
			if err := wipe(ctx, tx); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, "INSERT INTO instance (city, demonstration, demo_seed) VALUES ('Kota Bukittinggi', true, $1)", int64(o.Seed))
		return err
	})
}

// filled lists the tables that a load fills, children first.
var filled = []string{"evaluations", "reviews", "employee_results", "unit_results", "scoring_runs", "participants", "cycle_instruments",
	"cycles", "org_predikats", "sessions", "known_devices", "user_roles", "users", "placements", "positions", "employee_former_nips",
	"employees", "unit_predecessors", "units"}

func wipe(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, "UPDATE cycles SET stage = 'preparation', published_run = NULL, published_at = NULL"); err != nil {
		return fmt.Errorf("removing an interrupted load: %w", err)
	}
	for _, name := range append(filled[:len(filled):len(filled)], "instance") {
		if _, err := tx.Exec(ctx, "DELETE FROM "+name); err != nil {
			return fmt.Errorf("removing an interrupted load from %s: %w", name, err)
		}
	}
	return nil
}

// loader writes a city into a database.
type loader struct {
	conn  *pgx.Conn
	city  *city
	score Score
	// reviews is how many forms are loaded.
	reviews int64
}

func (l *loader) load(ctx context.Context) error {
	for _, t := range l.city.organisation() {
		if err := l.copy(ctx, t); err != nil {
			return err
		}
	}
	for y := range l.city.years() {
		if err := l.cycle(ctx, y); err != nil {
			return fmt.Errorf("cycle %d: %w", l.city.calendarYear(y), err)
		}
	}
	return l.finish(ctx)
}

// copy streams a table.
func (l *loader) copy(ctx context.Context, t table) error {
	_, err := l.conn.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromFunc(func() ([]any, error) { return t.row(), nil }))
	if err != nil {
		return fmt.Errorf("copying %s: %w", t.name, err)
	}
	return nil
}

// cycle loads one cycle with its people and forms; a finished one is scored,
// evaluated and published.
func (l *loader) cycle(ctx context.Context, y int) error {
	current := y == l.city.years()-1
	stage, version := appraisal.StageEvaluation, 3
	if current {
		stage, version = appraisal.StageFilling, 2
	}
	d := l.city.dates(y)
	if _, err := l.conn.Exec(ctx, `INSERT INTO cycles (id, year, stage, version, rules_id, opens, forms_due, evaluation_due)
		VALUES ($1, $2, $3, $4, 1, $5, $6, $7)`, id(y), l.city.calendarYear(y), string(stage), version, d.opens, d.formsDue, d.evaluationDue); err != nil {
		return fmt.Errorf("adding the cycle: %w", err)
	}
	if err := l.copy(ctx, cycleInstruments(y)); err != nil {
		return err
	}
	if err := l.copy(ctx, l.city.participants(y)); err != nil {
		return err
	}
	forms := l.city.forms(y)
	show := map[form]showState{}
	if current {
		accounts, err := Accounts(ctx, l.conn)
		if err != nil {
			return err
		}
		show = l.city.showcase(forms, accounts)
	}
	if err := l.copy(ctx, l.city.reviews(y, forms, l.reviews, show)); err != nil {
		return err
	}
	l.reviews += int64(len(forms))
	if current {
		return nil
	}
	return l.publish(ctx, y)
}

func cycleInstruments(y int) table {
	return table{"cycle_instruments", []string{"cycle_id", "kind", "instrument_id"}, numbered(len(instruments), func(i int) []any {
		return []any{id(y), string(appraisal.ReviewKinds[i]), instruments[i]}
	})}
}

// publish scores, evaluates and publishes a finished cycle.
func (l *loader) publish(ctx context.Context, y int) error {
	if err := l.analyse(ctx); err != nil {
		return err
	}
	run, err := l.score(ctx, appraisal.CycleID(id(y)))
	if err != nil {
		return fmt.Errorf("scoring: %w", err)
	}
	// The run of a finished year happened then.
	if _, err := l.conn.Exec(ctx, `UPDATE scoring_runs SET requested_at = $2::timestamptz, started_at = $2::timestamptz, finished_at = $2::timestamptz + (finished_at - started_at) WHERE id = $1`,
		int64(run), l.city.dates(y).scored()); err != nil {
		return fmt.Errorf("dating the run: %w", err)
	}
	proposals, err := l.proposals(ctx, run)
	if err != nil {
		return err
	}
	if err := l.copy(ctx, l.city.evaluations(y, run, proposals)); err != nil {
		return err
	}
	_, err = l.conn.Exec(ctx, `UPDATE cycles SET stage = $2, published_run = $3, published_at = $4, version = version + 1 WHERE id = $1`,
		id(y), string(appraisal.StagePublished), int64(run), l.city.dates(y).published)
	if err != nil {
		return fmt.Errorf("publishing: %w", err)
	}
	return nil
}

// proposals reads what level the index of each person proposes.
func (l *loader) proposals(ctx context.Context, run appraisal.RunID) ([]appraisal.Level, error) {
	var rules appraisal.Rules
	var meets, above [2]int64
	err := l.conn.QueryRow(ctx, `SELECT (definition->'meets'->>0)::bigint, (definition->'meets'->>1)::bigint,
			(definition->'above'->>0)::bigint, (definition->'above'->>1)::bigint FROM rules WHERE id = 1`).
		Scan(&meets[0], &meets[1], &above[0], &above[1])
	if err != nil {
		return nil, fmt.Errorf("reading the rules: %w", err)
	}
	rules.Meets, rules.Above = appraisal.NewRatio(meets[0], meets[1]), appraisal.NewRatio(above[0], above[1])

	list := make([]appraisal.Level, len(l.city.people))
	rows, _ := l.conn.Query(ctx, "SELECT employee_id, index_num, index_den FROM employee_results WHERE run_id = $1 AND index_num IS NOT NULL", int64(run))
	var employee, num, den int64
	_, err = pgx.ForEachRow(rows, []any{&employee, &num, &den}, func() error {
		if employee < 1 || employee > int64(len(list)) {
			return fmt.Errorf("result of unknown employee %d", employee)
		}
		list[employee-1] = rules.Proposal(appraisal.NewRatio(num, den))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the results of run %d: %w", run, err)
	}
	return list, nil
}

// analyse tells the planner of the database what has been loaded.
func (l *loader) analyse(ctx context.Context) error {
	if _, err := l.conn.Exec(ctx, "ANALYZE "+strings.Join(filled, ", ")); err != nil {
		return fmt.Errorf("analysing: %w", err)
	}
	return nil
}

// finish sets the sequences after the ids that were given and marks the load
// as complete.
func (l *loader) finish(ctx context.Context) error {
	for _, name := range []string{"units", "employees", "positions", "users", "cycles", "reviews"} {
		if _, err := l.conn.Exec(ctx, "SELECT setval(pg_get_serial_sequence('"+name+"', 'id'), max(id)) FROM "+name); err != nil {
			return fmt.Errorf("setting the sequence of %s: %w", name, err)
		}
	}
	if err := l.analyse(ctx); err != nil {
		return err
	}
	if _, err := l.conn.Exec(ctx, "UPDATE instance SET demo_people = $1", l.city.opt.People); err != nil {
		return fmt.Errorf("marking the load as complete: %w", err)
	}
	return nil
}
