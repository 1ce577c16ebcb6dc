package demo

import (
	"slices"

	"rancak/internal/appraisal"
)

// form says who rates whom.
type form struct {
	ratee, rater int32
	kind         int8 // index of appraisal.ReviewKinds
}

// Indices of appraisal.ReviewKinds.
const (
	kindSelf int8 = iota
	kindSupervisor
	kindPeer
	kindSubordinate
)

const (
	invitedPeers = 5
	// peersWanted is the least size of a group in which everybody gets that many.
	peersWanted = invitedPeers + 1
	// leastSubordinates must be there before a head is rated by them, and
	// mostSubordinates are asked.
	leastSubordinates = 3
	mostSubordinates  = 8
)

// forms returns all forms of cycle y in an order that tells nothing.
func (c *city) forms(y int) []form {
	n := 0
	for _, e := range c.holder[y] {
		n += b2i(e != nobody)
	}
	list := make([]form, 0, n*15/2+n)
	for s, e := range c.holder[y] {
		if e == nobody {
			continue
		}
		list = append(list, form{e, e, kindSelf})
		if up := c.above(s); up >= 0 {
			list = append(list, form{e, c.holder[y][up], kindSupervisor})
		}
	}
	rng := newStream()
	for i, group := range c.peerGroups(y) {
		rng.at(c.opt.Seed, partPeers, c.calendarYear(y), i)
		list = c.circle(y, group, rng, list)
	}
	list = c.subordinates(y, rng, list)
	rng.at(c.opt.Seed, partOrder, c.calendarYear(y))
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// circle lets each of a group rate the next ones in a random circle, so that
// everybody gives and gets the same number.
func (c *city) circle(y int, group []int32, rng *stream, list []form) []form {
	rng.Shuffle(len(group), func(i, j int) { group[i], group[j] = group[j], group[i] })
	for i := range group {
		for k := 1; k <= min(invitedPeers, len(group)-1); k++ {
			ratee := group[(i+k)%len(group)]
			list = append(list, form{c.holder[y][ratee], c.holder[y][group[i]], kindPeer})
		}
	}
	return list
}

// subordinates adds the forms about heads.
func (c *city) subordinates(y int, rng *stream, list []form) []form {
	below := make(map[int][]int32)
	for s, e := range c.holder[y] {
		if up := c.above(s); up >= 0 && e != nobody && c.leads(s) {
			below[up] = append(below[up], e)
		}
	}
	for i, u := range c.units {
		if u.kind == appraisal.UnitCity || !c.exists(i, y) {
			continue
		}
		people := below[u.first]
		for s := u.first + 1; s <= u.first+u.staff; s++ {
			people = append(people, c.holder[y][s])
		}
		if len(people) < leastSubordinates {
			continue
		}
		rng.at(c.opt.Seed, partSubordinates, c.calendarYear(y), i)
		rng.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		for _, e := range people[:min(len(people), mostSubordinates)] {
			list = append(list, form{c.holder[y][u.first], e, kindSubordinate})
		}
	}
	return list
}

// peerGroup is seats whose holders rate each other. All are on the same level
// of the tree, so that nobody is another's supervisor.
type peerGroup struct {
	level int
	heads bool
	seats []int32
}

// peerGroups divides the seats of cycle y: the staff of a unit, the heads of
// its units; where they are few, together with those of the units beside it,
// and where they are too few in their dinas, with those of other dinas.
func (c *city) peerGroups(y int) [][]int32 {
	children := make([][]int, len(c.units))
	for i, u := range c.units {
		if i > 0 && c.exists(i, y) {
			children[u.parent] = append(children[u.parent], i)
		}
	}
	var all [][]int32
	var alone []peerGroup // too few in their dinas
	// The heads of dinas, with the assistants of the Sekretaris Daerah where
	// those are few: he is above them all.
	var heads []int32
	for _, d := range children[0] {
		g := grouping{city: c, children: children}
		for _, few := range g.gather(d) {
			switch {
			case d == secretariat && few.heads && few.level == 3:
				heads = append(heads, few.seats...)
			case !g.place(few):
				alone = join(alone, few)
			}
		}
		for _, group := range g.groups {
			all = append(all, group.seats)
		}
		if first := c.units[d].first; first != 0 {
			heads = append(heads, int32(first))
		}
	}
	for _, few := range alone {
		all = append(all, few.seats)
	}
	return append(all, heads)
}

// join adds a group to the one of the same level and kind in list.
func join(list []peerGroup, p peerGroup) []peerGroup {
	if len(p.seats) == 0 {
		return list
	}
	same := func(f peerGroup) bool { return f.level == p.level && f.heads == p.heads }
	if i := slices.IndexFunc(list, same); i >= 0 {
		list[i].seats = append(list[i].seats, p.seats...)
		return list
	}
	return append(list, p)
}

// grouping collects the groups of one dinas.
type grouping struct {
	city     *city
	children [][]int
	groups   []peerGroup
}

// gather makes the groups of a unit and of those below it and returns what was
// too few for a group.
func (g *grouping) gather(u int) []peerGroup {
	var few []peerGroup
	unit := g.city.units[u]
	for _, child := range g.children[u] {
		for _, f := range g.gather(child) {
			few = join(few, f)
		}
		few = join(few, peerGroup{unit.depth + 2, true, []int32{int32(g.city.units[child].first)}})
	}
	staff := peerGroup{level: unit.depth + 2}
	for s := unit.first + 1; s <= unit.first+unit.staff; s++ {
		staff.seats = append(staff.seats, int32(s))
	}
	if len(staff.seats) >= peersWanted {
		g.groups = append(g.groups, staff)
	} else {
		few = join(few, staff)
	}
	kept := few[:0]
	for _, f := range few {
		if len(f.seats) >= peersWanted {
			g.groups = append(g.groups, f)
		} else {
			kept = append(kept, f)
		}
	}
	return kept
}

// place puts seats that are too few into another group of their dinas and
// level, of the same kind where there is one, and reports false where it finds
// none. Four heads stay among themselves.
func (g *grouping) place(few peerGroup) bool {
	if few.heads && len(few.seats) >= 4 {
		g.groups = append(g.groups, few)
		return true
	}
	best := -1
	for i, other := range g.groups {
		if other.level == few.level && (best < 0 || other.heads == few.heads && g.groups[best].heads != few.heads) {
			best = i
		}
	}
	if best >= 0 {
		g.groups[best].seats = append(g.groups[best].seats, few.seats...)
	}
	return best >= 0
}
