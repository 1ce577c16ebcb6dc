package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

// querySizes are the cities whose pages are compared.
var querySizes = []struct{ people, years int }{{200, 2}, {3500, 3}}

// visit is a page as somebody opens it.
type visit struct {
	role    appraisal.Role // empty: nobody is signed in
	pattern string         // of the route
	at      string
}

// counted is a visit with the number of its statements.
type counted struct {
	visit
	statements int
}

func (v visit) name() string {
	if v.role == "" {
		return "nobody"
	}
	return string(v.role)
}

// benchQueries counts the statements of every page at several sizes.
func benchQueries(ctx context.Context, g *ground, w io.Writer) error {
	columns := make([][]counted, len(querySizes))
	for i, size := range querySizes {
		c, err := g.city(ctx, w, "pages"+strconv.Itoa(size.people), size.people, size.years)
		if err != nil {
			return err
		}
		columns[i], err = c.countPages(ctx)
		c.close()
		if err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "\nStatements of a page; the city must not matter\n\n  %-11s %-46s", "role", "page")
	for _, size := range querySizes {
		fmt.Fprintf(w, "  %5d people, %d years", size.people, size.years)
	}
	fmt.Fprintln(w)
	differ := 0
	for i, first := range columns[0] {
		fmt.Fprintf(w, "  %-11s %-46s", first.name(), first.pattern)
		same := true
		for _, column := range columns {
			fmt.Fprintf(w, "  %21d", column[i].statements)
			same = same && column[i].statements == first.statements
		}
		if !same {
			differ++
			fmt.Fprint(w, "  differs")
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "\n  %d pages, %d differ. Goal: none.\n", len(columns[0]), differ)
	return nil
}

// countPages opens every page, first while forms are open, then in evaluation.
func (c *city) countPages(ctx context.Context) (list []counted, err error) {
	err = recordedSite(ctx, c.url, func(site site) error {
		t, err := c.newTour(ctx, site)
		if err != nil {
			return err
		}
		open, err := t.visits(ctx)
		if err != nil {
			return err
		}
		if err := complete(site.handler, open); err != nil {
			return err
		}
		if list, err = t.count(ctx, open); err != nil {
			return err
		}
		if err := c.closeForms(ctx); err != nil {
			return err
		}
		if _, err := c.scoreYear(ctx, c.year); err != nil {
			return err
		}
		more, err := t.count(ctx, t.evaluation())
		list = append(list, more...)
		return err
	})
	return list, err
}

// complete complains about a page that nobody visits.
func complete(h http.Handler, list []visit) error {
	routes, ok := h.(chi.Routes)
	if !ok {
		return fmt.Errorf("the application is no router but %T", h)
	}
	return chi.Walk(routes, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		apart := []string{path.Healthz, path.Readyz, path.Held, "/aset/*"} // Held needs a form sent too late
		if method != http.MethodGet || slices.Contains(apart, pattern) ||
			slices.ContainsFunc(list, func(v visit) bool { return v.pattern == pattern }) {
			return nil
		}
		return fmt.Errorf("no visit to %s", pattern)
	})
}

// tour is a person of each role who opens pages.
type tour struct {
	*city
	site    site
	cookies map[appraisal.Role]string
	staff   appraisal.EmployeeID // somebody whom the supervisor rates
}

func (c *city) newTour(ctx context.Context, s site) (*tour, error) {
	t := &tour{city: c, site: s, cookies: map[appraisal.Role]string{}}
	for i, a := range c.accounts {
		cookie, err := signIn(ctx, s.addr, a.Login, i)
		if err != nil {
			return nil, err
		}
		t.cookies[a.Role] = cookie
	}
	var err error
	t.staff, err = scalar[appraisal.EmployeeID](ctx, c, `SELECT min(n.employee_id) FROM participants n JOIN cycles cn ON cn.id = n.cycle_id AND cn.year = $1
		JOIN participants o ON o.employee_id = n.employee_id AND o.supervisor_id = n.supervisor_id
		JOIN cycles co ON co.id = o.cycle_id AND co.year = $1 - 1 WHERE n.supervisor_id = $2`, c.year, t.employee(appraisal.RoleSupervisor))
	return t, err
}

func (t *tour) employee(r appraisal.Role) appraisal.EmployeeID {
	for _, a := range t.accounts {
		if a.Role == r {
			return a.Employee
		}
	}
	return 0
}

// visits are the pages while forms are open, with those of the year before.
func (t *tour) visits(ctx context.Context) ([]visit, error) {
	const mine = " FROM reviews r JOIN cycles c ON c.id = r.cycle_id WHERE c.year = $1 AND r.rater_id = $2"
	employee := t.employee(appraisal.RoleEmployee)
	draft, err := scalar[appraisal.ReviewID](ctx, t.city, "SELECT min(r.id)"+mine+" AND r.state = 'draft'", t.year, employee)
	if err != nil {
		return nil, err
	}
	sent, err := scalar[appraisal.ReviewID](ctx, t.city, "SELECT min(r.id)"+mine+" AND r.state = 'submitted'", t.year, employee)
	if err != nil {
		return nil, err
	}
	dinas, err := scalar[appraisal.UnitID](ctx, t.city, `SELECT p.dinas_id FROM participants p JOIN cycles c ON c.id = p.cycle_id
		WHERE c.year = $1 AND p.employee_id = $2`, t.year, t.employee(appraisal.RoleHead))
	if err != nil {
		return nil, err
	}
	last := t.year - 1
	run, err := scalar[appraisal.RunID](ctx, t.city, "SELECT published_run FROM cycles WHERE year = $1", last)
	if err != nil {
		return nil, err
	}
	list := []visit{
		{"", path.SignIn, path.SignIn},
		{"", path.Help, path.Help},
		{"", path.HelpScoring, path.HelpScoring},
		{"", path.Privacy, path.Privacy},
	}
	for _, r := range appraisal.Roles {
		list = append(list, visit{r, path.Home, path.Home})
	}
	list = append(list,
		visit{appraisal.RoleEmployee, "/penilaian/{id}", path.Review(draft)},
		visit{appraisal.RoleEmployee, "/penilaian/{id}/periksa", path.ReviewCheck(draft)},
		visit{appraisal.RoleEmployee, "/penilaian/{id}/terkirim", path.ReviewSent(sent)},
		visit{appraisal.RoleEmployee, path.Results, path.Results},
		visit{appraisal.RoleEmployee, "/hasil/{tahun}", path.Result(last)},
		visit{appraisal.RoleSupervisor, "/hasil/{tahun}/pegawai/{id}", path.ResultOf(last, t.staff)},
		visit{appraisal.RoleHRCity, "/hasil/{tahun}/pegawai/{id}", path.ResultOf(last, t.staff)},
		visit{appraisal.RoleSupervisor, path.Team, path.Team},
		visit{appraisal.RoleSupervisor, "/tim/{id}/evaluasi", path.Evaluation(t.staff)},
	)
	for _, r := range []appraisal.Role{appraisal.RoleHRDinas, appraisal.RoleHRCity, appraisal.RoleAuditor} {
		list = append(list,
			visit{r, path.Cycles, path.Cycles},
			visit{r, "/siklus/{tahun}", path.Cycle(t.year)},
			visit{r, "/siklus/{tahun}/penghitungan/{id}", path.Run(last, run)},
			visit{r, "/siklus/{tahun}/penghitungan/{id}/keadaan", path.RunState(last, run)},
		)
	}
	for _, r := range []appraisal.Role{appraisal.RoleHead, appraisal.RoleHRDinas, appraisal.RoleHRCity, appraisal.RoleAuditor} {
		list = append(list,
			visit{r, path.DinasList, path.DinasYear(last)},
			visit{r, path.DinasList + ".xlsx", path.DinasFile(last, "xlsx")},
			visit{r, path.DinasList + ".csv", path.DinasFile(last, "csv")},
		)
		if r != appraisal.RoleHRDinas { // whose dinas may be another
			list = append(list,
				visit{r, path.DinasList + "/{id}", path.Dinas(dinas, last)},
				visit{r, path.DinasList + "/{id}/unduh.xlsx", path.DinasOneFile(dinas, last, "xlsx")},
				visit{r, path.DinasList + "/{id}/unduh.csv", path.DinasOneFile(dinas, last, "csv")},
			)
		}
	}
	return list, nil
}

// evaluation are the pages that change when the forms are closed and scored.
func (t *tour) evaluation() []visit {
	const scored = ", in evaluation"
	return []visit{
		{appraisal.RoleSupervisor, path.Home + scored, path.Home},
		{appraisal.RoleHRCity, path.Home + scored, path.Home},
		{appraisal.RoleSupervisor, path.Team + scored, path.Team},
		{appraisal.RoleSupervisor, "/tim/{id}/evaluasi" + scored, path.Evaluation(t.staff)},
		{appraisal.RoleHRCity, "/siklus/{tahun}" + scored, path.Cycle(t.year)},
		{appraisal.RoleHRCity, "/hasil/{tahun}/pegawai/{id}" + scored, path.ResultOf(t.year, t.staff)},
		{appraisal.RoleHRCity, path.DinasList + scored, path.DinasYear(t.year)},
	}
}

// count opens pages and counts their statements: the lesser number of two
// times, because what hardly ever changes is kept for a few seconds.
func (t *tour) count(ctx context.Context, list []visit) ([]counted, error) {
	var all []counted
	for _, v := range list {
		least := -1
		for range 2 {
			t.site.recorder.take()
			if err := t.open(ctx, v); err != nil {
				return nil, err
			}
			if n := len(t.site.recorder.take()); least < 0 || n < least {
				least = n
			}
		}
		all = append(all, counted{v, least})
	}
	return all, nil
}

func (t *tour) open(ctx context.Context, v visit) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+t.site.addr+v.at, nil)
	if err != nil {
		return err
	}
	if v.role != "" {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: t.cookies[v.role]})
	}
	a, err := browser.Do(r)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, a.Body)
	_ = a.Body.Close()
	if err == nil && a.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("%s as %s: %s", v.at, v.name(), a.Status)
	}
	return err
}
