package server

import (
	"context"
	"net/http"
	"sync"

	"rancak/internal/appraisal"
)

// atOnce is how many requests of one account are worked on at once; further
// ones wait. So nobody takes the database from all others by opening a heavy
// page again and again.
const atOnce = 3

// turns lets requests of one account wait for each other.
type turns struct {
	mu sync.Mutex
	of map[appraisal.UserID]*queue
}

type queue struct {
	slots chan struct{}
	users int // requests that wait or are worked on
}

// take waits for a turn; the caller gives it back.
func (t *turns) take(ctx context.Context, user appraisal.UserID) (giveBack func(), err error) {
	t.mu.Lock()
	if t.of == nil {
		t.of = make(map[appraisal.UserID]*queue)
	}
	q := t.of[user]
	if q == nil {
		q = &queue{slots: make(chan struct{}, atOnce)}
		t.of[user] = q
	}
	q.users++
	t.mu.Unlock()

	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if q.users--; q.users == 0 {
			delete(t.of, user)
		}
	}
	select {
	case q.slots <- struct{}{}:
		return func() { <-q.slots; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

// takeTurn lets a few requests of one account through at once.
func (s *Server) takeTurn(next http.Handler) http.Handler {
	return s.page(func(w http.ResponseWriter, r *http.Request) error {
		if user := actorOf(r).User; user != 0 {
			giveBack, err := s.turns.take(r.Context(), user)
			if err != nil {
				return err
			}
			defer giveBack()
		}
		next.ServeHTTP(w, r)
		return nil
	})
}
