package demo

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
	"rancak/internal/testdb"
)

// fakeScore adds a complete run with an index for half of the people.
func fakeScore(conn *pgx.Conn) Score {
	return func(ctx context.Context, cycle appraisal.CycleID) (run appraisal.RunID, err error) {
		err = conn.QueryRow(ctx, `INSERT INTO scoring_runs (cycle_id, rules_id, state, total, done, cycle_version, input_digest,
				output_digest, requested_at, finished_at)
			VALUES ($1, 1, 'complete', 0, 0, 3, '\x01', '\x02', now(), now()) RETURNING id`, cycle).Scan(&run)
		if err != nil {
			return 0, err
		}
		_, err = conn.Exec(ctx, `INSERT INTO employee_results (run_id, employee_id, index_num, index_den, body)
			SELECT $1, employee_id, 31 + employee_id % 8, 10, '\x00' FROM participants WHERE cycle_id = $2 AND employee_id % 2 = 0`, run, cycle)
		return run, err
	}
}

func connect(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), testdb.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func count(t *testing.T, conn *pgx.Conn, sql string) int {
	t.Helper()
	var n int
	if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func TestLoadSmallCity(t *testing.T) {
	conn, ctx := connect(t), t.Context()
	accounts, err := Load(ctx, conn, options(60, 14), fakeScore(conn))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, a := range accounts {
		if a.Role != appraisal.Roles[i] || a.Login == "" || a.Name == "" || a.Does == "" {
			t.Errorf("account %+v", a)
		}
		if seen[a.Login] {
			t.Errorf("%s stands for two roles", a.Login)
		}
		seen[a.Login] = true
	}
	if len(accounts) != len(appraisal.Roles) {
		t.Errorf("%d accounts", len(accounts))
	}
	if _, err := Load(ctx, conn, options(60, 14), fakeScore(conn)); !errors.Is(err, ErrLoaded) {
		t.Errorf("loading twice: %v", err)
	}
	for _, check := range []struct {
		what, sql string
		want      int
	}{
		{"participants of the current year", "SELECT count(*) FROM participants p JOIN cycles c ON c.id = p.cycle_id WHERE c.year = 2026", 60},
		{"published cycles", "SELECT count(*) FROM cycles WHERE stage = 'published'", 2},
		{"open cycles", "SELECT count(*) FROM cycles WHERE stage = 'filling'", 1},
		{"people with a supervisor or an evaluation, but not both", `SELECT count(*) FROM participants p
			JOIN cycles c ON c.id = p.cycle_id AND c.stage = 'published' LEFT JOIN evaluations e USING (cycle_id, employee_id)
			WHERE (e.employee_id IS NULL) <> (p.supervisor_id IS NULL)`, 0},
		{"missing reasons", "SELECT count(*) FROM evaluations WHERE proposal <> behaviour AND behaviour_reason = ''", 0},
		{"forms of the wrong raters", `SELECT count(*) FROM reviews r
			JOIN participants p ON p.cycle_id = r.cycle_id AND p.employee_id = r.ratee_id
			WHERE r.kind IN ('supervisor', 'peer') AND (r.kind = 'supervisor') <> (p.supervisor_id IS NOT DISTINCT FROM r.rater_id)`, 0},
		{"snapshots unlike the placements", `SELECT count(*) FROM participants p JOIN cycles c ON c.id = p.cycle_id AND c.stage = 'filling'
			JOIN placements l ON l.employee_id = p.employee_id AND l.valid_to IS NULL JOIN positions x ON x.id = l.position_id
			WHERE (p.unit_id, p.position_title, p.grade, x.leads) IS DISTINCT FROM (x.unit_id, x.title, l.grade, p.leads_unit_id IS NOT NULL)
			   OR p.supervisor_id IS DISTINCT FROM l.supervisor_id`, 0},
	} {
		if got := count(t, conn, check.sql); got != check.want {
			t.Errorf("%s: %d, want %d", check.what, got, check.want)
		}
	}
	checkForms(t, conn)
	checkShowcase(t, conn, accounts)
	for _, sql := range []string{
		"INSERT INTO employees (nip, name, kind) VALUES ('198609262015051999', 'Baru', 'pns')",
		"INSERT INTO users (username, display_name) VALUES ('baru', 'Baru')",
		"INSERT INTO cycles (year, stage, rules_id, opens, forms_due, evaluation_due) VALUES (2099, 'preparation', 1, '2099-01-01', '2099-01-02', '2099-01-03')",
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Errorf("after the load: %v", err)
		}
	}
}

// checkForms reads the sent forms as the domain sees them.
func checkForms(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	in := appraisal.Instrument{Behaviours: make([]appraisal.Behaviour, behaviours)}
	rows, _ := conn.Query(t.Context(), "SELECT kind, items, answers, versions, comments FROM reviews WHERE state = 'submitted'")
	var kind string
	var items int
	var answers []*int16
	var versions []int16
	var comments []string
	n := 0
	_, err := pgx.ForEachRow(rows, []any{&kind, &items, &answers, &versions, &comments}, func() error {
		r := appraisal.Review{Kind: appraisal.ReviewKind(kind), Comments: comments}
		for i, a := range answers {
			switch {
			case a != nil:
				r.Answers = append(r.Answers, appraisal.Answer(*a))
			case versions[i] > 0:
				r.Answers = append(r.Answers, appraisal.CannotRate)
			default:
				r.Answers = append(r.Answers, appraisal.Unanswered)
			}
		}
		for b, text := range comments {
			if (text != "") != (versions[items+b] > 0) {
				t.Errorf("comment %q has version %d", text, versions[items+b])
			}
		}
		for b := range in.Behaviours {
			in.Behaviours[b].Items = make([]appraisal.Item, items/behaviours)
		}
		n++
		return r.Missing(in)
	})
	if err != nil || n < 1000 {
		t.Errorf("%d forms read: %v", n, err)
	}
}

// checkShowcase looks whether the accounts find something to do.
func checkShowcase(t *testing.T, conn *pgx.Conn, accounts []Account) {
	t.Helper()
	for _, a := range accounts[:2] {
		kinds := map[appraisal.Role]string{appraisal.RoleEmployee: "peer", appraisal.RoleSupervisor: "supervisor"}
		sql := `SELECT count(*) FROM reviews r JOIN cycles c ON c.id = r.cycle_id AND c.stage = 'filling'
			WHERE rater_id = %d AND r.kind = '%s' AND state = 'draft' AND (0 < ANY (versions)) = %v`
		for _, begun := range []bool{false, true} {
			if n := count(t, conn, fmt.Sprintf(sql, a.Employee, kinds[a.Role], begun)); n != 1 {
				t.Errorf("%s has %d forms that are begun (%v)", a.Role, n, begun)
			}
		}
	}
}

func TestInterruptedLoadBeginsAgain(t *testing.T) {
	conn, ctx := connect(t), t.Context()
	broken := errors.New("broken")
	calls := 0
	_, err := Load(ctx, conn, options(60, 15), func(ctx context.Context, cycle appraisal.CycleID) (appraisal.RunID, error) {
		if calls++; calls == 2 {
			return 0, broken
		}
		return fakeScore(conn)(ctx, cycle)
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if loaded, err := Loaded(ctx, conn); loaded || err != nil {
		t.Fatalf("loaded %v, %v", loaded, err)
	}
	if _, err := Load(ctx, conn, options(60, 15), fakeScore(conn)); err != nil {
		t.Fatal(err)
	}
	if loaded, err := Loaded(ctx, conn); !loaded || err != nil {
		t.Fatalf("loaded %v, %v", loaded, err)
	}
}

func TestLoadLeavesOtherDataAlone(t *testing.T) {
	conn, ctx := connect(t), t.Context()
	if _, err := conn.Exec(ctx, "INSERT INTO units (name, kind, valid_from) VALUES ('Kota', 'city', '2020-01-01')"); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(ctx, conn, options(60, 16), fakeScore(conn)); !errors.Is(err, ErrLoaded) {
		t.Errorf("got %v", err)
	}
	if n := count(t, conn, "SELECT count(*) FROM units"); n != 1 {
		t.Errorf("%d units", n)
	}
}

func TestLoadDefaultCity(t *testing.T) {
	if testing.Short() {
		t.Skip("loads 3,500 people")
	}
	conn := connect(t)
	start := time.Now()
	if _, err := Load(t.Context(), conn, options(3500, 17), fakeScore(conn)); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	t.Logf("3,500 people in %v", took)
	if took > time.Minute {
		t.Errorf("loading took %v", took)
	}
}
