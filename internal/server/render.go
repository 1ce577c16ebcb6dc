package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/path"
	"rancak/web/text"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render answers with a page in its frame. The frame is built once, here.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, content func(layout.Chrome) templ.Component) error {
	s.write(w, r, status, content(s.chrome(r)))
	return nil
}

// write sends a component as a whole: a status is never sent before the page
// is known to be complete.
func (s *Server) write(w http.ResponseWriter, r *http.Request, status int, c templ.Component) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	// A page about a request that ran out of time is rendered all the same.
	if err := c.Render(context.WithoutCancel(r.Context()), buf); err != nil {
		s.Log.Error("rendering failed", "error", err, "route", routeOf(r), "request", requestID(r))
		http.Error(w, "Halaman ini tidak dapat ditampilkan. Kode permintaan: "+requestID(r), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := w.Write(buf.Bytes()); err != nil {
		s.Log.Debug("writing a page", "error", err)
	}
}

// chrome is what surrounds the content of a page.
func (s *Server) chrome(r *http.Request) layout.Chrome {
	a := actorOf(r)
	i := s.site(r.Context())
	c := layout.Chrome{City: i.City, Demo: i.Demonstration, RequestID: requestID(r), Version: s.Version}
	if a.User == 0 {
		return c
	}
	c.Flash = s.sessions.PopString(r.Context(), sessionFlash)
	c.SessionIdle = s.lasts(r.Context(), a)
	c.Actor = layout.Actor{Name: a.Name, Role: roleOf(a), Initials: text.Initials(a.Name)}
	c.Menu = menu(a, r.URL.Path)
	return c
}

// roleOf names what the actor is here for: the granted role before those that
// follow from the organisation.
func roleOf(a appraisal.Actor) string {
	for i := len(appraisal.Roles) - 1; i >= 0; i-- {
		if r := appraisal.Roles[i]; r.Granted() && a.Has(r) {
			return text.Role(r)
		}
	}
	for _, r := range []appraisal.Role{appraisal.RoleHead, appraisal.RoleSupervisor, appraisal.RoleEmployee} {
		if a.Has(r) {
			return text.Role(r)
		}
	}
	return ""
}

// menu lists the pages the actor may open.
func menu(a appraisal.Actor, at string) []layout.MenuItem {
	items := []struct {
		text, href string
		need       appraisal.Permission
	}{
		{"Beranda", path.Home, appraisal.PermSignedIn},
		{"Hasil saya", path.Results, appraisal.PermForms},
		{"Tim", path.Team, appraisal.PermTeam},
		{"Ruang kendali", path.Cycles, appraisal.PermCycleRead},
		{"Hasil dinas", path.DinasList, appraisal.PermDinasResults},
	}
	var m []layout.MenuItem
	best := -1
	for _, it := range items {
		if !a.Can(it.need) {
			continue
		}
		m = append(m, layout.MenuItem{Text: it.text, Href: it.href})
		here := at == it.href || it.href != path.Home && strings.HasPrefix(at, it.href+"/")
		if last := len(m) - 1; here && (best < 0 || len(it.href) > len(m[best].Href)) {
			best = last
		}
	}
	if best >= 0 {
		m[best].Current = true
	}
	return m
}

// redirect leads to the next page after an act.
func redirect(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// idOf reads a positive number from the address. Anything else does not exist.
func idOf[T ~int64](r *http.Request, name string) (T, error) {
	value := chi.URLParam(r, name)
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != value {
		return 0, appraisal.ErrNotFound
	}
	return T(n), nil
}

// yearOf reads the year from the address.
func yearOf(r *http.Request) (int, error) {
	return parseYear(chi.URLParam(r, "tahun"))
}

// yearQuery reads the year from the query; 0 where there is none.
func yearQuery(r *http.Request) (int, error) {
	q := r.URL.Query().Get("tahun")
	if q == "" {
		return 0, nil
	}
	return parseYear(q)
}

func parseYear(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 2000 || n > 2200 || strconv.Itoa(n) != s {
		return 0, appraisal.ErrNotFound
	}
	return n, nil
}

// parseForm reads the body of a form.
func parseForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		if large := new(http.MaxBytesError); errors.As(err, &large) {
			return large
		}
		return fmt.Errorf("%w: %w", errForm, err)
	}
	return nil
}

// number reads a whole number of a form; -1 where it is none.
func number(v url.Values, name string) int {
	n, err := strconv.Atoi(v.Get(name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// longestNext bounds an address to come back to; ours are far shorter.
const longestNext = 1024

// localPath returns an address of this application, or "" for anything else.
func localPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || len(s) > longestNext || u.IsAbs() || u.Host != "" || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return ""
	}
	return s
}

// refererPath returns the page a request came from, if it is one of ours.
func refererPath(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return path.Home
	}
	return localPath(u.RequestURI())
}
