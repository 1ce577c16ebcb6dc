package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

type contextKey int

const (
	requestIDKey contextKey = iota
	actorKey
)

// Bounds of one request.
const (
	requestFor  = 6 * time.Second
	maxBody     = 256 << 10
	retryAfter  = 5 // seconds
	gzipLevel   = 2
	idAlphabet  = "0123456789abcdefghjkmnpqrstvwxyz"
	idLength    = 12
	networkBits = 64 // of an IPv6 address name the network
	hstsForYear = "max-age=31536000; includeSubDomains"
)

// identify gives each request an id, for the log and for error pages.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var raw [idLength]byte
		_, _ = rand.Read(raw[:]) // never fails
		for i, b := range raw {
			raw[i] = idAlphabet[int(b)%len(idAlphabet)]
		}
		id := string(raw[:])
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey, id)))
	})
}

func requestID(r *http.Request) string {
	id, _ := r.Context().Value(requestIDKey).(string)
	return id
}

// logAccess writes one line for each request: with the pattern of its route, so
// that nothing a person typed and no number of a person gets into the log.
func (s *Server) logAccess(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			s.Log.Debug("request", "method", r.Method, "route", routeOf(r), "status", ww.Status(),
				"bytes", ww.BytesWritten(), "duration", time.Since(start), "request", requestID(r))
		}()
		next.ServeHTTP(ww, r)
	})
}

// routeOf returns the pattern of the route that a request found.
func routeOf(r *http.Request) string {
	if c := chi.RouteContext(r.Context()); c != nil && c.RoutePattern() != "" {
		return c.RoutePattern()
	}
	return "none"
}

// recoverPanic answers with an error page; where an answer has begun, it is cut
// off, so that nobody takes it for whole.
func (s *Server) recoverPanic(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			err := fmt.Errorf("panic: %v\n%s", v, debug.Stack())
			if ww, ok := w.(interface{ Status() int }); ok && ww.Status() != 0 {
				s.Log.Error("request failed", "error", err, "method", r.Method, "route", routeOf(r), "request", requestID(r))
				panic(http.ErrAbortHandler)
			}
			s.fail(w, r, err)
		}()
		next.ServeHTTP(w, r)
	})
}

// policy allows what the application itself serves and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (s *Server) secureHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		// no-referrer would make browsers send "Origin: null" with every form.
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if s.secure {
			h.Set("Strict-Transport-Security", hstsForYear)
		}
		next.ServeHTTP(w, r)
	})
}

// protectOrigin refuses what another site makes a browser send.
func (s *Server) protectOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	if err := p.AddTrustedOrigin(s.origin); err != nil {
		panic(err) // New has parsed it
	}
	p.SetDenyHandler(s.page(func(http.ResponseWriter, *http.Request) error { return errOrigin }))
	return p.Handler(next)
}

// limit bounds the time and size of a request.
func (s *Server) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestFor)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// compress shrinks pages on the way to a phone. Static files come compressed.
// No page holds a secret beside what a stranger made it say, so its length
// gives nothing away.
func (s *Server) compress(next http.Handler) http.Handler {
	return middleware.Compress(gzipLevel, "text/html", "text/csv", "application/json")(next)
}

// loadActor finds out who acts. A session of a disabled account ends.
func (s *Server) loadActor(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, ok := s.sessions.Get(r.Context(), sessionUser).(appraisal.UserID)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		actor, err := s.Accounts.Store.Actor(r.Context(), user)
		switch {
		case errors.Is(err, appraisal.ErrNotFound):
			err = s.sessions.Destroy(r.Context())
		case err == nil:
			r = r.WithContext(context.WithValue(r.Context(), actorKey, actor))
			if power(actor) != s.sessions.GetBool(r.Context(), sessionPower) {
				err = s.bind(r.Context(), actor)
			}
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// actorOf returns who acts; the zero Actor is nobody.
func actorOf(r *http.Request) appraisal.Actor {
	a, _ := r.Context().Value(actorKey).(appraisal.Actor)
	return a
}

// guard lets through whom the permission of a route lets. Who is not signed in
// goes to the sign-in page and comes back afterwards.
func (s *Server) guard(need appraisal.Permission, next http.Handler) http.Handler {
	return s.page(func(w http.ResponseWriter, r *http.Request) error {
		actor := actorOf(r)
		switch {
		case need == public, actor.Can(need):
			s.release(r)
			next.ServeHTTP(w, r)
			return nil
		case actor.User != 0:
			return appraisal.ErrForbidden
		case safe(r) && !wantsData(r):
			return redirect(w, r, path.SignInTo(r.URL.RequestURI()))
		case !wantsData(r):
			return s.hold(w, r)
		default:
			return errSignIn
		}
	})
}

// safe reports whether a request only asks for a page.
func safe(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

// wantsData reports whether a script asks, which cannot follow to a page.
func wantsData(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json") || r.Header.Get("X-Fragment") != ""
}

// address returns where a request comes from, through proxies that are
// believed. Of an IPv6 address it is the network, for a single household has
// more of them than anybody can count.
func (s *Server) address(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	host := at.Addr().Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(host); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		host = hop.Unmap().WithZone("")
	}
	if host.Is6() {
		return netip.PrefixFrom(host, networkBits).Masked().String()
	}
	return host.String()
}

func (s *Server) trusted(host netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(host) })
}
