package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/path"
)

// hold answers a form that was sent after the session had ended: it asks to
// sign in and carries what was typed. A form without fields loses nothing.
func (s *Server) hold(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if len(r.PostForm) == 0 {
		return errSignIn
	}
	v := page.SignInView{Ended: true, Next: refererPath(r), Held: page.Held{To: r.URL.Path}}
	for _, name := range names(r.PostForm) {
		v.Held.Fields = append(v.Held.Fields, page.HeldField{Name: name, Value: r.PostForm.Get(name)})
	}
	return s.renderSignIn(w, r, http.StatusUnauthorized, v)
}

// heldForm reads the form that the sign-in page carries.
func heldForm(form url.Values) page.Held {
	held := page.Held{To: localPath(form.Get(page.FieldHeldTo))}
	if held.To == "" {
		return page.Held{}
	}
	for _, name := range names(form) {
		if own, ok := strings.CutPrefix(name, page.PrefixHeld); ok {
			held.Fields = append(held.Fields, page.HeldField{Name: own, Value: form.Get(name)})
		}
	}
	return held
}

// showHeld shows what was held to the actor who has signed in again. It stays
// in the session until it is sent, so that a reload loses nothing.
func (s *Server) showHeld(w http.ResponseWriter, r *http.Request) error {
	held, ok := s.sessions.Get(r.Context(), sessionHeld).(page.Held)
	if !ok {
		return redirect(w, r, path.Home)
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component {
		return page.Resume(c, page.ResumeView{Held: held})
	})
}

// release forgets a held form once it is sent.
func (s *Server) release(r *http.Request) {
	held, ok := s.sessions.Get(r.Context(), sessionHeld).(page.Held)
	if ok && r.Method == http.MethodPost && r.URL.Path == held.To {
		s.sessions.Remove(r.Context(), sessionHeld)
	}
}

// names lists the fields of a form in a fixed order.
func names(form url.Values) []string {
	list := make([]string, 0, len(form))
	for name := range form {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
