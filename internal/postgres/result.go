package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// Result returns the result of an employee in a run.
func (s *Store) Result(ctx context.Context, run appraisal.RunID, id appraisal.EmployeeID) (scoring.Result, error) {
	var body []byte
	err := s.db.QueryRow(ctx, "SELECT body FROM employee_results WHERE run_id = $1 AND employee_id = $2", run, id).Scan(&body)
	if err != nil {
		return scoring.Result{}, fmt.Errorf("reading the result of employee %d: %w", id, toError(err))
	}
	r, err := scoring.ParseResult(body)
	if err != nil {
		return r, fmt.Errorf("decoding the result of employee %d in run %d: %w", id, run, err)
	}
	return r, nil
}

// EmployeeName returns the name of an employee with titles.
func (s *Store) EmployeeName(ctx context.Context, id appraisal.EmployeeID) (string, error) {
	var name string
	err := s.db.QueryRow(ctx, "SELECT "+personName+" FROM employees e WHERE e.id = $1", id).Scan(&name)
	if err != nil {
		return "", fmt.Errorf("reading employee %d: %w", id, toError(err))
	}
	return name, nil
}

// Distribution counts the final predikat that a supervisor has set in a cycle.
func (s *Store) Distribution(ctx context.Context, cycle appraisal.CycleID, supervisor appraisal.EmployeeID) (appraisal.Distribution, error) {
	rows, _ := s.db.Query(ctx, `SELECT ev.predikat, count(*) FROM participants p
		JOIN evaluations ev ON ev.cycle_id = p.cycle_id AND ev.employee_id = p.employee_id AND ev.state = 'final'
		WHERE p.cycle_id = $1 AND p.supervisor_id = $2 GROUP BY ev.predikat`, cycle, supervisor)
	d := appraisal.Distribution{}
	var p appraisal.Predikat
	var n int
	_, err := pgx.ForEachRow(rows, []any{&p, &n}, func() error { d[p] = n; return nil })
	if err != nil {
		return nil, fmt.Errorf("reading the distribution of supervisor %d: %w", supervisor, err)
	}
	return d, nil
}

// PublishedYears returns the years whose results an employee can read.
func (s *Store) PublishedYears(ctx context.Context, id appraisal.EmployeeID) ([]appraisal.YearResult, error) {
	rows, _ := s.db.Query(ctx, `SELECT c.year, c.published_at, coalesce(ev.predikat, '') FROM participants p
		JOIN cycles c ON c.id = p.cycle_id AND c.stage = 'published'
		LEFT JOIN evaluations ev ON ev.cycle_id = p.cycle_id AND ev.employee_id = p.employee_id AND ev.state = 'final'
		WHERE p.employee_id = $1 ORDER BY c.year DESC`, id)
	years, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (appraisal.YearResult, error) {
		var y appraisal.YearResult
		return y, row.Scan(&y.Year, &y.PublishedAt, &y.Predikat)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the years of employee %d: %w", id, err)
	}
	return years, nil
}

// UnitYears returns the results of units in a cycle from one of its runs, by
// name: of the city and every dinas where under is 0, else of that unit and the
// units directly below it. run 0 gives people and distributions only.
func (s *Store) UnitYears(ctx context.Context, c appraisal.Cycle, run appraisal.RunID, under appraisal.UnitID) ([]scoring.UnitYear, error) {
	rows, _ := s.db.Query(ctx, `SELECT u.id, u.name, u.kind, coalesce(u.parent_id, 0), coalesce(u.dinas_id, 0), ur.body,
			coalesce(o.predikat, ''), coalesce(o.year, 0)
		FROM units u
		LEFT JOIN unit_results ur ON ur.unit_id = u.id AND ur.run_id = $2
		LEFT JOIN LATERAL (SELECT o.predikat, o.year FROM org_predikats o
			WHERE o.unit_id IN (u.id, u.dinas_id) AND o.year IN ($3, $3 - 1)
			ORDER BY o.year DESC, o.unit_id = u.id DESC LIMIT 1) o ON true
		WHERE CASE WHEN $4::bigint = 0 THEN u.kind IN ('city', 'dinas') ELSE u.id = $4 OR u.parent_id = $4 END
		  AND EXISTS (SELECT FROM participants p WHERE p.cycle_id = $1 AND p.dinas_id = coalesce(u.dinas_id, p.dinas_id))
		ORDER BY u.name, u.id`, c.ID, run, c.Year, under)
	units, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (scoring.UnitYear, error) {
		y := scoring.UnitYear{Year: c.Year, Stage: c.Stage, Run: run, Distribution: appraisal.Distribution{}}
		var body []byte
		err := row.Scan(&y.Unit.ID, &y.Unit.Name, &y.Unit.Kind, &y.Unit.Parent, &y.Unit.Dinas, &body, &y.Org, &y.OrgYear)
		if err == nil && body != nil {
			y.Result, err = scoring.ParseUnitResult(body)
		}
		return y, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading unit results of run %d: %w", run, err)
	}
	return units, s.addDistributions(ctx, c, units, under)
}

// addDistributions counts the final predikat of the city and every dinas, or of one unit
// and the units directly below it, each with everything below.
func (s *Store) addDistributions(ctx context.Context, c appraisal.Cycle, units []scoring.UnitYear, under appraisal.UnitID) error {
	at := make(map[appraisal.UnitID]int, len(units))
	for i := range units {
		at[units[i].Unit.ID] = i
	}
	rows, _ := s.db.Query(ctx, `WITH RECURSIVE tree AS (
			SELECT u.id AS top, u.id FROM units u
			WHERE CASE WHEN $2::bigint = 0 THEN u.kind IN ('city', 'dinas') ELSE u.id = $2 OR u.parent_id = $2 END
			UNION ALL
			SELECT tree.top, u.id FROM tree JOIN units u ON u.parent_id = tree.id
		)
		SELECT tree.top, ev.predikat, count(*) FROM tree
		JOIN participants p ON p.cycle_id = $1 AND p.unit_id = tree.id
		JOIN evaluations ev ON ev.cycle_id = p.cycle_id AND ev.employee_id = p.employee_id AND ev.state = 'final'
		GROUP BY tree.top, ev.predikat`, c.ID, under)
	var top appraisal.UnitID
	var p appraisal.Predikat
	var n int
	_, err := pgx.ForEachRow(rows, []any{&top, &p, &n}, func() error {
		if i, ok := at[top]; ok {
			units[i].Distribution[p] = n
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading distributions of cycle %d: %w", c.Year, err)
	}
	return nil
}

// Predecessors returns the units that a unit came from.
func (s *Store) Predecessors(ctx context.Context, id appraisal.UnitID) ([]appraisal.Unit, error) {
	rows, _ := s.db.Query(ctx, `SELECT u.id, u.name, u.kind, coalesce(u.parent_id, 0), coalesce(u.dinas_id, 0)
		FROM unit_predecessors p JOIN units u ON u.id = p.predecessor_id WHERE p.unit_id = $1 ORDER BY u.name, u.id`, id)
	units, err := pgx.CollectRows(rows, pgx.RowToStructByPos[appraisal.Unit])
	if err != nil {
		return nil, fmt.Errorf("reading predecessors of unit %d: %w", id, err)
	}
	return units, nil
}

// Unit returns a unit.
func (s *Store) Unit(ctx context.Context, id appraisal.UnitID) (appraisal.Unit, error) {
	rows, _ := s.db.Query(ctx, "SELECT u.id, u.name, u.kind, coalesce(u.parent_id, 0), coalesce(u.dinas_id, 0) FROM units u WHERE u.id = $1", id)
	u, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[appraisal.Unit])
	if err != nil {
		return u, fmt.Errorf("reading unit %d: %w", id, toError(err))
	}
	return u, nil
}

// UnitParents returns the parent of every unit that has one.
func (s *Store) UnitParents(ctx context.Context) (map[appraisal.UnitID]appraisal.UnitID, error) {
	rows, _ := s.db.Query(ctx, "SELECT id, parent_id FROM units WHERE parent_id IS NOT NULL")
	parents := make(map[appraisal.UnitID]appraisal.UnitID)
	var id, parent appraisal.UnitID
	_, err := pgx.ForEachRow(rows, []any{&id, &parent}, func() error { parents[id] = parent; return nil })
	if err != nil {
		return nil, fmt.Errorf("reading the organisation: %w", err)
	}
	return parents, nil
}
