package server

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/asset"
	"rancak/web/page"
	"rancak/web/path"
)

// everyKind is an answer of each kind there is.
func everyKind(t *testing.T, w *world) map[string]*answer {
	m := w.as(t, appraisal.RoleHRCity)
	broken := m.again()
	cross := formRequest(path.SignOut, nil)
	cross.Header.Set("Sec-Fetch-Site", "cross-site")
	unchanged := httptest.NewRequest(http.MethodGet, asset.URL("logo.svg"), nil)
	unchanged.Header.Set("If-None-Match", "*")
	head := httptest.NewRequest(http.MethodHead, path.Home, nil)
	return map[string]*answer{
		"page":         m.get(t, path.Home).want(t, 200),
		"head":         m.send(t, head).want(t, 200),
		"sign-in":      w.nobody().get(t, path.SignIn).want(t, 200),
		"redirect":     w.nobody().get(t, path.Home).want(t, 303),
		"refused":      w.nobody().post(t, path.SignIn, nil).want(t, 422),
		"401":          w.nobody().post(t, path.Runs(w.year), nil).want(t, 401),
		"403":          m.get(t, path.Team).want(t, 403),
		"404":          m.get(t, "/tidak-ada").want(t, 404),
		"404 deep":     m.get(t, "/penilaian/1/../../x").want(t, 404),
		"405":          m.get(t, path.SignOut).want(t, 405),
		"409":          m.post(t, path.Runs(w.year), nil).want(t, 409),
		"413":          m.post(t, path.SignIn, url.Values{"x": {strings.Repeat("x", maxBody)}}).want(t, 413),
		"cross origin": m.send(t, cross).want(t, 403),
		"json":         m.script(t, "/penilaian/1/simpan", nil).want(t, 404),
		"download":     m.get(t, path.DinasList+".csv").want(t, 200),
		"file":         m.get(t, path.DinasList+".xlsx").want(t, 200),
		"static":       m.get(t, asset.URL("logo.svg")).want(t, 200),
		"static 304":   m.send(t, unchanged).want(t, 304),
		"static 404":   m.get(t, asset.Prefix+"tidak-ada.js").want(t, 404),
		"static 405":   m.post(t, asset.URL("logo.svg"), nil).want(t, 405),
		"healthz":      broken.get(t, path.Healthz).want(t, 200),
		"readyz":       broken.get(t, path.Readyz).want(t, 200),
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	check := func(t *testing.T, hsts string) {
		answers := everyKind(t, w)
		w.cut(true)
		answers["503"] = w.as(t, appraisal.RoleHRCity).get(t, path.Home).want(t, 503)
		answers["readyz 503"] = w.nobody().get(t, path.Readyz).want(t, 503)
		w.cut(false)
		for name, a := range answers {
			h := a.Header()
			for header, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
				"Strict-Transport-Security": hsts,
			} {
				if got := h.Get(header); got != want {
					t.Errorf("%s: %s is %q, want %q", name, header, got, want)
				}
			}
			csp := h.Get("Content-Security-Policy")
			for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'"} {
				if !strings.Contains(csp, part) {
					t.Errorf("%s: the policy %q lacks %s", name, csp, part)
				}
			}
			if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || strings.Contains(csp, "http") {
				t.Errorf("%s: policy %q", name, csp)
			}
			cached := strings.HasPrefix(name, "static") && (a.Code == 200 || a.Code == 304)
			if cache := h.Get("Cache-Control"); (cache == "no-store") == cached {
				t.Errorf("%s: Cache-Control %q", name, cache)
			}
			if cached && (h.Get("Set-Cookie") != "" || strings.Contains(h.Get("Vary"), "Cookie")) {
				t.Errorf("%s: a shared file depends on who asks: %v", name, h)
			}
			if len(h.Get("X-Request-Id")) != idLength || len(h.Values("Content-Type")) > 1 {
				t.Errorf("%s: %v", name, h)
			}
			if a.Code == 200 && h.Get("Content-Type") == "" {
				t.Errorf("%s: no content type", name)
			}
		}
		for _, name := range []string{"page", "redirect", "sign-in", "download", "403", "503"} {
			if !strings.Contains(strings.Join(answers[name].Header().Values("Vary"), ","), "Cookie") {
				t.Errorf("%s: Vary %q", name, answers[name].Header().Values("Vary"))
			}
		}
	}
	t.Run("https", func(t *testing.T) { check(t, "max-age=31536000; includeSubDomains") })
	w.serve(t, func(c *Config) { c.BaseURL = "http://127.0.0.1:8080" })
	t.Run("http", func(t *testing.T) { check(t, "") })
}

func TestCookies(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	check := func(prefix string, secure bool) {
		t.Helper()
		m := &member{world: w, Account: w.members[appraisal.RoleEmployee].Account}
		a := m.post(t, path.SignIn, credentials(m.Login, password)).want(t, 303)
		seen := map[string]bool{}
		for _, c := range a.Result().Cookies() {
			seen[c.Name] = true
			if !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("cookie %+v", c)
			}
			if c.Name == prefix+"rancak" && (c.MaxAge != 0 || !c.Expires.IsZero()) {
				t.Errorf("the session outlives the browser: %+v", c)
			}
			if len(c.Value) < 26 {
				t.Errorf("%s is short: %d", c.Name, len(c.Value))
			}
		}
		if len(seen) != 2 || !seen[prefix+"rancak"] || !seen[prefix+"perangkat"] {
			t.Errorf("cookies %v", seen)
		}
		if stored := scalar[int](t, w, "SELECT count(*) FROM sessions WHERE encode(data, 'escape') LIKE '%' || $1 || '%'", m.token()); stored != 0 {
			t.Error("the token is stored in the clear")
		}
	}
	check("__Host-", true)
	w.serve(t, func(c *Config) { c.BaseURL = "http://localhost:8080" })
	check("", false)
}

// TestOrigin: what another site makes a browser send is refused before it is read.
func TestOrigin(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	for _, c := range []struct {
		site, origin string
		refused      bool
	}{
		{"", "", false},
		{"same-origin", "https://rancak.example", false},
		{"none", "", false},
		{"cross-site", "https://jahat.example", true},
		{"cross-site", "", true},
		{"same-site", "https://lain.rancak.example", true},
		{"", "https://jahat.example", true},
		{"", "null", true},
		{"", "https://rancak.example.jahat.example", true},
		{"", "http://rancak.example", true},
		{"", "https://example.com", false}, // the host of the request
		{"", "https://rancak.example", false},
	} {
		for _, at := range []string{path.SignIn, path.SignOut, path.Runs(w.year), "/penilaian/1", "/tidak-ada"} {
			r := formRequest(at, nil)
			if c.site != "" {
				r.Header.Set("Sec-Fetch-Site", c.site)
			}
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			a := w.nobody().send(t, r)
			if refused := a.Code == 403; refused != c.refused {
				t.Errorf("%s from %q, %q: %d", at, c.site, c.origin, a.Code)
			}
		}
	}
	r := httptest.NewRequest(http.MethodGet, path.SignIn, nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site") // a link in a mail
	w.nobody().send(t, r).want(t, 200)
}

func TestAddress(t *testing.T) {
	s := &Server{Config: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}}
	for _, c := range []struct{ from, forwarded, want string }{
		{"192.0.2.1:5000", "", "192.0.2.1"},
		{"192.0.2.1:5000", "198.51.100.7", "192.0.2.1"}, // nobody believes a stranger
		{"10.0.0.1:5000", "", "10.0.0.1"},
		{"10.0.0.1:5000", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.1:5000", "203.0.113.9, 198.51.100.7", "198.51.100.7"}, // what a stranger wrote before
		{"10.0.0.1:5000", "198.51.100.7, 10.0.0.2", "198.51.100.7"},
		{"10.0.0.1:5000", "bukan alamat", "10.0.0.1"},
		{"10.0.0.1:5000", "198.51.100.7, bukan alamat", "10.0.0.1"},
		{"[::ffff:10.0.0.1]:5000", "::ffff:198.51.100.7", "198.51.100.7"},
		{"[fd00::1]:5000", "198.51.100.7", "198.51.100.7"},
		{"[2001:db8:1:2:3:4:5:6]:5000", "", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:ffff::1]:5000", "", "2001:db8:1:2::/64"},
		{"10.0.0.1:5000", "2001:db8:1:2::9", "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:5000", "", "fe80::/64"},
		{"@", "198.51.100.7", "@"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.address(r); got != c.want {
			t.Errorf("from %s for %q: %s, want %s", c.from, c.forwarded, got, c.want)
		}
	}
}

// TestLog: nothing that a person types gets into the log, however it is wrapped.
func TestLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	const nip = "198501012010011001"
	m := w.as(t, appraisal.RoleEmployee)
	w.log.take()
	requests := 0
	for _, at := range []string{
		"/masuk?nip=" + nip, "/" + nip, "/penilaian/" + nip, "/hasil/2025/pegawai/" + nip + "?nama=" + nip,
		"/x%0alevel=ERROR%20msg=palsu", "/x%0d%0apalsu=1", "/siklus?" + nip, "/masuk?ke=/" + nip, "/aset/" + nip,
	} {
		m.get(t, at)
		w.nobody().get(t, at)
		w.nobody().post(t, at, url.Values{page.FieldLogin: {nip}, page.FieldPassword: {nip}})
		requests += 3
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("User-Agent", nip)
	r.Header.Set("Referer", "https://example.com/"+nip)
	r.Header.Set("X-Request-Id", nip)
	m.send(t, r)
	requests++
	log := w.log.take()
	if strings.Contains(log, nip) || strings.Contains(log, "palsu") {
		t.Errorf("the log tells what was typed:\n%s", log)
	}
	if got := strings.Count(log, "msg=request "); got != requests {
		t.Errorf("%d lines for %d requests", got, requests)
	}
	for line := range strings.Lines(log) {
		if !strings.HasPrefix(line, "time=") {
			t.Errorf("line %q", line)
		}
	}
}

// TestIDs: what is no number of ours does not exist.
func TestIDs(t *testing.T) {
	w := filling()
	_, rows := parseMatrix(t, matrixFilling)
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.method+r.pattern] || !strings.Contains(r.pattern, "{") {
			continue
		}
		seen[r.method+r.pattern] = true
		role := appraisal.RoleHRCity
		if strings.HasPrefix(r.pattern, path.Team) {
			role = appraisal.RoleSupervisor
		}
		m := w.as(t, role)
		for _, bad := range []string{"0", "-1", "+1", "01", "1.0", "1e9999", "99999999999999999999", "9223372036854775807", "１", "٣",
			"abc", "0x1", "1_0", "%00", "1%00", "1%0a", "..%2f1", "'%20OR%201=1--", "{id}", "%F0%9F%98%80"} {
			at := strings.NewReplacer("{id}", bad, "{tahun}", strconv.Itoa(w.year)).Replace(r.pattern)
			if !strings.Contains(r.pattern, "{id}") {
				at = strings.Replace(r.pattern, "{tahun}", bad, 1)
			}
			u, err := url.Parse(at)
			if err != nil {
				t.Fatal(err)
			}
			req := formRequest("/", nil)
			req.Method, req.URL = r.method, u
			if a := m.send(t, req); a.Code != 404 {
				t.Errorf("%s %s: %d", r.method, at, a.Code)
			}
		}
	}
}

func TestCompress(t *testing.T) {
	w := filling()
	m := w.as(t, appraisal.RoleHRCity)
	for at, packed := range map[string]bool{path.Home: true, path.DinasList + ".csv": true, path.DinasList + ".xlsx": false} {
		r := httptest.NewRequest(http.MethodGet, at, nil)
		r.Header.Set("Accept-Encoding", "gzip, deflate, br")
		a := m.send(t, r).want(t, 200)
		if got := a.Header().Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("%s: packed %v", at, got)
		}
		if packed {
			z, err := gzip.NewReader(a.Body)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, z); err != nil {
				t.Errorf("%s: %v", at, err)
			}
		}
	}
}

// TestHead: asking for the header only gives that of the page.
func TestHead(t *testing.T) {
	w := filling()
	for _, r := range append(appraisal.Roles[:2:2], roleNobody) {
		m := w.nobody()
		if r != roleNobody {
			m = w.as(t, r)
		}
		for _, at := range []string{path.Home, path.SignIn, path.Results, path.Team, path.Healthz, "/tidak-ada", "/penilaian/1", asset.URL("logo.svg")} {
			a, b := m.get(t, at), m.send(t, httptest.NewRequest(http.MethodHead, at, nil))
			if a.Code != b.Code || a.Header().Get("Location") != b.Header().Get("Location") || a.Header().Get("Content-Type") != b.Header().Get("Content-Type") {
				t.Errorf("%s %s: GET %d, HEAD %d", r, at, a.Code, b.Code)
			}
		}
	}
}

func TestNew(t *testing.T) {
	for base, ok := range map[string]bool{
		"https://rancak.example.go.id": true, "http://127.0.0.1:8080": true, "https://rancak.example/": true,
		"": false, "rancak.example": false, "ftp://rancak.example": false, "https://": false, "://": false, "https://kota.example.go.id/rancak": false,
	} {
		if _, err := New(Config{BaseURL: base}); (err == nil) != ok {
			t.Errorf("New with %q: %v", base, err)
		}
	}
}
