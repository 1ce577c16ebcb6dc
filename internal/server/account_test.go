package server

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/web/page"
	"rancak/web/path"
)

func credentials(login, password string) url.Values {
	return url.Values{page.FieldLogin: {login}, page.FieldPassword: {password}}
}

// token is the secret of the session in a browser.
func (m *member) token() string { return m.cookies[m.world.sessions.Cookie.Name] }

// with is another browser that holds only this session.
func (m *member) with(token string) *member {
	return &member{world: m.world, Account: m.Account, cookies: map[string]string{m.world.sessions.Cookie.Name: token}}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	who := w.members[appraisal.RoleEmployee]

	t.Run("page", func(t *testing.T) {
		w.nobody().get(t, path.SignIn+"?nip="+url.QueryEscape(`1"><script>`)).want(t, 200).
			says(t, "Administrator", `value="1&#34;&gt;&lt;script&gt;"`).lacks(t, "<script>", "Sesi Anda berakhir")
	})

	t.Run("empty", func(t *testing.T) {
		w.nobody().post(t, path.SignIn, nil).want(t, 422).says(t, "<title>Kesalahan: ", `href="#nip"`, `href="#sandi"`)
		w.nobody().post(t, path.SignIn, credentials(" \t", "x")).want(t, 422).says(t, `href="#nip"`).lacks(t, `href="#sandi"`)
		w.nobody().post(t, path.SignIn, credentials("x", "")).want(t, 422).says(t, `href="#sandi"`, `value="x"`)
	})

	t.Run("unknown accounts are told from wrong passwords by nothing", func(t *testing.T) {
		disabled := w.members[appraisal.RoleReviewer]
		w.exec(t, "UPDATE users SET disabled_at = now() WHERE employee_id = $1", disabled.Employee)
		defer w.exec(t, "UPDATE users SET disabled_at = NULL WHERE employee_id = $1", disabled.Employee)
		var first string
		for _, c := range [][2]string{
			{who.Login, "bukan kata sandinya"}, {"198501012010011999", password}, {"tidak.ada", password},
			{disabled.Login, password}, {"admin'--", password}, {who.Login, password + " "}, {"a\x00b\xff", password},
			{strings.Repeat("9", 500), password}, {who.Login, strings.Repeat("p", 5000)},
		} {
			a := w.nobody().post(t, path.SignIn, credentials(c[0], c[1])).want(t, 422).says(t, "NIP atau kata sandi belum cocok").lacks(t, c[1])
			said := strings.ReplaceAll(unnumbered(a), `value="`+strings.ReplaceAll(normal(c[0]), "'", "&#39;")+`"`, "")
			if first == "" {
				first = said
			} else if said != first {
				t.Errorf("%q is told from others", c[0])
			}
			if a.Header().Get("Set-Cookie") != "" {
				t.Errorf("%q: a cookie after a wrong password", c[0])
			}
		}
		if log := w.log.take(); strings.Contains(log, who.Login) || strings.Count(log, `msg="sign-in refused"`) != 9 {
			t.Errorf("log of refused sign-ins:\n%s", log)
		}
	})

	t.Run("NIP with spaces", func(t *testing.T) {
		m := w.nobody()
		m.post(t, path.SignIn, credentials(" "+appraisal.NIP(who.Login).Spaced()+" ", password)).leads(t, path.Home)
		m.get(t, path.Home).want(t, 200).says(t, "Selamat datang")
		if n := scalar[int](t, w, "SELECT count(*) FROM audit_entries WHERE act = 'sign_in'"); n != 1 {
			t.Errorf("%d entries in the trail", n)
		}
	})

	t.Run("throttled", func(t *testing.T) {
		m := &member{world: w, Account: w.members[appraisal.RoleSupervisor].Account}
		m.signIn(t) // this browser is known from now on
		thief := w.nobody()
		var a *answer
		for range 12 {
			if a = thief.post(t, path.SignIn, credentials(m.Login, "salah")); a.Code != 422 {
				break
			}
		}
		a.want(t, 429).says(t, "Tunggu sebentar", `value="`+m.Login+`"`)
		if s, err := strconv.Atoi(a.Header().Get("Retry-After")); err != nil || s < 1 {
			t.Errorf("Retry-After %q", a.Header().Get("Retry-After"))
		}
		// The right password does not help the thief, who may have it by chance.
		thief.post(t, path.SignIn, credentials(m.Login, password)).want(t, 429)
		// The person is not locked out where they have been before.
		m.post(t, path.SignIn, credentials(m.Login, password)).want(t, 303)
		w.clock.advance(20 * time.Minute)
		w.nobody().post(t, path.SignIn, credentials(m.Login, password)).want(t, 303)
	})

	t.Run("the same person elsewhere", func(t *testing.T) {
		one, two := &member{world: w, Account: who.Account}, &member{world: w, Account: who.Account}
		one.signIn(t)
		two.signIn(t)
		one.get(t, path.Home).want(t, 200)
		two.get(t, path.Home).want(t, 200)
	})
}

// accounts lets a use case fail.
type accounts struct {
	app.AccountStore
	throttle error
}

func (a accounts) Throttle(context.Context, []appraisal.Bucket, time.Time) (time.Duration, error) {
	return 0, a.throttle
}

func TestSignInBusy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	w.serve(t, func(c *Config) { c.Accounts.Store = accounts{w.store, appraisal.ErrBusy} })
	a := w.nobody().post(t, path.SignIn, credentials("198501012010011001", password)).want(t, 503)
	a.says(t, "Sedang banyak yang memakai Rancak", `value="198501012010011001"`)
	if got := a.Header().Get("Retry-After"); got != "5" {
		t.Errorf("Retry-After %q", got)
	}
}

func TestSignInLeadsOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	who := w.members[appraisal.RoleEmployee]
	in := &member{world: w, Account: who.Account}
	in.signIn(t)
	for ke, want := range map[string]string{
		"":                              "/",
		"/hasil":                        "/hasil",
		"/penilaian/7?bagian=3":         "/penilaian/7?bagian=3",
		"/masuk?ke=%2Fmasuk":            "/masuk?ke=%2Fmasuk",
		"hasil":                         "/",
		"//jahat.example":               "/",
		"///jahat.example":              "/",
		"/\\jahat.example":              "/",
		"\\\\jahat.example":             "/",
		"/\t/jahat.example":             "/",
		"/\n/jahat.example":             "/",
		" //jahat.example":              "/",
		"https://jahat.example/":        "/",
		"https:jahat.example":           "/",
		"javascript:alert(1)":           "/",
		"data:text/html,x":              "/",
		"/a\r\nSet-Cookie: x=1":         "/",
		"/%zz":                          "/",
		"/.//jahat.example":             "/jahat.example",
		"/%5cjahat.example":             "/%5cjahat.example",
		"/" + strings.Repeat("a", 2000): "/",
	} {
		v := credentials(who.Login, password)
		v.Set(page.FieldNext, ke)
		w.nobody().post(t, path.SignIn, v).leads(t, want)
		in.get(t, path.SignIn+"?ke="+url.QueryEscape(ke)).leads(t, want)
	}
	// The way back goes through the form.
	a := w.nobody().get(t, path.Results).leads(t, "/masuk?ke=%2Fhasil")
	w.nobody().get(t, a.Header().Get("Location")).want(t, 200).says(t, `name="ke" value="/hasil"`, "Masuk dulu")
	w.nobody().get(t, path.SignIn+"?ke=//jahat.example").want(t, 200).lacks(t, "jahat")
}

func TestSessionFixation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	a, b := w.members[appraisal.RoleEmployee], w.members[appraisal.RoleSupervisor]

	// A token that somebody made up is not taken.
	m := (&member{world: w, Account: a.Account}).with("dibuat-orang-lain")
	m.get(t, path.SignIn).want(t, 200)
	m.signIn(t)
	if m.token() == "dibuat-orang-lain" {
		t.Error("a made-up token became a session")
	}

	// Signing in changes the token, and the old one is worth nothing.
	for _, next := range []*member{a, b} {
		before := m.token()
		m.Account = next.Account
		m.signIn(t)
		if m.token() == before {
			t.Error("the token stays the same")
		}
		m.with(before).get(t, path.Home).leads(t, path.SignInTo(path.Home))
	}

	// What the session of one said is not told to the next.
	id := w.form(t, b.Employee, appraisal.KindSelf)
	v := url.Values{page.FieldSection: {"1"}, page.FieldAct: {page.ActLeave}}
	m.post(t, path.Review(id), v).leads(t, path.Home)
	m.Account = a.Account
	m.signIn(t)
	m.get(t, path.Home).want(t, 200).lacks(t, "Draf tersimpan")
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m := &member{world: w, Account: w.members[appraisal.RoleEmployee].Account}
	m.signIn(t)
	old := m.token()
	a := m.post(t, path.SignOut, nil).leads(t, path.SignIn)
	if got := a.Header().Get("Clear-Site-Data"); got != `"cache", "storage"` {
		t.Errorf("Clear-Site-Data %q", got)
	}
	if m.token() != "" {
		t.Error("the cookie stays")
	}
	m.with(old).get(t, path.Home).leads(t, path.SignInTo(path.Home))
	m.with(old).post(t, path.RenewSess, nil).want(t, 401)
	m.with(old).post(t, path.SignOut, nil).leads(t, path.SignIn)
	if n := scalar[int](t, w, "SELECT count(*) FROM audit_entries WHERE act = 'sign_out'"); n != 1 {
		t.Errorf("%d entries in the trail", n)
	}
	m.get(t, path.SignOut).want(t, 405)
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	browser := func(r appraisal.Role) *member {
		m := &member{world: w, Account: w.members[r].Account}
		m.signIn(t)
		return m
	}

	t.Run("idle", func(t *testing.T) {
		m, hr := browser(appraisal.RoleEmployee), browser(appraisal.RoleHRCity)
		w.clock.advance(31 * time.Minute)
		hr.get(t, path.Home).want(t, 303)
		m.get(t, path.Home).want(t, 200)
		w.clock.advance(31 * time.Minute)
		defer w.clock.advance(-62 * time.Minute)
		at := "/penilaian/7?bagian=3"
		a := m.get(t, at).leads(t, path.SignIn+"?ke="+url.QueryEscape(at))
		m.get(t, a.Header().Get("Location")).want(t, 200).says(t, "Sesi Anda berakhir", `value="`+at+`"`)
		// A script learns it, and a form sent without one leads back to its page.
		saved(t, m.script(t, "/penilaian/7/simpan", nil).want(t, 401))
		r := formRequest("/penilaian/7", nil)
		r.Header.Set("Referer", "https://example.com/penilaian/7?bagian=3")
		r.Host = "example.com"
		m.send(t, r).want(t, 401).says(t, path.SignIn+"?ke=%2Fpenilaian%2F7%3Fbagian%3D3")
		r = formRequest("/penilaian/7", nil)
		r.Header.Set("Referer", "https://jahat.example/x")
		m.send(t, r).want(t, 401).says(t, path.SignIn+"?ke=%2F").lacks(t, "jahat")
	})

	t.Run("at all", func(t *testing.T) {
		m := browser(appraisal.RoleEmployee)
		soon := time.Now().Add(10 * time.Minute)
		data, err := codec{}.Encode(soon, map[string]any{sessionUser: scalar[appraisal.UserID](t, w, "SELECT id FROM users WHERE employee_id = $1", m.Employee)})
		if err != nil {
			t.Fatal(err)
		}
		w.exec(t, "UPDATE sessions SET data = $1, expires_at = now() + interval '5 minutes'", data)
		a := m.get(t, path.Home).want(t, 200)
		if expires := scalar[time.Time](t, w, "SELECT max(expires_at) FROM sessions"); expires.After(soon.Add(time.Second)) {
			t.Errorf("a session that ends at %v goes on until %v", soon, expires)
		}
		body := parse(t, a.text)
		for n := range body.Descendants() {
			if v := attr(n, "data-session-idle"); v != "" {
				if s, err := strconv.Atoi(v); err != nil || s > 600 {
					t.Errorf("the page takes the session for %s s long", v)
				}
			}
		}
	})

	t.Run("prolonged", func(t *testing.T) {
		m := browser(appraisal.RoleEmployee)
		w.exec(t, "UPDATE sessions SET expires_at = now() + interval '90 seconds'")
		a := m.script(t, path.RenewSess, nil).want(t, 200)
		var got struct{ Seconds int }
		if err := json.Unmarshal([]byte(a.text), &got); err != nil || got.Seconds < 3500 || got.Seconds > 3600 {
			t.Errorf("%s, %v", a.text, err)
		}
		if left := time.Until(scalar[time.Time](t, w, "SELECT max(expires_at) FROM sessions")); left < 59*time.Minute {
			t.Errorf("%v left", left)
		}
		r := formRequest(path.RenewSess, nil)
		r.Header.Set("Referer", "http://example.com/hasil")
		m.send(t, r).leads(t, path.Results)
		m.post(t, path.RenewSess, nil).leads(t, path.Home)
	})

	t.Run("disabled", func(t *testing.T) {
		m := browser(appraisal.RoleEmployee)
		old := m.token()
		w.exec(t, "UPDATE users SET disabled_at = now() WHERE employee_id = $1", m.Employee)
		m.get(t, path.Home).leads(t, path.SignInTo(path.Home))
		if m.token() != "" {
			t.Error("the cookie stays")
		}
		w.exec(t, "UPDATE users SET disabled_at = NULL WHERE employee_id = $1", m.Employee)
		m.with(old).get(t, path.Home).leads(t, path.SignInTo(path.Home))
	})

	t.Run("new password", func(t *testing.T) {
		m := browser(appraisal.RoleEmployee)
		if err := w.Accounts.SetPassword(t.Context(), m.Login, password); err != nil {
			t.Fatal(err)
		}
		m.get(t, path.Home).leads(t, path.SignInTo(path.Home))
	})
}

// TestRoleChange: with more power comes a new token and a shorter session; with
// less power what needs it is refused at once.
func TestRoleChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m := &member{world: w, Account: w.members[appraisal.RoleEmployee].Account}
	m.signIn(t)
	old := m.token()
	m.get(t, path.Cycles).want(t, 403)
	w.exec(t, "INSERT INTO user_roles (user_id, role) SELECT id, 'hr_city' FROM users WHERE employee_id = $1", m.Employee)
	m.get(t, path.Cycles).want(t, 200)
	if m.token() == old {
		t.Error("the token stays the same")
	}
	m.with(old).get(t, path.Home).want(t, 303)
	if left := time.Until(scalar[time.Time](t, w, "SELECT max(expires_at) FROM sessions WHERE ended_at IS NULL")); left > idleForPower {
		t.Errorf("the session of HR lasts %v", left)
	}
	w.exec(t, "DELETE FROM user_roles r USING users u WHERE r.user_id = u.id AND u.employee_id = $1", m.Employee)
	m.get(t, path.Cycles).want(t, 403)
	m.get(t, path.Home).want(t, 200)
}

// TestSessionWrites: a page view writes a session only when its end moves, and
// sends the cookie only when it changes.
func TestSessionWrites(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	w.nobody().get(t, path.SignIn).want(t, 200)
	w.nobody().get(t, path.Home).want(t, 303)
	if n := scalar[int](t, w, "SELECT count(*) FROM sessions"); n != 0 {
		t.Errorf("%d sessions of nobody", n)
	}
	m := &member{world: w, Account: w.members[appraisal.RoleEmployee].Account}
	m.signIn(t)
	version := func() string { return scalar[string](t, w, "SELECT string_agg(xmin::text, ' ') FROM sessions") }
	before := version()
	for range 3 {
		if a := m.get(t, path.Home).want(t, 200); a.Header().Get("Set-Cookie") != "" {
			t.Errorf("the cookie is sent again: %s", a.Header().Get("Set-Cookie"))
		}
	}
	if version() != before {
		t.Error("a page view wrote the session")
	}
}

func TestSignInHead(t *testing.T) {
	w := filling()
	r := httptest.NewRequest(http.MethodHead, path.Results, nil)
	w.nobody().send(t, r).leads(t, path.SignInTo(path.Results))
}
