package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/web/page"
)

// SiteStore is what pages need beside the use cases.
type SiteStore interface {
	Instance(ctx context.Context) (appraisal.Instance, error)
	CurrentCycle(ctx context.Context) (appraisal.Cycle, error)
	Rules(ctx context.Context, id appraisal.RulesID) (appraisal.Rules, error)
	Ready(ctx context.Context, version int) error
	RulesInForce(ctx context.Context) (appraisal.Rules, error)
}

// SessionStore keeps sessions and remembers per request what it found.
type SessionStore interface {
	scs.CtxStore
	Remember(ctx context.Context) context.Context
}

// Config is everything a server needs.
type Config struct {
	Log         *slog.Logger
	Now         func() time.Time
	Accounts    *app.Accounts
	Reviews     *app.Reviews
	Evaluations *app.Evaluations
	Cycles      *app.Cycles
	Results     *app.Results
	Site        SiteStore
	Sessions    SessionStore
	// Demo returns the demonstration accounts with their password; it is asked
	// only where the instance is a demonstration.
	Demo func(ctx context.Context) ([]page.DemoAccount, string, error)
	// BaseURL is where people reach the application; https makes cookies secure.
	BaseURL string
	// Proxies are the networks whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	// Unavailable reports whether an error means that the database cannot be
	// reached or is overloaded.
	Unavailable func(error) bool
	// SchemaVersion is the version of the schema the program needs.
	SchemaVersion int
	// Version is that of the program, for the footer.
	Version string
}

// Server answers requests.
type Server struct {
	Config
	sessions *scs.SessionManager
	secure   bool
	origin   string
	closing  chan struct{}
	once     sync.Once
	instance cached[appraisal.Instance]
	demo     cached[demonstration]
	turns    turns
}

// New returns a server, or an error where the configuration makes none.
func New(c Config) (*Server, error) {
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("base URL %q is not like https://rancak.example.go.id", c.BaseURL)
	}
	s := &Server{Config: c, secure: u.Scheme == "https", origin: u.Scheme + "://" + u.Host, closing: make(chan struct{})}
	s.sessions = s.sessionManager()
	return s, nil
}

// Closing makes the server report that it is not ready, so that a proxy sends
// no more requests while the last ones are answered.
func (s *Server) Closing() { s.once.Do(func() { close(s.closing) }) }

// demonstration is the accounts to try with their password.
type demonstration struct {
	accounts []page.DemoAccount
	password string
}

// site returns what the installation is; the last known, or nothing, when the
// database does not answer: error pages need it too.
func (s *Server) site(ctx context.Context) appraisal.Instance {
	i, err := s.instance.of(ctx, s.Site.Instance)
	if err != nil && !errors.Is(err, appraisal.ErrNotFound) {
		s.Log.Debug("reading the instance", "error", err)
	}
	return i
}

// Handler returns the whole application.
func (s *Server) Handler() http.Handler { return s.router() }
