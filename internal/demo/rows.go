package demo

import (
	"math"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"rancak/internal/appraisal"
)

// table is one COPY: what it fills and how to make its rows. row returns the
// next one, nil at the end; the slice is used again.
type table struct {
	name    string
	columns []string
	row     func() []any
}

// numbered calls make for 0..n-1; make returns nil for numbers without a row.
func numbered(n int, make func(i int) []any) func() []any {
	i := -1
	return func() []any {
		for i++; i < n; i++ {
			if row := make(i); row != nil {
				return row
			}
		}
		return nil
	}
}

// id returns the number of a row in the database.
func id(i int) int64 { return int64(i) + 1 }

// idOrNull is id, or NULL for -1.
func idOrNull(i int) any {
	if i < 0 {
		return nil
	}
	return id(i)
}

func dateOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// organisation returns the tables that stand before any cycle, in the order
// in which they are loaded.
func (c *city) organisation() []table {
	rng := newStream()
	predecessors := c.predecessors()
	return []table{
		{"units", []string{"id", "name", "kind", "parent_id", "dinas_id", "valid_from", "valid_to"}, numbered(len(c.units), func(i int) []any {
			u := c.units[i]
			if i == 0 {
				return []any{id(i), u.name, string(u.kind), nil, nil, u.from, nil}
			}
			return []any{id(i), u.name, string(u.kind), id(u.parent), id(u.dinas), u.from, dateOrNull(u.to)}
		})},
		{"unit_predecessors", []string{"unit_id", "predecessor_id"}, numbered(len(predecessors), func(i int) []any {
			return []any{id(predecessors[i][0]), id(predecessors[i][1])}
		})},
		{"employees", []string{"id", "nip", "name", "title_front", "title_back", "kind"}, numbered(len(c.people), func(i int) []any {
			p := c.people[i]
			t := c.titles[p.title]
			return []any{id(i), c.nip(i), nameOf(c.opt.Seed, p.sex, int(p.name)), t.front, t.back, string(appraisal.EmploymentKinds[p.kind])}
		})},
		{"employee_former_nips", []string{"nip", "employee_id", "valid_to"}, numbered(len(c.former), func(i int) []any {
			f := c.former[i]
			return []any{c.formerNIP(f), id(int(f.person)), f.validTo}
		})},
		{"positions", []string{"id", "unit_id", "title", "kind", "level", "leads"}, numbered(len(c.positions), func(i int) []any {
			p := c.positions[i]
			j := c.book.jobs[p.job]
			return []any{id(i), id(p.unit), p.title, string(j.kind), j.level, p.leads}
		})},
		{"placements", []string{"employee_id", "position_id", "grade", "supervisor_id", "valid_from", "valid_to"}, c.placements(rng)},
		{"users", []string{"id", "employee_id", "username", "display_name", "password_hash", "disabled_at", "created_at"}, c.users()},
		{"user_roles", []string{"user_id", "role", "unit_id", "granted_at", "granted_by"}, c.roles()},
		{"org_predikats", []string{"unit_id", "year", "predikat"}, numbered(len(c.units)*c.years(), func(i int) []any {
			d, y := i/c.years(), i%c.years()
			if c.units[d].kind != appraisal.UnitDinas || !c.exists(d, y) {
				return nil
			}
			if org, set := c.orgPredikat(rng, d, y); set {
				return []any{id(d), c.calendarYear(y), string(org)}
			}
			return nil
		})},
	}
}

func (c *city) predecessors() [][2]int {
	var list [][2]int
	for i, u := range c.units {
		for _, p := range u.predecessors {
			list = append(list, [2]int{i, p})
		}
	}
	return list
}

func (c *city) placements(rng *stream) func() []any {
	e := -1
	var list []placement
	return func() []any {
		for len(list) == 0 {
			if e++; e >= len(c.people) {
				return nil
			}
			list = c.placementsOf(e, rng)
		}
		p := list[0]
		list = list[1:]
		return []any{id(p.person), id(int(p.position)), p.grade, idOrNull(p.supervisor), p.from, dateOrNull(p.to)}
	}
}

// users gives everybody an account, and one more to the administrator; those
// who left cannot sign in.
func (c *city) users() func() []any {
	created := time.Date(c.calendarYear(0), time.January, 2, 1, 0, 0, 0, time.UTC)
	return numbered(len(c.people)+1, func(i int) []any {
		if i == len(c.people) {
			return []any{id(i), nil, "admin", "Administrator Demonstrasi", c.opt.PasswordHash, nil, created}
		}
		return []any{id(i), id(i), nil, nil, c.opt.PasswordHash, dateOrNull(c.left(i)), created}
	})
}

// participants returns the people of cycle y.
func (c *city) participants(y int) table {
	return table{"participants", []string{"cycle_id", "employee_id", "unit_id", "dinas_id", "position_title", "position_kind",
		"grade", "supervisor_id", "reviewer_id", "leads_unit_id"}, numbered(len(c.people), func(e int) []any {
		s := int(c.seatOf[y][e])
		if s < 0 {
			return nil
		}
		p := c.positions[c.seats[s].position]
		supervisor, reviewer, leads := -1, -1, -1
		if up := c.above(s); up >= 0 {
			supervisor = int(c.holder[y][up])
			if over := c.above(up); over >= 0 {
				reviewer = int(c.holder[y][over])
			}
		}
		if p.leads {
			leads = p.unit
		}
		return []any{id(y), id(e), id(p.unit), id(c.units[p.unit].dinas), p.title, string(c.book.jobs[p.job].kind),
			c.gradeIn(e, y), idOrNull(supervisor), idOrNull(reviewer), idOrNull(leads)}
	})}
}

// instruments of the kinds of reviews, with their numbers of items.
var (
	instruments = [4]int64{1, 1, 2, 2}
	itemCounts  = [4]int{21, 21, 7, 7}
)

// reviews returns the forms of cycle y; the first gets the id after before.
// show names the forms whose state is given.
func (c *city) reviews(y int, forms []form, before int64, show map[form]showState) table {
	rng, who := newStream(), speaker{}
	var numbers [21]int8
	row := make([]any, 13)
	return table{"reviews", []string{"id", "cycle_id", "ratee_id", "rater_id", "instrument_id", "items", "behaviours", "kind",
		"state", "answers", "versions", "comments", "submitted_at"}, numbered(len(forms), func(i int) []any {
		f := forms[i]
		items := itemCounts[f.kind]
		unit := c.units[c.seats[c.seatOf[y][f.ratee]].unit]
		st := c.state(rng, f, y, show[f])
		c.model.answers(rng, f, y, unit.dinas, numbers[:items])

		ratee := c.people[f.ratee]
		who = speaker{f.kind, unit.setting, nameOf(c.opt.Seed, ratee.sex, int(ratee.name)), ratee.sex}
		text := make([]string, behaviours)
		rng.at(c.opt.Seed, partComment, c.calendarYear(y), int(f.ratee), int(f.rater), int(f.kind))
		comments(rng, who, numbers[:items], text)

		state, at := string(appraisal.ReviewDraft), any(nil)
		answered := int(math.Round(st.answered * float64(items)))
		if st.sent {
			state, at, answered = string(appraisal.ReviewSubmitted), st.at, items
		}
		answers, versions := values(numbers[:items], text, answered)
		row[0], row[1], row[2], row[3] = before+id(i), id(y), id(int(f.ratee)), id(int(f.rater))
		row[4], row[5], row[6] = instruments[f.kind], int16(items), int16(behaviours)
		row[7], row[8] = string(appraisal.ReviewKinds[f.kind]), state
		row[9], row[10], row[11], row[12] = answers, versions, text, at
		return row
	})}
}

// values returns the first answers and their versions; comments on behaviours
// that are not answered yet are left out.
func values(numbers []int8, text []string, answered int) (answers pgtype.FlatArray[pgtype.Int2], versions []int16) {
	items := len(numbers)
	answers = make([]pgtype.Int2, items)
	versions = make([]int16, items+behaviours)
	for i := range answered {
		versions[i] = 1
		if numbers[i] != cannotRate {
			answers[i] = pgtype.Int2{Int16: int16(numbers[i]), Valid: true}
		}
	}
	for b := range text {
		switch {
		case (b+1)*items/behaviours > answered:
			text[b] = ""
		case text[b] != "":
			versions[items+b] = 1
		}
	}
	return answers, versions
}

// evaluations returns those of a finished cycle; proposals has one level for
// each person, zero where the run has none.
func (c *city) evaluations(y int, run appraisal.RunID, proposals []appraisal.Level) table {
	rng := newStream()
	orgs := make([]appraisal.OrgPredikat, len(c.units))
	for d := range c.units {
		if c.units[d].kind == appraisal.UnitDinas {
			orgs[d], _ = c.orgPredikat(rng, d, y)
		}
	}
	return table{"evaluations", []string{"cycle_id", "employee_id", "evaluator_id", "state", "own_work", "own_behaviour", "entered_at",
		"proposal", "run_id", "work", "behaviour", "predikat", "work_reason", "behaviour_reason", "recommendation", "final_at", "version"},
		numbered(len(c.people), func(e int) []any {
			s := c.seatOf[y][e]
			if s < 0 {
				return nil
			}
			ev, ok := c.evaluate(rng, e, y, orgs[c.units[c.seats[s].unit].dinas], proposals[e])
			if !ok {
				return nil
			}
			var proposal any
			if ev.proposal != "" {
				proposal = string(ev.proposal)
			}
			return []any{id(y), id(e), id(ev.evaluator), string(appraisal.EvaluationFinal), string(ev.ownWork), string(ev.ownBehaviour), ev.enteredAt,
				proposal, int64(run), string(ev.work), string(ev.behaviour), string(ev.predikat), ev.workReason, ev.behaviourReason, ev.notes, ev.finalAt, 2}
		})}
}
