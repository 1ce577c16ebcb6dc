package server

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rancak/internal/appraisal"
	"rancak/web/page"
	"rancak/web/path"
)

// hidden returns what the form of a page that goes to an address carries.
func hidden(t *testing.T, body, action string) url.Values {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	attr := func(n *html.Node, name string) string {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
		return ""
	}
	fields := url.Values{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || attr(n, "action") != action {
			continue
		}
		for in := range n.Descendants() {
			if in.Data == "input" && attr(in, "type") == "hidden" {
				fields.Add(attr(in, "name"), attr(in, "value"))
			}
		}
	}
	return fields
}

// A form that was sent without a script after the session had ended is carried
// through signing in.
func TestNothingIsLostWhenTheSessionHasEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m := &member{world: w, Account: w.members[appraisal.RoleEmployee].Account}
	m.signIn(t)
	id := w.form(t, m.Employee, appraisal.KindSelf)
	w.clear(t, id)
	typed := w.section(t, id, 2, [selfSpan]string{"4", "x", "2"}, "Pada bulan Mei <antre> sangat panjang.")
	w.exec(t, "UPDATE sessions SET ended_at = now()")

	a := m.post(t, path.Review(id), typed).want(t, 401).says(t, "Sesi Anda berakhir")
	form := hidden(t, a.text, path.SignIn)
	form.Set(page.FieldLogin, m.Login)
	form.Set(page.FieldPassword, "wrong")
	a = m.post(t, path.SignIn, form).want(t, 422)
	form = hidden(t, a.text, path.SignIn)
	form.Set(page.FieldLogin, m.Login)
	form.Set(page.FieldPassword, password)
	m.post(t, path.SignIn, form).leads(t, path.Held)
	a = m.get(t, path.Held).want(t, 200).says(t, "masih ada")
	m.post(t, path.Review(id), hidden(t, a.text, path.Review(id))).leads(t, path.ReviewSection(id, 3))

	m.get(t, path.Held).leads(t, path.Home)

	f := w.stored(t, id)
	if got := f.Review.Answers[3:6]; got[0] != 4 || got[1] != appraisal.CannotRate || got[2] != 2 {
		t.Errorf("answers %v", got)
	}
	if got := f.Review.Comments[1]; got != "Pada bulan Mei <antre> sangat panjang." {
		t.Errorf("comment %q", got)
	}
}

func TestHeldFormGoesNowhereElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m := &member{world: w, Account: w.members[appraisal.RoleEmployee].Account}
	m.post(t, path.SignIn, url.Values{
		page.FieldLogin: {m.Login}, page.FieldPassword: {password},
		page.FieldHeldTo: {"https://jahat.example/"}, page.PrefixHeld + "f0": {"5"},
	}).leads(t, path.Home)
}
