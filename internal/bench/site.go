package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/postgres"
	"rancak/internal/server"
	"rancak/migrations"
	"rancak/web/page"
	"rancak/web/path"
)

// newSite is the whole application on a database, wired as the command does.
func newSite(pool *pgxpool.Pool, baseURL string) (*server.Server, error) {
	store := postgres.New(pool, nil)
	results := &app.Results{Store: store}
	return server.New(server.Config{
		Log: slog.New(slog.DiscardHandler), Now: now,
		Accounts:    &app.Accounts{Store: store, Passwords: app.NewPasswords(), Now: time.Now},
		Reviews:     &app.Reviews{Store: store, Now: now},
		Evaluations: &app.Evaluations{Store: store, Results: results, Now: now},
		Cycles:      &app.Cycles{Store: store, Now: now},
		Results:     results, Site: store,
		Sessions: postgres.NewSessions(pool, server.SessionInfo, time.Now),
		Demo: func(context.Context) ([]page.DemoAccount, string, error) {
			return []page.DemoAccount{{Role: appraisal.RoleAdmin, Login: "admin", Name: "Administrator"}}, password, nil
		},
		BaseURL: baseURL, Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Unavailable: postgres.Unavailable, SchemaVersion: migrations.Latest, Version: "bench",
	})
}

// serve answers on a free port of this machine until ctx ends.
func serve(ctx context.Context, handler func(baseURL string) (http.Handler, error)) (addr string, done <-chan error, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listening: %w", err)
	}
	addr = l.Addr().String()
	h, err := handler("http://" + addr)
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	ended := make(chan error, 1)
	context.AfterFunc(ctx, func() { ended <- s.Close() })
	go func() { _ = s.Serve(l) }()
	return addr, ended, nil
}

// browser is a client without cookies that follows no redirect.
var browser = &http.Client{
	Timeout:       10 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// signIn returns the cookie of a new session. The n-th person has an address
// of their own, as one address may not sign in hundreds at once.
func signIn(ctx context.Context, addr, login string, n int) (string, error) {
	form := url.Values{page.FieldLogin: {login}, page.FieldPassword: {password}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+path.SignIn, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
	a, err := browser.Do(r)
	if err != nil {
		return "", err
	}
	defer a.Body.Close()
	for _, c := range a.Cookies() {
		if c.Name == sessionCookie && a.StatusCode == http.StatusSeeOther {
			return c.Value, nil
		}
	}
	return "", fmt.Errorf("signing in as %s: %s", login, a.Status)
}

// sessionCookie is the name of the cookie over plain http.
const sessionCookie = "rancak"
