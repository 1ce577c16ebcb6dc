package server

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5"
	"golang.org/x/net/html"

	"rancak/internal/appraisal"
	"rancak/web/asset"
	"rancak/web/page"
	"rancak/web/path"
)

// crawler walks from page to page as one person, by the links there are.
type crawler struct {
	*member
	t       *testing.T
	who     appraisal.Role
	waiting []string
	// pages is what is known of each address: the ids on its page.
	pages map[string]map[string]bool
	// fragments are the addresses with a fragment, with who links to them.
	fragments map[string]string
	assets    map[string]bool
}

// TestCrawl: every link on every page leads somewhere that the person may
// open, every page is whole, and looking changes nothing.
func TestCrawl(t *testing.T) {
	for name, w := range map[string]*world{"filling": filling(), "evaluating": evaluating(), "published": published(t)} {
		t.Run(name, func(t *testing.T) {
			for _, role := range append([]appraisal.Role{roleNobody}, appraisal.Roles...) {
				t.Run(string(role), func(t *testing.T) {
					m, start := w.nobody(), path.SignIn
					if role != roleNobody {
						m, start = w.as(t, role), path.Home
					}
					before := w.state(t)
					c := &crawler{member: m, t: t, who: role, pages: map[string]map[string]bool{}, fragments: map[string]string{}, assets: map[string]bool{}}
					c.follow(start, "the start")
					for len(c.waiting) > 0 {
						at := c.waiting[0]
						c.waiting = c.waiting[1:]
						c.visit(at)
					}
					c.checkFragments()
					if len(c.pages) < 4 {
						t.Errorf("only %d pages: %v", len(c.pages), slices.Sorted(maps.Keys(c.pages)))
					}
					t.Logf("%d addresses", len(c.pages))
					for at := range c.assets {
						m.get(t, at).want(t, 200)
					}
					if after := w.state(t); !maps.Equal(before, after) {
						t.Errorf("looking changed the database:\n%v\n%v", before, after)
					}
				})
			}
		})
	}
}

// published is a city of which one supervisor decided about some people, and
// whose year is over.
func published(t *testing.T) *world {
	w := newWorld(t, 60)
	w.evaluate(t)
	boss := w.as(t, appraisal.RoleSupervisor)
	team, err := w.store.Team(t.Context(), scalar[appraisal.CycleID](t, w, "SELECT id FROM cycles WHERE year = $1", w.year), boss.Employee)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range team {
		id := x.Participant.EmployeeID
		if i%3 > 0 {
			boss.post(t, path.EvaluationEnter(id), entry(0, appraisal.LevelMeets, appraisal.LevelMeets)).want(t, 303)
		}
		if i%3 > 1 {
			d := entry(1, appraisal.LevelMeets, appraisal.LevelMeets)
			d.Set(page.FieldWorkReason, "Lihat laporan tahunan.")
			d.Set(page.FieldBehaviourReason, "Lihat catatan rapat.")
			boss.post(t, path.EvaluationFinal(id), d).want(t, 303)
		}
		c := &crawler{member: boss, t: t, who: appraisal.RoleSupervisor, pages: map[string]map[string]bool{}, fragments: map[string]string{}, assets: map[string]bool{}}
		c.visit(path.Evaluation(id))
	}
	w.publish(t)
	return w
}

// TestRefusalsAreWhole: also pages that refuse are whole, and lead on.
func TestRefusalsAreWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m, id := w.own(t)
	late := w.section(t, id, 1, [3]string{"2", "4", "4"}, "dua")
	m.post(t, path.Review(id), w.section(t, id, 1, [3]string{"5", "4", "4"}, "satu")).want(t, 303)
	wrong := w.section(t, id, 2, [3]string{"9", "4", "4"}, strings.Repeat("a", appraisal.CommentMax+1))
	for _, a := range []*answer{
		m.post(t, path.Review(id), late).want(t, 409), m.post(t, path.Review(id), wrong).want(t, 422),
		m.post(t, path.ReviewSubmit(id), nil).want(t, 422), w.nobody().post(t, path.SignIn, nil).want(t, 422),
		w.nobody().post(t, path.SignIn, credentials("x", "y")).want(t, 422),
		m.get(t, "/tidak-ada").want(t, 404), m.get(t, path.Cycles).want(t, 403), m.get(t, path.SignOut).want(t, 405),
		w.nobody().post(t, path.Runs(w.year), nil).want(t, 401), m.post(t, path.Runs(w.year), nil).want(t, 403),
		w.as(t, appraisal.RoleHRCity).post(t, path.Runs(w.year), nil).want(t, 409),
	} {
		c := &crawler{member: m, t: t, pages: map[string]map[string]bool{}, fragments: map[string]string{}, assets: map[string]bool{}}
		c.check(a.request, a)
		for len(c.waiting) > 0 {
			at := c.waiting[0]
			c.waiting = c.waiting[1:]
			if b := m.get(t, at); b.Code != http.StatusOK && b.Code != http.StatusSeeOther {
				t.Errorf("%s links to %s: %d", a.request, at, b.Code)
			}
		}
	}
}

// state says of every table but that of the sessions how many rows it has and
// which transaction wrote it last.
func (w *world) state(t *testing.T) map[string]string {
	t.Helper()
	rows, _ := w.pool.Query(t.Context(), "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname <> 'sessions'")
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	state := map[string]string{}
	for _, name := range tables {
		state[name] = scalar[string](t, w, "SELECT count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) FROM "+pgx.Identifier{name}.Sanitize())
	}
	return state
}

// follow notes a link of a page.
func (c *crawler) follow(href, from string) {
	u, err := url.Parse(href)
	if err != nil {
		c.t.Errorf("%s links to %q: %v", from, href, err)
		return
	}
	switch {
	case u.Host != "" || u.Scheme != "":
		return // of others
	case !strings.HasPrefix(u.Path, "/"):
		if u.Path != "" {
			c.t.Errorf("%s links to %q, which depends on where it stands", from, href)
		}
		return
	case u.Fragment != "":
		c.fragments[href] = from
	}
	u.Fragment = ""
	if _, known := c.pages[u.String()]; !known {
		c.pages[u.String()] = nil
		c.waiting = append(c.waiting, u.String())
	}
}

// visit opens a page and everything it leads to at once.
func (c *crawler) visit(at string) {
	a := c.get(c.t, at)
	if a.Code == http.StatusSeeOther {
		to := a.Header().Get("Location")
		if strings.HasPrefix(to, path.SignIn) && c.who != roleNobody {
			c.t.Errorf("%s leads %s to %s", at, c.who, to)
		}
		c.follow(to, at)
		return
	}
	if a.want(c.t, http.StatusOK); a.Code != http.StatusOK || !strings.HasPrefix(a.Header().Get("Content-Type"), "text/html") {
		return
	}
	c.pages[at] = c.check(at, a)
}

// check looks at one page: it returns the ids there are.
func (c *crawler) check(at string, a *answer) map[string]bool {
	body := parse(c.t, a.text)
	ids, count := map[string]bool{}, map[string]int{}
	complain := func(format string, args ...any) {
		c.t.Errorf("%s %s: "+format, append([]any{c.who, at}, args...)...)
	}
	elements(body, func(n *html.Node) {
		if n.Namespace == "" {
			count[n.Data]++ // drawings have titles too
		}
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				complain("two elements are %q", id)
			}
			ids[id] = true
		}
	})
	for _, once := range []string{"h1", "main", "title", "header", "footer"} {
		if count[once] != 1 {
			complain("%d %s", count[once], once)
		}
	}
	if count["style"] > 0 || strings.Contains(a.text, "%!") {
		complain("style elements or a format gone wrong")
	}
	elements(body, func(n *html.Node) {
		for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls"} {
			for id := range strings.FieldsSeq(attr(n, name)) {
				if !ids[id] {
					complain("%s of %s names %q, which is not there", name, n.Data, id)
				}
			}
		}
		for _, x := range n.Attr {
			if strings.HasPrefix(x.Key, "on") || x.Key == "style" {
				complain("%s has %s=%q, which the policy forbids", n.Data, x.Key, x.Val)
			}
		}
		c.element(n, at, ids, complain)
	})
	return ids
}

// element looks at where an element leads.
func (c *crawler) element(n *html.Node, at string, ids map[string]bool, complain func(string, ...any)) {
	switch n.Data {
	case "html":
		if attr(n, "lang") != "id" {
			complain("language %q", attr(n, "lang"))
		}
	case "a":
		href := attr(n, "href")
		if id, ok := strings.CutPrefix(href, "#"); ok && !ids[id] {
			complain("the link %q leads nowhere", href)
		}
		if textOf(n) == "" && attr(n, "aria-label") == "" {
			complain("a link to %s without words", href)
		}
		c.follow(href, at)
	case "form":
		method := strings.ToUpper(attr(n, "method"))
		u, err := url.Parse(attr(n, "action"))
		if err != nil || !c.world.handler.(chi.Routes).Match(chi.NewRouteContext(), method, u.Path) {
			complain("a form goes to %s %s", method, attr(n, "action"))
		}
	case "link":
		c.assets[attr(n, "href")] = true
	case "script", "img":
		if attr(n, "src") == "" {
			complain("%s without src", n.Data)
		}
		c.assets[attr(n, "src")] = true
	}
	for name, method := range map[string]string{"data-autosave": http.MethodPost, "data-poll": http.MethodGet, "data-session-renew": http.MethodPost} {
		if to := attr(n, name); to != "" && !c.world.handler.(chi.Routes).Match(chi.NewRouteContext(), method, to) {
			complain("%s is %q", name, to)
		}
	}
}

// checkFragments wants the place that a link to another page names.
func (c *crawler) checkFragments() {
	for href, from := range c.fragments {
		at, id, _ := strings.Cut(href, "#")
		if ids := c.pages[at]; ids != nil && !ids[id] {
			c.t.Errorf("%s links to %s, but %s is not there", from, href, id)
		}
	}
}

// TestQueries: how many statements a page needs does not depend on how many
// rows it shows.
func TestQueries(t *testing.T) {
	small, large := newWorld(t, 60), filling()
	pages := map[appraisal.Role][]func(w *world, m *member) string{}
	add := func(r appraisal.Role, at ...func(w *world, m *member) string) { pages[r] = append(pages[r], at...) }
	fixed := func(at string) func(*world, *member) string { return func(*world, *member) string { return at } }
	dinas := func(w *world, m *member) string {
		return path.Dinas(appraisal.UnitID(w.dinasOf(t, m)), w.year-1)
	}
	add(appraisal.RoleEmployee, fixed(path.Home), fixed(path.Results), func(w *world, _ *member) string { return path.Result(w.year - 1) },
		func(w *world, m *member) string { return path.ReviewAll(w.form(t, m.Employee, appraisal.KindSelf)) },
		func(w *world, m *member) string { return path.ReviewCheck(w.form(t, m.Employee, appraisal.KindSelf)) })
	add(appraisal.RoleSupervisor, fixed(path.Home), fixed(path.Team),
		func(w *world, m *member) string { return path.Evaluation(appraisal.EmployeeID(w.team(t, m, w.year))) })
	add(appraisal.RoleHead, fixed(path.Home), fixed(path.Team), fixed(path.DinasList), dinas)
	add(appraisal.RoleHRCity, fixed(path.Home), fixed(path.Cycles), func(w *world, _ *member) string { return path.Cycle(w.year) },
		func(w *world, _ *member) string { return path.Cycle(w.year - 1) }, fixed(path.DinasList), fixed(path.DinasList+".csv"), dinas)

	count := func(w *world, m *member, at string) int64 {
		m.get(t, at).want(t, 200) // what is kept in memory is read here
		before := w.network.queries.Load()
		m.get(t, at).want(t, 200)
		return w.network.queries.Load() - before
	}
	rows := func(w *world) string {
		return fmt.Sprintf("%d people", scalar[int](t, w, "SELECT count(*) FROM employees"))
	}
	for role, list := range pages {
		a, b := small.as(t, role), large.as(t, role)
		for _, address := range list {
			atA, atB := address(small, a), address(large, b)
			few, many := count(small, a, atA), count(large, b, atB)
			if few != many {
				t.Errorf("%s: %d statements for %s with %s, %d for %s with %s", role, few, atA, rows(small), many, atB, rows(large))
			}
			if many > 20 {
				t.Errorf("%s: %d statements for %s", role, many, atB)
			}
			t.Logf("%-10s %-32s %2d statements", role, atB, many)
		}
	}
}

// TestStaticHeaders: files never change under their address.
func TestStaticHeaders(t *testing.T) {
	a := filling().nobody().get(t, asset.URL("css/rancak.css")).want(t, 200)
	if got := a.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control %q", got)
	}
}
