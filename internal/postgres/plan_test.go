package postgres_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/demo"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
	"rancak/internal/testdb"
)

// town is a demonstration city with a counter of its statements.
type town struct {
	pool     *pgxpool.Pool
	counter  *fixture.Counter
	store    *postgres.Store
	accounts []demo.Account
}

func newTown(t *testing.T, people int) *town {
	t.Helper()
	url := testdb.URL(t)
	pool, counter := fixture.CountingPool(t, url)
	w := &town{pool: pool, counter: counter, accounts: fixture.LoadCity(t, pool, people, 3), store: postgres.New(pool, nil)}
	return w
}

func (w *town) actor(t *testing.T, role appraisal.Role) appraisal.Actor {
	t.Helper()
	for _, a := range w.accounts {
		if a.Role == role {
			id, _, err := w.store.Credential(t.Context(), a.Login)
			check(t, err)
			actor, err := w.store.Actor(t.Context(), id)
			check(t, err)
			return actor
		}
	}
	t.Fatalf("no account for %s", role)
	return appraisal.Actor{}
}

// acts are what pages ask, by name, each in a city whose stage allows it.
func (w *town) acts(t *testing.T) map[string]func() error {
	t.Helper()
	ctx := t.Context()
	now := func() time.Time { return fixture.Now }
	current, err := w.store.CurrentCycle(ctx)
	check(t, err)
	results := &app.Results{Store: w.store}
	evaluations := &app.Evaluations{Store: w.store, Results: results, Now: now}
	reviews := &app.Reviews{Store: w.store, Now: now}
	control := &app.Cycles{Store: w.store, Now: now}
	employee, supervisor := w.actor(t, appraisal.RoleEmployee), w.actor(t, appraisal.RoleSupervisor)
	hr, head := w.actor(t, appraisal.RoleHRCity), w.actor(t, appraisal.RoleHead)
	tasks, err := w.store.Tasks(ctx, employee.Employee, current.ID)
	check(t, err)
	team, err := w.store.Team(ctx, current.ID, supervisor.Employee)
	check(t, err)
	if len(tasks) < 2 || len(team) == 0 {
		t.Fatalf("%d tasks, %d people", len(tasks), len(team))
	}
	login := w.accounts[0].Login
	published := current.Year - 1
	return map[string]func() error{
		"actor":      func() error { _, err := w.store.Actor(ctx, supervisor.User); return err },
		"credential": func() error { _, _, err := w.store.Credential(ctx, login); return err },
		"tasks":      func() error { _, err := reviews.Tasks(ctx, employee, current.ID); return err },
		"form":       func() error { _, err := reviews.Form(ctx, employee, tasks[0].Review); return err },
		"save": func() error {
			_, err := reviews.Save(ctx, employee, tasks[0].Review, []appraisal.Change{{Field: 0, Answer: 4}})
			return err
		},
		"years":      func() error { _, err := results.Years(ctx, employee); return err },
		"own result": func() error { _, err := results.Of(ctx, employee, published, employee.Employee); return err },
		"team":       func() error { _, err := evaluations.Team(ctx, supervisor, current); return err },
		"assessment": func() error {
			_, err := evaluations.Assessment(ctx, supervisor, current, team[0].Participant.EmployeeID)
			return err
		},
		"control room": func() error { _, err := control.Control(ctx, hr, current.Year); return err },
		"city":         func() error { _, err := results.City(ctx, hr, published); return err },
		"dinas":        func() error { _, err := results.Dinas(ctx, head, head.Dinas[appraisal.RoleHead][0]); return err },
		"below": func() error {
			_, err := results.Below(ctx, head, head.Dinas[appraisal.RoleHead][0], published)
			return err
		},
	}
}

// ofOnePerson are the acts that read what belongs to one person: what they
// read must not grow with the city.
var ofOnePerson = []string{"actor", "credential", "tasks", "form", "save", "years", "own result", "team", "assessment"}

// large are the tables that grow with people.
var large = []string{"reviews", "participants", "employees", "evaluations", "employee_results", "users", "placements", "audit_entries"}

// Pages of a person find their rows by indexes, and no page sends more
// statements in a city fifty times as large.
func TestPlansAndCounts(t *testing.T) {
	small, big := newTown(t, demo.LeastPeople), newTown(t, 3000)
	few, many := small.acts(t), big.acts(t)
	for name, act := range many {
		run := func(w *town, act func() error) []fixture.Statement {
			check(t, act()) // what never changes is read once
			return w.counter.During(func() { check(t, act()) })
		}
		statements, before := run(big, act), run(small, few[name])
		if len(statements) > len(before) {
			t.Errorf("%s sends %d statements in a large city, %d in a small one", name, len(statements), len(before))
		}
		if len(statements) == 0 || len(statements) > 25 {
			t.Errorf("%s sends %d statements", name, len(statements))
		}
		if !slices.Contains(ofOnePerson, name) {
			continue
		}
		for _, s := range statements {
			for _, table := range scanned(t, big.pool, s) {
				if slices.Contains(large, table) {
					t.Errorf("%s reads the whole of %s: %s", name, table, s.SQL)
				}
			}
		}
	}
}

// plan is a node of EXPLAIN.
type plan struct {
	Type     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Plans    []plan
}

// scanned returns the tables that a statement reads as a whole.
func scanned(t *testing.T, pool *pgxpool.Pool, s fixture.Statement) []string {
	t.Helper()
	switch verb := strings.ToLower(strings.Fields(s.SQL)[0]); verb {
	case "begin", "commit", "rollback", "set":
		return nil
	}
	body := fixture.Value[string](t, pool, "EXPLAIN (FORMAT JSON) "+s.SQL, s.Args...)
	var explained []struct{ Plan plan }
	check(t, json.Unmarshal([]byte(body), &explained))
	var tables []string
	var visit func(plan)
	visit = func(p plan) {
		if p.Type == "Seq Scan" {
			tables = append(tables, p.Relation)
		}
		for _, child := range p.Plans {
			visit(child)
		}
	}
	visit(explained[0].Plan)
	return tables
}
