package demo

import (
	"strings"
	"time"

	"rancak/internal/appraisal"
)

// grant is one row of user_roles.
type grant struct {
	person int
	role   appraisal.Role
	unit   int // -1 for none
}

// grants gives every dinas of today one of HR, BKPSDM two who serve the whole
// city, and the Inspektorat an auditor.
func (c *city) grants() []grant {
	last := c.years() - 1
	var list []grant
	for _, d := range c.units[0].children {
		list = append(list, grant{int(c.holder[last][c.hrSeat(d)]), appraisal.RoleHRDinas, d})
		switch {
		case strings.HasPrefix(c.units[d].name, "Badan Kepegawaian"):
			for _, s := range c.citySeats(d) {
				list = append(list, grant{int(c.holder[last][s]), appraisal.RoleHRCity, -1})
			}
		case c.units[d].name == "Inspektorat":
			u := d
			if n := len(c.units[d].children); n > 0 {
				u = c.units[d].children[n-1]
			}
			list = append(list, grant{int(c.holder[last][c.units[u].first+1]), appraisal.RoleAuditor, -1})
		}
	}
	return list
}

// hrSeat is the seat of who does the personnel work of a dinas: the head of
// the subdivision for it, else someone of the secretariat or of the dinas.
func (c *city) hrSeat(d int) int {
	u := c.units[d]
	if u.staff > 0 {
		return u.first + 1
	}
	at := u.children[0]
	for _, child := range u.children {
		if name := c.units[child].name; name == "Sekretariat" || name == "Asisten Administrasi Umum" {
			at = child
		}
	}
	for u = c.units[at]; len(u.children) > 0; {
		u = c.units[u.children[0]]
	}
	if u.kind == appraisal.UnitSection {
		return u.first
	}
	return u.first + 1
}

// citySeats are two seats of the division for appraisal in BKPSDM.
func (c *city) citySeats(d int) [2]int {
	u := c.units[d]
	if n := len(u.children); n > 0 {
		u = c.units[u.children[n-1]]
		return [2]int{u.first, u.first + 1}
	}
	return [2]int{u.first + 2, u.first + 3}
}

func (c *city) roles() func() []any {
	list := c.grants()
	granted := time.Date(c.calendarYear(0), time.January, 3, 2, 0, 0, 0, time.UTC)
	admin := len(c.people)
	return numbered(len(list)+1, func(i int) []any {
		if i == len(list) {
			return []any{id(admin), string(appraisal.RoleAdmin), nil, granted, nil}
		}
		g := list[i]
		return []any{id(g.person), string(g.role), idOrNull(g.unit), granted, id(admin)}
	})
}
