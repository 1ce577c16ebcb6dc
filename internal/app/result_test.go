package app_test

import (
	"testing"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// Who reads the result of Ani, and when.
func TestOf(t *testing.T) {
	const no, published, evaluation = "", "published", "published and evaluation"
	for name, tt := range map[string]struct {
		actor appraisal.Actor
		when  string
	}{
		"herself":               {employee(ani), published},
		"her supervisor":        {employee(boss, appraisal.RoleSupervisor), published},
		"a colleague":           {employee(budi), no},
		"another supervisor":    {employee(stranger, appraisal.RoleSupervisor), no},
		"the reviewer":          {employee(stranger, appraisal.RoleReviewer), no},
		"the head of the dinas": {appraisal.Actor{Employee: stranger, Roles: []appraisal.Role{appraisal.RoleHead}, Dinas: map[appraisal.Role][]appraisal.UnitID{appraisal.RoleHead: {dinas}}}, no},
		"HR of the dinas":       {official(appraisal.RoleHRDinas, dinas), no},
		"HR of the city":        {official(appraisal.RoleHRCity), evaluation},
		"the auditor":           {official(appraisal.RoleAuditor), evaluation},
		"the administrator":     {official(appraisal.RoleAdmin), no},
		"nobody":                {appraisal.Actor{}, no},
		"Ani, being HR":         {employee(ani, appraisal.RoleHRCity), published}, // the own one not before publication
	} {
		for _, stage := range appraisal.Stages {
			f := newFake(stage)
			x, err := (&app.Results{Store: f}).Of(t.Context(), tt.actor, 2026, ani)
			want := stage == appraisal.StagePublished && tt.when != no || stage == appraisal.StageEvaluation && tt.when == evaluation
			if want {
				if err != nil || !x.Result.Index.Valid() {
					t.Errorf("%s, %s: %v", name, stage, err)
				}
				continue
			}
			if err != appraisal.ErrNotFound {
				t.Errorf("%s, %s: %v, want ErrNotFound", name, stage, err)
			}
			equal(t, x, scoring.Explained{})
		}
	}
	r := &app.Results{Store: newFake(appraisal.StagePublished)}
	_, err := r.Of(t.Context(), hr, 1999, ani)
	wantErr(t, err, appraisal.ErrNotFound)
	_, err = r.Of(t.Context(), hr, 2026, stranger)
	wantErr(t, err, appraisal.ErrNotFound)
}

// Where there is no run yet, everything but the result is there.
func TestOfWithoutRun(t *testing.T) {
	f := newFake(appraisal.StageEvaluation)
	f.run = appraisal.Run{}
	x, err := (&app.Results{Store: f}).Of(t.Context(), hr, 2026, ani)
	check(t, err)
	if x.Run.ID != 0 || x.Result.Index.Valid() || len(x.Comments) != 0 || x.Participant.Name != "Ani" || x.EvaluatorName != "Nama" {
		t.Errorf("explained %+v", x)
	}
}

// Comments come from the groups that the result uses, and those of a merged
// group do not say which of the two kinds their raters were.
func TestCommentsOfGroups(t *testing.T) {
	const (
		self, lead, peer, below = appraisal.KindSelf, appraisal.KindSupervisor, appraisal.KindPeer, appraisal.KindSubordinate
	)
	for _, tt := range []struct {
		groups []scoring.Group
		want   []appraisal.ReviewKind
	}{
		{nil, nil},
		{[]scoring.Group{scoring.GroupSupervisor}, []appraisal.ReviewKind{lead}},
		{[]scoring.Group{scoring.GroupSelf, scoring.GroupSupervisor, scoring.GroupPeer, scoring.GroupSubordinate}, []appraisal.ReviewKind{self, lead, peer, below}},
		{[]scoring.Group{scoring.GroupSelf, scoring.GroupSupervisor, scoring.GroupMerged}, []appraisal.ReviewKind{self, lead, peer, peer}},
	} {
		f := newFake(appraisal.StagePublished)
		f.result.Groups = nil
		for _, g := range tt.groups {
			f.result.Groups = append(f.result.Groups, scoring.GroupResult{Group: g})
		}
		x, err := (&app.Results{Store: f}).Of(t.Context(), employee(ani), 2026, ani)
		check(t, err)
		var got []appraisal.ReviewKind
		for _, c := range x.Comments {
			got = append(got, c.Kind)
		}
		equal(t, got, tt.want)
	}
}

func TestYears(t *testing.T) {
	f := newFake(appraisal.StagePublished)
	r := &app.Results{Store: f}
	years, err := r.Years(t.Context(), employee(ani))
	check(t, err)
	equal(t, len(years), 1)
	f.calls = nil
	years, err = r.Years(t.Context(), official(appraisal.RoleAdmin))
	check(t, err)
	if len(years) != 0 || len(f.calls) != 0 {
		t.Errorf("years of nobody: %v", years)
	}
}

// unitYear has so many people behind every number.
func unitYear(id appraisal.UnitID, kind appraisal.UnitKind, people int) scoring.UnitYear {
	mean, _ := scoring.ParseMean("7/2")
	m := scoring.UnitMean{Mean: mean, People: people, Supervisors: 1}
	return scoring.UnitYear{
		Unit: appraisal.Unit{ID: id, Kind: kind, Dinas: id}, Org: appraisal.OrgBaik,
		Result:       scoring.UnitResult{People: people, Index: m, Behaviours: []scoring.UnitMean{m}, Proposals: [3]int{people, 0, 0}},
		Distribution: appraisal.Distribution{appraisal.PredikatKurang: people},
	}
}

// towns is a city with two large dinas and a small one, below which lie a
// small and a large division.
func towns(stage appraisal.Stage) (*app.Results, *fake) {
	f := newFake(stage)
	f.units = []scoring.UnitYear{
		unitYear(city, appraisal.UnitCity, 88), unitYear(dinas, appraisal.UnitDinas, 45), unitYear(other, appraisal.UnitDinas, 40),
		unitYear(13, appraisal.UnitDinas, 3),
	}
	f.below = []scoring.UnitYear{
		unitYear(dinas, appraisal.UnitDinas, 45), unitYear(14, appraisal.UnitDivision, 2), unitYear(15, appraisal.UnitDivision, 43),
	}
	return &app.Results{Store: f}, f
}

var head = appraisal.Actor{Employee: stranger, Roles: []appraisal.Role{appraisal.RoleHead}, Dinas: map[appraisal.Role][]appraisal.UnitID{appraisal.RoleHead: {dinas}}}

func TestCityResults(t *testing.T) {
	r, f := towns(appraisal.StagePublished)
	v, err := r.City(t.Context(), hr, 0)
	check(t, err)
	if v.Cycle.Year != 2026 || len(v.Years) != 1 || v.City.Unit.ID != city || len(v.Units) != 3 || v.Rules.ID != 1 || len(v.Instrument.Behaviours) != 7 {
		t.Errorf("city %+v", v)
	}
	for _, u := range v.Units { // HR of the city sees everything
		if u.MeansHidden || u.DistributionHidden || !u.Result.Index.Mean.Valid() {
			t.Errorf("unit %d is suppressed for HR of the city", u.Unit.ID)
		}
	}
	if len(v.Units[0].Unmet) != 1 || len(v.Units[2].Unmet) != 0 {
		t.Errorf("unmet %v, of three people %v", v.Units[0].Unmet, v.Units[2].Unmet)
	}

	v, err = r.City(t.Context(), head, 2026)
	check(t, err)
	if len(v.Units) != 1 || v.Units[0].Unit.ID != dinas || v.City.Unit.ID != 0 || v.City.Result.People != 0 {
		t.Errorf("the head of a dinas sees %+v", v)
	}
	_, err = r.City(t.Context(), hr, 1999)
	wantErr(t, err, appraisal.ErrNotFound)
	f.cycles[0].Stage = appraisal.StageFilling
	v, err = r.City(t.Context(), hr, 0)
	check(t, err)
	if v.Cycle.ID != 0 || len(v.Units) != 0 {
		t.Errorf("before any evaluation: %+v", v)
	}
	_, err = r.City(t.Context(), hr, 2026)
	wantErr(t, err, appraisal.ErrNotFound)
}

// Numbers of small groups are removed, with those that would give them away.
func TestSuppressed(t *testing.T) {
	r, _ := towns(appraisal.StagePublished)
	small := head
	small.Dinas = map[appraisal.Role][]appraisal.UnitID{appraisal.RoleHead: {dinas, other, 13}}
	v, err := r.City(t.Context(), small, 0)
	check(t, err)
	hidden := 0
	for _, u := range v.Units {
		if u.MeansHidden {
			hidden++
			if u.Result.Index.Mean.Valid() || u.Result.Behaviours[0].Mean.Valid() || u.Distribution != nil {
				t.Errorf("unit %d keeps hidden numbers: %+v", u.Unit.ID, u.Result)
			}
		}
	}
	if hidden != 2 || !v.Units[2].MeansHidden { // the small one, and one more that would tell it
		t.Errorf("%d of %d units are hidden", hidden, len(v.Units))
	}

	below, err := r.Below(t.Context(), hr, dinas, 2026)
	check(t, err)
	if len(below) != 2 || below[0].MeansHidden || below[1].MeansHidden {
		t.Errorf("below, for HR of the city: %+v", below)
	}
}

func TestVisible(t *testing.T) {
	for _, tt := range []struct {
		actor appraisal.Actor
		want  map[appraisal.Stage]bool
	}{
		{hr, map[appraisal.Stage]bool{appraisal.StageEvaluation: true, appraisal.StagePublished: true}},
		{official(appraisal.RoleAuditor), map[appraisal.Stage]bool{appraisal.StageEvaluation: true, appraisal.StagePublished: true}},
		{head, map[appraisal.Stage]bool{appraisal.StagePublished: true}},
		{official(appraisal.RoleHRDinas, dinas), map[appraisal.Stage]bool{appraisal.StagePublished: true}},
	} {
		for _, stage := range appraisal.Stages {
			r, _ := towns(stage)
			list, err := r.Visible(t.Context(), tt.actor)
			check(t, err)
			if (len(list) == 1) != tt.want[stage] {
				t.Errorf("%v in %s: %v", tt.actor.Roles, stage, list)
			}
		}
	}
}

func TestDinas(t *testing.T) {
	r, f := towns(appraisal.StagePublished)
	older := f.cycle
	older.ID, older.Year = 2, 2025
	f.cycles = append(f.cycles, older)
	report, err := r.Dinas(t.Context(), head, dinas)
	check(t, err)
	if len(report.Years) != 2 || report.Years[0].Year != 2026 || report.Years[1].Year != 2025 || len(report.Predecessors) != 1 || report.Rules.ID != 1 {
		t.Errorf("report %+v", report)
	}
	for name, tt := range map[string]struct {
		actor appraisal.Actor
		id    appraisal.UnitID
		want  error
	}{
		"another dinas":         {head, other, appraisal.ErrNotFound},
		"the city":              {hr, city, appraisal.ErrNotFound},
		"no unit":               {hr, 999, appraisal.ErrNotFound},
		"an employee":           {employee(ani), dinas, appraisal.ErrForbidden},
		"the administrator":     {official(appraisal.RoleAdmin), dinas, appraisal.ErrForbidden},
		"HR of another dinas":   {official(appraisal.RoleHRDinas, other), dinas, appraisal.ErrNotFound},
		"HR of its own dinas":   {official(appraisal.RoleHRDinas, dinas), dinas, nil},
		"HR of the whole city":  {hr, other, nil},
		"the auditor of a city": {official(appraisal.RoleAuditor), other, nil},
	} {
		_, err := r.Dinas(t.Context(), tt.actor, tt.id)
		if tt.want == nil && err != nil || tt.want != nil && err != tt.want {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	f.cycles[0].Stage, f.cycles[1].Stage = appraisal.StageFilling, appraisal.StageFilling
	_, err = r.Dinas(t.Context(), hr, dinas)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestBelow(t *testing.T) {
	r, f := towns(appraisal.StagePublished)
	below, err := r.Below(t.Context(), head, dinas, 2026)
	check(t, err)
	if len(below) != 2 {
		t.Fatalf("below %+v", below)
	}
	for _, u := range below { // two people cannot be shown, and so neither can the other 43
		if !u.MeansHidden || u.Result.Index.Mean.Valid() {
			t.Errorf("unit %d: %+v", u.Unit.ID, u)
		}
	}
	for _, a := range []appraisal.Actor{official(appraisal.RoleHRDinas, other), employee(ani), official(appraisal.RoleAdmin)} {
		_, err := r.Below(t.Context(), a, dinas, 2026)
		wantErr(t, err, appraisal.ErrNotFound)
	}
	// As little as the dinas itself before it is published.
	for _, stage := range appraisal.Stages {
		r, _ := towns(stage)
		for name, a := range map[string]appraisal.Actor{"the head": head, "HR of the dinas": official(appraisal.RoleHRDinas, dinas), "HR of the city": hr} {
			_, err := r.Below(t.Context(), a, dinas, 2026)
			visible := stage == appraisal.StagePublished || stage == appraisal.StageEvaluation && name == "HR of the city"
			if visible && err != nil || !visible && err != appraisal.ErrNotFound {
				t.Errorf("%s, %s: %v", name, stage, err)
			}
		}
	}
	// Where the dinas itself is hidden, what lies below it would add up to it.
	f.units[1] = unitYear(dinas, appraisal.UnitDinas, 3)
	below, err = r.Below(t.Context(), head, dinas, 2026)
	check(t, err)
	if len(below) != 0 {
		t.Errorf("below a hidden dinas: %+v", below)
	}
}
