package scoring_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

const (
	kSelf = appraisal.KindSelf
	kSup  = appraisal.KindSupervisor
	kPeer = appraisal.KindPeer
	kSub  = appraisal.KindSubordinate
	none  = appraisal.CannotRate
)

func TestWorkedExamples(t *testing.T) {
	own, boss := flats(kSelf, 5), []scoring.Form{supervisor42()}
	five := flats(kPeer, 3, 4, 4, 5, 4)
	tests := []struct {
		name   string
		scheme appraisal.Scheme
		forms  []scoring.Form
		leads  bool
		index  appraisal.Ratio
		shown  int64 // hundredths
		kase   scoring.Case
		weight string // group:weight, in order
	}{
		{"three sources", appraisal.SchemeThreeSources, join(own, boss, five), false,
			ratio(211, 50), 422, scoring.CaseComplete, "self:10 supervisor:60 peer:30"},
		{"60/40", appraisal.SchemeRegional, join(own, boss, five), false,
			ratio(103, 25), 412, scoring.CaseComplete, "self:0 supervisor:60 peer:40"},
		{"two peers are too few", appraisal.SchemeThreeSources, join(own, boss, flats(kPeer, 3, 4)), false,
			ratio(151, 35), 431, scoring.CaseWithoutPeers, "self:10 supervisor:60"},
		{"no self-rating", appraisal.SchemeThreeSources, join(boss, five), false,
			ratio(62, 15), 413, scoring.CaseWithoutSelf, "supervisor:60 peer:30"},
		{"subordinates", appraisal.SchemeThreeSources, join(own, boss, five, flats(kSub, 3, 4, 4)), true,
			ratio(417, 100), 417, scoring.CaseComplete, "self:10 supervisor:60 peer:15 subordinate:15"},
		{"merged", appraisal.SchemeThreeSources, join(own, boss, flats(kPeer, 3, 5), flats(kSub, 4)), true,
			ratio(211, 50), 422, scoring.CaseMerged, "self:10 supervisor:60 merged:30"},
		{"supervisor only", appraisal.SchemeSupervisor, join(own, boss, five), false,
			ratio(21, 5), 420, scoring.CaseComplete, "self:0 supervisor:100 peer:0"},
		{"merged, no self-rating", appraisal.SchemeThreeSources, join(boss, flats(kPeer, 3, 5), flats(kSub, 4)), true,
			ratio(62, 15), 413, scoring.CaseMergedWithoutSelf, "supervisor:60 merged:30"},
		{"subordinates asked, none answered", appraisal.SchemeThreeSources, join(own, boss, five), true,
			ratio(362, 85), 426, scoring.CaseWithoutSubordinates, "self:10 supervisor:60 peer:15"},
		{"two peers beside enough subordinates", appraisal.SchemeThreeSources,
			join(own, boss, flats(kPeer, 1, 1), flats(kSub, 4, 4, 4)), true,
			ratio(362, 85), 426, scoring.CaseWithoutPeers, "self:10 supervisor:60 subordinate:15"},
		{"nobody but the supervisor", appraisal.SchemeThreeSources, boss, false,
			ratio(21, 5), 420, scoring.CaseWithoutSeveral, "supervisor:60"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := result(t, scorer(t, tt.scheme), tt.forms, tt.leads)
			if r.Index != tt.index || r.Index.Round(2) != tt.shown || r.Case != tt.kase {
				t.Errorf("index %v shown %d case %s, want %v %d %s",
					r.Index, r.Index.Round(2), r.Case, tt.index, tt.shown, tt.kase)
			}
			if r.Proposal != appraisal.LevelAbove {
				t.Errorf("proposal %q", r.Proposal)
			}
			if got := weights(r); got != tt.weight {
				t.Errorf("weights %q, want %q", got, tt.weight)
			}
		})
	}
}

func weights(r scoring.Result) string {
	var parts []string
	for _, g := range r.Groups {
		parts = append(parts, string(g.Group)+":"+strconv.Itoa(g.Weight))
	}
	return strings.Join(parts, " ")
}

func TestRaterOf21Items(t *testing.T) {
	f := scoring.Form{Kind: kSup, Answers: []appraisal.Answer{
		5, 4, none, 4, 4, 4, none, none, 3, 5, 5, 4, 4, 3, 4, 2, 3, 3, 4, 4, 5,
	}}
	s := scorer(t, appraisal.SchemeThreeSources)
	y, ok, err := s.RaterValue(f)
	if y != ratio(143, 36) || !ok || err != nil {
		t.Errorf("RaterValue = %v, %v, %v, want 143/36", y, ok, err)
	}
	g, _ := result(t, s, []scoring.Form{f}, false).Group(scoring.GroupSupervisor)
	want := []appraisal.Ratio{ratio(9, 2), ratio(4, 1), {}, ratio(14, 3), ratio(11, 3), ratio(8, 3), ratio(13, 3)}
	if diff := cmp.Diff(want, g.Behaviours); diff != "" {
		t.Errorf("behaviours (-want +got)\n%s", diff)
	}
}

func TestRaterWithTooFewBehavioursIsNotValid(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	for behaviours, want := range map[int]bool{4: false, 5: true} {
		values := []appraisal.Answer{none, none, none, none, none, none, none}
		for b := range behaviours {
			values[b] = 3
		}
		if _, ok, _ := s.RaterValue(form(kPeer, values...)); ok != want {
			t.Errorf("%d behaviours: valid %v", behaviours, ok)
		}
	}
	// One answer of three does not make a behaviour: six of seven are left.
	f := flat(kSup, 4)
	f.Answers[0], f.Answers[1], f.Answers[2] = none, appraisal.Unanswered, 1
	if y, _, _ := s.RaterValue(f); y != ratio(4, 1) {
		t.Errorf("value %v, want 4/1", y)
	}
}

func TestProposal(t *testing.T) {
	r := rules(appraisal.SchemeThreeSources)
	tests := []struct {
		index appraisal.Ratio
		want  appraisal.Level
	}{
		{ratio(73, 21), appraisal.LevelMeets}, // 3.476 is shown as 3,48 and is below 3.5
		{ratio(3499999999, 1000000000), appraisal.LevelMeets},
		{ratio(7, 2), appraisal.LevelAbove},
		{ratio(5, 2), appraisal.LevelMeets},
		{ratio(2499999999, 1000000000), appraisal.LevelBelow},
		{ratio(1, 1), appraisal.LevelBelow},
		{ratio(5, 1), appraisal.LevelAbove},
	}
	for _, tt := range tests {
		if got := r.Proposal(tt.index); got != tt.want {
			t.Errorf("Proposal(%v) = %q, want %q", tt.index, got, tt.want)
		}
	}
	// 73/21 by forms: 21 items with the sum 73.
	f := flat(kSup, 3)
	for i := range 10 {
		f.Answers[i] = 4
	}
	got := result(t, scorer(t, appraisal.SchemeSupervisor), []scoring.Form{f}, false)
	if got.Index != ratio(73, 21) || got.Proposal != appraisal.LevelMeets {
		t.Errorf("index %v, proposal %q", got.Index, got.Proposal)
	}
}

func TestNoSupervisorNoIndex(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	r := result(t, s, join(flats(kSelf, 5), flats(kPeer, 3, 4, 5)), false)
	if r.Index.Valid() || r.Proposal != "" || r.Case != scoring.CaseNoSupervisor {
		t.Errorf("index %v, proposal %q, case %s", r.Index, r.Proposal, r.Case)
	}
	want := []scoring.MissingGroup{{Group: scoring.GroupSupervisor, Sent: 0, Min: 1}}
	if diff := cmp.Diff(want, r.Missing); diff != "" {
		t.Error(diff)
	}
	if g, ok := r.Group(scoring.GroupPeer); !ok || g.Mean != ratio(4, 1) || r.Others[0] != ratio(4, 1) {
		t.Errorf("peers %+v, others %v", g, r.Others)
	}
	empty := result(t, s, nil, true)
	if empty.Case != scoring.CaseNoSupervisor || len(empty.Missing) != 4 || len(empty.Others) != 7 {
		t.Errorf("without any form: %+v", empty)
	}
}

func TestSubordinateFormSaysThatOneLeads(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	forms := join(flats(kSelf, 5), flats(kSup, 4), flats(kPeer, 3, 4, 5), flats(kSub, 2))
	if diff := cmp.Diff(result(t, s, forms, true), result(t, s, forms, false)); diff != "" {
		t.Error(diff)
	}
}

func TestBehaviourOfTooFewRatersIsWithheld(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	peers := flats(kPeer, 4, 4, 4)
	peers[0].Answers[6] = none
	r := result(t, s, join(flats(kSup, 3), peers), false)
	g, _ := r.Group(scoring.GroupPeer)
	if g.Count != 3 || g.Behaviours[5] != ratio(4, 1) || g.Behaviours[6].Valid() {
		t.Errorf("peers %+v", g)
	}
	// Others falls back on the supervisor, so that no subtraction brings it back.
	if r.Others[6] != ratio(3, 1) || r.Others[5] != ratio(60*3+30*4, 90) {
		t.Errorf("others %v", r.Others)
	}
}

func TestFormsThatDoNotFit(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	short, strange, high := flat(kSup, 3), flat(kSup, 3), flat(kPeer, 3)
	short.Answers = short.Answers[:20]
	strange.Kind = "friend"
	high.Answers[0] = 6
	for _, f := range []scoring.Form{short, strange, high} {
		if _, err := s.Result([]scoring.Form{f}, false); !errors.Is(err, scoring.ErrForm) {
			t.Errorf("%s of %d answers: %v", f.Kind, len(f.Answers), err)
		}
		if _, _, err := s.RaterValue(f); !errors.Is(err, scoring.ErrForm) {
			t.Errorf("rater value of %s: %v", f.Kind, err)
		}
	}
	many := make([]scoring.Form, 1001)
	if _, err := s.Result(many, false); !errors.Is(err, scoring.ErrTooManyForms) {
		t.Errorf("1001 forms: %v", err)
	}
}

// The largest employee that is accepted: four groups whose sizes share no factor.
func TestLargestSumsAreExact(t *testing.T) {
	s := scorer(t, appraisal.Scheme{Code: "own", Self: 1, Supervisor: 97, Peer: 2, PeerLed: 1, Subordinate: 1})
	var forms []scoring.Form
	for k, n := range map[appraisal.ReviewKind]int{kSelf: 251, kSup: 241, kPeer: 257, kSub: 250} {
		for i := range n {
			forms = append(forms, flat(k, appraisal.Answer(5-i%2*i%3)))
		}
	}
	r := result(t, s, forms, true)
	want := new(bigSum)
	for _, g := range r.Groups {
		want.add(g.Weight, g.Mean)
	}
	if got := want.mean(100); got != r.Index.String() {
		t.Errorf("index %v, want %s", r.Index, got)
	}
}

func TestNewRefuses(t *testing.T) {
	type (
		R = *appraisal.Rules
		I = map[appraisal.ReviewKind]appraisal.Instrument
	)
	for name, spoil := range map[string]func(R, I){
		"weights":          func(r R, _ I) { r.Scheme.Self++ },
		"merged minimum":   func(r R, _ I) { r.MinMerged = 2 },
		"no minimum":       func(r R, _ I) { r.MinPeers = 0 },
		"behaviours":       func(r R, _ I) { r.MinBehaviours = 8 },
		"share":            func(r R, _ I) { r.MinAnswered = ratio(4, 3) },
		"no share":         func(r R, _ I) { r.MinAnswered = appraisal.Ratio{} },
		"thresholds":       func(r R, _ I) { r.Meets = ratio(4, 1) },
		"no threshold":     func(r R, _ I) { r.Above = appraisal.Ratio{} },
		"no instrument":    func(_ R, in I) { delete(in, kSelf) },
		"one missing":      func(_ R, in I) { delete(in, kPeer) },
		"empty behaviours": func(_ R, in I) { in[kPeer] = instrument(0) },
		"too many items":   func(_ R, in I) { in[kPeer] = instrument(40) },
	} {
		r, in := rules(appraisal.SchemeThreeSources), instruments()
		spoil(&r, in)
		if _, err := scoring.New(r, in); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestLists(t *testing.T) {
	for i, k := range appraisal.ReviewKinds {
		if string(scoring.Groups[i]) != string(k) {
			t.Errorf("group %d is %q, kind %q", i, scoring.Groups[i], k)
		}
		var c scoring.Counts
		c.Add(k, 2)
		if c[i] != 2 || c.Of(k) != 2 {
			t.Errorf("counts of %q: %v", k, c)
		}
	}
	if scoring.Group("").Valid() || scoring.Case("").Valid() || scoring.Gap("").Valid() {
		t.Error("a zero value is valid")
	}
	if !scoring.GroupMerged.Valid() || !scoring.CaseMerged.Valid() || !scoring.GapAligned.Valid() {
		t.Error("a listed value is not valid")
	}
}
