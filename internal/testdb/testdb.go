package testdb

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// patience bounds what this package does before and after a test.
const patience = 2 * time.Minute

// Pool returns a pool on a fresh database with Rancak's schema, for tests that
// commit or need several connections. It is dropped when the test ends.
func Pool(t testing.TB) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.New(context.Background(), URL(t))
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() {
		closed := make(chan struct{})
		go func() { pool.Close(); close(closed) }()
		select {
		case <-closed:
		case <-time.After(5 * time.Second):
			t.Error("testdb: the test did not give a connection back to the pool")
		}
	})
	return pool
}

// URL returns the connection string of a fresh database with Rancak's schema.
// It is dropped, whoever is still connected, when the test ends.
func URL(t testing.TB) string {
	t.Helper()
	return fresh(t, true)
}

// EmptyURL returns the connection string of a fresh database without any
// schema, for tests of the migrations. It is dropped when the test ends.
func EmptyURL(t testing.TB) string {
	t.Helper()
	return fresh(t, false)
}

// Tx returns a transaction that is rolled back when the test ends, on a
// database with Rancak's schema that the tests of this process share. Parallel
// tests that insert the same key wait for each other.
func Tx(t testing.TB) pgx.Tx {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	pool, err := sharedPool(ctx)
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	tx, err := pool.Begin(ctx)
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := tx.Rollback(ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
			t.Errorf("testdb: rolling back: %v", err)
		}
	})
	return tx
}

func fresh(t testing.TB, migrated bool) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := connect(ctx)
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	name, err := c.create(ctx, migrated)
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := c.drop(ctx, name); err != nil {
			t.Errorf("testdb: %v", err)
		}
	})
	return c.url(name)
}
