package postgres_test

import (
	"context"
	"math/big"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
	"rancak/internal/scoring"
	"rancak/internal/testdb"
)

func TestStore_Result(t *testing.T) {
	s, pool, run := running(t)
	_, err := s.Result(t.Context(), run, fixture.Ani)
	wantErr(t, err, appraisal.ErrNotFound)
	check(t, scorer(s).Run(t.Context(), run))
	r, err := s.Result(t.Context(), run, fixture.Ani)
	check(t, err)
	// Ani rates herself 2+1004%4 = 2, her chief gives 2+1002%4 = 4, her peers 3, 4 and 5.
	if r.Case != scoring.CaseComplete || r.Index != appraisal.NewRatio(10*2+60*4+30*4, 100) {
		t.Errorf("case %s, index %v", r.Case, r.Index)
	}
	for _, id := range []appraisal.EmployeeID{0, 424242} {
		_, err = s.Result(t.Context(), run, id)
		wantErr(t, err, appraisal.ErrNotFound)
	}
	_, err = s.Result(t.Context(), run+1, fixture.Ani)
	wantErr(t, err, appraisal.ErrNotFound)

	other := startRun(t, s)
	fixture.Exec(t, pool, "INSERT INTO employee_results (run_id, employee_id, body) VALUES ($1, $2, 'broken')", other, fixture.Ani)
	_, err = s.Result(t.Context(), other, fixture.Ani)
	wantErr(t, err, scoring.ErrEncoding)
}

func TestStore_EmployeeName(t *testing.T) {
	s, _ := office(t)
	for id, want := range map[appraisal.EmployeeID]string{fixture.Head: "Dr. Hasan, M.Pd.", fixture.Ani: "Ani, S.E.", fixture.Budi: "Budi"} {
		name, err := s.EmployeeName(t.Context(), id)
		check(t, err)
		equal(t, name, want)
	}
	_, err := s.EmployeeName(t.Context(), 424242)
	wantErr(t, err, appraisal.ErrNotFound)
}

// final makes an evaluation final with "baik".
func final(t *testing.T, db fixture.DB, employees ...appraisal.EmployeeID) {
	t.Helper()
	for _, e := range employees {
		fixture.Exec(t, db, `INSERT INTO evaluations (cycle_id, employee_id, evaluator_id, state, own_work, own_behaviour, entered_at, work, behaviour, predikat, final_at, version)
			VALUES ($1, $2, $3, 'final', 'meets', 'meets', now(), 'meets', 'meets', 'baik', now(), 2)`, fixture.Cycle, e, fixture.Chief)
	}
}

func TestStore_Distribution(t *testing.T) {
	s, tx := office(t)
	final(t, tx, fixture.Ani, fixture.Budi)
	fixture.Exec(t, tx, "UPDATE evaluations SET predikat = 'kurang', behaviour = 'below' WHERE employee_id = $1", fixture.Budi)
	for who, want := range map[appraisal.EmployeeID]appraisal.Distribution{
		fixture.Chief: {appraisal.PredikatBaik: 1, appraisal.PredikatKurang: 1}, fixture.Head: nil, 0: nil,
	} {
		d, err := s.Distribution(t.Context(), fixture.Cycle, who)
		check(t, err)
		equal(t, d, want)
	}
}

func TestStore_PublishedYears(t *testing.T) {
	s, tx := office(t)
	final(t, tx, fixture.Ani)
	years := func(e appraisal.EmployeeID) []appraisal.YearResult {
		list, err := s.PublishedYears(t.Context(), e)
		check(t, err)
		return list
	}
	fixture.Move(t, tx, appraisal.StageEvaluation)
	equal(t, years(fixture.Ani), []appraisal.YearResult(nil))
	run := startRun(t, s)
	complete(t, tx, run)
	fixture.Exec(t, tx, "UPDATE cycles SET stage = 'published', published_run = $1, published_at = $2", run, fixture.Now)
	equal(t, years(fixture.Ani), []appraisal.YearResult{{Year: fixture.Year, PublishedAt: fixture.Now, Predikat: appraisal.PredikatBaik}})
	equal(t, years(fixture.Budi), []appraisal.YearResult{{Year: fixture.Year, PublishedAt: fixture.Now}}) // no final evaluation
	equal(t, years(424242), []appraisal.YearResult(nil))
}

func TestStore_Unit(t *testing.T) {
	s, _ := office(t)
	u, err := s.Unit(t.Context(), fixture.Division)
	check(t, err)
	equal(t, u, appraisal.Unit{ID: fixture.Division, Name: "Bidang Kurikulum", Kind: appraisal.UnitDivision, Parent: fixture.Dinas, Dinas: fixture.Dinas})
	u, err = s.Unit(t.Context(), fixture.City)
	check(t, err)
	equal(t, u, appraisal.Unit{ID: fixture.City, Name: "Kota Uji", Kind: appraisal.UnitCity})
	_, err = s.Unit(t.Context(), 424242)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestStore_Predecessors(t *testing.T) {
	s, _ := office(t)
	list, err := s.Predecessors(t.Context(), fixture.Dinas)
	check(t, err)
	equal(t, list, []appraisal.Unit{{ID: fixture.OldDinas, Name: "Dinas Lama", Kind: appraisal.UnitDinas, Parent: fixture.City, Dinas: fixture.OldDinas}})
	list, err = s.Predecessors(t.Context(), fixture.OldDinas)
	check(t, err)
	equal(t, list, []appraisal.Unit(nil))
}

func TestStore_UnitParents(t *testing.T) {
	s, _ := office(t)
	parents, err := s.UnitParents(t.Context())
	check(t, err)
	equal(t, parents, map[appraisal.UnitID]appraisal.UnitID{
		fixture.Dinas: fixture.City, fixture.Division: fixture.Dinas, fixture.OtherDinas: fixture.City, fixture.OldDinas: fixture.City,
	})
}

func TestStore_UnitYears(t *testing.T) {
	s, pool, run := running(t)
	check(t, scorer(s).Run(t.Context(), run))
	final(t, pool, fixture.Ani, fixture.Fitri)
	c, err := s.Cycle(t.Context(), fixture.Year)
	check(t, err)
	type brief struct {
		id       appraisal.UnitID
		people   int
		baik     int
		org      appraisal.OrgPredikat
		of       int
		computed bool
	}
	briefs := func(run appraisal.RunID, under appraisal.UnitID) (list []brief) {
		units, err := s.UnitYears(t.Context(), c, run, under)
		check(t, err)
		for _, u := range units {
			if u.Year != fixture.Year || u.Stage != appraisal.StageEvaluation || u.Run != run {
				t.Errorf("unit %+v", u)
			}
			list = append(list, brief{u.Unit.ID, u.Result.People, u.Distribution[appraisal.PredikatBaik], u.Org, u.OrgYear, u.Result.Index.Mean.Valid()})
		}
		return list
	}
	// A dinas that took no part, such as an ended one, is left out.
	city := []brief{
		{fixture.OtherDinas, 3, 1, appraisal.OrgIstimewa, 2026, true},
		{fixture.Dinas, 6, 1, appraisal.OrgBaik, 2025, true},
		{fixture.City, 9, 2, "", 0, true},
	}
	if got := briefs(run, 0); !slices.Equal(got, city) {
		t.Errorf("city %+v\nwant %+v", got, city)
	}
	below := []brief{{fixture.Division, 5, 1, appraisal.OrgBaik, 2025, true}, {fixture.Dinas, 6, 1, appraisal.OrgBaik, 2025, true}}
	if got := briefs(run, fixture.Dinas); !slices.Equal(got, below) {
		t.Errorf("dinas %+v\nwant %+v", got, below)
	}
	for i := range city { // without a run there are people to evaluate, but no numbers
		city[i].people, city[i].computed = 0, false
	}
	if got := briefs(0, 0); !slices.Equal(got, city) {
		t.Errorf("without a run %+v\nwant %+v", got, city)
	}
}

// person is what the naive computation knows of a participant.
type person struct {
	employee, supervisor int64
	unit, dinas          int64
	invited, sent        [4]int
	index                *big.Rat
	others               []appraisal.Ratio
	predikat             string
}

// people reads the participants of a cycle and everything about them row by row.
func people(t *testing.T, pool *pgxpool.Pool, cycle appraisal.CycleID, run appraisal.RunID) map[int64]*person {
	t.Helper()
	list := map[int64]*person{}
	each := func(sql string, args []any, row func(pgx.Rows) error) {
		t.Helper()
		rows, err := pool.Query(context.Background(), sql, args...)
		check(t, err)
		defer rows.Close()
		for rows.Next() {
			check(t, row(rows))
		}
		check(t, rows.Err())
	}
	each("SELECT employee_id, coalesce(supervisor_id, 0), unit_id, dinas_id FROM participants WHERE cycle_id = $1", []any{cycle}, func(r pgx.Rows) error {
		p := &person{}
		err := r.Scan(&p.employee, &p.supervisor, &p.unit, &p.dinas)
		list[p.employee] = p
		return err
	})
	each("SELECT ratee_id, kind, state FROM reviews WHERE cycle_id = $1", []any{cycle}, func(r pgx.Rows) error {
		var ratee int64
		var kind, state string
		err := r.Scan(&ratee, &kind, &state)
		k := slices.Index(appraisal.ReviewKinds, appraisal.ReviewKind(kind))
		list[ratee].invited[k]++
		if state == "submitted" {
			list[ratee].sent[k]++
		}
		return err
	})
	each("SELECT employee_id, coalesce(index_num, 0), coalesce(index_den, 0), body FROM employee_results WHERE run_id = $1", []any{run}, func(r pgx.Rows) error {
		var id, num, den int64
		var body []byte
		if err := r.Scan(&id, &num, &den, &body); err != nil {
			return err
		}
		if den != 0 {
			list[id].index = big.NewRat(num, den)
		}
		result, err := scoring.ParseResult(body)
		list[id].others = result.Others
		return err
	})
	each("SELECT employee_id, predikat FROM evaluations WHERE cycle_id = $1 AND state = 'final'", []any{cycle}, func(r pgx.Rows) error {
		var id int64
		var predikat string
		err := r.Scan(&id, &predikat)
		list[id].predikat = predikat
		return err
	})
	return list
}

// naive sums up some people.
func naive(list []*person) (r scoring.UnitResult, d appraisal.Distribution) {
	d = appraisal.Distribution{}
	const behaviours = 7
	type sum struct {
		total       big.Rat
		n           int
		supervisors map[int64]bool
	}
	var sums [1 + behaviours]sum
	for i := range sums {
		sums[i].supervisors = map[int64]bool{}
	}
	add := func(s *sum, p *person, v *big.Rat) {
		s.total.Add(&s.total, v)
		s.n++
		if p.supervisor != 0 {
			s.supervisors[p.supervisor] = true
		}
	}
	for _, p := range list {
		r.People++
		for k := range 4 {
			r.Invited[k] += p.invited[k]
			r.Sent[k] += p.sent[k]
		}
		if p.index != nil {
			add(&sums[0], p, p.index)
			switch {
			case p.index.Cmp(big.NewRat(7, 2)) >= 0:
				r.Proposals[0]++
			case p.index.Cmp(big.NewRat(5, 2)) >= 0:
				r.Proposals[1]++
			default:
				r.Proposals[2]++
			}
		}
		for b, v := range p.others {
			if v.Valid() {
				add(&sums[1+b], p, big.NewRat(v.Num, v.Den))
			}
		}
		if p.predikat != "" {
			d[appraisal.Predikat(p.predikat)]++
		}
	}
	r.Behaviours = make([]scoring.UnitMean, behaviours)
	for i := range sums {
		m := scoring.UnitMean{People: sums[i].n, Supervisors: len(sums[i].supervisors)}
		if m.People > 0 {
			m.Mean, _ = scoring.ParseMean(new(big.Rat).Quo(&sums[i].total, big.NewRat(int64(m.People), 1)).String())
		}
		if i == 0 {
			r.Index = m
		} else {
			r.Behaviours[i-1] = m
		}
	}
	return r, d
}

// The numbers of a whole city are those that counting row by row gives.
func TestCityNumbers(t *testing.T) {
	pool := testdb.Pool(t)
	fixture.LoadCity(t, pool, 150, 2)
	s := postgres.New(pool, nil)
	cycles, err := s.Cycles(t.Context())
	check(t, err)
	if len(cycles) != 2 || cycles[1].Stage != appraisal.StagePublished {
		t.Fatalf("cycles %+v", cycles)
	}
	parents, err := s.UnitParents(t.Context())
	check(t, err)
	for _, c := range cycles {
		list := people(t, pool, c.ID, c.PublishedRun)
		if len(list) < 100 {
			t.Fatalf("%d people in %d", len(list), c.Year)
		}
		wantProgress(t, s, c, list)
		if c.PublishedRun != 0 {
			wantUnits(t, s, c, list, parents)
		}
	}
}

func wantProgress(t *testing.T, s *postgres.Store, c appraisal.Cycle, list map[int64]*person) {
	t.Helper()
	want := map[appraisal.UnitID]*appraisal.DinasProgress{}
	for _, p := range list {
		d := want[appraisal.UnitID(p.dinas)]
		if d == nil {
			d = &appraisal.DinasProgress{}
			want[appraisal.UnitID(p.dinas)] = d
		}
		d.People++
		d.Completion.Add(appraisal.Completion{Invited: p.invited, Sent: p.sent})
		if p.predikat != "" {
			d.Evaluated++
		}
	}
	progress, err := s.Progress(t.Context(), c.ID, nil)
	check(t, err)
	for i, got := range progress {
		w := want[got.Dinas.ID]
		if w == nil || got.People != w.People || got.Completion != w.Completion || got.Evaluated != w.Evaluated {
			t.Errorf("%d: progress of %s: %+v, want %+v", c.Year, got.Dinas.Name, got, w)
		}
		if i > 0 && progress[i-1].Dinas.Name > got.Dinas.Name {
			t.Errorf("%s stands after %s", got.Dinas.Name, progress[i-1].Dinas.Name)
		}
	}
	if len(progress) != len(want) {
		t.Errorf("%d: %d dinas, want %d", c.Year, len(progress), len(want))
	}
}

func wantUnits(t *testing.T, s *postgres.Store, c appraisal.Cycle, list map[int64]*person, parents map[appraisal.UnitID]appraisal.UnitID) {
	t.Helper()
	in := func(unit appraisal.UnitID) (found []*person) {
		for _, p := range list {
			for at := appraisal.UnitID(p.unit); at != 0; at = parents[at] {
				if at == unit {
					found = append(found, p)
				}
			}
		}
		return found
	}
	city, err := s.UnitYears(t.Context(), c, c.PublishedRun, 0)
	check(t, err)
	tops := []appraisal.UnitID{0}
	for _, u := range city {
		if u.Unit.Kind == appraisal.UnitDinas {
			tops = append(tops, u.Unit.ID)
		}
	}
	compared := 0
	for _, top := range tops {
		units, err := s.UnitYears(t.Context(), c, c.PublishedRun, top)
		check(t, err)
		for _, u := range units {
			result, distribution := naive(in(u.Unit.ID))
			if result.People == 0 {
				continue // existed in another year only
			}
			equal(t, u.Result, result)
			equal(t, u.Distribution, distribution)
			compared++
		}
	}
	if compared < 20 {
		t.Errorf("%d: only %d units compared", c.Year, compared)
	}
	supervisors := map[int64]appraisal.Distribution{}
	for _, p := range list {
		if p.supervisor != 0 && p.predikat != "" {
			if supervisors[p.supervisor] == nil {
				supervisors[p.supervisor] = appraisal.Distribution{}
			}
			supervisors[p.supervisor][appraisal.Predikat(p.predikat)]++
		}
	}
	if len(supervisors) < 5 {
		t.Errorf("only %d supervisors", len(supervisors))
	}
	for id, want := range supervisors {
		got, err := s.Distribution(t.Context(), c.ID, appraisal.EmployeeID(id))
		check(t, err)
		equal(t, got, want)
	}
}
