package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
	"rancak/internal/localdb"
	"rancak/web/path"
)

// formKey names a form and who fills it.
type formKey struct {
	Review appraisal.ReviewID
	Rater  appraisal.EmployeeID
	User   appraisal.UserID
	Login  string
	cookie string
}

// emptyForms empties the self-assessments, of 21 items, of some people and
// returns them.
func (c *city) emptyForms(ctx context.Context, n int) ([]formKey, error) {
	rows, _ := c.pool.Query(ctx, `WITH chosen AS (
			SELECT r.id FROM reviews r JOIN cycles c ON c.id = r.cycle_id
			WHERE c.year = $1 AND r.kind = 'self' ORDER BY md5(r.id::text) LIMIT $2
		), emptied AS (
			UPDATE reviews r SET state = 'draft', submitted_at = NULL, answers = array_fill(NULL::smallint, ARRAY[items]),
				versions = array_fill(0::smallint, ARRAY[cardinality(versions)]), comments = array_fill(''::text, ARRAY[cardinality(comments)])
			FROM chosen WHERE r.id = chosen.id RETURNING r.id, r.rater_id
		)
		SELECT f.id, f.rater_id, u.id, e.nip FROM emptied f JOIN employees e ON e.id = f.rater_id JOIN users u ON u.employee_id = e.id
		ORDER BY f.id`, c.year, n)
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (formKey, error) {
		var f formKey
		return f, row.Scan(&f.Review, &f.Rater, &f.User, &f.Login)
	})
	if err == nil && len(list) < n {
		err = fmt.Errorf("%d forms of %d", len(list), n)
	}
	if err != nil {
		return nil, fmt.Errorf("preparing forms: %w", err)
	}
	return list, nil
}

// benchLoad measures pages and saves under load.
func benchLoad(ctx context.Context, c *city, o options, w io.Writer) error {
	forms, err := c.emptyForms(ctx, o.raters)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nUnder load: %d raters over %d connections, %d s each in %d rounds that take turns, forms of 21 items\n\n",
		o.raters, o.conns, max(o.seconds/rounds, 1)*rounds, rounds)
	fmt.Fprintf(w, "  %-46s %9s %9s %9s %8s %7s %9s\n", "", "per s", "p50", "p99", "p99/p50", "failed", "bytes")
	l := &load{city: c, options: o, forms: forms, w: w}
	if err := l.pages(ctx); err != nil {
		return err
	}
	return l.saves(ctx)
}

// load is what the measurements under load have in common.
type load struct {
	*city
	options
	forms []formKey
	w     io.Writer
}

func (l *load) print(t *lane) {
	p50, p99 := t.quantile(0.5), t.quantile(0.99)
	fmt.Fprintf(l.w, "  %-46s %9.0f %6.2f ms %6.2f ms %8.1f %7d %9d\n", t.name, t.perSecond(),
		ms(p50), ms(p99), float64(p99)/float64(max(p50, 1)), t.failed, t.body())
	if t.failed > 0 {
		fmt.Fprintf(l.w, "      %s\n", t.failure)
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// rounds is how often what is compared takes turns, so that what else the
// machine does falls on all of it alike.
const rounds = 3

// lane is one of several things that are compared.
type lane struct {
	tally
	name  string
	round func(ctx context.Context, lasts time.Duration) (tally, error)
}

// race lets lanes take turns.
func (l *load) race(ctx context.Context, lanes ...*lane) error {
	lasts := time.Duration(max(l.seconds/rounds, 1)) * time.Second
	for range rounds {
		for _, x := range lanes {
			t, err := x.round(ctx, lasts)
			if err != nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
			x.add(t)
		}
	}
	return nil
}

// served starts a child that serves and returns a lane that puts a load on it.
// The child ends with end.
func (l *load) served(ctx context.Context, name, task, profile string, prepare func(addr string) (hammer, error)) (_ *lane, end func() error, err error) {
	p, err := start(ctx, order{Task: task, URL: l.url, Form: l.forms[0], Profile: profileIn(l.profile, profile)})
	if err != nil {
		return nil, nil, err
	}
	h, err := prepare(p.report.Addr)
	if err != nil {
		return nil, nil, errors.Join(err, p.end())
	}
	h.addr, h.conns = p.report.Addr, l.conns
	return &lane{name: name, round: func(ctx context.Context, lasts time.Duration) (tally, error) {
		h.lasts = lasts
		return h.strike(ctx)
	}}, p.end, nil
}

// of returns the form that a connection uses for its n-th request. No two
// connections share one.
func (l *load) of(conn, n int) int {
	each := len(l.forms) / l.conns
	return conn + l.conns*(n%each)
}

// signIn gives every rater a session.
func (l *load) signIn(ctx context.Context, addr string) error {
	for i := range l.forms {
		cookie, err := signIn(ctx, addr, l.forms[i].Login, i)
		if err != nil {
			return err
		}
		l.forms[i].cookie = cookie
	}
	return nil
}

// pages measures the page of a form, all items on one page: as it is and as
// browsers ask for it.
func (l *load) pages(ctx context.Context) error {
	if err := l.page(ctx, "form page", "", "   goal: at least 0.45"); err != nil {
		return err
	}
	return l.page(ctx, "form page, compressed", "Accept-Encoding: gzip\r\n", "")
}

func (l *load) page(ctx context.Context, name, header, goal string) (err error) {
	page, end, err := l.served(ctx, name, taskServe, name, func(addr string) (hammer, error) {
		if err := l.signIn(ctx, addr); err != nil {
			return hammer{}, err
		}
		return l.getPages(addr, header), nil
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	bare, endBare, err := l.served(ctx, "the same without database", taskPage, name+" without database", func(addr string) (hammer, error) {
		return l.getPages(addr, header), nil
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, endBare()) }()
	if err := l.race(ctx, page, bare); err != nil {
		return err
	}
	l.print(page)
	l.print(bare)
	l.ratio(page, bare, goal)
	fmt.Fprintln(l.w)
	return nil
}

func (l *load) ratio(x, reference *lane, goal string) {
	fmt.Fprintf(l.w, "  %-46s %9.2f%s\n", "  ratio to it", x.perSecond()/reference.perSecond(), goal)
}

func (l *load) getPages(addr, headers string) hammer {
	requests := make([][]byte, len(l.forms))
	for i, f := range l.forms {
		requests[i] = fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\n%s\r\n",
			path.ReviewAll(f.Review), addr, sessionCookie, f.cookie, headers)
	}
	return hammer{want: 200, request: func(conn, n int) []byte { return requests[l.of(conn, n)] }}
}

// saves measures the saving of one answer, as the script of the page does it,
// and what a save sends without the application.
func (l *load) saves(ctx context.Context) (err error) {
	s := newSaver(l)
	save, end, err := l.served(ctx, "draft save", taskServe, "draft save", func(addr string) (hammer, error) {
		if err := l.signIn(ctx, addr); err != nil {
			return hammer{}, err
		}
		return s.hammer(addr), nil
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	references, err := l.references(ctx)
	if err != nil {
		return err
	}
	if err := l.race(ctx, append([]*lane{save}, references...)...); err != nil {
		return err
	}
	l.print(save)
	if err := s.verify(ctx); err != nil {
		return err
	}
	for i, x := range references {
		fmt.Fprintf(l.w, "  %-46s %9.0f\n", x.name, x.perSecond())
		goal := ""
		if i == 0 {
			goal = "   goal: at least 0.40"
		}
		l.ratio(save, x, goal)
	}
	fmt.Fprintf(l.w, "\n  Goal of both: p99 below 5 × p50, nothing failed.\n")
	return nil
}

// references are the statements of a save, without the application: those that
// read and write the form, then all.
func (l *load) references(ctx context.Context) ([]*lane, error) {
	statements, err := l.recordSave(ctx)
	if err != nil {
		return nil, err
	}
	if err := l.addTokens(ctx); err != nil {
		return nil, err
	}
	tool, bin := "pgbench", ""
	if programs, err := localdb.Find(ctx, localdb.Options{BinDir: os.Getenv("RANCAK_PG_BIN")}); err == nil {
		bin = findPgbench(programs.Bin)
	}
	if bin == "" {
		tool = "pgx"
		fmt.Fprintf(l.w, "  pgbench is not installed: the same statements are sent from Go instead\n")
	}
	var lanes []*lane
	for _, x := range []struct {
		what string
		list []statement
	}{{"save statements only", statements.save()}, {"all statements of the request", statements}} {
		lanes = append(lanes, &lane{
			name: fmt.Sprintf("%s, %s (%d)", tool, x.what, len(x.list)),
			round: func(ctx context.Context, lasts time.Duration) (tally, error) {
				if bin != "" {
					return l.pgbench(ctx, bin, x.list, lasts)
				}
				return l.goReference(ctx, x.list, lasts)
			},
		})
	}
	return lanes, nil
}
