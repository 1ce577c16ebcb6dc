// Package migrations holds the schema as numbered SQL and brings a database to
// it, River's tables included.
//
// Each migration is one transaction that ends by writing its number to
// migration_markers. golang-migrate marks a version dirty before it runs it and
// clean after; a crash in between leaves it dirty whether or not the
// transaction took effect, and the marker tells which. Everything is named
// relative to the schema of the connection, so that one database can hold
// several instances.
package migrations

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"strings"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database"
	_ "github.com/golang-migrate/migrate/v4/database/pgx/v5" // the pgx5 driver
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed 0*.sql
var files embed.FS

// Latest is the version of the newest migration.
const Latest = 5

// Hash returns a fingerprint of all migrations, for naming test templates.
func Hash() string { return hashOf(files) }

func hashOf(files fs.FS) string {
	h := sha256.New()
	names, _ := fs.Glob(files, "0*.sql")
	for _, name := range names {
		body, _ := fs.ReadFile(files, name)
		fmt.Fprintf(h, "%s %d\n%s", name, len(body), body)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Up brings the database of url to the latest version. Several processes may
// call it at once: the others wait. It repairs what a crash left dirty.
func Up(ctx context.Context, url string) error {
	return locked(ctx, url, func(conn *pgx.Conn) error {
		if err := repair(ctx, conn); err != nil {
			return err
		}
		if err := run(url, (*migrate.Migrate).Up); err != nil {
			return err
		}
		return riverSchema(ctx, url, rivermigrate.DirectionUp)
	})
}

// Down removes everything Up made, and all data with it.
func Down(ctx context.Context, url string) error {
	return locked(ctx, url, func(conn *pgx.Conn) error {
		if err := repair(ctx, conn); err != nil {
			return err
		}
		if err := riverSchema(ctx, url, rivermigrate.DirectionDown); err != nil {
			return err
		}
		return run(url, (*migrate.Migrate).Down)
	})
}

// Version returns the version of the schema of a connection, 0 for none.
func Version(ctx context.Context, db interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}) (int, error) {
	var made bool
	if err := db.QueryRow(ctx, "SELECT to_regclass('migration_markers') IS NOT NULL").Scan(&made); err != nil || !made {
		return 0, err
	}
	var version int
	err := db.QueryRow(ctx, "SELECT coalesce(max(version), 0) FROM migration_markers").Scan(&version)
	return version, err
}

// locked runs do while holding a lock that only one migrating process holds.
func locked(ctx context.Context, url string, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("connecting to migrate: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(hashtext('rancak migrate ' || current_schema()))"); err != nil {
		return fmt.Errorf("locking migrations: %w", err)
	}
	return do(conn)
}

// repair settles a version that a crash left dirty, under the lock that
// golang-migrate itself takes, so that a migration under way is never touched.
func repair(ctx context.Context, conn *pgx.Conn) error {
	var name, schema string
	if err := conn.QueryRow(ctx, "SELECT current_database(), current_schema()").Scan(&name, &schema); err != nil {
		return fmt.Errorf("reading the database name: %w", err)
	}
	lock, err := database.GenerateAdvisoryLockId(name, schema, "schema_migrations")
	if err != nil {
		return fmt.Errorf("computing the migration lock: %w", err)
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1::text::bigint)", lock); err != nil {
			return fmt.Errorf("locking golang-migrate: %w", err)
		}
		var made bool
		if err := tx.QueryRow(ctx, "SELECT to_regclass('schema_migrations') IS NOT NULL").Scan(&made); err != nil || !made {
			return err
		}
		applied, err := Version(ctx, tx)
		if err != nil {
			return fmt.Errorf("reading the migration marker: %w", err)
		}
		if applied == 0 {
			_, err = tx.Exec(ctx, "DELETE FROM schema_migrations WHERE dirty")
		} else {
			_, err = tx.Exec(ctx, "UPDATE schema_migrations SET version = $1, dirty = false WHERE dirty", applied)
		}
		return err
	})
}

func run(rawURL string, do func(*migrate.Migrate) error) error {
	source, err := iofs.New(files, ".")
	if err != nil {
		return fmt.Errorf("reading migrations: %w", err)
	}
	u, err := url.Parse(rawURL)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return errors.New("the database URL must begin with postgres://")
	}
	u.Scheme = "pgx5"
	m, err := migrate.NewWithSourceInstance("iofs", source, u.String())
	if err != nil {
		return fmt.Errorf("opening the database to migrate: %w", err)
	}
	defer m.Close()
	if err := do(m); err != nil && !errors.Is(err, migrate.ErrNoChange) {
		return fmt.Errorf("migrating: %w", err)
	}
	return nil
}

func riverSchema(ctx context.Context, url string, direction rivermigrate.Direction) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return fmt.Errorf("connecting to migrate River: %w", err)
	}
	defer pool.Close()
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("preparing River's migrations: %w", err)
	}
	opts := &rivermigrate.MigrateOpts{}
	if direction == rivermigrate.DirectionDown {
		opts.TargetVersion = -1
	}
	if _, err := m.Migrate(ctx, direction, opts); err != nil {
		return fmt.Errorf("migrating River: %w", err)
	}
	return nil
}
