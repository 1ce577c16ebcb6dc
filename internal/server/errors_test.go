package server

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/asset"
	"rancak/web/page"
	"rancak/web/path"
	"rancak/web/text"
)

// vocabulary is every error of the domain with its status.
var vocabulary = map[string]struct {
	err    error
	status int
}{
	"ErrNotFound":         {appraisal.ErrNotFound, 404},
	"ErrForbidden":        {appraisal.ErrForbidden, 403},
	"ErrConflict":         {appraisal.ErrConflict, 409},
	"ErrCredentials":      {appraisal.ErrCredentials, 422},
	"ErrBusy":             {appraisal.ErrBusy, 503},
	"ErrFormsClosed":      {appraisal.ErrFormsClosed, 409},
	"ErrAlreadySubmitted": {appraisal.ErrAlreadySubmitted, 409},
	"ErrNotEvaluating":    {appraisal.ErrNotEvaluating, 409},
	"ErrOwnEntryFirst":    {appraisal.ErrOwnEntryFirst, 409},
	"ErrEvaluationFinal":  {appraisal.ErrEvaluationFinal, 409},
	"ErrNoProposal":       {appraisal.ErrNoProposal, 409},
	"ErrStageMove":        {appraisal.ErrStageMove, 409},
	"ErrRunActive":        {appraisal.ErrRunActive, 409},
	"ErrRunState":         {appraisal.ErrRunState, 409},
	"ErrRunStale":         {appraisal.ErrRunStale, 409},
	"ErrNotDemonstration": {appraisal.ErrNotDemonstration, 409},
	"ThrottledError":      {&appraisal.ThrottledError{Seconds: 7}, 429},
	"InvalidError":        {&appraisal.InvalidError{Faults: []appraisal.Fault{{Field: "x", Code: appraisal.CodeRequired}}}, 422},
}

// TestVocabulary: what the domain exports as an error has a status and a text.
func TestVocabulary(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../appraisal/errors.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	exported := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return false
		case *ast.TypeSpec:
			if strings.HasSuffix(n.Name.Name, "Error") {
				exported[n.Name.Name] = true
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				if strings.HasPrefix(name.Name, "Err") {
					exported[name.Name] = true
				}
			}
		}
		return true
	})
	if len(exported) < 10 {
		t.Fatalf("found only %v", exported)
	}
	general, _ := text.Status(http.StatusInternalServerError)
	for name := range exported {
		known, ok := vocabulary[name]
		if !ok {
			t.Errorf("%s has no status here", name)
			continue
		}
		status, _ := filling().status(fmt.Errorf("doing something: %w", known.err))
		if status != known.status {
			t.Errorf("%s is %d, want %d", name, status, known.status)
		}
		if title, body := text.Error(known.err); title == general || title == "" || body == "" {
			t.Errorf("%s has no text of its own: %q %q", name, title, body)
		}
	}
	for name := range vocabulary {
		if !exported[name] {
			t.Errorf("%s is no error of the domain", name)
		}
	}
}

// site lets the pages fail.
type site struct {
	SiteStore
	current func() error
}

func (s site) CurrentCycle(ctx context.Context) (appraisal.Cycle, error) {
	if err := s.current(); err != nil {
		return appraisal.Cycle{}, err
	}
	return s.SiteStore.CurrentCycle(ctx)
}

func TestErrorPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	var failure func() error
	w.serve(t, func(c *Config) { c.Site = site{w.store, func() error { return failure() }} })
	m := w.as(t, appraisal.RoleEmployee)
	m.get(t, "/tidak-ada").want(t, 404)

	fails := func(err error) func() error { return func() error { return err } }
	script := func() *http.Request {
		r := httptest.NewRequest(http.MethodGet, path.Home, nil)
		r.Header.Set("Accept", "application/json")
		return r
	}

	for name, known := range vocabulary {
		if name == "ErrNotFound" {
			continue // Beranda does without a cycle
		}
		failure = fails(fmt.Errorf("membaca rahasia: %w", known.err))
		w.log.take()
		title, body := text.Error(known.err)
		if name == "InvalidError" {
			title, body = text.Status(known.status)
		}
		a := m.get(t, path.Home).want(t, known.status).says(t, "<h1>"+title+"</h1>", body).lacks(t, "rahasia")
		if wantLog := known.status >= 500; strings.Contains(w.log.take(), "level=ERROR") != wantLog {
			t.Errorf("%s: logged as an error: %v", name, !wantLog)
		}
		if retry := a.Header().Get("Retry-After"); (retry != "") != (known.status == 429 || known.status == 503) {
			t.Errorf("%s: Retry-After %q", name, retry)
		}
		if got := saved(t, m.send(t, script()).want(t, known.status)); got["message"] != title+". "+body {
			t.Errorf("%s: message %q", name, got["message"])
		}
	}

	// Anything else is our fault: a general page with the number of the
	// request, under which the log says once what happened.
	for name, f := range map[string]func() error{
		"error": fails(errors.New("kolom rahasia\nlevel=ERROR msg=palsu")),
		"panic": func() error { panic("kunci rahasia") },
		"nil": func() error {
			var c *appraisal.Cycle
			return fmt.Errorf("%d", c.Year)
		},
	} {
		failure = f
		w.log.take()
		a := m.get(t, path.Home).want(t, 500).says(t, "Ada gangguan di pihak kami", "Kode permintaan: <code>")
		a.lacks(t, "rahasia", "goroutine", "nil pointer", ".go:")
		id := a.Header().Get("X-Request-Id")
		log := w.log.take()
		if a.says(t, id); strings.Count(log, `level=ERROR msg="request failed"`) != 1 || strings.Count(log, "\n") != 2 || strings.Count(log, "request="+id) != 2 {
			t.Errorf("%s: log\n%s", name, log)
		}
		saved(t, m.send(t, script()).want(t, 500).lacks(t, "rahasia"))
	}

	// Out of time: told, though the time of the request is over.
	failure = fails(nil)
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	m.send(t, httptest.NewRequest(http.MethodGet, path.Home, nil).WithContext(ctx)).want(t, 503).says(t, "<h1>Rancak belum siap</h1>")
	failure = fails(fmt.Errorf("waiting: %w", context.DeadlineExceeded))
	m.get(t, path.Home).want(t, 503).says(t, "Rancak belum siap")

	// Gone away: nobody is there to be told, and nothing is wrong with us.
	w.log.take()
	gone, leave := context.WithCancel(t.Context())
	leave()
	m.send(t, httptest.NewRequest(http.MethodGet, path.Home, nil).WithContext(gone))
	if log := w.log.take(); strings.Contains(log, "level=ERROR") {
		t.Errorf("log of a browser that went away:\n%s", log)
	}
}

// TestPanicLate: an answer that breaks off is not completed by something else.
func TestPanicLate(t *testing.T) {
	w := filling()
	h := w.identify(w.logAccess(w.recoverPanic(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(out, "separuh")
		panic("di tengah jalan")
	}))))
	s := httptest.NewServer(h)
	defer s.Close()
	w.log.take()
	if resp, err := http.Get(s.URL); err == nil {
		t.Errorf("a broken answer looks whole: %d", resp.StatusCode)
		resp.Body.Close()
	}
	if log := w.log.take(); strings.Count(log, "level=ERROR") != 1 || !strings.Contains(log, "di tengah jalan") {
		t.Errorf("log\n%s", log)
	}
}

func TestMethodNotAllowed(t *testing.T) {
	w := filling()
	m := w.as(t, appraisal.RoleHRCity)
	for _, c := range []struct{ method, at, allow string }{
		{"POST", path.Team, "GET, HEAD"},
		{"DELETE", path.Home, "GET, HEAD"},
		{"PUT", "/penilaian/7", "GET, HEAD, POST"},
		{"GET", path.SignOut, "POST"},
		{"HEAD", path.SignOut, "POST"},
		{"GET", path.Runs(w.year), "POST"},
		{"POST", path.Healthz, "GET, HEAD"},
		{"TRACE", path.Home, "GET, HEAD"},
		{"OPTIONS", path.Home, "GET, HEAD"},
		{"SERANG", path.Home, "GET, HEAD"},
	} {
		a := m.send(t, httptest.NewRequest(c.method, c.at, nil)).want(t, 405)
		if got := a.Header().Get("Allow"); got != c.allow {
			t.Errorf("%s %s: Allow %q, want %q", c.method, c.at, got, c.allow)
		}
	}
	// Nothing turns one method into another.
	r := formRequest(path.SignOut+"?_method=POST", url.Values{"_method": {"POST"}})
	r.Method = http.MethodGet
	r.Header.Set("X-HTTP-Method-Override", http.MethodPost)
	m.send(t, r).want(t, 405)
	m.get(t, path.Home).want(t, 200)
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	large := url.Values{"f21": {strings.Repeat("a", maxBody+1)}}
	w.nobody().post(t, path.SignIn, large).want(t, 413).says(t, "Kiriman terlalu besar")
	m, id := w.own(t)
	m.post(t, path.Review(id), large).want(t, 413)
	saved(t, m.script(t, path.ReviewSave(id), large).want(t, 413))
	m.post(t, path.Review(id), url.Values{page.FieldSection: {"1"}, "x": {strings.Repeat("a", maxBody/2)}}).want(t, 303)
}

// TestDatabaseGone: words instead of an error, and back by itself.
func TestDatabaseGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m, id := w.own(t)
	m.get(t, path.Home).want(t, 200)
	w.cut(true)
	w.log.take()
	for _, a := range []*answer{m.get(t, path.Home), m.post(t, path.ReviewSubmit(id), nil), w.nobody().get(t, path.Help)} {
		a.want(t, 503).says(t, "Rancak belum siap", "Kota Bukittinggi").lacks(t, "rahasia")
		if n := strings.Count(a.text, "<html"); n != 1 {
			t.Errorf("%s: %d pages in one answer", a.request, n)
		}
		if a.Header().Get("Retry-After") != "5" || a.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: header %v", a.request, a.Header())
		}
	}
	a := m.script(t, path.ReviewSave(id), url.Values{"field": {"0"}, "version": {"0"}, "value": {"3"}}).want(t, 503)
	if saved(t, a); a.Header().Get("Retry-After") != "5" {
		t.Errorf("Retry-After %q", a.Header().Get("Retry-After"))
	}
	if log := w.log.take(); strings.Count(log, "level=ERROR") != 4 {
		t.Errorf("log\n%s", log)
	}
	w.nobody().get(t, path.SignIn).want(t, 200)
	w.nobody().get(t, path.Healthz).want(t, 200)
	w.nobody().get(t, path.Readyz).want(t, 503)
	w.nobody().get(t, asset.URL("css/rancak.css")).want(t, 200)
	w.nobody().get(t, "/tidak-ada").want(t, 404)
	w.cut(false)
	m.get(t, path.Home).want(t, 200)
	w.nobody().get(t, path.Readyz).want(t, 200)

	w.Closing()
	w.nobody().get(t, path.Readyz).want(t, 503)
	w.nobody().get(t, path.Healthz).want(t, 200)
	m.get(t, path.Home).want(t, 200)
}

// TestDatabaseBlocked: statements that wait too long are given up.
func TestDatabaseBlocked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	holder := w.pool
	w.connect(t, 500*time.Millisecond)
	w.serve(t, func(*Config) {})
	m, id := w.own(t)
	tx, err := holder.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background())
	if _, err := tx.Exec(t.Context(), "LOCK TABLE reviews"); err != nil {
		t.Fatal(err)
	}
	m.get(t, path.Review(id)).want(t, 503).says(t, "Rancak belum siap")
	m.post(t, path.ReviewSubmit(id), nil).want(t, 503)
	m.get(t, path.Results).want(t, 200)
}

// sessions lets sessions fail to be stored.
type sessions struct {
	SessionStore
	commit func() error
}

func (s sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	if err := s.commit(); err != nil {
		return err
	}
	return s.SessionStore.CommitCtx(ctx, token, data, expires)
}

// TestSessionNotStored: an answer whose session is lost gives way to one page
// that says so, and nobody is half signed in.
func TestSessionNotStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	var failure error
	broken := func() error { return nil }
	w.serve(t, func(c *Config) {
		c.Sessions = sessions{c.Sessions, func() error { return failure }}
		c.Site = site{w.store, func() error { return broken() }}
	})
	m := w.as(t, appraisal.RoleHRCity)
	failure = errCut
	one := func(a *answer, status int) {
		t.Helper()
		a.want(t, status)
		h := a.Header()
		if strings.Count(a.text, "<html") != 1 || strings.Count(a.text, "<h1>") != 1 || h.Get("Location") != "" || h.Get("Content-Disposition") != "" {
			t.Errorf("%s: %v\n%s", a.request, h, a.excerpt())
		}
		if h.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: content type %q", a.request, h.Get("Content-Type"))
		}
	}
	one(m.get(t, path.Home), 500)
	one(m.get(t, path.DinasList+".csv"), 500)
	one(m.get(t, path.ResultOf(w.year-1, m.Employee)), 500)
	n := &member{world: w, Account: m.Account}
	one(n.post(t, path.SignIn, credentials(m.Login, password)), 500)
	if n.token() != "" {
		t.Error("a session that is not stored has a cookie")
	}
	broken = func() error { return errors.New("dan ini juga") }
	one(m.get(t, path.Home), 500)
	failure, broken = nil, func() error { return nil }
	m.get(t, path.Home).want(t, 200)
}
