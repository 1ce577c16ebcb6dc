package server

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/crypto/argon2"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/demo"
	"rancak/internal/jobs"
	"rancak/internal/postgres"
	"rancak/internal/testdb"
	"rancak/migrations"
	"rancak/web/page"
	"rancak/web/path"
)

// today is when the tests take place.
var today = time.Date(2026, time.November, 23, 3, 0, 0, 0, time.UTC)

// password opens every account of the tests; its hash is a cheap one.
const password = "kata sandi untuk uji"

var passwordHash = func() string {
	salt := []byte("garam untuk uji.")
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=64,t=1,p=1$%s$%s", argon2.Version,
		enc.EncodeToString(salt), enc.EncodeToString(argon2.IDKey([]byte(password), salt, 1, 64, 1, 32)))
}()

// ends runs after the last test.
var ends []func()

// processTB stands for all tests of the package: what it is given lives until
// the last of them ends.
type processTB struct{ testing.TB }

func (processTB) Context() context.Context { return context.Background() }
func (processTB) Helper()                  {}
func (processTB) Cleanup(end func())       { ends = append(ends, end) }
func (processTB) Errorf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}
func (processTB) Error(args ...any)                 { fmt.Fprintln(os.Stderr, args...) }
func (processTB) Fatal(args ...any)                 { panic(fmt.Sprint(args...)) }
func (processTB) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range slices.Backward(ends) {
		end()
	}
	os.Exit(code)
}

// Worlds that tests share because they only look: one with open forms, one in
// evaluation with a complete run.
var (
	filling    = sync.OnceValue(func() *world { return newWorld(processTB{}, 200) })
	evaluating = sync.OnceValue(func() *world {
		w := newWorld(processTB{}, 60)
		w.evaluate(processTB{})
		return w
	})
)

// world is a demonstration city with a server on it.
type world struct {
	*Server
	url     string
	pool    *pgxpool.Pool
	network *network
	store   *postgres.Store
	runner  *app.Runner
	handler http.Handler
	log     *lines
	clock   *clock
	year    int // of the current cycle; the one before is published
	members map[appraisal.Role]*member

	mu sync.Mutex
}

// clock runs like the machine's, some time ahead.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// lines collects the log.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

// take returns what was logged since the last time.
func (l *lines) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.buf.Reset()
	return l.buf.String()
}

// newWorld loads a city, which is gone when the test ends.
func newWorld(t testing.TB, people int) *world {
	t.Helper()
	w := &world{url: testdb.URL(t), members: map[appraisal.Role]*member{}}
	w.connect(t, 0)
	w.runner = &app.Runner{Store: w.store, Now: now}
	w.load(t, people)
	w.serve(t, func(*Config) {})
	w.year = scalar[int](t, w, "SELECT max(year) FROM cycles")
	return w
}

// connect opens the database as the program does, with bounds of statements.
func (w *world) connect(t testing.TB, timeout time.Duration) {
	t.Helper()
	open, err := postgres.Open(t.Context(), postgres.Config{URL: w.url, StatementTimeout: timeout, LockTimeout: timeout, MaxConns: 8})
	if err != nil {
		t.Fatal(err)
	}
	open.Close() // it is opened again, over a network that can fail
	c := open.Config()
	w.network = &network{dial: c.ConnConfig.DialFunc}
	c.ConnConfig.DialFunc, c.ConnConfig.Tracer = w.network.connect, w.network
	if w.pool, err = pgxpool.NewWithConfig(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.pool.Close)
	inserter, err := jobs.NewInserter(w.pool)
	if err != nil {
		t.Fatal(err)
	}
	w.store = postgres.New(w.pool, inserter)
}

// network is the way to the database: it can be cut, and counts statements.
type network struct {
	dial    pgconn.DialFunc
	cut     atomic.Bool
	queries atomic.Int64
}

var errCut = errors.New("jaringan rahasia putus")

func (n *network) connect(ctx context.Context, kind, address string) (net.Conn, error) {
	if n.cut.Load() {
		return nil, errCut
	}
	return n.dial(ctx, kind, address)
}

// TraceQueryStart implements [pgx.QueryTracer].
func (n *network) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	n.queries.Add(1)
	return ctx
}

// TraceQueryEnd implements [pgx.QueryTracer].
func (n *network) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// cut takes the database away, or gives it back.
func (w *world) cut(away bool) {
	w.network.cut.Store(away)
	w.pool.Reset()
}

func now() time.Time { return today }

func (w *world) load(t testing.TB, people int) {
	t.Helper()
	ctx := context.Background()
	conn, err := w.pool.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	o := demo.Options{People: people, Seed: 7, Today: today, PasswordHash: passwordHash, Years: 2, FilledShare: 0.8}
	accounts, err := demo.Load(ctx, conn.Conn(), o, func(ctx context.Context, id appraisal.CycleID) (appraisal.RunID, error) {
		c, err := w.store.CycleByID(ctx, id)
		if err != nil {
			return 0, err
		}
		run, err := postgres.New(w.pool, nil).StartRun(ctx, 0, c.Year, appraisal.LatestRun, today)
		if err != nil {
			return 0, err
		}
		return run.ID, w.runner.Run(ctx, run.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		w.members[a.Role] = &member{world: w, Account: a}
	}
	w.part(t)
}

// part sees to it that each account holds its role and no other, but that of
// employee, and has an empty form about itself: in a small city one person
// wears several hats. A reviewing superior and a head lead people too.
func (w *world) part(t testing.TB) {
	t.Helper()
	w.exec(t, `DELETE FROM user_roles r USING user_roles a WHERE a.role = 'auditor' AND r.user_id = a.user_id AND r.role <> 'auditor'`)
	w.members[appraisal.RoleReviewer].Account = w.reviewer(t)
	for _, m := range w.members {
		w.exec(t, `UPDATE reviews r SET state = 'draft', submitted_at = NULL, answers = array_fill(NULL::smallint, ARRAY[items]),
				versions = array_fill(0::smallint, ARRAY[cardinality(versions)]), comments = array_fill(''::text, ARRAY[cardinality(comments)])
			FROM cycles c WHERE c.id = r.cycle_id AND c.year = $2 AND r.kind = 'self' AND r.rater_id = $1`, m.Employee, today.Year())
	}
}

// reviewer makes a supervisor who heads no dinas a reviewing superior.
func (w *world) reviewer(t testing.TB) demo.Account {
	t.Helper()
	a := demo.Account{Role: appraisal.RoleReviewer, Employee: scalar[appraisal.EmployeeID](t, w, `SELECT max(p.employee_id) FROM participants p
		JOIN cycles c ON c.id = p.cycle_id AND c.year = $1
		WHERE EXISTS (SELECT FROM participants s WHERE s.cycle_id = c.id AND s.supervisor_id = p.employee_id)
		  AND EXISTS (SELECT FROM participants e JOIN cycles ec ON ec.id = e.cycle_id AND ec.year = c.year - 1 WHERE e.supervisor_id = p.employee_id)
		  AND NOT EXISTS (SELECT FROM participants h WHERE h.employee_id = p.employee_id AND h.leads_unit_id = h.dinas_id)
		  AND p.employee_id <> $2`, today.Year(), w.members[appraisal.RoleSupervisor].Employee)}
	a.Login = scalar[string](t, w, "SELECT nip FROM employees WHERE id = $1", a.Employee)
	w.exec(t, `UPDATE participants SET reviewer_id = $1 WHERE employee_id = $2`, a.Employee, w.members[appraisal.RoleEmployee].Employee)
	return a
}

// serve puts a new server on the database, with what set changes.
func (w *world) serve(t testing.TB, set func(*Config)) {
	t.Helper()
	w.log, w.clock = &lines{}, &clock{}
	results := &app.Results{Store: w.store}
	c := Config{
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: now,
		Accounts:    &app.Accounts{Store: w.store, Passwords: app.NewPasswords(), Now: w.clock.now},
		Reviews:     &app.Reviews{Store: w.store, Now: now},
		Evaluations: &app.Evaluations{Store: w.store, Results: results, Now: now},
		Cycles:      &app.Cycles{Store: w.store, Now: now},
		Results:     results, Site: w.store,
		Sessions: postgres.NewSessions(w.pool, SessionInfo, w.clock.now),
		Demo: func(ctx context.Context) ([]page.DemoAccount, string, error) {
			return []page.DemoAccount{{Role: appraisal.RoleAdmin, Login: "admin", Name: "Administrator", Does: "coba"}}, "sandi-demonstrasi", nil
		},
		BaseURL: "https://rancak.example", Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Unavailable: postgres.Unavailable, SchemaVersion: migrations.Latest, Version: "uji",
	}
	set(&c)
	var err error
	if w.Server, err = New(c); err != nil {
		t.Fatal(err)
	}
	w.handler = w.Handler()
	for _, m := range w.members {
		m.cookies = nil
	}
}

// evaluate closes the forms of the current cycle and scores them.
func (w *world) evaluate(t testing.TB) appraisal.RunID {
	t.Helper()
	hr := w.as(t, appraisal.RoleHRCity)
	w.close(t)
	hr.post(t, path.Runs(w.year), nil).want(t, http.StatusSeeOther)
	return w.score(t)
}

func (w *world) close(t testing.TB) {
	t.Helper()
	form := url.Values{page.FieldStage: {string(appraisal.StageEvaluation)}, page.FieldVersion: {w.cycleVersion(t)}}
	w.as(t, appraisal.RoleHRCity).post(t, path.CycleStage(w.year), form).want(t, http.StatusSeeOther)
}

func (w *world) cycleVersion(t testing.TB) string {
	t.Helper()
	return scalar[string](t, w, "SELECT version::text FROM cycles WHERE year = $1", w.year)
}

// score works on the newest run.
func (w *world) score(t testing.TB) appraisal.RunID {
	t.Helper()
	id := scalar[appraisal.RunID](t, w, "SELECT max(id) FROM scoring_runs")
	if err := w.runner.Run(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	return id
}

// scalar reads one value from the database.
func scalar[T any](t testing.TB, w *world, sql string, args ...any) T {
	t.Helper()
	rows, _ := w.pool.Query(context.Background(), sql, args...)
	v, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
	if err != nil {
		t.Fatalf("%s %v: %v", sql, args, err)
	}
	return v
}

func (w *world) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := w.pool.Exec(context.Background(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// nobody is the browser of somebody without an account.
func (w *world) nobody() *member { return &member{world: w} }

// as is the browser of the account of a role, signed in.
func (w *world) as(t testing.TB, r appraisal.Role) *member {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.members[r]
	if m == nil {
		t.Fatalf("nobody is %s", r)
	}
	if m.cookies == nil {
		m.signIn(t)
	}
	return m
}

// employee is the browser of any employee, signed in.
func (w *world) employee(t testing.TB, id appraisal.EmployeeID) *member {
	t.Helper()
	m := &member{world: w, Account: demo.Account{
		Employee: id, Login: scalar[string](t, w, "SELECT nip FROM employees WHERE id = $1", id),
	}}
	m.signIn(t)
	return m
}

// member is a browser, of an account where one is signed in.
type member struct {
	demo.Account
	world   *world
	cookies map[string]string
}

func (m *member) signIn(t testing.TB) {
	t.Helper()
	form := url.Values{page.FieldLogin: {m.Login}, page.FieldPassword: {password}}
	m.post(t, path.SignIn, form).want(t, http.StatusSeeOther)
	if m.cookies[m.world.sessions.Cookie.Name] == "" {
		t.Fatalf("no session after signing in as %s", m.Login)
	}
}

// again is another browser with the same cookies.
func (m *member) again() *member {
	c := *m
	c.cookies = make(map[string]string, len(m.cookies))
	for name, value := range m.cookies {
		c.cookies[name] = value
	}
	return &c
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	request string
	text    string // the body
}

func (a *answer) want(t testing.TB, status int) *answer {
	t.Helper()
	if a.Code != status {
		t.Errorf("%s: %d, want %d\n%s", a.request, a.Code, status, a.excerpt())
	}
	return a
}

// leads wants a redirect to an address.
func (a *answer) leads(t testing.TB, to string) *answer {
	t.Helper()
	a.want(t, http.StatusSeeOther)
	if got := a.Header().Get("Location"); got != to {
		t.Errorf("%s leads to %s, want %s", a.request, got, to)
	}
	return a
}

// says wants words in the body.
func (a *answer) says(t testing.TB, words ...string) *answer {
	t.Helper()
	for _, s := range words {
		if !strings.Contains(a.text, s) {
			t.Errorf("%s: the answer lacks %q\n%s", a.request, s, a.excerpt())
		}
	}
	return a
}

// lacks wants words not to be in the body.
func (a *answer) lacks(t testing.TB, words ...string) *answer {
	t.Helper()
	for _, s := range words {
		if strings.Contains(a.text, s) {
			t.Errorf("%s: the answer holds %q", a.request, s)
		}
	}
	return a
}

// excerpt is the body from its main part on.
func (a *answer) excerpt() string {
	s := a.text
	if i := strings.Index(s, "<main"); i >= 0 {
		s = s[i:]
	}
	return s[:min(len(s), 1500)]
}

func (m *member) get(t testing.TB, at string) *answer {
	t.Helper()
	return m.send(t, httptest.NewRequest(http.MethodGet, at, nil))
}

func (m *member) post(t testing.TB, at string, form url.Values) *answer {
	t.Helper()
	return m.send(t, formRequest(at, form))
}

// script posts as the scripts of the pages do.
func (m *member) script(t testing.TB, at string, form url.Values) *answer {
	t.Helper()
	r := formRequest(at, form)
	r.Header.Set("Accept", "application/json")
	return m.send(t, r)
}

func formRequest(at string, form url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, at, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// send sends a request with the cookies there are and keeps those that come.
func (m *member) send(t testing.TB, r *http.Request) *answer {
	t.Helper()
	for name, value := range m.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	a := &answer{ResponseRecorder: httptest.NewRecorder(), request: m.Login + " " + r.Method + " " + r.URL.String()}
	m.world.handler.ServeHTTP(a, r)
	a.text = a.Body.String()
	for _, c := range a.Result().Cookies() {
		if m.cookies == nil {
			m.cookies = map[string]string{}
		}
		if c.MaxAge < 0 {
			delete(m.cookies, c.Name)
		} else {
			m.cookies[c.Name] = c.Value
		}
	}
	return a
}
