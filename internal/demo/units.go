package demo

import (
	"fmt"
	"strings"
	"time"

	"rancak/internal/appraisal"
)

// unit is a node of the tree. Units are numbered from 0, which is the city;
// their id in the database is one more.
type unit struct {
	name, headTitle string
	kind            appraisal.UnitKind
	parent, dinas   int
	depth           int
	setting         setting
	jobs            []string
	headJob         job
	// staff is how many people it has beside its head.
	staff    int
	children []int
	// from and to are the first day it exists and the first it no longer does.
	from, to     time.Time
	predecessors []int
	// first is its head's seat; the seats of its staff follow.
	first int
}

// most people under one supervisor before a unit is divided, and how many
// units of one kind hang below one parent before they are gathered.
const (
	maxStaff    = 26
	maxChildren = 20
)

// regulation is when the units of today came into being.
var regulation = time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)

// planner lays out the tree for a number of people.
type planner struct {
	units []unit
	rng   *stream
}

func (p *planner) add(parent int, u unit) int {
	id := len(p.units)
	up := &p.units[parent]
	u.parent, u.depth, u.from, u.dinas = parent, up.depth+1, regulation, up.dinas
	if u.kind == appraisal.UnitDinas {
		u.dinas = id
	}
	if len(u.jobs) == 0 {
		u.jobs = up.jobs
	}
	up.children = append(up.children, id)
	p.units = append(p.units, u)
	return id
}

// plan returns the units of today for exactly people seats.
func plan(people int, seed uint64) []unit {
	p := &planner{rng: newStream().at(seed, partSizes)}
	p.units = append(p.units, unit{name: "Pemerintah Kota Bukittinggi", kind: appraisal.UnitCity, from: regulation})
	specs := dinasSpecs[:min(len(dinasSpecs), max(4, people/10))]
	total := 0
	for _, d := range specs {
		total += d.weight
	}
	// In small cities every unit still gets people enough to be one.
	least := min(6, people/len(specs))
	left := people - least*len(specs)
	given, weight := 0, 0
	for _, d := range specs {
		weight += d.weight
		upTo := left * weight / total
		p.dinas(d, least+upTo-given)
		given = upTo
	}
	return p.units
}

// dinas lays out one unit of the top level with n people.
func (p *planner) dinas(d dinasSpec, n int) {
	head := jobDinasHead
	switch d.shape {
	case shapeSecretariat:
		head = jobSekda
	case shapeDistrict:
		head = jobCamat
	default: // the head of a dinas
	}
	title := d.head
	if title == "" {
		title = "Kepala " + d.name
	}
	id := p.add(0, unit{name: d.name, headTitle: title, kind: appraisal.UnitDinas, setting: d.setting, jobs: d.jobs, headJob: head})
	switch d.shape {
	case shapeEducation:
		n -= p.schools(id, n)
	case shapeHealth:
		n -= p.clinics(id, n)
	case shapeDistrict:
		p.district(id, n, strings.TrimPrefix(d.name, "Kecamatan "))
		return
	case shapeSecretariat:
		if n >= 60 {
			p.assistants(id, n, d)
			return
		}
	case shapeOffice:
	}
	p.office(id, n, d)
}

// office lays out the office of a dinas with n people, its head included.
func (p *planner) office(id, n int, d dinasSpec) {
	if n < 14 {
		p.units[id].staff = n - 1
		return
	}
	n--
	if d.shape != shapeSecretariat {
		m := max(4, n/5)
		p.secretariat(id, "Sekretaris "+d.name, m)
		n -= m
	}
	word := orElse(d.division, "Bidang")
	k := max(2, n/6)
	if d.shape == shapeSecretariat {
		k = 3 // the Sekretaris Daerah has the heads of dinas, too
	}
	names := d.bidang[:min(len(d.bidang), k)]
	for i, m := range split(p.rng, n, len(names), 0.12) {
		name := word + " " + names[i]
		title := "Kepala " + name
		if word == "Inspektur Pembantu" {
			title = name
		}
		u := p.add(id, unit{name: name, headTitle: title, kind: appraisal.UnitDivision, setting: d.setting, headJob: jobKabid})
		p.fill(u, m, orElse(d.section, "Seksi"), nil)
	}
}

// secretariat adds the secretariat of a dinas or kecamatan with n people.
func (p *planner) secretariat(id int, title string, n int) {
	if p.units[id].kind == appraisal.UnitDinas && n < 4 {
		p.units[id].staff += n
		return
	}
	u := p.add(id, unit{name: "Sekretariat", headTitle: title, kind: appraisal.UnitDivision, headJob: jobSekretaris})
	// Of two subdivisions alone nobody could be rated by enough subordinates.
	k, own := min(3, (n-1)/4), 0
	if k == 2 || k == 3 && n < 13 {
		k, own = 2, 2
	}
	if k < 2 || n-1-own < 4*k || n > 60 {
		p.fill(u, n, "Subbagian", sekretariatParts)
		return
	}
	p.units[u].staff = own
	for i, m := range split(p.rng, n-1-own, k, 0) {
		name := "Subbagian " + sekretariatParts[i]
		c := p.add(u, unit{name: name, headTitle: "Kepala " + name, kind: appraisal.UnitSection, headJob: jobKasubag})
		p.units[c].staff = m - 1
	}
}

// fill gives a unit n people, its head included, in sections where they are
// too many for one supervisor.
func (p *planner) fill(id, n int, word string, names []string) {
	if n-1 <= maxStaff {
		p.units[id].staff = n - 1
		return
	}
	k := min(maxChildren, max(3, (n+14)/15))
	for i, m := range split(p.rng, n-1, k, 0.1) {
		name := fmt.Sprintf("%s %s", word, roman(i+1))
		if i < len(names) {
			name = names[i]
			if !strings.Contains(name, word) && word == "Subbagian" {
				name = word + " " + name
			}
		}
		up := p.units[id]
		head, title := jobSectionLead, "Kepala "+name
		if up.setting == settingHealth && !strings.Contains(name, "Tata Usaha") {
			head, title = jobClinicLead, "Penanggung Jawab "+name
		}
		c := p.add(id, unit{name: name, headTitle: title, kind: appraisal.UnitSection, setting: up.setting, headJob: head})
		p.fill(c, m, "Subtim", nil)
	}
}

// assistants lays out the Sekretariat Daerah: assistants with their parts.
func (p *planner) assistants(id, n int, d dinasSpec) {
	n -= 1 + len(assistants)
	bagian := d.bidang
	sizes := split(p.rng, n, len(bagian), 0.15)
	up := make([]int, len(assistants))
	for i, a := range assistants {
		up[i] = p.add(id, unit{name: "Asisten " + a, headTitle: "Asisten " + a, kind: appraisal.UnitDivision, headJob: jobDinasHead})
	}
	for i, m := range sizes {
		name := "Bagian " + bagian[i]
		a := up[i*len(up)/len(bagian)]
		u := p.add(a, unit{name: name, headTitle: "Kepala " + name, kind: appraisal.UnitDivision, headJob: jobKabid})
		p.fill(u, m, "Subbagian", nil)
	}
}

// district lays out a kecamatan with its kelurahan.
func (p *planner) district(id, n int, name string) {
	n--
	var names []string
	for _, k := range kelurahan {
		if k.kecamatan == name {
			names = k.names
		}
	}
	if n < 14 {
		p.units[id].staff = n
		return
	}
	names = names[:max(1, min(len(names), (n-8)/6))]
	own := max(8, n/4)
	each := split(p.rng, n-own, len(names), 0.1)
	sekr := max(4, own*2/5)
	parts := districtParts[:max(1, min(len(districtParts), (own-sekr)/4))]
	p.secretariat(id, "Sekretaris Kecamatan", sekr)
	for i, m := range split(p.rng, own-sekr, len(parts), 0) {
		s := "Seksi " + parts[i]
		c := p.add(id, unit{name: s, headTitle: "Kepala " + s, kind: appraisal.UnitSection, setting: settingCounter, headJob: jobKasubag})
		p.fill(c, m, "Tim", nil)
	}
	for i, m := range each {
		c := p.add(id, unit{name: "Kelurahan " + names[i], headTitle: "Lurah " + names[i], kind: appraisal.UnitKelurahan, setting: settingCounter, headJob: jobLurah})
		p.fill(c, m, "Seksi", nil)
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

var romanDigits = []struct {
	value int
	text  string
}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}

func roman(n int) string {
	var b strings.Builder
	for _, d := range romanDigits {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}
