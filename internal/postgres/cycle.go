package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

const selectCycle = `SELECT c.id, c.year, c.stage, c.version, c.rules_id, c.opens, c.forms_due, c.evaluation_due,
	coalesce(c.published_run, 0), c.published_at,
	ARRAY(SELECT ci.kind FROM cycle_instruments ci WHERE ci.cycle_id = c.id ORDER BY ci.kind),
	ARRAY(SELECT ci.instrument_id FROM cycle_instruments ci WHERE ci.cycle_id = c.id ORDER BY ci.kind)
	FROM cycles c`

func scanCycle(row pgx.CollectableRow) (appraisal.Cycle, error) {
	var c appraisal.Cycle
	var at *time.Time
	var kinds []appraisal.ReviewKind
	var instruments []appraisal.InstrumentID
	err := row.Scan(&c.ID, &c.Year, &c.Stage, &c.Version, &c.RulesID, &c.Opens, &c.FormsDue, &c.EvaluationDue,
		&c.PublishedRun, &at, &kinds, &instruments)
	c.PublishedAt = orZero(at)
	c.Instruments = make(map[appraisal.ReviewKind]appraisal.InstrumentID, len(kinds))
	for i, k := range kinds {
		c.Instruments[k] = instruments[i]
	}
	return c, err
}

// Cycles returns every cycle, the newest first.
func (s *Store) Cycles(ctx context.Context) ([]appraisal.Cycle, error) {
	rows, _ := s.db.Query(ctx, selectCycle+" ORDER BY c.year DESC")
	cycles, err := pgx.CollectRows(rows, scanCycle)
	if err != nil {
		return nil, fmt.Errorf("reading cycles: %w", err)
	}
	return cycles, nil
}

// Cycle returns the cycle of a year.
func (s *Store) Cycle(ctx context.Context, year int) (appraisal.Cycle, error) {
	rows, _ := s.db.Query(ctx, selectCycle+" WHERE c.year = $1", year)
	c, err := pgx.CollectExactlyOneRow(rows, scanCycle)
	if err != nil {
		return c, fmt.Errorf("reading cycle %d: %w", year, toError(err))
	}
	return c, nil
}

// CurrentCycle returns the newest cycle that has left preparation.
func (s *Store) CurrentCycle(ctx context.Context) (appraisal.Cycle, error) {
	rows, _ := s.db.Query(ctx, selectCycle+" WHERE c.stage <> 'preparation' ORDER BY c.year DESC LIMIT 1")
	c, err := pgx.CollectExactlyOneRow(rows, scanCycle)
	if err != nil {
		return c, fmt.Errorf("reading the current cycle: %w", toError(err))
	}
	return c, nil
}

// UpdateCycle changes a cycle that the actor saw at some version: change gets
// it locked, with the newest run of the given id (zero Run for 0). It returns
// ErrConflict where somebody changed it since, and ErrRunActive while a
// scoring run is under way.
func (s *Store) UpdateCycle(ctx context.Context, actor appraisal.UserID, year, version int, run appraisal.RunID,
	act string, change func(*appraisal.Cycle, appraisal.Run) error,
) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, selectCycle+" WHERE c.year = $1 FOR UPDATE OF c", year)
		c, err := pgx.CollectExactlyOneRow(rows, scanCycle)
		if err != nil {
			return fmt.Errorf("reading cycle %d: %w", year, toError(err))
		}
		if c.Version != version {
			return appraisal.ErrConflict
		}
		var active bool
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM scoring_runs WHERE cycle_id = $1 AND state IN ('queued', 'working'))", c.ID).
			Scan(&active); err != nil {
			return fmt.Errorf("reading runs of cycle %d: %w", year, err)
		}
		if active {
			return appraisal.ErrRunActive
		}
		var r appraisal.Run
		if run != 0 {
			if r, err = oneRun(ctx, tx, run, ""); err != nil {
				return err
			}
		}
		before := c.Stage
		if err := change(&c, r); err != nil {
			return err
		}
		var at *time.Time
		if !c.PublishedAt.IsZero() {
			at = &c.PublishedAt
		}
		if _, err := tx.Exec(ctx, `UPDATE cycles SET stage = $2, version = $3, published_run = nullif($4::bigint, 0), published_at = $5 WHERE id = $1`,
			c.ID, c.Stage, c.Version, c.PublishedRun, at); err != nil {
			return fmt.Errorf("storing cycle %d: %w", year, toError(err))
		}
		return audit(ctx, tx, entry{Actor: actor, Act: act, Subject: "cycle", ID: int64(c.ID),
			Detail: map[string]any{"from": before, "to": c.Stage, "run": run}})
	})
}

// Progress returns how far each dinas is in a cycle, by name; only one dinas
// where it is given.
func (s *Store) Progress(ctx context.Context, cycle appraisal.CycleID, only []appraisal.UnitID) ([]appraisal.DinasProgress, error) {
	rows, _ := s.db.Query(ctx, `WITH forms AS (
			SELECT p.dinas_id, r.kind, count(*) AS invited, count(*) FILTER (WHERE r.state = 'submitted') AS sent
			FROM reviews r JOIN participants p ON p.cycle_id = r.cycle_id AND p.employee_id = r.ratee_id
			WHERE r.cycle_id = $1 GROUP BY p.dinas_id, r.kind
		), people AS (
			SELECT p.dinas_id, count(*) AS people, count(*) FILTER (WHERE ev.state = 'final') AS evaluated
			FROM participants p LEFT JOIN evaluations ev ON ev.cycle_id = p.cycle_id AND ev.employee_id = p.employee_id
			WHERE p.cycle_id = $1 GROUP BY p.dinas_id
		)
		SELECT u.id, u.name, people.people, people.evaluated,
			ARRAY(SELECT coalesce(f.invited, 0) FROM unnest($3::text[]) WITH ORDINALITY k (kind, n)
			      LEFT JOIN forms f ON f.dinas_id = u.id AND f.kind = k.kind ORDER BY k.n),
			ARRAY(SELECT coalesce(f.sent, 0) FROM unnest($3::text[]) WITH ORDINALITY k (kind, n)
			      LEFT JOIN forms f ON f.dinas_id = u.id AND f.kind = k.kind ORDER BY k.n)
		FROM people JOIN units u ON u.id = people.dinas_id
		WHERE $2::bigint[] IS NULL OR u.id = ANY ($2) ORDER BY u.name, u.id`, cycle, numbers(only), texts(appraisal.ReviewKinds))
	progress, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (appraisal.DinasProgress, error) {
		var d appraisal.DinasProgress
		var invited, sent []int64
		err := row.Scan(&d.Dinas.ID, &d.Dinas.Name, &d.People, &d.Evaluated, &invited, &sent)
		d.Dinas.Kind, d.Dinas.Dinas = appraisal.UnitDinas, d.Dinas.ID
		for i := range min(len(invited), len(d.Completion.Invited)) {
			d.Completion.Invited[i], d.Completion.Sent[i] = int(invited[i]), int(sent[i])
		}
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading progress of cycle %d: %w", cycle, err)
	}
	return progress, nil
}

// CycleByID returns a cycle.
func (s *Store) CycleByID(ctx context.Context, id appraisal.CycleID) (appraisal.Cycle, error) {
	rows, _ := s.db.Query(ctx, selectCycle+" WHERE c.id = $1", id)
	c, err := pgx.CollectExactlyOneRow(rows, scanCycle)
	if err != nil {
		return c, fmt.Errorf("reading cycle %d: %w", id, toError(err))
	}
	return c, nil
}
