package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"
	"time"

	"rancak/internal/appraisal"
)

func options(people int, seed uint64) Options {
	return Options{
		People: people, Seed: seed, Years: 3, FilledShare: 0.8,
		Today:        time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC),
		PasswordHash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
	}
}

// tables returns everything a load copies, with invented proposals.
func (c *city) tables() []table {
	list := c.organisation()
	proposals := make([]appraisal.Level, len(c.people))
	for i := range proposals {
		proposals[i] = appraisal.Levels[i%2]
	}
	for y := range c.years() {
		list = append(list, c.participants(y), c.reviews(y, c.forms(y), int64(y)*1e6, nil))
		if y < c.years()-1 {
			list = append(list, c.evaluations(y, 1, proposals))
		}
	}
	return list
}

func (c *city) digest() string {
	h := sha256.New()
	for _, t := range c.tables() {
		fmt.Fprintln(h, t.name, t.columns)
		for row := t.row(); row != nil; row = t.row() {
			fmt.Fprintln(h, row...)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestSeedDecidesEverything(t *testing.T) {
	first := build(options(300, 1)).digest()
	if again := build(options(300, 1)).digest(); again != first {
		t.Error("the same seed gave another city")
	}
	if other := build(options(300, 2)).digest(); other == first {
		t.Error("another seed gave the same city")
	}
}

func TestDatesBelongToTheirYear(t *testing.T) {
	for _, today := range []string{"2026-01-05", "2026-02-28", "2026-03-01", "2026-07-15", "2026-12-31"} {
		o := options(60, 3)
		o.Today, _ = time.Parse(time.DateOnly, today)
		c := build(o)
		for y := range c.years() {
			d := c.dates(y)
			if !d.opens.Before(d.formsDue) || !d.formsDue.Before(d.evaluationDue) {
				t.Errorf("%s: dates of cycle %d are not in order: %v", today, y, d)
			}
			if d.published.After(o.Today) {
				t.Errorf("%s: cycle %d is published on %v", today, y, d.published)
			}
		}
		if n := c.calendarYear(c.years() - 1); n != 2026 && (n != 2025 || o.Today.Month() > time.February) {
			t.Errorf("%s: the current cycle is %d", today, n)
		}
	}
}

func TestSizes(t *testing.T) {
	for _, n := range []int{60, 61, 97, 140, 250, 431, 700, 1000, 2000, 3500, 5000, 12000, 100_000} {
		c := build(options(n, 4))
		current := c.holder[c.years()-1]
		have := 0
		span := make([]int, len(c.seats))
		for s, e := range current {
			if e == nobody {
				continue
			}
			have++
			if up := c.above(s); up >= 0 {
				span[up]++
			}
		}
		if have != n {
			t.Errorf("%d people: %d in the current cycle", n, have)
		}
		for s, k := range span {
			if u := c.units[c.seats[s].unit]; current[s] != nobody && c.leads(s) && (k < 3 || k > 32) {
				t.Errorf("%d people: the head of %s has %d", n, u.name, k)
			}
		}
	}
}

func TestNumbersAreValidAndUnique(t *testing.T) {
	c := build(options(3500, 5))
	seen := map[string]bool{}
	check := func(nip string, p person) {
		if _, err := appraisal.ParseNIP(nip); err != nil {
			t.Errorf("NIP %s: %v", nip, err)
		}
		if seen[nip] {
			t.Errorf("NIP %s is given twice", nip)
		}
		seen[nip] = true
		if int8(nip[14]-'0') != p.sex {
			t.Errorf("NIP %s is of the other sex", nip)
		}
		if pns := nip[12:14] <= "12"; pns != (p.kind == kindPNS) {
			t.Errorf("NIP %s is of another kind", nip)
		}
	}
	names := map[string]bool{}
	for e, p := range c.people {
		check(c.nip(e), p)
		name := nameOf(c.opt.Seed, p.sex, int(p.name))
		if names[name] {
			t.Errorf("two people are called %s", name)
		}
		names[name] = true
	}
	if len(c.former) < 20 {
		t.Errorf("only %d former numbers", len(c.former))
	}
	for _, f := range c.former {
		check(c.formerNIP(f), c.people[f.person])
	}
}

func TestNamesStayUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, sex := range []int8{male, female} {
		for k := range 200_000 {
			name := nameOf(9, sex, k)
			if seen[name] {
				t.Fatalf("%q comes twice", name)
			}
			seen[name] = true
		}
	}
}

func TestTreeIsSane(t *testing.T) {
	c := build(options(3500, 6))
	for y := range c.years() {
		heads := map[int32]bool{}
		for s, e := range c.holder[y] {
			if e == nobody {
				continue
			}
			if c.seatOf[y][e] != int32(s) {
				t.Fatalf("cycle %d: person %d has two seats", y, e)
			}
			if c.leads(s) {
				if u := c.seats[s].unit; heads[u] {
					t.Errorf("cycle %d: unit %d has two heads", y, u)
				} else {
					heads[u] = true
				}
			}
			up, steps := c.above(s), 0
			for at := up; at >= 0; at = c.above(at) {
				if steps++; steps > 12 {
					t.Fatalf("cycle %d: seat %d has no end above it", y, s)
				}
			}
			if (up < 0) != (s == 0) {
				t.Errorf("cycle %d: seat %d has supervisor %d", y, s, up)
			}
			if up >= 0 && c.holder[y][up] == nobody {
				t.Errorf("cycle %d: nobody sits above seat %d", y, s)
			}
		}
	}
}

func TestPeers(t *testing.T) {
	for _, n := range []int{60, 400, 3500} {
		c := build(options(n, 8))
		for y := range c.years() {
			given, got := map[int32]int{}, map[int32]int{}
			forms := c.forms(y)
			seen := map[form]bool{}
			for _, f := range forms {
				if seen[f] {
					t.Fatalf("form %v comes twice", f)
				}
				seen[f] = true
				if f.kind != kindPeer {
					continue
				}
				given[f.rater]++
				got[f.ratee]++
				a, b := int(c.seatOf[y][f.ratee]), int(c.seatOf[y][f.rater])
				if f.ratee == f.rater || c.above(a) == b || c.above(b) == a {
					t.Errorf("%d people, cycle %d: %d rates %d as a peer", n, y, f.rater, f.ratee)
				}
			}
			few := 0
			for e, s := range c.seatOf[y] {
				if s == nobody {
					continue
				}
				if given[int32(e)] > 6 || got[int32(e)] > 6 {
					t.Errorf("%d people, cycle %d: person %d rates %d, is rated by %d", n, y, e, given[int32(e)], got[int32(e)])
				}
				few += b2i(got[int32(e)] < 3)
			}
			if few > 1+n/20 {
				t.Errorf("%d people, cycle %d: %d have fewer than 3 peers", n, y, few)
			}
		}
	}
}

func TestPeopleMove(t *testing.T) {
	c := build(options(3500, 10))
	rng := newStream()
	placements, joined, left := 0, 0, 0
	for e, p := range c.people {
		list := c.placementsOf(e, rng)
		placements += len(list)
		joined += b2i(p.firstYear > 0)
		left += b2i(int(p.lastYear) < c.years()-1)
		for i, x := range list {
			if !x.to.IsZero() && !x.to.After(x.from) {
				t.Errorf("person %d: placement from %v to %v", e, x.from, x.to)
			}
			if last := i == len(list)-1; !last && !x.to.Equal(list[i+1].from) {
				t.Errorf("person %d: a gap between placements", e)
			} else if last && x.to.IsZero() != (int(p.lastYear) == c.years()-1) {
				t.Errorf("person %d: last placement to %v", e, x.to)
			}
			u := c.units[c.positions[x.position].unit]
			if x.from.Before(u.from) || !u.to.IsZero() && (x.to.IsZero() || x.to.After(u.to)) {
				t.Errorf("person %d: in %s from %v to %v, which exists from %v to %v", e, u.name, x.from, x.to, u.from, u.to)
			}
		}
	}
	if placements < 3900 || joined < 80 || left < 80 {
		t.Errorf("%d placements, %d joined, %d left", placements, joined, left)
	}
}

func TestUnitsHaveForerunners(t *testing.T) {
	c := build(options(3500, 1))
	at := slices.IndexFunc(c.units, func(u unit) bool { return len(u.predecessors) == 2 && u.kind == appraisal.UnitDinas })
	if at < 0 {
		t.Fatal("no dinas came from two")
	}
	last := c.years() - 1
	for _, old := range append(slices.Clone(c.units[at].predecessors), at) {
		if now := old == at; c.exists(old, last) != now || c.exists(old, last-1) == now {
			t.Errorf("%s exists in the wrong years", c.units[old].name)
		}
	}
}
