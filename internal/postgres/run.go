package postgres

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

const selectRun = `SELECT r.id, r.cycle_id, r.rules_id, r.cycle_version, r.state, r.done, r.total, r.last_employee,
	r.input_digest, r.output_digest, coalesce(r.variance_peer, 0), coalesce(r.variance_subordinate, 0),
	r.requested_at, r.started_at, r.finished_at, r.failure FROM scoring_runs r`

func scanRun(row pgx.CollectableRow) (appraisal.Run, error) {
	var r appraisal.Run
	var started, finished *time.Time
	err := row.Scan(&r.ID, &r.CycleID, &r.RulesID, &r.CycleVersion, &r.State, &r.Done, &r.Total, &r.LastEmployee,
		&r.InputDigest, &r.OutputDigest, &r.VariancePeer, &r.VarianceSubordinate,
		&r.RequestedAt, &started, &finished, &r.Failure)
	r.StartedAt, r.FinishedAt = orZero(started), orZero(finished)
	return r, err
}

func oneRun(ctx context.Context, db interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}, id appraisal.RunID, lock string,
) (appraisal.Run, error) {
	rows, _ := db.Query(ctx, selectRun+" WHERE r.id = $1"+lock, id)
	r, err := pgx.CollectExactlyOneRow(rows, scanRun)
	if err != nil {
		return r, fmt.Errorf("reading run %d: %w", id, toError(err))
	}
	return r, nil
}

// Run returns a scoring run.
func (s *Store) Run(ctx context.Context, id appraisal.RunID) (appraisal.Run, error) {
	return oneRun(ctx, s.db, id, "")
}

// Runs returns the newest runs of a cycle, the newest first, at most 20.
func (s *Store) Runs(ctx context.Context, cycle appraisal.CycleID) ([]appraisal.Run, error) {
	rows, _ := s.db.Query(ctx, selectRun+" WHERE r.cycle_id = $1 ORDER BY r.id DESC LIMIT 20", cycle)
	runs, err := pgx.CollectRows(rows, scanRun)
	if err != nil {
		return nil, fmt.Errorf("reading runs of cycle %d: %w", cycle, err)
	}
	return runs, nil
}

// LatestRun returns the newest complete run of a cycle that no opening of the
// forms has made stale; for a published cycle the published one.
func (s *Store) LatestRun(ctx context.Context, c appraisal.Cycle) (appraisal.Run, error) {
	rows, _ := s.db.Query(ctx, selectRun+` WHERE r.cycle_id = $1 AND r.state = 'complete'
		AND CASE WHEN $2::bigint <> 0 THEN r.id = $2 ELSE r.cycle_version = $3 END ORDER BY r.id DESC LIMIT 1`,
		c.ID, c.PublishedRun, c.Version)
	r, err := pgx.CollectExactlyOneRow(rows, scanRun)
	if err != nil {
		return r, fmt.Errorf("reading the latest run of cycle %d: %w", c.Year, toError(err))
	}
	return r, nil
}

// StartRun stores a new run of a cycle in evaluation and queues it. It returns
// ErrRunActive while the run after is under way, and a run newer than that one
// instead of starting another.
func (s *Store) StartRun(ctx context.Context, actor appraisal.UserID, year int, after appraisal.RunID, now time.Time) (appraisal.Run, error) {
	var r appraisal.Run
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, selectCycle+" WHERE c.year = $1 FOR UPDATE OF c", year)
		c, err := pgx.CollectExactlyOneRow(rows, scanCycle)
		if err != nil {
			return fmt.Errorf("reading cycle %d: %w", year, toError(err))
		}
		if c.Stage != appraisal.StageEvaluation {
			return appraisal.ErrNotEvaluating
		}
		var id appraisal.RunID
		if err := tx.QueryRow(ctx, "SELECT coalesce(max(id), 0) FROM scoring_runs WHERE cycle_id = $1", c.ID).Scan(&id); err != nil {
			return fmt.Errorf("reading runs of cycle %d: %w", year, err)
		}
		if id > after {
			r, err = oneRun(ctx, tx, id, "")
			return err
		}
		err = tx.QueryRow(ctx, `INSERT INTO scoring_runs (cycle_id, rules_id, cycle_version, state, total, requested_by, requested_at)
			VALUES ($1, $2, $3, 'queued', (SELECT count(*) FROM participants WHERE cycle_id = $1), nullif($4::bigint, 0), $5) RETURNING id`,
			c.ID, c.RulesID, c.Version, actor, now).Scan(&id)
		if err != nil {
			return fmt.Errorf("starting a run of cycle %d: %w", year, toError(err))
		}
		if err := audit(ctx, tx, entry{Actor: actor, Act: "start_run", Subject: "run", ID: int64(id)}); err != nil {
			return err
		}
		if s.queue != nil {
			if err := s.queue.EnqueueRun(ctx, tx, id); err != nil {
				return err
			}
		}
		r, err = oneRun(ctx, tx, id, "")
		return err
	})
	return r, err
}

// TurnRun changes the state of a run: turn gets it locked. A run that becomes
// queued is put into the queue again.
func (s *Store) TurnRun(ctx context.Context, actor appraisal.UserID, id appraisal.RunID, act string,
	turn func(*appraisal.Run, appraisal.Cycle) error,
) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		r, err := oneRun(ctx, tx, id, " FOR UPDATE OF r")
		if err != nil {
			return err
		}
		rows, _ := tx.Query(ctx, selectCycle+" WHERE c.id = $1 FOR SHARE OF c", r.CycleID)
		c, err := pgx.CollectExactlyOneRow(rows, scanCycle)
		if err != nil {
			return fmt.Errorf("reading the cycle of run %d: %w", id, toError(err))
		}
		if err := turn(&r, c); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE scoring_runs SET state = $2, failure = $3 WHERE id = $1", id, r.State, r.Failure); err != nil {
			return fmt.Errorf("storing run %d: %w", id, toError(err))
		}
		if r.State == appraisal.RunQueued && s.queue != nil {
			if err := s.queue.EnqueueRun(ctx, tx, id); err != nil {
				return err
			}
		}
		return audit(ctx, tx, entry{Actor: actor, Act: act, Subject: "run", ID: int64(id)})
	})
}

// RequeueAbandoned puts every run that is to be worked on but that nobody works
// on into the queue again: after a crash, and where a resumed run's job came
// while the cancelled work was still ending. One job too many does no harm.
func (s *Store) RequeueAbandoned(ctx context.Context) error {
	rows, _ := s.db.Query(ctx, "SELECT id FROM scoring_runs WHERE state IN ('queued', 'working')")
	ids, err := pgx.CollectRows(rows, pgx.RowTo[appraisal.RunID])
	if err != nil {
		return fmt.Errorf("reading runs under way: %w", err)
	}
	for _, id := range ids {
		err := s.inTx(ctx, func(tx pgx.Tx) error {
			free, err := tryRunLock(ctx, tx, id)
			if err != nil || !free {
				return err
			}
			return s.queue.EnqueueRun(ctx, tx, id)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tryRunLock takes the lock of whoever works on a run, until tx ends.
func tryRunLock(ctx context.Context, tx pgx.Tx, id appraisal.RunID) (bool, error) {
	var got bool
	err := tx.QueryRow(ctx, "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || ' scoring run', $1))", id).Scan(&got)
	if err != nil {
		return false, fmt.Errorf("locking run %d: %w", id, err)
	}
	return got, nil
}

// ReadRun works on a run: it holds the run's lock, marks it working, and gives
// do a reader of its input, all of one moment. It returns ErrRunActive where
// somebody else works on it and ErrRunState where it is not to be worked on.
func (s *Store) ReadRun(ctx context.Context, id appraisal.RunID, now time.Time,
	do func(run appraisal.Run, read func(each func(*scoring.Input) error) error) error,
) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); err != nil {
			return fmt.Errorf("opening run %d: %w", id, err)
		}
		got, err := tryRunLock(ctx, tx, id)
		if err != nil {
			return err
		}
		if !got {
			return appraisal.ErrRunActive
		}
		run, err := s.markWorking(ctx, id, now)
		if err != nil {
			return err
		}
		return do(run, func(each func(*scoring.Input) error) error { return readInputs(ctx, tx, run.CycleID, each) })
	})
}

func (s *Store) markWorking(ctx context.Context, id appraisal.RunID, now time.Time) (appraisal.Run, error) {
	tag, err := s.db.Exec(ctx, `UPDATE scoring_runs SET state = 'working', started_at = coalesce(started_at, $2), failure = ''
		WHERE id = $1 AND state IN ('queued', 'working')`, id, now)
	if err != nil {
		return appraisal.Run{}, fmt.Errorf("marking run %d: %w", id, toError(err))
	}
	if tag.RowsAffected() == 0 {
		return appraisal.Run{}, appraisal.ErrRunState
	}
	return s.Run(ctx, id)
}

// selectInputs gives a row for each participant and one for each form about
// them, in the order of the people. It sorts what it reads in the order in
// which that lies: a join in the order of an index would fetch every form from
// another page of the disk. A draft has no answers here.
const selectInputs = `SELECT employee_id, supervisor_id, unit_id, NULL AS kind, NULL::smallint[] AS answers
		FROM participants WHERE cycle_id = $1
	UNION ALL
	SELECT ratee_id, NULL, NULL, kind, CASE WHEN state = 'submitted' THEN answers END
		FROM reviews WHERE cycle_id = $1
	ORDER BY 1`

// readInputs streams what a run reads, one employee at a time in the order of
// their ids. The input is reused: each must not keep anything of it.
func readInputs(ctx context.Context, tx pgx.Tx, cycle appraisal.CycleID, each func(*scoring.Input) error) error {
	if _, err := tx.Exec(ctx, "SELECT set_config('work_mem', '128MB', true), set_config('enable_indexscan', 'off', true)"); err != nil {
		return fmt.Errorf("preparing to read forms: %w", err)
	}
	// Values are read as they come, without the detour over any: there are
	// tens of millions in a large run.
	rows, err := tx.Query(ctx, selectInputs, pgx.QueryExecModeCacheDescribe, pgx.QueryResultFormats{pgx.BinaryFormatCode}, cycle)
	if err != nil {
		return fmt.Errorf("reading forms: %w", err)
	}
	defer rows.Close()
	var in scoring.Input
	var answers []appraisal.Answer // of the employee
	for rows.Next() {
		row := rows.RawValues()
		if id := appraisal.EmployeeID(int64Of(row[0])); id != in.Employee {
			if in.Employee != 0 {
				if err := each(&in); err != nil {
					return err
				}
			}
			in = scoring.Input{Employee: id, Forms: in.Forms[:0]}
			answers = answers[:0]
		}
		kind, sent := row[3], row[4]
		if kind == nil {
			in.Supervisor, in.Unit = appraisal.EmployeeID(int64Of(row[1])), appraisal.UnitID(int64Of(row[2]))
			continue
		}
		form := scoring.Form{Kind: kindOf(kind)}
		in.Invited.Add(form.Kind, 1)
		if sent == nil {
			continue
		}
		from := len(answers)
		if answers, err = appendAnswers(answers, sent); err != nil {
			return fmt.Errorf("reading a form about employee %d: %w", in.Employee, err)
		}
		form.Answers = answers[from:len(answers):len(answers)]
		in.Forms = append(in.Forms, form)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading forms: %w", err)
	}
	if in.Employee == 0 {
		return nil
	}
	return each(&in)
}

// int64Of reads a bigint in the format of the wire; 0 for NULL.
func int64Of(raw []byte) int64 {
	if len(raw) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(raw))
}

// kindOf reads a kind of review without a new string for each.
func kindOf(raw []byte) appraisal.ReviewKind {
	for _, k := range appraisal.ReviewKinds {
		if string(raw) == string(k) {
			return k
		}
	}
	return appraisal.ReviewKind(raw)
}

// errArray says that the server sent something else than an array of smallint.
var errArray = errors.New("not an array of smallint")

// appendAnswers reads a smallint[] in the format of the wire: the number of
// dimensions, a flag, the type, for the one dimension its length and lower
// bound, then the elements, each with its length, which is -1 for NULL. That
// is "tidak dapat menilai", for what is read here is sent.
func appendAnswers(dst []appraisal.Answer, raw []byte) ([]appraisal.Answer, error) {
	const head, null = 20, 0xffffffff
	if len(raw) < head || binary.BigEndian.Uint32(raw) != 1 || binary.BigEndian.Uint32(raw[8:]) != pgtype.Int2OID {
		return dst, errArray
	}
	n := int(binary.BigEndian.Uint32(raw[12:]))
	raw = raw[head:]
	for range n {
		switch {
		case len(raw) >= 4 && binary.BigEndian.Uint32(raw) == null:
			dst, raw = append(dst, appraisal.CannotRate), raw[4:]
		case len(raw) >= 6 && binary.BigEndian.Uint32(raw) == 2:
			dst, raw = append(dst, appraisal.Answer(int16(binary.BigEndian.Uint16(raw[4:])))), raw[6:]
		default:
			return dst, errArray
		}
	}
	return dst, nil
}

// PutResults stores the results of the next employees of a run and how far it
// is. It returns ErrRunState where the run was cancelled meanwhile.
func (s *Store) PutResults(ctx context.Context, run appraisal.RunID, batch []scoring.Stored, done int) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		last := batch[len(batch)-1].Employee
		tag, err := tx.Exec(ctx, "UPDATE scoring_runs SET done = $2, last_employee = $3 WHERE id = $1 AND state = 'working' AND last_employee < $3",
			run, done, last)
		if err != nil {
			return fmt.Errorf("storing the progress of run %d: %w", run, toError(err))
		}
		if tag.RowsAffected() == 0 {
			return appraisal.ErrRunState
		}
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"employee_results"},
			[]string{"run_id", "employee_id", "index_num", "index_den", "body"},
			pgx.CopyFromSlice(len(batch), func(i int) ([]any, error) {
				r := batch[i]
				if !r.Index.Valid() {
					return []any{run, r.Employee, nil, nil, r.Body}, nil
				}
				return []any{run, r.Employee, r.Index.Num, r.Index.Den, r.Body}, nil
			}))
		if err != nil {
			return fmt.Errorf("storing results of run %d: %w", run, toError(err))
		}
		return nil
	})
}

// FinishRun stores the results of the units and makes the run complete.
func (s *Store) FinishRun(ctx context.Context, run appraisal.Run, units []scoring.StoredUnit, now time.Time) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"unit_results"}, []string{"run_id", "unit_id", "people", "body"},
			pgx.CopyFromSlice(len(units), func(i int) ([]any, error) {
				return []any{run.ID, units[i].Unit, units[i].People, units[i].Body}, nil
			}))
		if err != nil {
			return fmt.Errorf("storing unit results of run %d: %w", run.ID, toError(err))
		}
		tag, err := tx.Exec(ctx, `UPDATE scoring_runs SET state = 'complete', done = total, input_digest = $2, output_digest = $3,
				variance_peer = nullif($4::double precision, 0), variance_subordinate = nullif($5::double precision, 0), finished_at = $6
			WHERE id = $1 AND state = 'working'`,
			run.ID, run.InputDigest, run.OutputDigest, run.VariancePeer, run.VarianceSubordinate, now)
		if err != nil {
			return fmt.Errorf("finishing run %d: %w", run.ID, toError(err))
		}
		if tag.RowsAffected() == 0 {
			return appraisal.ErrRunState
		}
		return audit(ctx, tx, entry{Act: "complete_run", Subject: "run", ID: int64(run.ID)})
	})
}

// FailRun marks a run as failed, for the reason an operator will read.
func (s *Store) FailRun(ctx context.Context, id appraisal.RunID, reason string, now time.Time) error {
	_, err := s.db.Exec(ctx, "UPDATE scoring_runs SET state = 'failed', failure = $2, finished_at = $3 WHERE id = $1 AND state IN ('queued', 'working')",
		id, reason, now)
	if err != nil {
		return fmt.Errorf("failing run %d: %w", id, toError(err))
	}
	return nil
}
