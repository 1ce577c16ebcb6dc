package app

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"golang.org/x/crypto/argon2"

	"rancak/internal/appraisal"
)

func TestPasswords(t *testing.T) {
	p := NewPasswords()
	hash, err := p.Hash(t.Context(), "kata sandi é 🙂")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %s", hash)
	}
	again, err := p.Hash(t.Context(), "kata sandi é 🙂")
	if err != nil {
		t.Fatal(err)
	}
	if hash == again {
		t.Error("two hashes of one password are the same: no salt")
	}
	for word, want := range map[string]bool{"kata sandi é 🙂": true, "kata sandi e 🙂": false, "": false} {
		if ok, err := p.Check(t.Context(), hash, word); ok != want || err != nil {
			t.Errorf("%q: %v, %v", word, ok, err)
		}
	}
	if ok, err := p.Check(t.Context(), "", "kata sandi é 🙂"); ok || err != nil {
		t.Errorf("an unknown account: %v, %v", ok, err)
	}
}

// An unknown account costs what a known one costs: its hash has today's
// parameters. Nobody's password is that of the empty hash either.
func TestNobody(t *testing.T) {
	p := NewPasswords()
	hash, err := p.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	parameters := func(s string) string { return strings.Join(strings.Split(s, "$")[:4], "$") }
	if parameters(hash) != parameters(nobody) || len(hash) != len(nobody) {
		t.Errorf("nobody's hash %s is unlike %s", nobody, hash)
	}
}

// Hashes of other parameters stay good: they may be raised later.
func TestOtherParameters(t *testing.T) {
	salt := []byte("0123456789abcdef")
	key := argon2.IDKey([]byte("sandi"), salt, 1, 64, 2, argonKey)
	enc := base64.RawStdEncoding
	hash := "$argon2id$v=19$m=64,t=1,p=2$" + enc.EncodeToString(salt) + "$" + enc.EncodeToString(key)
	if ok, err := NewPasswords().Check(t.Context(), hash, "sandi"); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
}

func TestBadHash(t *testing.T) {
	good, err := NewPasswords().Hash(t.Context(), "sandi")
	if err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{
		"x", "hash", "$2a$10$abcdefghijklmnopqrstuv", good[1:], good[:len(good)-1], good + "$",
		strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "t=2", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1), strings.Replace(good, "m=19456", "m=x", 1),
		strings.Replace(good, "$m", "$ m", 1) + "!",
	} {
		if ok, err := NewPasswords().Check(t.Context(), hash, "sandi"); ok || err == nil {
			t.Errorf("%s was taken for a hash", hash)
		}
	}
}

// Whoever finds no core free waits, until the request ends.
func TestPasswordsBusy(t *testing.T) {
	p := &Passwords{slots: make(chan struct{}, 1)}
	p.slots <- struct{}{} // somebody is at it
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Hash(ctx, "sandi"); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting at the end of a request: %v", err)
	}
	if _, err := p.Check(ctx, "", "sandi"); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting at the end of a request: %v", err)
	}
	<-p.slots
	if _, err := p.Hash(t.Context(), "sandi"); err != nil {
		t.Error(err)
	}
	if len(p.slots) != 0 {
		t.Error("a slot was not given back")
	}
	if cap(NewPasswords().slots) < 1 {
		t.Error("no slots")
	}
}

// Whoever waits too long is turned away.
func TestPasswordsTurnedAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &Passwords{slots: make(chan struct{}, 1)}
		p.slots <- struct{}{}
		if _, err := p.Hash(context.Background(), "sandi"); !errors.Is(err, appraisal.ErrBusy) {
			t.Errorf("with all cores taken: %v", err)
		}
	})
}
