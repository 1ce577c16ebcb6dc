package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
	"rancak/internal/testdb"
)

// office returns a store on the office of package fixture, rolled back at the end.
func office(t *testing.T) (*postgres.Store, pgx.Tx) {
	t.Helper()
	tx := testdb.Tx(t)
	fixture.Office(t, tx)
	return postgres.New(tx, nil), tx
}

// committed returns a store on an office that others can see.
func committed(t *testing.T) (*postgres.Store, *pgxpool.Pool) {
	t.Helper()
	pool := testdb.Pool(t)
	fixture.Office(t, pool)
	return postgres.New(pool, nil), pool
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(0)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// refused runs SQL in a savepoint and returns the name of the constraint, or
// else the code, with which the database refused it.
func refused(t *testing.T, tx pgx.Tx, sql string, args ...any) string {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), tx, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), sql, args...)
		return err
	})
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		t.Errorf("the database took %s: %v", sql, err)
		return ""
	}
	if pg.ConstraintName != "" {
		return pg.ConstraintName
	}
	return pg.Code
}

// restrictViolation is the code of triggers that refuse a change.
const restrictViolation = "23001"

// audits returns the entries of the audit trail as "act subject number user".
func audits(t *testing.T, db fixture.DB) []string {
	t.Helper()
	rows, _ := db.Query(context.Background(),
		"SELECT concat_ws(' ', act, subject, subject_id, user_id) FROM audit_entries ORDER BY id")
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	check(t, err)
	return list
}

func auditOf(act, subject string, id any, user appraisal.UserID) string {
	s := fmt.Sprintf("%s %s %v", act, subject, id)
	if user != 0 {
		s += fmt.Sprint(" ", user)
	}
	return s
}

func actor(e appraisal.EmployeeID, roles ...appraisal.Role) appraisal.Actor {
	return appraisal.Actor{User: fixture.Account(e), Employee: e, Roles: roles}
}

var errRefuse = errors.New("the test refuses")

func lines(list []string) string { return strings.Join(list, "\n") }
