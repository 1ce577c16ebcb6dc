package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

// reviewRow is a row of reviews with its cycle and the person it is about.
type reviewRow struct {
	ID          int64      `db:"id"`
	CycleID     int64      `db:"cycle_id"`
	Kind        string     `db:"kind"`
	RateeID     int64      `db:"ratee_id"`
	RaterID     int64      `db:"rater_id"`
	Instrument  int64      `db:"instrument_id"`
	State       string     `db:"state"`
	Answers     []*int16   `db:"answers"`
	Versions    []int16    `db:"versions"`
	Comments    []string   `db:"comments"`
	SubmittedAt *time.Time `db:"submitted_at"`
	Year        int        `db:"year"`
	Stage       string     `db:"stage"`
	RulesID     int64      `db:"rules_id"`
	FormsDue    time.Time  `db:"forms_due"`
	RateeName   string     `db:"ratee_name"`
	Position    string     `db:"position_title"`
	UnitName    string     `db:"unit_name"`
}

// selectReview reads one form of a rater: the relation is part of the query,
// so that somebody else's form does not exist.
const selectReview = `SELECT r.id, r.cycle_id, r.kind, r.ratee_id, r.rater_id, r.instrument_id, r.state,
		r.answers, r.versions, r.comments, r.submitted_at, c.year, c.stage, c.rules_id, c.forms_due,
		` + personName + ` AS ratee_name, p.position_title, u.name AS unit_name
	FROM reviews r
	JOIN cycles c ON c.id = r.cycle_id
	JOIN participants p ON p.cycle_id = r.cycle_id AND p.employee_id = r.ratee_id
	JOIN employees e ON e.id = r.ratee_id
	JOIN units u ON u.id = p.unit_id
	WHERE r.id = $1 AND r.rater_id = $2`

func (row reviewRow) form() appraisal.ReviewForm {
	f := appraisal.ReviewForm{
		Review: appraisal.Review{
			ID: appraisal.ReviewID(row.ID), CycleID: appraisal.CycleID(row.CycleID),
			Kind:  appraisal.ReviewKind(row.Kind),
			Ratee: appraisal.EmployeeID(row.RateeID), Rater: appraisal.EmployeeID(row.RaterID),
			Instrument: appraisal.InstrumentID(row.Instrument), State: appraisal.ReviewState(row.State),
			Answers: make([]appraisal.Answer, len(row.Answers)), Comments: row.Comments,
			Versions: make([]int, len(row.Versions)), SubmittedAt: orZero(row.SubmittedAt),
		},
		Cycle: appraisal.Cycle{
			ID: appraisal.CycleID(row.CycleID), Year: row.Year,
			Stage: appraisal.Stage(row.Stage), RulesID: appraisal.RulesID(row.RulesID), FormsDue: row.FormsDue,
		},
		Ratee: appraisal.Participant{
			CycleID: appraisal.CycleID(row.CycleID), EmployeeID: appraisal.EmployeeID(row.RateeID),
			Name: row.RateeName, Position: row.Position, UnitName: row.UnitName,
		},
	}
	for i, v := range row.Versions {
		f.Review.Versions[i] = int(v)
	}
	for i, a := range row.Answers {
		switch {
		case a != nil:
			f.Review.Answers[i] = appraisal.Answer(*a)
		case row.Versions[i] > 0:
			f.Review.Answers[i] = appraisal.CannotRate
		}
	}
	return f
}

// columns returns answers and versions as the database keeps them.
func columns(r appraisal.Review) (answers []*int16, versions []int16) {
	answers, versions = make([]*int16, len(r.Answers)), make([]int16, len(r.Versions))
	for i, a := range r.Answers {
		if a.OnScale() {
			v := int16(a)
			answers[i] = &v
		}
	}
	for i, v := range r.Versions {
		versions[i] = int16(v)
	}
	return answers, versions
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// ReviewForm returns a form of a rater. It returns ErrNotFound for a form that
// does not exist or is not the rater's.
func (s *Store) ReviewForm(ctx context.Context, rater appraisal.EmployeeID, id appraisal.ReviewID) (appraisal.ReviewForm, error) {
	rows, _ := s.db.Query(ctx, selectReview, id, rater)
	return s.collectForm(ctx, s.db, id, rows)
}

func (s *Store) collectForm(ctx context.Context, db database, id appraisal.ReviewID, rows pgx.Rows) (appraisal.ReviewForm, error) {
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[reviewRow])
	if err != nil {
		return appraisal.ReviewForm{}, fmt.Errorf("reading review %d: %w", id, toError(err))
	}
	f := row.form()
	f.Instrument, err = s.instrument(ctx, db, f.Review.Instrument)
	return f, err
}

// saveTries bounds how often a save is tried again when another save of the
// same form came between; each try that loses means that another one won.
const saveTries = 10

// SaveReview changes a draft: change gets the form as it is now and alters it.
// The write takes effect only if nobody saved the form in between and the
// forms are still open, else everything is read and decided anew. Two
// statements without a transaction do this in half the time of a lock.
func (s *Store) SaveReview(ctx context.Context, rater appraisal.EmployeeID, id appraisal.ReviewID,
	change func(*appraisal.ReviewForm) error,
) (appraisal.ReviewForm, error) {
	for range saveTries {
		f, err := s.ReviewForm(ctx, rater, id)
		if err != nil {
			return f, err
		}
		_, before := columns(f.Review)
		if err := change(&f); err != nil {
			return f, err
		}
		answers, versions := columns(f.Review)
		tag, err := s.db.Exec(ctx, `UPDATE reviews r SET answers = $3, versions = $4, comments = $5
			WHERE r.id = $1 AND r.rater_id = $2 AND r.state = 'draft' AND r.versions = $6
			  AND EXISTS (SELECT FROM cycles c WHERE c.id = r.cycle_id AND c.stage = 'filling')`,
			id, rater, answers, versions, f.Review.Comments, before)
		if err != nil {
			return f, fmt.Errorf("saving review %d: %w", id, toError(err))
		}
		if tag.RowsAffected() == 1 {
			return f, nil
		}
	}
	return appraisal.ReviewForm{}, appraisal.ErrBusy
}

// TurnReview changes the state of a form: turn gets it locked, with the cycle
// kept from moving on, and sends or reopens it.
func (s *Store) TurnReview(ctx context.Context, actor appraisal.Actor, id appraisal.ReviewID, act string,
	turn func(*appraisal.ReviewForm) error,
) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, selectReview+" FOR UPDATE OF r FOR SHARE OF c", id, actor.Employee)
		f, err := s.collectForm(ctx, tx, id, rows)
		if err != nil {
			return err
		}
		if err := turn(&f); err != nil {
			return err
		}
		var at *time.Time
		if !f.Review.SubmittedAt.IsZero() {
			at = &f.Review.SubmittedAt
		}
		if _, err := tx.Exec(ctx, "UPDATE reviews SET state = $2, submitted_at = $3 WHERE id = $1", id, f.Review.State, at); err != nil {
			return fmt.Errorf("storing review %d: %w", id, toError(err))
		}
		return audit(ctx, tx, entry{Actor: actor.User, Act: act, Subject: "review", ID: int64(id)})
	})
}

// Tasks returns the forms somebody is asked to fill in a cycle: the own first,
// then by kind and name.
func (s *Store) Tasks(ctx context.Context, rater appraisal.EmployeeID, cycle appraisal.CycleID) ([]appraisal.Task, error) {
	rows, _ := s.db.Query(ctx, `SELECT r.id, r.kind, r.ratee_id, `+personName+`, p.position_title, u.name, r.state,
			(SELECT count(*) FROM unnest(r.versions[1:r.items]) v WHERE v > 0), r.items, r.submitted_at
		FROM reviews r
		JOIN participants p ON p.cycle_id = r.cycle_id AND p.employee_id = r.ratee_id
		JOIN employees e ON e.id = r.ratee_id
		JOIN units u ON u.id = p.unit_id
		WHERE r.rater_id = $1 AND r.cycle_id = $2
		ORDER BY array_position(ARRAY['self', 'supervisor', 'peer', 'subordinate'], r.kind), e.name, r.ratee_id`, rater, cycle)
	tasks, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (appraisal.Task, error) {
		var t appraisal.Task
		var at *time.Time
		err := row.Scan(&t.Review, &t.Kind, &t.Ratee, &t.RateeName, &t.RateePosition, &t.RateeUnit, &t.State,
			&t.Answered, &t.Items, &at)
		t.SubmittedAt = orZero(at)
		return t, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading tasks of employee %d: %w", rater, err)
	}
	return tasks, nil
}

// Comments returns the comments of sent forms about an employee, of some
// kinds, in an order that tells neither rater nor time.
func (s *Store) Comments(ctx context.Context, cycle appraisal.CycleID, ratee appraisal.EmployeeID, kinds []appraisal.ReviewKind) ([]appraisal.Comment, error) {
	rows, _ := s.db.Query(ctx, `SELECT r.kind, c.ordinal - 1, c.body
		FROM reviews r, unnest(r.comments) WITH ORDINALITY AS c (body, ordinal)
		WHERE r.cycle_id = $1 AND r.ratee_id = $2 AND r.state = 'submitted' AND r.kind = ANY ($3) AND c.body <> ''
		ORDER BY c.ordinal, md5(c.body)`, cycle, ratee, texts(kinds))
	comments, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (appraisal.Comment, error) {
		var c appraisal.Comment
		return c, row.Scan(&c.Kind, &c.Behaviour, &c.Text)
	})
	if err != nil {
		return nil, fmt.Errorf("reading comments about employee %d: %w", ratee, err)
	}
	return comments, nil
}
