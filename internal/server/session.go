package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/alexedwards/scs/v2"

	"rancak/internal/appraisal"
	"rancak/web/page"
)

// How long a session lasts: without a request, and at all. People with power
// over others' data are signed out sooner.
const (
	idleFor      = 60 * time.Minute
	idleForPower = 30 * time.Minute
	sessionFor   = 12 * time.Hour
	// idleStep is by how much less than that a session may last, because not
	// every request writes its end.
	idleStep = time.Minute
)

// Keys of what a session holds.
const (
	sessionUser  = "user"
	sessionFlash = "flash"
	sessionPower = "power"
	sessionHeld  = "held"
)

// sessionData is the stored form of a session.
type sessionData struct {
	Deadline time.Time        `json:"d"`
	User     appraisal.UserID `json:"u,omitempty"`
	Flash    string           `json:"f,omitempty"`
	Power    bool             `json:"p,omitempty"`
	Held     *page.Held       `json:"h,omitempty"`
}

// codec stores the few things a session holds; equal sessions have equal bytes.
type codec struct{}

func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	d := sessionData{Deadline: deadline.UTC()}
	d.User, _ = values[sessionUser].(appraisal.UserID)
	d.Flash, _ = values[sessionFlash].(string)
	d.Power, _ = values[sessionPower].(bool)
	if held, ok := values[sessionHeld].(page.Held); ok {
		d.Held = &held
	}
	return json.Marshal(d)
}

func (codec) Decode(data []byte) (time.Time, map[string]any, error) {
	var d sessionData
	if err := json.Unmarshal(data, &d); err != nil {
		return time.Time{}, nil, fmt.Errorf("decoding a session: %w", err)
	}
	values := map[string]any{}
	if d.User != 0 {
		values[sessionUser] = d.User
	}
	if d.Flash != "" {
		values[sessionFlash] = d.Flash
	}
	if d.Power {
		values[sessionPower] = d.Power
	}
	if d.Held != nil {
		values[sessionHeld] = *d.Held
	}
	return d.Deadline, values, nil
}

// SessionInfo tells the store whose session some data is, and how long it
// lasts without a request.
func SessionInfo(data []byte) (appraisal.UserID, time.Duration, error) {
	var d sessionData
	if err := json.Unmarshal(data, &d); err != nil {
		return 0, 0, fmt.Errorf("decoding a session: %w", err)
	}
	if d.Power {
		return d.User, idleForPower, nil
	}
	return d.User, idleFor, nil
}

func (s *Server) sessionManager() *scs.SessionManager {
	m := scs.New()
	m.Store, m.Codec = s.Sessions, codec{}
	m.Lifetime, m.IdleTimeout = sessionFor, idleFor
	m.Cookie.Name = s.cookieName("rancak")
	m.Cookie.Secure, m.Cookie.HttpOnly = s.secure, true
	m.Cookie.SameSite, m.Cookie.Path, m.Cookie.Persist = http.SameSiteLaxMode, "/", false
	return m
}

// cookieName adds the prefix that binds a cookie to this host; browsers take
// it only over https.
func (s *Server) cookieName(name string) string {
	if s.secure {
		return "__Host-" + name
	}
	return name
}

// loadSession reads the session of a request and stores what changed. The
// middleware of scs would append a second page to an answer whose session
// cannot be stored, and send the cookie again with every answer.
func (s *Server) loadSession(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Cookie")
		var token string
		if c, err := r.Cookie(s.sessions.Cookie.Name); err == nil {
			token = c.Value
		}
		ctx, err := s.sessions.Load(s.Sessions.Remember(r.Context()), token)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		sw := &sessionWriter{ResponseWriter: w, server: s, request: r.WithContext(ctx), token: token}
		next.ServeHTTP(sw, sw.request)
		if !sw.begun {
			sw.WriteHeader(http.StatusOK)
		}
	})
}

// sessionWriter stores the session when an answer begins, for its cookie is
// part of the header. An answer whose session cannot be stored gives way to an
// error page.
type sessionWriter struct {
	http.ResponseWriter
	server          *Server
	request         *http.Request
	token           string // that came with the request
	begun, replaced bool
}

// WriteHeader implements [http.ResponseWriter].
func (w *sessionWriter) WriteHeader(status int) {
	if !w.begun {
		w.begun = true
		err := w.server.storeSession(w.ResponseWriter, w.request, w.token)
		if err != nil && status < http.StatusInternalServerError {
			w.replaced = true
			w.server.fail(w.ResponseWriter, w.request, err)
		}
	}
	if !w.replaced {
		w.ResponseWriter.WriteHeader(status)
	}
}

func (w *sessionWriter) Write(b []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	if w.replaced {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// storeSession stores the session of a request and sends its cookie where that
// is not the one that came with it.
func (s *Server) storeSession(w http.ResponseWriter, r *http.Request, token string) error {
	ctx := r.Context()
	switch s.sessions.Status(ctx) {
	case scs.Modified:
		stored, expires, err := s.sessions.Commit(ctx)
		if err != nil {
			return err
		}
		if stored != token {
			s.sessions.WriteSessionCookie(ctx, w, stored, expires)
		}
	case scs.Destroyed:
		s.sessions.WriteSessionCookie(ctx, w, "", time.Time{})
	case scs.Unmodified:
	}
	return nil
}

// bind gives the session to an account under a new token, as after signing in
// and whenever the power of the account changes. Nothing of what the session
// held before stays.
func (s *Server) bind(ctx context.Context, a appraisal.Actor) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	if err := s.sessions.Clear(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionUser, a.User)
	s.sessions.Put(ctx, sessionPower, power(a))
	return nil
}

// power reports whether an actor may see or change much of other people.
func power(a appraisal.Actor) bool {
	return slices.ContainsFunc(a.Roles, appraisal.Role.Granted)
}

// lasts returns for how many seconds without a request the actor surely stays
// signed in. The store moves the end of a session by whole steps only.
func (s *Server) lasts(ctx context.Context, a appraisal.Actor) int {
	d := idleFor
	if power(a) {
		d = idleForPower
	}
	return int(max(0, min(d-idleStep, time.Until(s.sessions.Deadline(ctx)))).Seconds())
}

// flash keeps a sentence for the next page.
func (s *Server) flash(r *http.Request, sentence string) {
	s.sessions.Put(r.Context(), sessionFlash, sentence)
}
