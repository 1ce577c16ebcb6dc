package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"rancak/internal/appraisal"
)

// Parameters of argon2id: OWASP's choice of 19 MiB and two passes takes about
// 26 ms on one core.
const (
	argonMemory  = 19 * 1024 // KiB
	argonPasses  = 2
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16
)

// hashWait is how long a sign-in queues for a core before it is turned away.
const hashWait = 5 * time.Second

// Passwords hashes and checks passwords, as many at once as there are cores: a
// stampede queues instead of exhausting memory.
type Passwords struct{ slots chan struct{} }

// NewPasswords returns a hasher for this machine.
func NewPasswords() *Passwords {
	return &Passwords{slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// Hash returns the argon2id hash of a password in PHC format. It returns
// ErrBusy where no core is free in time.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("making a salt: %w", err)
	}
	key, err := p.key(ctx, password, salt, argonPasses, argonMemory, argonThreads)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonThreads,
		enc.EncodeToString(salt), enc.EncodeToString(key)), nil
}

// Check reports whether a password belongs to a hash. An empty hash takes the
// same time and belongs to none.
func (p *Passwords) Check(ctx context.Context, hash, password string) (bool, error) {
	known := hash != ""
	if !known {
		hash = nobody
	}
	salt, want, memory, passes, threads, err := parseHash(hash)
	if err != nil {
		return false, err
	}
	key, err := p.key(ctx, password, salt, passes, memory, threads)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, want) == 1 && known, nil
}

// nobody is a hash with today's parameters that no password is looked for.
var nobody = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonThreads,
	base64.RawStdEncoding.EncodeToString(make([]byte, argonSalt)), base64.RawStdEncoding.EncodeToString(make([]byte, argonKey)))

func (p *Passwords) key(ctx context.Context, password string, salt []byte, passes, memory uint32, threads uint8) ([]byte, error) {
	timer := time.NewTimer(hashWait)
	defer timer.Stop()
	select {
	case p.slots <- struct{}{}:
	case <-timer.C:
		return nil, appraisal.ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-p.slots }()
	return argon2.IDKey([]byte(password), salt, passes, memory, threads, argonKey), nil
}

func parseHash(s string) (salt, key []byte, memory, passes uint32, threads uint8, err error) {
	parts := strings.Split(s, "$")
	bad := errors.New("password hash is not argon2id in PHC format")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return nil, nil, 0, 0, 0, bad
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
		return nil, nil, 0, 0, 0, bad
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) != argonKey || passes < 1 || threads < 1 {
		return nil, nil, 0, 0, 0, bad
	}
	return salt, key, memory, passes, threads, nil
}
