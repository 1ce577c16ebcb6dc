package server

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

func TestTurns(t *testing.T) {
	var turns turns
	var back []func()
	for range atOnce {
		done, err := turns.take(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		back = append(back, done)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := turns.take(over, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("one too many: %v", err)
	}
	others, err := turns.take(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	others()
	waited := make(chan error)
	go func() {
		done, err := turns.take(t.Context(), 1)
		if err == nil {
			done()
		}
		waited <- err
	}()
	for _, done := range back {
		done()
	}
	if err := <-waited; err != nil {
		t.Error(err)
	}
	if len(turns.of) != 0 {
		t.Errorf("%d queues are left", len(turns.of))
	}
}

func TestCached(t *testing.T) {
	var c cached[int]
	broken := errors.New("gone")
	reads := 0
	read := func(v int, err error) func(context.Context) (int, error) {
		return func(context.Context) (int, error) { reads++; return v, err }
	}
	want := func(v, n int, wantErr bool, f func(context.Context) (int, error)) {
		t.Helper()
		got, err := c.of(t.Context(), f)
		if got != v || reads != n || (err != nil) != wantErr {
			t.Errorf("%d, %v after %d readings; want %d after %d", got, err, reads, v, n)
		}
	}
	want(0, 1, true, read(9, broken))
	want(7, 2, false, read(7, nil))
	want(7, 2, false, read(8, nil))
	c.until = c.until.Add(-cachedFor)
	want(7, 3, false, read(9, broken)) // the last known
	want(8, 4, false, read(8, nil))    // and soon again
	if c.last() != 8 {
		t.Errorf("last %d", c.last())
	}
	// Who comes while one reads goes on with what was there.
	c.until = c.until.Add(-cachedFor)
	want(9, 5, false, func(ctx context.Context) (int, error) {
		if got, err := c.of(ctx, read(1, nil)); got != 8 || err != nil {
			t.Errorf("meanwhile %d, %v", got, err)
		}
		return read(9, nil)(ctx)
	})
}

// together sends requests at once and returns their statuses, sorted.
func together(t *testing.T, m *member, n int, at string) []int {
	t.Helper()
	var wg sync.WaitGroup
	statuses := make([]int, n)
	for i := range n {
		r := httptest.NewRequest(http.MethodPost, at, nil)
		for name, value := range m.cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		wg.Go(func() {
			out := httptest.NewRecorder()
			m.world.handler.ServeHTTP(out, r)
			statuses[i] = out.Code
		})
	}
	wg.Wait()
	slices.Sort(statuses)
	return statuses
}

// TestAtOnce: impatient fingers and two people at once do nothing twice.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m, id := w.own(t)
	w.fill(t, m, id, "4")
	if got := together(t, m, 8, path.ReviewSubmit(id)); got[0] != 303 || got[7] != 303 {
		t.Errorf("sent: %v", got)
	}
	if n := w.audits(t, "submit_review", int64(id)); n != 1 {
		t.Errorf("sent %d times", n)
	}
	w.close(t)
	hr := w.as(t, appraisal.RoleHRCity)
	if got := together(t, hr, 8, path.Runs(w.year)); got[0] != 303 || got[1] != 409 || got[7] != 409 {
		t.Errorf("started: %v", got)
	}
	run := appraisal.RunID(w.run(t, w.year))
	if got := together(t, hr, 8, path.RunCancel(w.year, run)); got[0] != 303 || got[1] != 409 || got[7] != 409 {
		t.Errorf("cancelled: %v", got)
	}
	old := m.token()
	if got := together(t, m, 8, path.SignOut); got[0] != 303 || got[7] != 303 {
		t.Errorf("signed out: %v", got)
	}
	m.with(old).get(t, path.Home).want(t, 303)
}
