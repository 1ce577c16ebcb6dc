package server

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/path"
)

// deviceFor is how many seconds a browser is known: a year.
const deviceFor = 365 * 24 * 60 * 60

func (s *Server) showSignIn(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if actorOf(r).User != 0 {
		return redirect(w, r, orHome(localPath(q.Get(page.FieldNext))))
	}
	v := page.SignInView{Login: normal(q.Get(page.FieldLogin)), Next: localPath(q.Get(page.FieldNext))}
	_, err := r.Cookie(s.sessions.Cookie.Name)
	v.Ended = err == nil && v.Next != ""
	return s.renderSignIn(w, r, http.StatusOK, v)
}

func (s *Server) renderSignIn(w http.ResponseWriter, r *http.Request, status int, v page.SignInView) error {
	if s.Demo != nil && s.site(r.Context()).Demonstration {
		d, err := s.demo.of(r.Context(), func(ctx context.Context) (demonstration, error) {
			accounts, password, err := s.Demo(ctx)
			return demonstration{accounts, password}, err
		})
		if err != nil {
			return err
		}
		v.Demo, v.DemoPassword = d.accounts, d.password
	}
	return s.render(w, r, status, func(c layout.Chrome) templ.Component { return page.SignIn(c, v) })
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	v := page.SignInView{Login: normal(r.PostForm.Get(page.FieldLogin)), Next: localPath(r.PostForm.Get(page.FieldNext))}
	v.Held = heldForm(r.PostForm)
	password := r.PostForm.Get(page.FieldPassword)
	if v.Login == "" {
		v.Faults = append(v.Faults, appraisal.Fault{Field: page.FieldLogin, Code: appraisal.CodeRequired})
	}
	if password == "" {
		v.Faults = append(v.Faults, appraisal.Fault{Field: page.FieldPassword, Code: appraisal.CodeRequired})
	}
	if len(v.Faults) > 0 {
		return s.renderSignIn(w, r, http.StatusUnprocessableEntity, v)
	}
	device := s.device(r)
	user, err := s.Accounts.SignIn(r.Context(), app.Attempt{
		Login: v.Login, Password: password, Device: device, Address: s.address(r),
	})
	if err != nil {
		return s.refuseSignIn(w, r, v, err)
	}
	actor, err := s.Accounts.Store.Actor(r.Context(), user)
	if err != nil {
		return err
	}
	if err := s.bind(r.Context(), actor); err != nil {
		return err
	}
	s.rememberDevice(w, device)
	if v.Held.To != "" {
		s.sessions.Put(r.Context(), sessionHeld, v.Held)
		return redirect(w, r, path.Held)
	}
	return redirect(w, r, orHome(v.Next))
}

// refuseSignIn shows the sign-in page again with why it was refused. Errors
// that are nobody's who signs in are returned.
func (s *Server) refuseSignIn(w http.ResponseWriter, r *http.Request, v page.SignInView, err error) error {
	var throttled *appraisal.ThrottledError
	if !errors.Is(err, appraisal.ErrCredentials) && !errors.Is(err, appraisal.ErrBusy) && !errors.As(err, &throttled) {
		return err
	}
	status, known := s.status(err)
	s.Log.Info("sign-in refused", "reason", known, "request", requestID(r))
	retryLater(w, status, err)
	v.Err = known
	return s.renderSignIn(w, r, status, v)
}

func orHome(next string) string {
	if next == "" {
		return path.Home
	}
	return next
}

// device returns the secret of the browser, a new one where it has none.
func (s *Server) device(r *http.Request) string {
	if c, err := r.Cookie(s.cookieName("perangkat")); err == nil && len(c.Value) == len(rand.Text()) {
		return c.Value
	}
	return rand.Text()
}

func (s *Server) rememberDevice(w http.ResponseWriter, device string) {
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName("perangkat"), Value: device, Path: "/", MaxAge: deviceFor,
		Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if a := actorOf(r); a.User != 0 {
		if err := s.Accounts.SignOut(r.Context(), a); err != nil {
			return err
		}
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return redirect(w, r, path.SignIn)
}

// renewSession is asked when a person says that they are still there. That a
// request came is enough.
func (s *Server) renewSession(w http.ResponseWriter, r *http.Request) error {
	if wantsData(r) {
		s.writeJSON(w, http.StatusOK, map[string]int{"seconds": s.lasts(r.Context(), actorOf(r))})
		return nil
	}
	return redirect(w, r, orHome(refererPath(r)))
}
