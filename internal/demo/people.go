package demo

import (
	"fmt"
	"slices"
	"time"

	"rancak/internal/appraisal"
)

// person is an employee. Their id in the database is one more than their
// number.
type person struct {
	seat                int32 // their last
	born                int32 // yyyymmdd
	appointed           int32 // yyyymm, or year and agreement for PPPK
	name                int32 // number for nameOf
	title               uint16
	serial              int16
	sex                 int8
	kind                int8 // index of appraisal.EmploymentKinds
	grade               int8 // of PNS in their last year
	promoted            int8 // cycle since which they hold it
	firstYear, lastYear int8 // cycles in which they are, counted from the first
}

// formerNumber is an NI PPPK of an earlier contract.
type formerNumber struct {
	person    int32
	appointed int32
	serial    int16
	validTo   time.Time
}

const (
	kindPNS = iota
	kindPPPK
	kindPartial
)

// populate gives everybody what a person has, by their last seat.
func (c *city) populate() {
	serials := make(map[uint64]int16, len(c.people))
	titles := titleBook{}
	names := [3]int32{}
	rng := newStream()
	for e := range c.people {
		p := &c.people[e]
		rng.at(c.opt.Seed, partPerson, e)
		j := c.book.jobs[c.seats[p.seat].job]
		leads := c.leads(int(p.seat))
		p.sex = sexOf(rng, j, c.units[c.seats[p.seat].unit].setting)
		p.name = names[p.sex]
		names[p.sex]++
		p.title = titles.number(titleFor(rng, j, leads))
		c.career(rng, p, j)
		p.serial = nextSerial(serials, p)
		if p.kind != kindPNS && p.firstYear == 0 && rng.chance(0.35) {
			c.renew(rng, serials, int32(e))
		}
	}
	c.titles = titles
}

// career draws birth, appointment and grade.
func (c *city) career(rng *stream, p *person, j job) {
	last := c.calendarYear(int(p.lastYear))
	first := c.calendarYear(int(p.firstYear))
	joined, left := p.firstYear > 0, int(p.lastYear) < c.years()-1
	entry := j.pppk != ""
	pppkShare := 0.2
	if j.study == studyTeaching {
		pppkShare = 0.42
	}
	isPPPK := entry && !left && first >= 2021 && rng.chance(pppkShare)
	age := rng.between(j.ageMin, j.ageMax)
	start := 23 // age at appointment
	switch {
	case j.study == studyNone:
		start = 20
	case j.skilled:
		start = 22
	}
	start += rng.IntN(7)
	switch {
	case left:
		age = rng.between(57, 59)
	case joined && entry:
		age = start + last - first
	}
	age = max(age, 20+c.years())
	born := time.Date(last-age, time.January, 1+rng.IntN(365), 0, 0, 0, 0, time.UTC)
	p.born = int32(born.Year()*10000 + int(born.Month())*100 + born.Day())

	latest := first - 1
	if joined && entry {
		latest = first
	}
	year := min(latest, last-age+start)
	if joined && entry {
		year = first
	}
	p.appointed = int32(year*100 + pick(rng, []int{1, 2, 3, 3, 4, 12, 12}))
	if joined && entry {
		p.appointed = int32(year*100 + 1)
	}
	if isPPPK {
		p.kind = kindPPPK
		if j.kind == appraisal.PositionPelaksana && rng.chance(0.3) {
			p.kind = kindPartial
		}
		p.appointed = int32(max(min(latest, 2021+rng.IntN(4)), last-age+19)*100 + 21)
	}
	span := float64(age-j.ageMin) / float64(max(1, j.ageMax-j.ageMin))
	p.grade = min(j.to, max(j.from, j.from+int8(span*float64(j.to-j.from+1))))
	if joined && entry {
		p.grade = j.from
	}
	if y := rng.IntN(5); y < c.years() && y > int(p.firstYear) && p.grade > 0 {
		p.promoted = int8(y)
	}
}

// renew gives a PPPK a second contract with another number.
func (c *city) renew(rng *stream, serials map[uint64]int16, e int32) {
	p := &c.people[e]
	year := c.calendarYear(0) + rng.IntN(c.years())
	if int(p.appointed/100) >= year {
		return
	}
	valid := time.Date(year, time.March, 1, 0, 0, 0, 0, time.UTC)
	if valid.After(c.opt.Today) {
		return
	}
	c.former = append(c.former, formerNumber{e, p.appointed, p.serial, valid})
	p.appointed = int32(year*100 + 22)
	p.serial = nextSerial(serials, p)
}

func nextSerial(serials map[uint64]int16, p *person) int16 {
	for {
		key := uint64(p.born)*1e7 + uint64(p.appointed)*10 + uint64(p.sex)
		if serials[key]++; serials[key] <= 999 {
			return serials[key]
		}
		// Everybody of that day and month has a number: another day.
		p.born = p.born/100*100 + (p.born%100)%28 + 1
	}
}

func sexOf(rng *stream, j job, w setting) int8 {
	share := 0.5
	switch {
	case j.study == studyMidwife:
		share = 1
	case j.study == studyTeaching, j.study == studyNurse, j.study == studyPharmacy, j.study == studyHealth:
		share = 0.74
	case w == settingField:
		share = 0.18
	case j.kind == appraisal.PositionJPT, j.kind == appraisal.PositionAdministrator:
		share = 0.38
	}
	if rng.chance(share) {
		return female
	}
	return male
}

// titleBook gives each pair of titles a number.
type titleBook []degree

func (b *titleBook) number(d degree) uint16 {
	i := slices.Index(*b, d)
	if i < 0 {
		i = len(*b)
		*b = append(*b, d)
	}
	return uint16(i)
}

func titleFor(rng *stream, j job, leads bool) degree {
	list := degrees[j.study].expert
	if j.skilled {
		list = degrees[j.study].skilled
	}
	d := pick(rng, list)
	if leads && d.back != "" && j.study == studyOffice {
		if more := pick(rng, leaderDegrees); more != "" {
			d.back += ", " + more
		}
	}
	return d
}

// nip returns the number in force.
func (c *city) nip(e int) string {
	p := c.people[e]
	return fmt.Sprintf("%08d%06d%d%03d", p.born, p.appointed, p.sex, p.serial)
}

func (c *city) formerNIP(f formerNumber) string {
	p := c.people[f.person]
	return fmt.Sprintf("%08d%06d%d%03d", p.born, f.appointed, p.sex, f.serial)
}

// gradeIn returns the grade of a person in cycle y.
func (c *city) gradeIn(e, y int) string {
	p := c.people[e]
	if p.kind != kindPNS {
		return c.book.jobs[c.seats[p.seat].job].pppk
	}
	g := p.grade
	if y < int(p.promoted) {
		g--
	}
	return pnsGrades[g]
}
