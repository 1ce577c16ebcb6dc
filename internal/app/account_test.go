package app_test

import (
	"strings"
	"testing"
	"time"

	"rancak/internal/app"
	"rancak/internal/appraisal"
)

const (
	nip      = "198609262015051001"
	password = "kata sandi yang panjang"
)

func accounts(t *testing.T) (*app.Accounts, *fake) {
	t.Helper()
	hash, err := app.NewPasswords().Hash(t.Context(), password)
	check(t, err)
	f := newFake(appraisal.StageFilling)
	f.users = map[string]appraisal.UserID{nip: 1, "admin": 2}
	f.hashes = map[appraisal.UserID]string{1: hash, 2: hash}
	f.devices = map[string]appraisal.UserID{"known": 1}
	f.throttled = map[string]time.Duration{}
	return &app.Accounts{Store: f, Passwords: app.NewPasswords(), Now: clock}, f
}

func TestSignIn(t *testing.T) {
	a, f := accounts(t)
	for _, tt := range []struct {
		name, login, password string
		want                  appraisal.UserID
	}{
		{"NIP", nip, password, 1},
		{"NIP as it is written on paper", " 19860926 201505 1 001 ", password, 1},
		{"username", "admin", password, 2},
		{"wrong password", nip, "kata sandi yang lain", 0},
		{"password of other case", nip, strings.ToUpper(password), 0},
		{"unknown NIP", "199001012015051001", password, 0},
		{"unknown username", "nobody", password, 0},
		{"no login", " ", password, 0},
		{"no password", nip, "", 0},
		{"password beyond all bounds", nip, strings.Repeat("x", 1<<20), 0},
		{"login beyond all bounds", strings.Repeat("x", 1<<20), password, 0},
	} {
		f.calls, f.cleared = nil, nil
		user, err := a.SignIn(t.Context(), app.Attempt{Login: tt.login, Password: tt.password, Device: "d", Address: "10.0.0.1"})
		signedIn := len(f.cleared) > 0
		if tt.want == 0 {
			if err != appraisal.ErrCredentials || user != 0 || signedIn {
				t.Errorf("%s: account %d, %v", tt.name, user, err)
			}
		} else if err != nil || user != tt.want || !signedIn {
			t.Errorf("%s: account %d, %v", tt.name, user, err)
		}
	}
}

// An unknown account goes the same way as a wrong password: the same calls,
// the same work on a hash, the same error.
func TestSignInUnknown(t *testing.T) {
	a, f := accounts(t)
	path := func(login string) []string {
		f.calls = nil
		_, err := a.SignIn(t.Context(), app.Attempt{Login: login, Password: "kata sandi yang lain", Device: "d"})
		wantErr(t, err, appraisal.ErrCredentials)
		return f.calls
	}
	equal(t, path("nobody"), path(nip))
}

func TestSignInThrottled(t *testing.T) {
	a, f := accounts(t)
	try := func(login, device string) error {
		_, err := a.SignIn(t.Context(), app.Attempt{Login: login, Password: password, Device: device, Address: "10.0.0.1"})
		return err
	}
	keys := func() (list []string) {
		for _, b := range f.tries {
			list = append(list, b.Key)
		}
		f.tries = nil
		return list
	}
	account, known, address := appraisal.AccountBucket(nip).Key, appraisal.DeviceBucket(nip, "known").Key, appraisal.AddressBucket("10.0.0.1").Key
	check(t, try(nip, "new"))
	equal(t, keys(), []string{account, address})
	check(t, try(nip, "known"))
	equal(t, keys(), []string{known, address}) // strangers cannot lock its owner out
	check(t, try("admin", "known"))
	equal(t, keys(), []string{appraisal.AccountBucket("admin").Key, address}) // of somebody else it is not known
	if err := try("nobody", "known"); err != appraisal.ErrCredentials {
		t.Error(err)
	}
	equal(t, keys(), []string{appraisal.AccountBucket("nobody").Key, address})

	f.throttled[account] = 1500 * time.Millisecond
	f.calls = nil
	err := try(nip, "new")
	if e, ok := err.(*appraisal.ThrottledError); !ok || e.Seconds != 2 {
		t.Errorf("throttled: %v", err)
	}
	equal(t, f.calls, []string{"Credential", "KnownDevice", "Throttle"}) // the right password does not help
	check(t, try(nip, "known"))
	f.throttled[address] = time.Second
	if _, ok := try(nip, "known").(*appraisal.ThrottledError); !ok {
		t.Error("a blocked address signed in")
	}
}

func TestSignInStoreFails(t *testing.T) {
	for _, name := range []string{"Credential", "KnownDevice", "Throttle", "SignedIn"} {
		a, f := accounts(t)
		f.fails, f.err = name, errStore
		_, err := a.SignIn(t.Context(), app.Attempt{Login: nip, Password: password})
		wantErr(t, err, errStore)
	}
}

func TestAccounts(t *testing.T) {
	a, f := accounts(t)
	check(t, a.SignOut(t.Context(), appraisal.Actor{User: 1}))
	equal(t, f.calls, []string{"SignedOut"})

	const another = "sandi baru untuk pegawai"
	check(t, a.SetPassword(t.Context(), "19860926 201505 1 001", another))
	_, err := a.SignIn(t.Context(), app.Attempt{Login: nip, Password: another})
	check(t, err)
	_, err = a.SignIn(t.Context(), app.Attempt{Login: nip, Password: password})
	wantErr(t, err, appraisal.ErrCredentials)
	wantErr(t, a.SetPassword(t.Context(), "nobody", another), appraisal.ErrNotFound)

	check(t, a.CreateAdmin(t.Context(), "kedua", "Kedua", another))
	user, err := a.SignIn(t.Context(), app.Attempt{Login: "kedua", Password: another})
	check(t, err)
	equal(t, user, appraisal.UserID(300))

	for word, code := range map[string]appraisal.Code{
		strings.Repeat("é", app.PasswordMin-1): appraisal.CodePasswordShort, // characters count, not bytes
		strings.Repeat("x", app.PasswordMax+1): appraisal.CodePasswordLong,
	} {
		var invalid *appraisal.InvalidError
		if err := a.SetPassword(t.Context(), nip, word); !asInvalid(err, &invalid) || invalid.Faults[0].Code != code {
			t.Errorf("a password of %d bytes: %v", len(word), err)
		}
		if err := a.CreateAdmin(t.Context(), "x", "X", word); !asInvalid(err, &invalid) {
			t.Errorf("a password of %d bytes: %v", len(word), err)
		}
	}
	check(t, a.SetPassword(t.Context(), nip, strings.Repeat("é", app.PasswordMax)))
}
