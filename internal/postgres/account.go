package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

// accountOf finds the account of a NIP or username, each by its own index: a
// username is never all digits.
const accountOf = `coalesce((SELECT u.id FROM employees e JOIN users u ON u.employee_id = e.id WHERE e.nip = $1),
	(SELECT id FROM users WHERE username = $1))`

// Credential returns the account of a NIP or username and the hash of its
// password. It returns ErrNotFound for an unknown or disabled account and for
// one that has no password yet.
func (s *Store) Credential(ctx context.Context, login string) (appraisal.UserID, string, error) {
	var id appraisal.UserID
	var passwordHash string
	err := s.db.QueryRow(ctx, `SELECT id, password_hash FROM users
		WHERE id = `+accountOf+` AND disabled_at IS NULL AND password_hash IS NOT NULL`, login).
		Scan(&id, &passwordHash)
	if err != nil {
		return 0, "", fmt.Errorf("reading a credential: %w", toError(err))
	}
	return id, passwordHash, nil
}

// Actor returns who an account is and which roles it holds now. Supervisor,
// reviewing superior and head follow from the snapshots of the cycles. It
// returns ErrNotFound for a disabled account.
func (s *Store) Actor(ctx context.Context, id appraisal.UserID) (appraisal.Actor, error) {
	a := appraisal.Actor{User: id}
	var roles []appraisal.Role
	var units []appraisal.UnitID
	var supervises, reviews bool
	var heads []appraisal.UnitID
	err := s.db.QueryRow(ctx, `SELECT coalesce(u.employee_id, 0), coalesce(u.display_name, `+personName+`),
			ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY r.role, r.unit_id),
			ARRAY(SELECT coalesce(r.unit_id, 0) FROM user_roles r WHERE r.user_id = u.id ORDER BY r.role, r.unit_id),
			EXISTS (SELECT FROM participants p WHERE p.supervisor_id = u.employee_id),
			EXISTS (SELECT FROM participants p WHERE p.reviewer_id = u.employee_id),
			ARRAY(SELECT p.leads_unit_id FROM participants p JOIN cycles c ON c.id = p.cycle_id
			      WHERE p.employee_id = u.employee_id AND p.leads_unit_id = p.dinas_id
			        AND c.year = (SELECT max(year) FROM cycles WHERE stage <> 'preparation'))
		FROM users u LEFT JOIN employees e ON e.id = u.employee_id
		WHERE u.id = $1 AND u.disabled_at IS NULL`, id).
		Scan(&a.Employee, &a.Name, &roles, &units, &supervises, &reviews, &heads)
	if err != nil {
		return a, fmt.Errorf("reading account %d: %w", id, toError(err))
	}
	add := func(holds bool, r appraisal.Role) {
		if holds {
			a.Roles = append(a.Roles, r)
		}
	}
	add(a.Employee != 0, appraisal.RoleEmployee)
	add(supervises, appraisal.RoleSupervisor)
	add(reviews, appraisal.RoleReviewer)
	add(len(heads) > 0, appraisal.RoleHead)
	a.Dinas = map[appraisal.Role][]appraisal.UnitID{}
	if len(heads) > 0 {
		a.Dinas[appraisal.RoleHead] = heads
	}
	for i, r := range roles {
		add(!a.Has(r), r)
		if units[i] != 0 {
			a.Dinas[r] = append(a.Dinas[r], units[i])
		}
	}
	return a, nil
}

// Throttle reserves a try in each of some buckets. It returns how long to wait
// when one of them is blocked; then nothing is counted.
func (s *Store) Throttle(ctx context.Context, buckets []appraisal.Bucket, now time.Time) (wait time.Duration, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		for _, b := range buckets {
			var failures int
			var last, until time.Time
			err := tx.QueryRow(ctx, `INSERT INTO login_throttles (key, failures, last_at, blocked_until)
				VALUES ($1, 0, $2, $2) ON CONFLICT (key) DO UPDATE SET key = excluded.key
				RETURNING failures, last_at, blocked_until`, hash(b.Key), now).Scan(&failures, &last, &until)
			if err != nil {
				return err
			}
			if until.After(now) {
				wait = max(wait, until.Sub(now))
				continue
			}
			failures = b.Count(failures, last, now)
			if _, err := tx.Exec(ctx, `UPDATE login_throttles SET failures = $2, last_at = $3, blocked_until = $4 WHERE key = $1`,
				hash(b.Key), failures, now, now.Add(b.Delay(failures))); err != nil {
				return err
			}
		}
		if wait > 0 {
			return errBlocked
		}
		return nil
	})
	if err != nil && !errors.Is(err, errBlocked) {
		return 0, fmt.Errorf("throttling sign-in: %w", err)
	}
	return wait, nil
}

var errBlocked = errors.New("blocked")

// SignedIn records a successful sign-in: it forgets the tries of buckets, of
// shared ones only this one, and remembers the device.
func (s *Store) SignedIn(ctx context.Context, user appraisal.UserID, clear []appraisal.Bucket, device string, now time.Time) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		for _, b := range clear {
			statement := "DELETE FROM login_throttles WHERE key = $1"
			if b.Shared {
				statement = "UPDATE login_throttles SET failures = greatest(failures - 1, 0) WHERE key = $1"
			}
			if _, err := tx.Exec(ctx, statement, hash(b.Key)); err != nil {
				return fmt.Errorf("clearing a throttle: %w", err)
			}
		}
		if _, err := tx.Exec(ctx, `INSERT INTO known_devices (token_hash, user_id, used_at) VALUES ($1, $2, $3)
			ON CONFLICT (token_hash, user_id) DO UPDATE SET used_at = excluded.used_at`,
			hash(device), user, now); err != nil {
			return fmt.Errorf("remembering a device: %w", err)
		}
		return audit(ctx, tx, entry{Actor: user, Act: "sign_in", Subject: "user", ID: int64(user)})
	})
}

// KnownDevice reports whether an account signed in from a device before.
func (s *Store) KnownDevice(ctx context.Context, user appraisal.UserID, device string) (bool, error) {
	var known bool
	err := s.db.QueryRow(ctx, "SELECT EXISTS (SELECT FROM known_devices WHERE token_hash = $1 AND user_id = $2)",
		hash(device), user).Scan(&known)
	if err != nil {
		return false, fmt.Errorf("reading known devices: %w", err)
	}
	return known, nil
}

// SignedOut records that a person ended a session.
func (s *Store) SignedOut(ctx context.Context, user appraisal.UserID) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		return audit(ctx, tx, entry{Actor: user, Act: "sign_out", Subject: "user", ID: int64(user)})
	})
}

// SetPassword stores a new password hash for an account and ends its sessions.
// It returns ErrNotFound for an unknown login.
func (s *Store) SetPassword(ctx context.Context, login, passwordHash string, now time.Time) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var id appraisal.UserID
		err := tx.QueryRow(ctx, `UPDATE users SET password_hash = $2 WHERE id = `+accountOf+` RETURNING id`, login, passwordHash).Scan(&id)
		if err != nil {
			return fmt.Errorf("setting a password: %w", toError(err))
		}
		if _, err := tx.Exec(ctx, "UPDATE sessions SET ended_at = $2, data = '' WHERE user_id = $1 AND ended_at IS NULL", id, now); err != nil {
			return fmt.Errorf("ending sessions: %w", err)
		}
		return audit(ctx, tx, entry{Act: "set_password", Subject: "user", ID: int64(id)})
	})
}

// CreateAdmin makes an administrator account that is nobody's employee.
func (s *Store) CreateAdmin(ctx context.Context, username, name, passwordHash string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var id appraisal.UserID
		err := tx.QueryRow(ctx, `INSERT INTO users (username, display_name, password_hash) VALUES ($1, $2, $3) RETURNING id`,
			username, name, passwordHash).Scan(&id)
		if err != nil {
			return fmt.Errorf("creating account %s: %w", username, toError(err))
		}
		if _, err := tx.Exec(ctx, "INSERT INTO user_roles (user_id, role) VALUES ($1, 'admin')", id); err != nil {
			return fmt.Errorf("granting admin: %w", err)
		}
		return audit(ctx, tx, entry{Act: "create_user", Subject: "user", ID: int64(id)})
	})
}
