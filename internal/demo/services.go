package demo

import (
	"fmt"

	"rancak/internal/appraisal"
)

// People of an average SD, SMP and puskesmas.
const (
	primaryPeople = 17
	juniorPeople  = 27
	clinicPeople  = 45
)

// jobCoordinator heads the schools or puskesmas of an area.
var jobCoordinator = job{"", "Ahli Madya", appraisal.PositionExpert, studyTeaching, false, gradeIVb, gradeIVc, "", 50, 59}

// groups is how many units gather k units below one parent; 0 where they fit.
func groups(k, least int) int {
	if k <= 8 || k <= maxChildren && least < 2 {
		return 0
	}
	return max(least, (k+15)/16)
}

// gatherers is how many heads it takes to gather k units, on all levels.
func gatherers(k, least int) int {
	m := groups(k, least)
	if m == 0 {
		return 0
	}
	return m + gatherers(m, 0)
}

// gather adds the units that gather k units below id and returns the parent
// of each. name names the i-th of a level.
func (p *planner) gather(id, k, least int, name func(level, i int) string) []int {
	return p.gatherLevel(id, k, least, 0, name)
}

func (p *planner) gatherLevel(id, k, least, level int, name func(level, i int) string) []int {
	m := groups(k, least)
	parents := make([]int, k)
	if m == 0 {
		for i := range parents {
			parents[i] = id
		}
		return parents
	}
	up := p.gatherLevel(id, m, 0, level+1, name)
	for i := range up {
		n := name(level, i)
		up[i] = p.add(up[i], unit{name: n, headTitle: "Koordinator " + n, kind: appraisal.UnitOtherBlock, headJob: jobCoordinator})
	}
	for i := range parents {
		parents[i] = up[i*m/k]
	}
	return parents
}

// area names the gathering units of schools and puskesmas: the kecamatan, with
// a number where there are several.
func area(what string) func(level, i int) string {
	return func(level, i int) string {
		k := kelurahan[i%len(kelurahan)].kecamatan
		switch {
		case level > 0:
			return fmt.Sprintf("Rayon %s %d-%d", what, level, i+1)
		case i < len(kelurahan):
			return fmt.Sprintf("Wilayah %s Kecamatan %s", what, k)
		}
		return fmt.Sprintf("Wilayah %s Kecamatan %s %s", what, k, roman(i/len(kelurahan)+1))
	}
}

// schools lays out the schools of the dinas of education, which has n people
// in all, and returns how many of them are not in its office.
func (p *planner) schools(id, n int) int {
	used := n - max(5, min(n/4, 60), n/20)
	if used < 6 {
		return 0
	}
	junior := used / 5 / juniorPeople
	left := used - junior*juniorPeople - gatherers(junior, 0)
	primary := max(1, left/primaryPeople)
	left -= gatherers(primary, len(kelurahan))

	up := p.gather(id, primary, len(kelurahan), area("SD"))
	for i, m := range split(p.rng, left, primary, 0.25) {
		group := i * max(1, groups(primary, len(kelurahan))) / primary
		names := kelurahan[group%len(kelurahan)].names
		p.school(up[i], fmt.Sprintf("SD Negeri %02d %s", i+1, names[i%len(names)]), m)
	}
	up = p.gather(id, junior, 0, area("SMP"))
	for i := range junior {
		p.school(up[i], fmt.Sprintf("SMP Negeri %d Bukittinggi", i+1), juniorPeople)
	}
	return used
}

func (p *planner) school(parent int, name string, n int) {
	id := p.add(parent, unit{name: name, headTitle: "Kepala " + name, kind: appraisal.UnitSchool,
		setting: settingSchool, headJob: jobPrincipal})
	p.fill(id, n, "Kelompok Guru", nil)
}

// clinics lays out the hospital and the puskesmas of the dinas of health,
// which has n people in all, and returns how many of them are not in its office.
func (p *planner) clinics(id, n int) int {
	used := n - max(5, min(n/4, 65), n/12)
	if used < 6 {
		return 0
	}
	left := used
	if used > 300 {
		m := used * 3 / 10
		name := "UPTD Rumah Sakit Umum Daerah"
		u := p.add(id, unit{name: name, headTitle: "Direktur " + name, kind: appraisal.UnitOtherBlock,
			setting: settingHealth, headJob: jobClinicHead})
		p.fill(u, m, "Instalasi", hospitalParts)
		left -= m
	}
	k := max(1, left/clinicPeople)
	left -= gatherers(k, 0)
	up := p.gather(id, k, 0, area("Puskesmas"))
	for i, m := range split(p.rng, left, k, 0.15) {
		name := "Puskesmas " + puskesmasNames[i%len(puskesmasNames)]
		if i >= len(puskesmasNames) {
			name += " " + roman(i/len(puskesmasNames)+1)
		}
		u := p.add(up[i], unit{name: name, headTitle: "Kepala " + name, kind: appraisal.UnitHealth,
			setting: settingHealth, headJob: jobClinicHead})
		p.fill(u, m, "Klaster", clinicParts)
	}
	return used
}
