package postgres_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"testing"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
)

func TestStore_Credential(t *testing.T) {
	s, tx := office(t)
	for login, want := range map[string]appraisal.UserID{
		fixture.NIP(fixture.Ani): fixture.Account(fixture.Ani), "admin": fixture.Admin,
	} {
		id, hash, err := s.Credential(t.Context(), login)
		check(t, err)
		if id != want || hash != "hash" {
			t.Errorf("%s: account %d, hash %q", login, id, hash)
		}
	}
	fixture.Exec(t, tx, "UPDATE users SET disabled_at = now() WHERE id = $1", fixture.Account(fixture.Budi))
	fixture.Exec(t, tx, "UPDATE users SET password_hash = NULL WHERE id = $1", fixture.Account(fixture.Citra))
	for _, login := range []string{fixture.NIP(fixture.Budi), fixture.NIP(fixture.Citra), "199001012015051001", "", "Admin", "' OR true --"} {
		_, _, err := s.Credential(t.Context(), login)
		wantErr(t, err, appraisal.ErrNotFound)
	}
}

// bound is what Actor.Dinas holds for one role.
func bound(r appraisal.Role, units ...appraisal.UnitID) map[appraisal.Role][]appraisal.UnitID {
	m := map[appraisal.Role][]appraisal.UnitID{}
	if r != "" {
		m[r] = units
	}
	return m
}

func TestStore_Actor(t *testing.T) {
	s, tx := office(t)
	const (
		employee, supervisor, reviewer, head = appraisal.RoleEmployee, appraisal.RoleSupervisor, appraisal.RoleReviewer, appraisal.RoleHead
	)
	for _, tt := range []struct {
		who   appraisal.EmployeeID
		name  string
		roles []appraisal.Role
		dinas map[appraisal.Role][]appraisal.UnitID
	}{
		{fixture.Ani, "Ani, S.E.", []appraisal.Role{employee}, bound("")},
		{fixture.Chief, "Cahyo", []appraisal.Role{employee, supervisor}, bound("")},
		{fixture.Head, "Dr. Hasan, M.Pd.", []appraisal.Role{employee, supervisor, reviewer, head}, bound(head, fixture.Dinas)},
		{fixture.Eko, "Eko", []appraisal.Role{employee, supervisor, head}, bound(head, fixture.OtherDinas)},
		{fixture.Dewi, "Dewi", []appraisal.Role{employee, appraisal.RoleHRDinas}, bound(appraisal.RoleHRDinas, fixture.Dinas)},
		{fixture.Gita, "Gita", []appraisal.Role{employee, appraisal.RoleHRCity}, bound("")},
	} {
		a, err := s.Actor(t.Context(), fixture.Account(tt.who))
		check(t, err)
		equal(t, a, appraisal.Actor{User: fixture.Account(tt.who), Employee: tt.who, Name: tt.name, Roles: tt.roles, Dinas: tt.dinas})
	}
	a, err := s.Actor(t.Context(), fixture.Admin)
	check(t, err)
	equal(t, a, appraisal.Actor{User: fixture.Admin, Name: "Administrator", Roles: []appraisal.Role{appraisal.RoleAdmin}, Dinas: bound("")})

	// HR of two dinas has the role once and both units.
	fixture.Exec(t, tx, "INSERT INTO user_roles (user_id, role, unit_id) VALUES ($1, 'hr_dinas', $2)", fixture.Account(fixture.Dewi), fixture.OtherDinas)
	a, err = s.Actor(t.Context(), fixture.Account(fixture.Dewi))
	check(t, err)
	equal(t, a.Roles, []appraisal.Role{employee, appraisal.RoleHRDinas})
	equal(t, a.Dinas, bound(appraisal.RoleHRDinas, fixture.Dinas, fixture.OtherDinas))

	// Who heads a dinas follows the newest cycle whose people are settled; who
	// rated in an earlier one still reads it.
	fixture.Exec(t, tx, `INSERT INTO cycles (id, year, stage, rules_id, opens, forms_due, evaluation_due)
		VALUES (1002, 2027, 'preparation', 1, '2027-11-01', '2027-12-05', '2027-12-31')`)
	a, err = s.Actor(t.Context(), fixture.Account(fixture.Head))
	check(t, err)
	equal(t, a.Roles, []appraisal.Role{employee, supervisor, reviewer, head})
	fixture.Exec(t, tx, "UPDATE cycles SET stage = 'filling' WHERE id = 1002")
	a, err = s.Actor(t.Context(), fixture.Account(fixture.Head))
	check(t, err)
	equal(t, a.Roles, []appraisal.Role{employee, supervisor, reviewer})
	equal(t, a.Dinas, bound(""))

	fixture.Exec(t, tx, "UPDATE users SET disabled_at = now() WHERE id = $1", fixture.Admin)
	for _, id := range []appraisal.UserID{fixture.Admin, 0, 424242} {
		_, err := s.Actor(t.Context(), id)
		wantErr(t, err, appraisal.ErrNotFound)
	}
}

func TestStore_Throttle(t *testing.T) {
	s, tx := office(t)
	account, address := appraisal.AccountBucket("x"), appraisal.AddressBucket("10.0.0.1")
	both := []appraisal.Bucket{account, address}
	try := func(at time.Time, buckets ...appraisal.Bucket) time.Duration {
		wait, err := s.Throttle(t.Context(), buckets, at)
		check(t, err)
		return wait
	}
	failures := func(b appraisal.Bucket) int {
		key := sha256.Sum256([]byte(b.Key))
		return fixture.Value[int](t, tx, "SELECT coalesce((SELECT failures FROM login_throttles WHERE key = $1), 0)", key[:])
	}
	now := fixture.Now
	for i := range account.Free {
		if wait := try(now, both...); wait != 0 {
			t.Fatalf("try %d has to wait %v", i+1, wait)
		}
	}
	if wait := try(now, both...); wait != 0 { // the sixth is taken and blocks what follows
		t.Fatalf("the sixth try has to wait %v", wait)
	}
	if wait := try(now, both...); wait != time.Second {
		t.Errorf("the seventh try at once waits %v, want 1 s", wait)
	}
	// A refused try counts nowhere, in none of its buckets.
	if a, b := failures(account), failures(address); a != 6 || b != 6 {
		t.Errorf("counted %d and %d tries, want 6 and 6", a, b)
	}
	if wait := try(now.Add(500*time.Millisecond), account); wait != 500*time.Millisecond {
		t.Errorf("half a second later waits %v", wait)
	}
	if wait := try(now.Add(time.Second), account); wait != 0 {
		t.Errorf("a second later waits %v", wait)
	}
	if wait := try(now.Add(time.Second), account); wait != 2*time.Second {
		t.Errorf("the next one waits %v, want 2 s", wait)
	}
	if wait := try(now, appraisal.DeviceBucket("x", "known")); wait != 0 {
		t.Errorf("the known device waits %v because of strangers", wait)
	}
	if wait := try(now.Add(account.Window+time.Hour), account); wait != 0 || failures(account) != 1 {
		t.Errorf("after a quiet day: wait %v, %d failures", wait, failures(account))
	}
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM login_throttles WHERE position('10.0.0.1'::bytea IN key) > 0"); n != 0 {
		t.Error("an address stands in the table")
	}
}

// Tries at the same moment are counted one by one.
func TestStore_Throttle_concurrent(t *testing.T) {
	s, pool := committed(t)
	bucket := appraisal.AccountBucket("x")
	const tries = 12
	var mu sync.Mutex
	taken := 0
	var group sync.WaitGroup
	for range tries {
		group.Go(func() {
			wait, err := s.Throttle(context.Background(), []appraisal.Bucket{bucket}, fixture.Now)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if wait == 0 {
				taken++
			}
		})
	}
	group.Wait()
	if taken != bucket.Free+1 {
		t.Errorf("%d of %d tries at once were taken, want %d", taken, tries, bucket.Free+1)
	}
	if n := fixture.Value[int](t, pool, "SELECT failures FROM login_throttles"); n != bucket.Free+1 {
		t.Errorf("%d failures", n)
	}
}

func TestStore_SignedIn(t *testing.T) {
	s, tx := office(t)
	ani := fixture.Account(fixture.Ani)
	account, address := appraisal.AccountBucket("x"), appraisal.AddressBucket("10.0.0.1")
	for range 3 {
		_, err := s.Throttle(t.Context(), []appraisal.Bucket{account, address}, fixture.Now)
		check(t, err)
	}
	check(t, s.SignedIn(t.Context(), ani, []appraisal.Bucket{account, address}, "device", fixture.Now))
	// The account is forgotten, the address gets one try back.
	if n := fixture.Value[int](t, tx, "SELECT count(*) FROM login_throttles"); n != 1 {
		t.Errorf("%d buckets left, want that of the address", n)
	}
	if n := fixture.Value[int](t, tx, "SELECT failures FROM login_throttles"); n != 2 {
		t.Errorf("the address has %d tries, want 2", n)
	}
	equal(t, audits(t, tx), []string{auditOf("sign_in", "user", ani, ani)})

	// Two people can share a device.
	check(t, s.SignedIn(t.Context(), fixture.Admin, nil, "device", fixture.Now.Add(time.Hour)))
	known, err := s.KnownDevice(t.Context(), ani, "device")
	check(t, err)
	if !known {
		t.Error("the second account took the device from the first")
	}
	err = s.SignedIn(t.Context(), 424242, []appraisal.Bucket{address}, "device", fixture.Now)
	if err == nil {
		t.Error("an unknown account signed in")
	}
}

func TestStore_KnownDevice(t *testing.T) {
	s, tx := office(t)
	ani := fixture.Account(fixture.Ani)
	check(t, s.SignedIn(t.Context(), ani, nil, "secret", fixture.Now))
	for _, tt := range []struct {
		user   appraisal.UserID
		device string
		want   bool
	}{{ani, "secret", true}, {ani, "other", false}, {ani, "", false}, {fixture.Account(fixture.Budi), "secret", false}, {0, "secret", false}} {
		known, err := s.KnownDevice(t.Context(), tt.user, tt.device)
		check(t, err)
		if known != tt.want {
			t.Errorf("account %d, device %q: %v", tt.user, tt.device, known)
		}
	}
	want := sha256.Sum256([]byte("secret"))
	if got := fixture.Value[[]byte](t, tx, "SELECT token_hash FROM known_devices"); !bytes.Equal(got, want[:]) {
		t.Error("the device's secret is not stored as its SHA-256")
	}
}

func TestStore_SignedOut(t *testing.T) {
	s, tx := office(t)
	ani := fixture.Account(fixture.Ani)
	check(t, s.SignedOut(t.Context(), ani))
	equal(t, audits(t, tx), []string{auditOf("sign_out", "user", ani, ani)})
}

func TestStore_SetPassword(t *testing.T) {
	s, tx := office(t)
	ani := fixture.Account(fixture.Ani)
	own, others := sessions(t, tx), sessionsOf(t, tx, fixture.Account(fixture.Budi))
	check(t, own.Commit("mine", []byte("data"), fixture.Now.Add(time.Hour)))
	check(t, others.Commit("theirs", []byte("data"), fixture.Now.Add(time.Hour)))
	check(t, s.SetPassword(t.Context(), fixture.NIP(fixture.Ani), "new", fixture.Now))
	id, hash, err := s.Credential(t.Context(), fixture.NIP(fixture.Ani))
	check(t, err)
	if id != ani || hash != "new" {
		t.Errorf("account %d, hash %q", id, hash)
	}
	if _, found, err := own.Find("mine"); found || err != nil {
		t.Errorf("the session lives on: %v, %v", found, err)
	}
	if _, found, err := others.Find("theirs"); !found || err != nil {
		t.Errorf("somebody else's session ended: %v, %v", found, err)
	}
	check(t, s.SetPassword(t.Context(), "admin", "new", fixture.Now))
	equal(t, audits(t, tx), []string{auditOf("set_password", "user", ani, 0), auditOf("set_password", "user", fixture.Admin, 0)})
	wantErr(t, s.SetPassword(t.Context(), "nobody", "new", fixture.Now), appraisal.ErrNotFound)
}

func TestStore_CreateAdmin(t *testing.T) {
	s, tx := office(t)
	check(t, s.CreateAdmin(t.Context(), "kedua", "Admin Kedua", "h"))
	id, _, err := s.Credential(t.Context(), "kedua")
	check(t, err)
	a, err := s.Actor(t.Context(), id)
	check(t, err)
	equal(t, a, appraisal.Actor{User: id, Name: "Admin Kedua", Roles: []appraisal.Role{appraisal.RoleAdmin}, Dinas: bound("")})
	equal(t, audits(t, tx), []string{auditOf("create_user", "user", id, 0)})

	for _, name := range []string{"kedua", "198609262015051001"} { // taken, or a NIP in disguise
		if err := s.CreateAdmin(t.Context(), name, "X", "h"); err == nil {
			t.Errorf("made another account %s", name)
		} else if errors.Is(err, appraisal.ErrNotFound) {
			t.Error(err)
		}
	}
}
