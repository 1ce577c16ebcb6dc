package demo

import (
	"fmt"
	"strings"
	"time"

	"rancak/internal/appraisal"
)

// succession says that a unit came from others on the first day of a year.
type succession struct {
	unit  int
	names []string // of the units before it
	date  time.Time
}

// oldSeat is a seat of today and what it was before a unit came into being.
type oldSeat struct{ now, before int }

// successions returns which units of today have predecessors, as far as the
// city is big enough to have them.
func successions(units []unit, year int) []succession {
	var list []succession
	first := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	merged := false
	for i, u := range units {
		switch {
		case u.name == "Dinas Koperasi, UKM dan Tenaga Kerja":
			list = append(list, succession{i, []string{"Dinas Koperasi, Usaha Kecil dan Menengah", "Dinas Tenaga Kerja"}, first(year)})
		case u.name == "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah":
			list = append(list, succession{i, []string{"Badan Perencanaan Pembangunan Daerah"}, first(year - 1)})
		case u.kind == appraisal.UnitSchool && u.staff >= 16 && !merged && strings.HasPrefix(u.name, "SD") && units[u.parent].kind == appraisal.UnitOtherBlock:
			merged = true
			list = append(list, succession{i, []string{u.name, anotherSchool(units, u.name)}, first(year - 1)})
		}
	}
	return list
}

// anotherSchool is the name of a SD with a number that none has today.
func anotherSchool(units []unit, name string) string {
	n := 1
	for _, u := range units {
		n += b2i(strings.HasPrefix(u.name, "SD Negeri"))
	}
	return fmt.Sprintf("SD Negeri %02d %s", n, strings.SplitN(name, " ", 4)[3])
}

// succeed adds the units before a succession. Each unit below the one that
// came into being has one predecessor with the same name; several old dinas
// share them out, and each has its own secretariat.
func (c *city) succeed(s succession) {
	now := c.units[s.unit]
	olds := make([]int, len(s.names))
	for i, name := range s.names {
		olds[i] = c.addOld(s.unit, now.parent, s.date)
		c.units[olds[i]].name = name
		if c.units[olds[i]].headTitle == "Kepala "+now.name {
			c.units[olds[i]].headTitle = "Kepala " + name
		}
	}
	c.units[s.unit].from = s.date
	c.seatOld(s.unit, olds)
	c.succeedChildren(s.unit, olds, s.date)
}

func (c *city) succeedChildren(now int, olds []int, date time.Time) {
	for i, child := range c.units[now].children {
		var before []int
		if len(olds) > 1 && c.units[child].name == "Sekretariat" && c.units[child].staff >= 3 {
			for _, o := range olds {
				before = append(before, c.addOld(child, o, date))
			}
		} else {
			before = []int{c.addOld(child, olds[i%len(olds)], date)}
		}
		c.units[child].from = date
		c.seatOld(child, before)
		c.succeedChildren(child, before, date)
	}
}

// addOld adds the unit that was before one of today, below an old parent.
func (c *city) addOld(now, parent int, date time.Time) int {
	u := c.units[now]
	id := len(c.units)
	u.parent, u.from, u.to, u.children, u.predecessors = parent, regulation, date, nil, nil
	u.dinas = c.units[parent].dinas
	if u.kind == appraisal.UnitDinas {
		u.dinas = id
	}
	c.units = append(c.units, u)
	c.units[now].predecessors = append(c.units[now].predecessors, id)
	return id
}

// seatOld gives old units their seats: the staff of today shared out, and a
// head for each, of whom only the first has a seat today.
func (c *city) seatOld(now int, olds []int) {
	staff := c.units[now].staff
	next := c.units[now].first + 1
	for i, o := range olds {
		n := staff/len(olds) + b2i(i < staff%len(olds))
		u := &c.units[o]
		u.first, u.staff = len(c.seats), n
		c.seats = append(c.seats, seat{unit: int32(o), job: c.book.number(u.headJob)})
		if i == 0 {
			c.replaced = append(c.replaced, oldSeat{c.units[now].first, u.first})
		}
		for range n {
			c.replaced = append(c.replaced, oldSeat{next, len(c.seats)})
			c.seats = append(c.seats, seat{unit: int32(o), job: c.seats[next].job})
			next++
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
