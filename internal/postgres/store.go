package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/puddle/v2"

	"rancak/internal/appraisal"
)

// Config says how to reach the database.
type Config struct {
	URL string
	// ExecMode is how statements are sent; cache_describe, exec or
	// simple_protocol behind PgBouncer in transaction mode.
	ExecMode string
	// StatementTimeout and LockTimeout bound each statement; 0 leaves the
	// server's setting, which is needed behind PgBouncer.
	StatementTimeout, LockTimeout time.Duration
	// MaxConns bounds the pool; 0 is a bound that fits the machine.
	MaxConns int32
}

// leastConns is how many connections a pool may open at least: saves wait for
// the disk, and meanwhile others can be worked on.
const leastConns = 16

// execModes maps the setting to pgx. describe_exec is left out on purpose:
// behind PgBouncer it returned rows of another statement.
var execModes = map[string]pgx.QueryExecMode{
	"":                pgx.QueryExecModeCacheStatement,
	"cache_statement": pgx.QueryExecModeCacheStatement,
	"cache_describe":  pgx.QueryExecModeCacheDescribe,
	"exec":            pgx.QueryExecModeExec,
	"simple_protocol": pgx.QueryExecModeSimpleProtocol,
}

// ExecModeValid reports whether a setting names a mode that may be used.
func ExecModeValid(mode string) bool {
	_, ok := execModes[mode]
	return ok
}

// Open returns a pool of connections. It does not wait for the database.
func Open(ctx context.Context, c Config) (*pgxpool.Pool, error) {
	pc, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("reading the database URL: %w", err)
	}
	mode, ok := execModes[c.ExecMode]
	if !ok {
		return nil, fmt.Errorf("exec mode %q is unknown or unsafe", c.ExecMode)
	}
	pc.ConnConfig.DefaultQueryExecMode = mode
	pc.MaxConns = c.MaxConns
	if pc.MaxConns == 0 {
		pc.MaxConns = int32(max(leastConns, 4*runtime.GOMAXPROCS(0)))
	}
	if c.StatementTimeout > 0 {
		pc.ConnConfig.RuntimeParams["statement_timeout"] = fmt.Sprint(c.StatementTimeout.Milliseconds())
		pc.ConnConfig.RuntimeParams["lock_timeout"] = fmt.Sprint(c.LockTimeout.Milliseconds())
	}
	pc.ConnConfig.RuntimeParams["application_name"] = "rancak"
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	return pool, nil
}

// database is what a pool and a transaction have in common.
type database interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Queue puts background work into the queue in the transaction of its cause.
type Queue interface {
	EnqueueRun(ctx context.Context, tx pgx.Tx, id appraisal.RunID) error
}

// Store reads and writes domain values.
type Store struct {
	db    database
	queue Queue
	// instruments and rules never change once used, so they are kept.
	instruments sync.Map // appraisal.InstrumentID → appraisal.Instrument
	rules       sync.Map // appraisal.RulesID → appraisal.Rules
}

// New returns a store on a pool, or on a transaction in tests. queue may be
// nil where nothing is queued.
func New(db database, queue Queue) *Store { return &Store{db: db, queue: queue} }

// inTx runs do in a transaction: committed when it returns nil, else rolled
// back, also on panic.
func (s *Store) inTx(ctx context.Context, do func(tx pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.db, do)
}

// Ready reports whether the database answers and has at least that version of
// the schema.
func (s *Store) Ready(ctx context.Context, version int) error {
	var have int
	if err := s.db.QueryRow(ctx, "SELECT coalesce(max(version), 0) FROM migration_markers").Scan(&have); err != nil {
		return fmt.Errorf("reading the schema version: %w", err)
	}
	if have < version {
		return fmt.Errorf("schema version %d, need %d", have, version)
	}
	return nil
}

// Instance says what this installation is. It returns ErrNotFound for a
// database that holds nothing yet.
func (s *Store) Instance(ctx context.Context) (appraisal.Instance, error) {
	var i appraisal.Instance
	err := s.db.QueryRow(ctx, "SELECT city, demonstration FROM instance").Scan(&i.City, &i.Demonstration)
	if err != nil {
		return i, fmt.Errorf("reading the instance: %w", toError(err))
	}
	return i, nil
}

// entry is one row of the audit trail.
type entry struct {
	Actor   appraisal.UserID // 0: the program or an operator
	Act     string
	Subject string
	ID      int64
	Detail  map[string]any
}

// audit writes an entry in the transaction of the change it records.
func audit(ctx context.Context, tx pgx.Tx, e entry) error {
	detail := []byte("{}")
	if len(e.Detail) > 0 {
		var err error
		if detail, err = json.Marshal(e.Detail); err != nil {
			return fmt.Errorf("encoding an audit entry: %w", err)
		}
	}
	_, err := tx.Exec(ctx, `INSERT INTO audit_entries (user_id, act, subject, subject_id, detail)
		VALUES (nullif($1::bigint, 0), $2, $3, $4, $5::text::jsonb)`, e.Actor, e.Act, e.Subject, e.ID, string(detail))
	if err != nil {
		return fmt.Errorf("writing the audit entry: %w", err)
	}
	return nil
}

// constraints maps violated constraints to what they mean for a person.
var constraints = map[string]error{
	"scoring_runs_one_active": appraisal.ErrRunActive,
}

// toError turns what the database says into the domain's words where it has some.
func toError(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return appraisal.ErrNotFound
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if known, ok := constraints[pg.ConstraintName]; ok {
			return known
		}
	}
	return err
}

// texts and numbers return a list as one of a basic type, the only kind that
// pgx can encode in every exec mode.
func texts[T ~string](list []T) []string {
	basic := make([]string, len(list))
	for i, v := range list {
		basic[i] = string(v)
	}
	return basic
}

// numbers returns nil for nil, which is NULL.
func numbers[T ~int64](list []T) []int64 {
	if list == nil {
		return nil
	}
	basic := make([]int64, len(list))
	for i, v := range list {
		basic[i] = int64(v)
	}
	return basic
}

// personName is an employee e with titles, as it is written in letters.
const personName = `(CASE WHEN e.title_front <> '' THEN e.title_front || ' ' ELSE '' END || e.name ||
	CASE WHEN e.title_back <> '' THEN ', ' || e.title_back ELSE '' END)`

// Empty reports whether the database holds neither people nor accounts.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	var empty bool
	err := s.db.QueryRow(ctx, "SELECT NOT EXISTS (SELECT FROM employees) AND NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM instance)").Scan(&empty)
	if err != nil {
		return false, fmt.Errorf("looking for people: %w", err)
	}
	return empty, nil
}

// Unavailable reports whether an error means that the database cannot be
// reached, is starting or stopping, or is too busy to answer in time.
func Unavailable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case strings.HasPrefix(pg.Code, "08"), strings.HasPrefix(pg.Code, "53"), strings.HasPrefix(pg.Code, "57"):
			return true // connection, resources, operator or timeout
		case pg.Code == "55P03", pg.Code == "25P03":
			return true // lock or idle timeout
		}
		return false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || pgconn.Timeout(err) || errors.Is(err, puddle.ErrClosedPool) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, syscall.EPIPE)
}
