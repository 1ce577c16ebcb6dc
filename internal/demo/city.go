package demo

import (
	"slices"
	"time"

	"rancak/internal/appraisal"
)

// seat is a place for one person: the head of a unit or one of its staff.
type seat struct {
	unit int32
	job  uint16
	// position is the row of positions, counted from 0.
	position int32
}

// position is what positions holds: several seats of a unit can share one.
type position struct {
	unit  int
	title string
	job   uint16
	leads bool
}

const nobody int32 = -1

// secretariat is the number of the Sekretariat Daerah, whose head is above the
// heads of all other dinas and has the first seat.
const secretariat = 1

// city is the whole demonstration city, all that is kept in memory. Forms and
// what people write are made when they are loaded.
type city struct {
	opt   Options
	year  int // of the current cycle
	units []unit
	book  jobBook
	seats []seat
	// positions in the order of seats.
	positions []position
	replaced  []oldSeat
	people    []person
	former    []formerNumber
	// holder[y][s] is who has seat s in year y, counted from the first cycle.
	holder [][]int32
	// seatOf[y][e] is the seat of person e in year y.
	seatOf [][]int32
	titles titleBook
	model  model
}

// build invents the city.
func build(o Options) *city {
	c := &city{opt: o, year: currentYear(o.Today)}
	c.units = plan(o.People, o.Seed)
	rng := newStream()
	for i := range c.units {
		c.seatUnit(i, rng.at(o.Seed, partJobs, i))
	}
	for _, s := range successions(c.units, c.year) {
		c.succeed(s)
	}
	c.number()
	c.settle()
	c.populate()
	c.model = newModel(c)
	return c
}

// currentYear is the year that is being rated: until the end of February that
// of the year before, since its forms and results take until then.
func currentYear(today time.Time) int {
	if today.Month() <= time.February {
		return today.Year() - 1
	}
	return today.Year()
}

// seatUnit gives a unit of today its seats.
func (c *city) seatUnit(i int, rng *stream) {
	u := &c.units[i]
	if u.kind == appraisal.UnitCity {
		return
	}
	u.first = len(c.seats)
	c.seats = append(c.seats, seat{unit: int32(i), job: c.book.number(u.headJob)})
	for range u.staff {
		j := staffJob(rng, u.setting, u.jobs)
		c.seats = append(c.seats, seat{unit: int32(i), job: c.book.number(j)})
	}
}

// number gives seats of one unit and one job their common position.
func (c *city) number() {
	for i := range c.units {
		u := c.units[i]
		if u.kind == appraisal.UnitCity {
			continue
		}
		from := len(c.positions)
		for s := u.first; s <= u.first+u.staff; s++ {
			leads := s == u.first
			job := c.seats[s].job
			at := slices.IndexFunc(c.positions[from:], func(p position) bool { return p.job == job && !p.leads })
			if leads || at < 0 {
				title := c.book.jobs[job].title
				if leads {
					title = u.headTitle
				}
				at = len(c.positions) - from
				c.positions = append(c.positions, position{i, title, job, leads})
			}
			c.seats[s].position = int32(from + at)
		}
	}
}

// years is the number of cycles.
func (c *city) years() int { return c.opt.Years }

// calendarYear returns the year of cycle y, counted from the first.
func (c *city) calendarYear(y int) int { return c.year - c.opt.Years + 1 + y }

// exists reports whether a unit exists in the year of cycle y.
func (c *city) exists(u, y int) bool {
	first := time.Date(c.calendarYear(y), 1, 1, 0, 0, 0, 0, time.UTC)
	return !c.units[u].from.After(first) && (c.units[u].to.IsZero() || c.units[u].to.After(first))
}

// leads reports whether a seat is that of a head.
func (c *city) leads(s int) bool { return c.units[c.seats[s].unit].first == s }

// above returns the seat of the supervisor of a seat: the head of its unit,
// for a head that of the unit above, for the heads of dinas the Sekretaris
// Daerah, who has none (-1).
func (c *city) above(s int) int {
	u := c.units[c.seats[s].unit]
	switch {
	case u.first != s:
		return u.first
	case s == 0:
		return -1
	case u.kind == appraisal.UnitDinas:
		return 0
	}
	return c.units[u.parent].first
}

// settle decides who has which seat in which year, from the current year backwards.
func (c *city) settle() {
	last := c.years() - 1
	c.holder = make([][]int32, c.years())
	for y := range c.holder {
		c.holder[y] = make([]int32, len(c.seats))
		for s := range c.holder[y] {
			c.holder[y][s] = nobody
		}
	}
	for s := range c.seats {
		if c.exists(int(c.seats[s].unit), last) {
			c.holder[last][s] = c.person(s, last)
		}
	}
	for y := last; y > 0; y-- {
		c.yearBefore(y)
	}
	c.seatOf = make([][]int32, c.years())
	for y := range c.seatOf {
		c.seatOf[y] = slices.Repeat([]int32{nobody}, len(c.people))
		for s, e := range c.holder[y] {
			if e != nobody {
				c.seatOf[y][e] = int32(s)
			}
		}
	}
}

// person adds someone whose last seat is s, in cycle y.
func (c *city) person(s, y int) int32 {
	c.people = append(c.people, person{seat: int32(s), lastYear: int8(y)})
	return int32(len(c.people) - 1)
}

// Shares of seats that change hands between two years.
const (
	shareJoined   = 0.028
	sharePromoted = 0.04
	shareSwapped  = 0.025
	shareRotated  = 0.06
)

// yearBefore fills the seats of the year before y.
func (c *city) yearBefore(y int) {
	now, before := c.holder[y], c.holder[y-1]
	rng := newStream().at(c.opt.Seed, partMoves, c.calendarYear(y))
	back := make(map[int]int, len(c.replaced))
	for _, r := range c.replaced {
		if c.exists(int(c.seats[r.before].unit), y-1) && c.exists(int(c.seats[r.now].unit), y) {
			back[r.now] = r.before
		}
	}
	moved := make([]bool, len(c.seats))
	for s, e := range now {
		if e == nobody {
			continue
		}
		target := s
		if b, ok := back[s]; ok {
			target = b
			moved[s] = true
		}
		before[target] = e
	}
	c.join(y, rng, moved)
	c.swap(y, rng, moved)
	for s := range before {
		if before[s] == nobody && c.exists(int(c.seats[s].unit), y-1) {
			before[s] = c.person(s, y-1)
		}
	}
}

// join puts those who left in y into the seats of those who joined or were
// promoted in that year.
func (c *city) join(y int, rng *stream, moved []bool) {
	now, before := c.holder[y], c.holder[y-1]
	for i := range c.units {
		u := c.units[i]
		if u.kind == appraisal.UnitCity || !c.exists(i, y) || moved[u.first] {
			continue
		}
		for s := u.first + 1; s <= u.first+u.staff; s++ {
			if rng.chance(shareJoined) {
				moved[s] = true
				c.people[now[s]].firstYear = int8(y)
				before[s] = c.person(s, y-1)
			}
		}
		if u.staff < 1 || u.setting == settingHealth || u.headJob.kind == appraisal.PositionJPT || !rng.chance(sharePromoted) {
			continue
		}
		// The head was one of the staff, whose place someone new has taken.
		if s := u.first + 1 + rng.IntN(u.staff); !moved[s] && c.people[now[s]].firstYear == 0 {
			moved[s], moved[u.first] = true, true
			c.people[now[s]].firstYear = int8(y)
			before[s] = now[u.first]
			before[u.first] = c.person(u.first, y-1)
		}
	}
}

// swap lets people with the same job change places between units.
func (c *city) swap(y int, rng *stream, moved []bool) {
	byJob := make([][]int, 2*len(c.book.jobs))
	for s := range c.seats {
		if c.holder[y][s] == nobody || moved[s] || s == 0 {
			continue
		}
		share := shareSwapped
		if c.leads(s) {
			share = shareRotated
		}
		if rng.chance(share) {
			at := 2*int(c.seats[s].job) + b2i(c.leads(s))
			byJob[at] = append(byJob[at], s)
		}
	}
	before := c.holder[y-1]
	for _, list := range byJob {
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for i := 0; i+1 < len(list); i += 2 {
			a, b := list[i], list[i+1]
			before[a], before[b] = before[b], before[a]
			moved[a], moved[b] = true, true
		}
	}
}
