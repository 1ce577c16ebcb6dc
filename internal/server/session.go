package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/alexedwards/scs/v2"

	"rancak/internal/appraisal"
)

// How long a session lasts: without a request, and at all. People with power
// over others' data are signed out sooner.
const (
	idleFor      = 60 * time.Minute
	idleForPower = 30 * time.Minute
	sessionFor   = 12 * time.Hour
)

// Keys of what a session holds.
const (
	sessionUser  = "user"
	sessionFlash = "flash"
	sessionPower = "power"
)

// sessionData is the stored form of a session.
type sessionData struct {
	Deadline time.Time        `json:"d"`
	User     appraisal.UserID `json:"u,omitempty"`
	Flash    string           `json:"f,omitempty"`
	Power    bool             `json:"p,omitempty"`
}

// codec stores the few things a session holds; equal sessions have equal bytes.
type codec struct{}

func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	d := sessionData{Deadline: deadline.UTC()}
	d.User, _ = values[sessionUser].(appraisal.UserID)
	d.Flash, _ = values[sessionFlash].(string)
	d.Power, _ = values[sessionPower].(bool)
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
	m.ErrorFunc = s.fail
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

// loadSession reads the session of a request and stores what changed.
func (s *Server) loadSession(next http.Handler) http.Handler {
	inner := s.sessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(w, r.WithContext(s.Sessions.Remember(r.Context())))
	})
}

// power reports whether an actor may see or change much of other people.
func power(a appraisal.Actor) bool {
	return slices.ContainsFunc(a.Roles, appraisal.Role.Granted)
}

// idle returns after how many seconds without a request the actor is signed out.
func idle(a appraisal.Actor) int {
	if power(a) {
		return int(idleForPower.Seconds())
	}
	return int(idleFor.Seconds())
}

// flash keeps a sentence for the next page.
func (s *Server) flash(r *http.Request, sentence string) {
	s.sessions.Put(r.Context(), sessionFlash, sentence)
}
