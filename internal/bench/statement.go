package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/web/path"
)

// statement is one that the application has sent.
type statement struct {
	sql  string
	args []any
}

type statements []statement

// save is what a save cannot do without: reading the form and writing it. The
// rest finds out who asks, or reads again.
func (list statements) save() []statement {
	var form, update *statement
	for i := range list {
		switch s := &list[i]; {
		case strings.HasPrefix(s.sql, "UPDATE reviews"):
			update = s
		case form == nil && strings.Contains(s.sql, "FROM reviews r"):
			form = s
		}
	}
	if form == nil || update == nil {
		return nil
	}
	return []statement{*form, *update}
}

// recorder notes the statements of a pool.
type recorder struct {
	mu   sync.Mutex
	list statements
}

// TraceQueryStart implements [pgx.QueryTracer].
func (r *recorder) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, statement{data.SQL, data.Args})
	return ctx
}

// TraceQueryEnd implements [pgx.QueryTracer].
func (*recorder) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// take returns what was sent since the last time.
func (r *recorder) take() statements {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.list
	r.list = nil
	return list
}

// site is the application, served by this process on a pool that records.
type site struct {
	addr     string
	handler  http.Handler
	recorder *recorder
}

// recordedSite serves the application while serving runs.
func recordedSite(ctx context.Context, url string, serving func(site) error) error {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return err
	}
	r := &recorder{}
	config.ConnConfig.Tracer = r
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	ctx, cancel := context.WithCancel(ctx)
	at := site{recorder: r}
	addr, done, err := serve(ctx, func(baseURL string) (http.Handler, error) {
		s, err := newSite(pool, baseURL)
		if err != nil {
			return nil, err
		}
		at.handler = s.Handler()
		return at.handler, nil
	})
	if err != nil {
		cancel()
		return err
	}
	at.addr = addr
	err = serving(at)
	cancel()
	<-done
	return err
}

// recordSave returns the statements of one save.
func (l *load) recordSave(ctx context.Context) (list statements, err error) {
	err = recordedSite(ctx, l.url, func(s site) error {
		f := l.forms[0]
		cookie, err := signIn(ctx, s.addr, f.Login, 0)
		if err != nil {
			return err
		}
		// The first comment is still empty; only the second save is a plain one,
		// since instruments and the like are known by then.
		for version := range 2 {
			body := fmt.Sprintf("field=%d&version=%d&value=%d", itemsOfForm, version, version)
			q, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+s.addr+path.ReviewSave(f.Review), strings.NewReader(body))
			if err != nil {
				return err
			}
			q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			q.AddCookie(&http.Cookie{Name: sessionCookie, Value: cookie})
			s.recorder.take()
			a, err := browser.Do(q)
			if err != nil {
				return err
			}
			_ = a.Body.Close()
			if a.StatusCode != http.StatusOK {
				return fmt.Errorf("recording a save: %s", a.Status)
			}
			list = s.recorder.take()
		}
		return nil
	})
	if err == nil && list.save() == nil {
		err = fmt.Errorf("a save sends other statements than thought: %v", list)
	}
	return list, err
}
