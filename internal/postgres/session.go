package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

// SessionInfo tells what the store must know of the bytes it keeps.
type SessionInfo func(data []byte) (user appraisal.UserID, idle time.Duration, err error)

// Sessions is a store of browser sessions for scs (scs.CtxStore).
//
// The ready-made store for pgx brings a session back that was ended while a
// request was in flight, ignores the request's context and writes on every
// page view. Here an ended session stays ended, and a view writes only when
// the expiry moves by a minute or more.
type Sessions struct {
	db   database
	info SessionInfo
	now  func() time.Time
}

// NewSessions returns a session store.
func NewSessions(db database, info SessionInfo, now func() time.Time) *Sessions {
	return &Sessions{db: db, info: info, now: now}
}

// renewStep is by how much an expiry must move to be written.
const renewStep = time.Minute

type loadedKey struct{}

// loaded remembers for one request what Find read.
type loaded struct {
	data    []byte
	expires time.Time
}

// Remember lets a commit of the same request see what was found, so that an
// unchanged session is not written. Requests pass through it before scs.
func (s *Sessions) Remember(ctx context.Context) context.Context {
	return context.WithValue(ctx, loadedKey{}, &loaded{})
}

// FindCtx returns the data of a session that is alive.
func (s *Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	var expires time.Time
	err := s.db.QueryRow(ctx, `SELECT data, expires_at FROM sessions
		WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2`, hash(token), s.now()).Scan(&data, &expires)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("reading a session: %w", err)
	}
	if l, ok := ctx.Value(loadedKey{}).(*loaded); ok {
		l.data, l.expires = data, expires
	}
	return data, true, nil
}

// CommitCtx stores a session. It never brings an ended one back.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	user, idle, err := s.info(data)
	if err != nil {
		return err
	}
	now := s.now()
	if limit := now.Add(idle); idle > 0 && limit.Before(expires) {
		expires = limit
	}
	if l, ok := ctx.Value(loadedKey{}).(*loaded); ok && bytes.Equal(l.data, data) && expires.Sub(l.expires) < renewStep {
		return nil
	}
	_, err = s.db.Exec(ctx, `INSERT INTO sessions (token_hash, user_id, data, created_at, expires_at)
		VALUES ($1, nullif($2::bigint, 0), $3, $4, $5)
		ON CONFLICT (token_hash) DO UPDATE SET user_id = excluded.user_id, data = excluded.data, expires_at = excluded.expires_at
		WHERE sessions.ended_at IS NULL`, hash(token), user, data, now, expires)
	if err != nil {
		return fmt.Errorf("storing a session: %w", err)
	}
	return nil
}

// DeleteCtx ends a session for good.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.db.Exec(ctx, `UPDATE sessions SET ended_at = $2, data = '' WHERE token_hash = $1 AND ended_at IS NULL`,
		hash(token), s.now())
	if err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	return nil
}

// Sweep removes sessions that ended or expired a day ago, and sign-in
// throttles that nobody touched for two days.
func (s *Sessions) Sweep(ctx context.Context) error {
	now := s.now()
	_, err := s.db.Exec(ctx, `DELETE FROM sessions WHERE expires_at < $1`, now.Add(-24*time.Hour))
	if err == nil {
		_, err = s.db.Exec(ctx, `DELETE FROM login_throttles WHERE last_at < $1`, now.Add(-48*time.Hour))
	}
	if err != nil {
		return fmt.Errorf("sweeping sessions: %w", err)
	}
	return nil
}

// Find is FindCtx without a context, as scs.Store asks.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context, as scs.Store asks.
func (s *Sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete is DeleteCtx without a context, as scs.Store asks.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

func hash(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}
