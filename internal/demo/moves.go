package demo

import (
	"slices"
	"time"
)

// placement is one row of placements: who held which position when.
type placement struct {
	person     int
	position   int32
	grade      string
	supervisor int // nobody: -1
	from, to   time.Time
}

// placementsOf returns the placements of a person over the cycles, oldest first.
func (c *city) placementsOf(e int, rng *stream) []placement {
	var list []placement
	p := c.people[e]
	for y := int(p.firstYear); y <= int(p.lastYear); y++ {
		s := int(c.seatOf[y][e])
		now := placement{person: e, position: c.seats[s].position, grade: c.gradeIn(e, y), supervisor: c.supervisorIn(e, y)}
		if len(list) == 0 {
			now.from = c.since(e, y, s, rng)
			list = append(list, now)
			continue
		}
		old := &list[len(list)-1]
		if old.position == now.position && old.grade == now.grade && old.supervisor == now.supervisor {
			continue
		}
		now.from = c.changed(e, y, old.position != now.position, old.supervisor != now.supervisor)
		old.to = now.from
		list = append(list, now)
	}
	list[len(list)-1].to = c.left(e)
	return list
}

// left returns when a person left the city, the zero time for those who are there.
func (c *city) left(e int) time.Time {
	y := int(c.people[e].lastYear)
	if y == c.years()-1 {
		return time.Time{}
	}
	s := int(c.seatOf[y][e])
	if to := c.units[c.seats[s].unit].to; !to.IsZero() && to.Year() == c.calendarYear(y+1) {
		return to
	}
	return c.changeDate(y+1, s)
}

// supervisorIn returns the supervisor of a person in cycle y, -1 for none.
func (c *city) supervisorIn(e, y int) int {
	up := c.above(int(c.seatOf[y][e]))
	if up < 0 {
		return -1
	}
	return int(c.holder[y][up])
}

// since returns when the first placement we know of began.
func (c *city) since(e, y, s int, rng *stream) time.Time {
	if y > 0 {
		return c.changeDate(y, s)
	}
	p := c.people[e]
	rng.at(c.opt.Seed, partMoveDate, e)
	start := time.Date(c.calendarYear(0)-1-rng.IntN(5), pick(rng, quarters), 1, 0, 0, 0, 0, time.UTC)
	month := time.Month(p.appointed % 100)
	if p.kind != kindPNS {
		month = time.January
	}
	number := p.appointed
	byPerson := func(f formerNumber, e int) int { return int(f.person) - e }
	if i, ok := slices.BinarySearchFunc(c.former, e, byPerson); ok {
		number = c.former[i].appointed
	}
	unit := c.units[c.seats[s].unit]
	appointed := time.Date(int(number/100), month, 1, 0, 0, 0, 0, time.UTC)
	return latest(latest(start, appointed), unit.from)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

var quarters = []time.Month{time.January, time.April, time.July, time.October}

// changed returns when in cycle y something about a person changed.
func (c *city) changed(e, y int, moved, supervisor bool) time.Time {
	s, old := int(c.seatOf[y][e]), int(c.seatOf[y-1][e])
	if sup := c.supervisorIn(e, y); !moved && supervisor && sup >= 0 {
		if c.seatOf[y-1][sup] == nobody {
			return c.changeDate(y, int(c.seatOf[y][sup]))
		}
		return c.changed(sup, y, true, false)
	}
	first := time.Date(c.calendarYear(y), 1, 1, 0, 0, 0, 0, time.UTC)
	if c.units[c.seats[old].unit].to.Equal(first) {
		return first
	}
	if !moved && !supervisor {
		april := time.Date(c.calendarYear(y), time.April, 1, 0, 0, 0, 0, time.UTC)
		if april.Before(c.dates(y).opens) {
			return april
		}
		return first
	}
	return c.changeDate(y, min(s, old))
}

// changeDate returns when in cycle y a seat changes hands, if it does: on the
// first day of a quarter, before the cycle opens.
func (c *city) changeDate(y, s int) time.Time {
	year := c.calendarYear(y)
	month := quarters[mix(mix(c.opt.Seed, uint64(partMoveDate)), uint64(year)<<32|uint64(s))%uint64(len(quarters))]
	date := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	if !date.Before(c.dates(y).opens) {
		return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return date
}

// cycleDates are the dates of a cycle.
type cycleDates struct {
	opens, formsDue, evaluationDue time.Time
	// published is the zero time for the current cycle.
	published time.Time
}

// scored is when the results of a finished cycle were computed: the day after
// its forms were due.
func (d cycleDates) scored() time.Time { return d.formsDue.AddDate(0, 0, 1).Add(8 * time.Hour) }

// dates returns the dates of cycle y: around Today for the current one, in
// December and January for those before.
func (c *city) dates(y int) cycleDates {
	if y == c.years()-1 {
		t := c.opt.Today
		day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
		due := day.AddDate(0, 0, 10)
		return cycleDates{opens: day.AddDate(0, 0, -28), formsDue: due, evaluationDue: due.AddDate(0, 0, 21)}
	}
	year := c.calendarYear(y)
	day := func(year int, month time.Month, d int) time.Time {
		return workday(time.Date(year, month, d, 0, 0, 0, 0, time.UTC))
	}
	return cycleDates{
		opens: day(year, time.December, 1), formsDue: day(year, time.December, 22),
		evaluationDue: day(year+1, time.January, 20),
		published:     day(year+1, time.January, 28).Add(9*time.Hour + 30*time.Minute - zone),
	}
}

// zone is how far the business time, Asia/Jakarta, is ahead of UTC.
const zone = 7 * time.Hour

// workday returns the day itself, or Friday before a weekend.
func workday(d time.Time) time.Time {
	switch d.Weekday() {
	case time.Saturday:
		return d.AddDate(0, 0, -1)
	case time.Sunday:
		return d.AddDate(0, 0, -2)
	}
	return d
}
