package app

import (
	"context"
	"errors"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"rancak/internal/appraisal"
)

// AccountStore keeps accounts and failed sign-ins.
type AccountStore interface {
	Credential(ctx context.Context, login string) (appraisal.UserID, string, error)
	Actor(ctx context.Context, id appraisal.UserID) (appraisal.Actor, error)
	KnownDevice(ctx context.Context, user appraisal.UserID, device string) (bool, error)
	Throttle(ctx context.Context, buckets []appraisal.Bucket, now time.Time) (time.Duration, error)
	SignedIn(ctx context.Context, user appraisal.UserID, clear []appraisal.Bucket, device string, now time.Time) error
	SignedOut(ctx context.Context, user appraisal.UserID) error
	SetPassword(ctx context.Context, login, passwordHash string, now time.Time) error
	CreateAdmin(ctx context.Context, username, name, passwordHash string) error
}

// Accounts is signing in and out, and what operators do with accounts.
type Accounts struct {
	Store     AccountStore
	Passwords *Passwords
	Now       func() time.Time
}

// The lengths of a password, in characters.
const (
	PasswordMin = 15
	PasswordMax = 128
)

// Attempt is one try to sign in.
type Attempt struct {
	// Login is a NIP, with or without spaces, or a username.
	Login, Password string
	// Device is the secret of a browser; Address where the request comes from.
	Device, Address string
}

// SignIn checks a password. It returns ErrCredentials, the same and after the
// same time for unknown accounts, ThrottledError after too many tries, and
// ErrBusy where the machine cannot keep up.
func (a *Accounts) SignIn(ctx context.Context, t Attempt) (appraisal.UserID, error) {
	login := strings.TrimSpace(t.Login)
	if nip, err := appraisal.ParseNIP(login); err == nil {
		login = string(nip)
	}
	if login == "" || t.Password == "" || utf8.RuneCountInString(t.Password) > PasswordMax || len(login) > PasswordMax {
		return 0, appraisal.ErrCredentials
	}
	user, hash, err := a.Store.Credential(ctx, login)
	if err != nil && !errors.Is(err, appraisal.ErrNotFound) {
		return 0, err
	}
	account := appraisal.AccountBucket(login)
	known, err := a.Store.KnownDevice(ctx, user, t.Device)
	if err != nil {
		return 0, err
	}
	if known {
		account = appraisal.DeviceBucket(login, t.Device)
	}
	buckets := []appraisal.Bucket{account, appraisal.AddressBucket(t.Address)}
	wait, err := a.Store.Throttle(ctx, buckets, a.Now())
	if err != nil {
		return 0, err
	}
	if wait > 0 {
		return 0, &appraisal.ThrottledError{Seconds: int(math.Ceil(wait.Seconds()))}
	}
	ok, err := a.Passwords.Check(ctx, hash, t.Password)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, appraisal.ErrCredentials
	}
	return user, a.Store.SignedIn(ctx, user, buckets, t.Device, a.Now())
}

// SignOut records the end of a session.
func (a *Accounts) SignOut(ctx context.Context, actor appraisal.Actor) error {
	return a.Store.SignedOut(ctx, actor.User)
}

// SetPassword gives an account a new password and ends its sessions. It is for
// operators on the command line.
func (a *Accounts) SetPassword(ctx context.Context, login, password string) error {
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	if nip, err := appraisal.ParseNIP(login); err == nil {
		login = string(nip)
	}
	return a.Store.SetPassword(ctx, login, hash, a.Now())
}

// CreateAdmin makes an administrator account. It is for operators.
func (a *Accounts) CreateAdmin(ctx context.Context, username, name, password string) error {
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.Store.CreateAdmin(ctx, username, name, hash)
}

func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	var e appraisal.InvalidError
	switch n := utf8.RuneCountInString(password); {
	case n < PasswordMin:
		e.Add("password", appraisal.CodePasswordShort, PasswordMin)
	case n > PasswordMax:
		e.Add("password", appraisal.CodePasswordLong, PasswordMax)
	}
	if err := e.Err(); err != nil {
		return "", err
	}
	return a.Passwords.Hash(ctx, password)
}
