package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

// participantColumns are the columns of participants p joined with employees e
// and units u, d.
const participantColumns = `p.cycle_id, p.employee_id, e.nip, ` + personName + `, p.unit_id, u.name, p.dinas_id, d.name,
	p.position_title, p.position_kind, p.grade, coalesce(p.supervisor_id, 0), coalesce(p.reviewer_id, 0), coalesce(p.leads_unit_id, 0)`

const participantJoins = ` FROM participants p JOIN employees e ON e.id = p.employee_id
	JOIN units u ON u.id = p.unit_id JOIN units d ON d.id = p.dinas_id `

func participantTargets(p *appraisal.Participant) []any {
	return []any{&p.CycleID, &p.EmployeeID, &p.NIP, &p.Name, &p.Unit, &p.UnitName, &p.Dinas, &p.DinasName,
		&p.Position, &p.Kind, &p.Grade, &p.Supervisor, &p.Reviewer, &p.LeadsUnit}
}

// Participant returns an employee as they were in a cycle.
func (s *Store) Participant(ctx context.Context, cycle appraisal.CycleID, id appraisal.EmployeeID) (appraisal.Participant, error) {
	var p appraisal.Participant
	err := s.db.QueryRow(ctx, "SELECT "+participantColumns+participantJoins+"WHERE p.cycle_id = $1 AND p.employee_id = $2", cycle, id).
		Scan(participantTargets(&p)...)
	if err != nil {
		return p, fmt.Errorf("reading participant %d: %w", id, toError(err))
	}
	return p, nil
}

// Team returns the people of a supervisor in a cycle, by name.
func (s *Store) Team(ctx context.Context, cycle appraisal.CycleID, supervisor appraisal.EmployeeID) ([]appraisal.Member, error) {
	rows, _ := s.db.Query(ctx, `SELECT `+participantColumns+`, f.invited, f.sent,
			coalesce(o.id, 0), coalesce(o.state, 'draft'), coalesce(o.items, 0), o.submitted_at,
			(SELECT count(*) FROM unnest(o.versions[1:o.items]) v WHERE v > 0),
			coalesce(ev.state, 'open'), coalesce(ev.predikat, '')`+participantJoins+`
		LEFT JOIN reviews o ON o.cycle_id = p.cycle_id AND o.ratee_id = p.employee_id AND o.kind = 'supervisor' AND o.rater_id = $2
		LEFT JOIN evaluations ev ON ev.cycle_id = p.cycle_id AND ev.employee_id = p.employee_id
		CROSS JOIN LATERAL (
			SELECT ARRAY[count(*) FILTER (WHERE r.kind = 'self'), count(*) FILTER (WHERE r.kind = 'supervisor'),
					count(*) FILTER (WHERE r.kind = 'peer'), count(*) FILTER (WHERE r.kind = 'subordinate')] AS invited,
				ARRAY[count(*) FILTER (WHERE r.kind = 'self' AND r.state = 'submitted'), count(*) FILTER (WHERE r.kind = 'supervisor' AND r.state = 'submitted'),
					count(*) FILTER (WHERE r.kind = 'peer' AND r.state = 'submitted'), count(*) FILTER (WHERE r.kind = 'subordinate' AND r.state = 'submitted')] AS sent
			FROM reviews r WHERE r.cycle_id = p.cycle_id AND r.ratee_id = p.employee_id) f
		WHERE p.cycle_id = $1 AND p.supervisor_id = $2 ORDER BY e.name, e.id`, cycle, supervisor)
	team, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (appraisal.Member, error) {
		var m appraisal.Member
		var invited, sent []int64
		var at *time.Time
		err := row.Scan(append(participantTargets(&m.Participant), &invited, &sent,
			&m.Own.Review, &m.Own.State, &m.Own.Items, &at, &m.Own.Answered, &m.Evaluation, &m.Predikat)...)
		if err != nil {
			return m, err
		}
		for i := range m.Completion.Invited {
			m.Completion.Invited[i], m.Completion.Sent[i] = int(invited[i]), int(sent[i])
		}
		p := m.Participant
		m.Own.Kind, m.Own.Ratee, m.Own.RateeName, m.Own.SubmittedAt = appraisal.KindSupervisor, p.EmployeeID, p.Name, orZero(at)
		m.Own.RateePosition, m.Own.RateeUnit = p.Position, p.UnitName
		return m, nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the team of employee %d: %w", supervisor, err)
	}
	return team, nil
}

const selectEvaluation = `SELECT ev.state, ev.evaluator_id, coalesce(ev.own_work, ''), coalesce(ev.own_behaviour, ''), ev.entered_at,
	coalesce(ev.proposal, ''), coalesce(ev.run_id, 0), coalesce(ev.work, ''), coalesce(ev.behaviour, ''), coalesce(ev.predikat, ''),
	ev.work_reason, ev.behaviour_reason, ev.recommendation, ev.final_at, ev.version
	FROM evaluations ev WHERE ev.cycle_id = $1 AND ev.employee_id = $2`

// Evaluation returns the evaluation of an employee, an open one of the given
// evaluator where nothing is stored yet.
func (s *Store) Evaluation(ctx context.Context, p appraisal.Participant) (appraisal.Evaluation, error) {
	return evaluationOf(ctx, s.db.QueryRow(ctx, selectEvaluation, p.CycleID, p.EmployeeID), p)
}

func evaluationOf(_ context.Context, row pgx.Row, p appraisal.Participant) (appraisal.Evaluation, error) {
	e := appraisal.Evaluation{CycleID: p.CycleID, EmployeeID: p.EmployeeID}
	var entered, final *time.Time
	err := row.Scan(&e.State, &e.Evaluator, &e.OwnWork, &e.OwnBehaviour, &entered, &e.Proposal, &e.Run, &e.Work, &e.Behaviour,
		&e.Predikat, &e.WorkReason, &e.BehaviourReason, &e.Recommendation, &final, &e.Version)
	if errors.Is(toError(err), appraisal.ErrNotFound) {
		e.State, e.Evaluator = appraisal.EvaluationOpen, p.Supervisor
		return e, nil
	}
	if err != nil {
		return e, fmt.Errorf("reading the evaluation of employee %d: %w", p.EmployeeID, err)
	}
	e.EnteredAt, e.FinalAt = orZero(entered), orZero(final)
	return e, nil
}

// UpdateEvaluation changes the evaluation of one of the actor's own people at
// the version they saw. It returns ErrNotFound for other people's, ErrConflict
// where it was changed since, and ErrNotEvaluating outside that stage. The
// cycle cannot move on meanwhile.
func (s *Store) UpdateEvaluation(ctx context.Context, actor appraisal.Actor, p appraisal.Participant, version int, act string,
	change func(*appraisal.Evaluation) error,
) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var stage appraisal.Stage
		err := tx.QueryRow(ctx, `SELECT c.stage FROM participants p JOIN cycles c ON c.id = p.cycle_id
			WHERE p.cycle_id = $1 AND p.employee_id = $2 AND p.supervisor_id = $3 FOR UPDATE OF p FOR SHARE OF c`,
			p.CycleID, p.EmployeeID, actor.Employee).Scan(&stage)
		if err != nil {
			return fmt.Errorf("reading participant %d: %w", p.EmployeeID, toError(err))
		}
		if stage != appraisal.StageEvaluation {
			return appraisal.ErrNotEvaluating
		}
		e, err := evaluationOf(ctx, tx.QueryRow(ctx, selectEvaluation, p.CycleID, p.EmployeeID), p)
		if err != nil {
			return err
		}
		if e.Version != version {
			return appraisal.ErrConflict
		}
		e.Evaluator = actor.Employee
		if err := change(&e); err != nil {
			return err
		}
		if err := putEvaluation(ctx, tx, e); err != nil {
			return err
		}
		return audit(ctx, tx, entry{Actor: actor.User, Act: act, Subject: "evaluation", ID: int64(e.EmployeeID),
			Detail: map[string]any{"cycle": e.CycleID, "version": e.Version, "own_work": e.OwnWork, "own_behaviour": e.OwnBehaviour,
				"work": e.Work, "behaviour": e.Behaviour, "predikat": e.Predikat, "proposal": e.Proposal, "run": e.Run}})
	})
}

func putEvaluation(ctx context.Context, tx pgx.Tx, e appraisal.Evaluation) error {
	when := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	_, err := tx.Exec(ctx, `INSERT INTO evaluations (cycle_id, employee_id, evaluator_id, state, own_work, own_behaviour, entered_at,
			proposal, run_id, work, behaviour, predikat, work_reason, behaviour_reason, recommendation, final_at, version)
		VALUES (@cycle, @employee, @evaluator, @state, nullif(@own_work, ''), nullif(@own_behaviour, ''), @entered,
			nullif(@proposal, ''), nullif(@run::bigint, 0), nullif(@work, ''), nullif(@behaviour, ''), nullif(@predikat, ''),
			@work_reason, @behaviour_reason, @recommendation, @final, @version)
		ON CONFLICT (cycle_id, employee_id) DO UPDATE SET evaluator_id = excluded.evaluator_id, state = excluded.state,
			own_work = excluded.own_work, own_behaviour = excluded.own_behaviour, entered_at = excluded.entered_at,
			proposal = excluded.proposal, run_id = excluded.run_id, work = excluded.work, behaviour = excluded.behaviour,
			predikat = excluded.predikat, work_reason = excluded.work_reason, behaviour_reason = excluded.behaviour_reason,
			recommendation = excluded.recommendation, final_at = excluded.final_at, version = excluded.version`,
		pgx.StrictNamedArgs{
			"cycle": e.CycleID, "employee": e.EmployeeID, "evaluator": e.Evaluator, "state": e.State,
			"own_work": e.OwnWork, "own_behaviour": e.OwnBehaviour, "entered": when(e.EnteredAt),
			"proposal": e.Proposal, "run": e.Run, "work": e.Work, "behaviour": e.Behaviour, "predikat": e.Predikat,
			"work_reason": e.WorkReason, "behaviour_reason": e.BehaviourReason, "recommendation": e.Recommendation,
			"final": when(e.FinalAt), "version": e.Version,
		})
	if err != nil {
		return fmt.Errorf("storing the evaluation of employee %d: %w", e.EmployeeID, toError(err))
	}
	return nil
}

// OrgPredikat returns the organisation predikat of a unit and its year: the
// year before where this one's is not set yet (Lampiran IV.B.1). It is "" where
// the unit has neither.
func (s *Store) OrgPredikat(ctx context.Context, unit appraisal.UnitID, year int) (appraisal.OrgPredikat, int, error) {
	var org appraisal.OrgPredikat
	var of int
	err := s.db.QueryRow(ctx, `SELECT predikat, year FROM org_predikats
		WHERE unit_id = $1 AND year IN ($2, $2 - 1) ORDER BY year DESC LIMIT 1`, unit, year).Scan(&org, &of)
	if errors.Is(toError(err), appraisal.ErrNotFound) {
		return "", 0, nil
	}
	if err != nil {
		return "", 0, fmt.Errorf("reading the organisation predikat of unit %d: %w", unit, err)
	}
	return org, of, nil
}
