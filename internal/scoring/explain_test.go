package scoring_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

func TestExplain(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	forms := join(flats(kSelf, 5), []scoring.Form{supervisor42()}, flats(kPeer, 3, 4, 4, 5, 4))
	e := scoring.Explain(result(t, s, forms, false), s.Rules(), scoring.DefaultVariances)
	want := []scoring.Term{
		{Group: scoring.GroupSelf, Share: ratio(10, 1), Mean: ratio(5, 1), Count: 1},
		{Group: scoring.GroupSupervisor, Share: ratio(60, 1), Mean: ratio(21, 5), Count: 1},
		{Group: scoring.GroupPeer, Share: ratio(30, 1), Mean: ratio(4, 1), Count: 5},
	}
	if diff := cmp.Diff(want, e.Terms); diff != "" {
		t.Errorf("terms (-want +got)\n%s", diff)
	}
	if e.Index != ratio(211, 50) || e.Meets != ratio(5, 2) || e.Above != ratio(7, 2) || e.RulesVersion != "2026.1" {
		t.Errorf("explanation %+v", e)
	}
	// "antara 3,7 dan 4,7"
	if math.Round(e.Low*10) != 37 || math.Round(e.High*10) != 47 {
		t.Errorf("interval %.3f to %.3f", e.Low, e.High)
	}
	if e.SelfOther.Overall != scoring.GapAligned {
		t.Errorf("gap %q", e.SelfOther.Overall)
	}
}

func TestExplainRenormalisedAndNone(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	r := result(t, s, join(flats(kSelf, 5), flats(kSup, 4), flats(kPeer, 4, 4, 4)), true)
	e := scoring.Explain(r, s.Rules(), scoring.DefaultVariances)
	if e.Terms[2].Share != ratio(300, 17) {
		t.Errorf("share of peers %v, want 300/17", e.Terms[2].Share)
	}
	want := []scoring.MissingGroup{{Group: scoring.GroupSubordinate, Sent: 0, Min: 3}}
	if diff := cmp.Diff(want, e.Missing); diff != "" {
		t.Error(diff)
	}
	e = scoring.Explain(result(t, s, flats(kSelf, 5), false), s.Rules(), scoring.DefaultVariances)
	if e.Terms != nil || e.Low != 0 || e.High != 0 || e.SelfOther.Overall != "" {
		t.Errorf("without index: %+v", e)
	}
	zero := scorer(t, appraisal.SchemeSupervisor)
	e = scoring.Explain(result(t, zero, join(flats(kSelf, 5), flats(kSup, 4)), false), zero.Rules(), scoring.DefaultVariances)
	if len(e.Terms) != 1 || e.Terms[0].Share != ratio(100, 1) {
		t.Errorf("terms without weight are shown: %+v", e.Terms)
	}
}

func TestIntervalHoldsTheIndexWithinTheScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := result(t, drawScorer(t), drawAll(t), true)
		low, high := scoring.Interval(r, scoring.DefaultVariances)
		if !r.Index.Valid() {
			return
		}
		if x := r.Index.Float(); low < 1 || high > 5 || x < low || x > high {
			t.Errorf("%v not in %v to %v", x, low, high)
		}
	})
}

func TestMergedGroupTakesTheLargerVariance(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	r := result(t, s, join(flats(kSup, 3), flats(kPeer, 3, 3), flats(kSub, 3)), true)
	low, _ := scoring.Interval(r, scoring.Variances{Peer: 0.1, Subordinate: 0.9})
	if want := 3 - 1.96*math.Sqrt(0.9/3)*30/90; math.Abs(low-want) > 1e-12 {
		t.Errorf("low %v, want %v", low, want)
	}
}

func TestSpread(t *testing.T) {
	var a, b scoring.Spread
	a.Add([]appraisal.Ratio{ratio(4, 1)}) // one rater tells nothing
	for range 25 {
		a.Add([]appraisal.Ratio{ratio(3, 1), ratio(4, 1), ratio(5, 1)}) // variance 1
		b.Add([]appraisal.Ratio{ratio(4, 1), ratio(4, 1), ratio(4, 1)}) // variance 0
	}
	if a.Freedom != 50 || a.Variance(0.3) != 0.3 {
		t.Errorf("too few: %+v, %v", a, a.Variance(0.3))
	}
	a.Merge(b)
	if got := a.Variance(0.3); math.Abs(got-0.5) > 1e-12 {
		t.Errorf("pooled variance %v, want 0.5", got)
	}
}

func TestSelfOther(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	tests := []struct {
		own  appraisal.Answer
		want scoring.Gap
	}{{1, scoring.GapLower}, {2, scoring.GapAligned}, {3, scoring.GapAligned}, {4, scoring.GapAligned}, {5, scoring.GapHigher}}
	for _, tt := range tests {
		// 6 others: a gap counts from 1.96·0.55·√(7/6) = 1.16 on.
		r := result(t, s, join(flats(kSelf, tt.own), flats(kSup, 3), flats(kPeer, 3, 3, 3, 3, 3)), false)
		c := scoring.SelfOther(r, scoring.DefaultVariances)
		if c.Overall != tt.want || c.Behaviours[6] != tt.want {
			t.Errorf("own %d beside 3: %+v, want %s", tt.own, c, tt.want)
		}
	}
	// However sure the others are, less than half a point is no gap.
	r := result(t, s, join([]scoring.Form{form(kSelf, 4, 4, 4, 4, 4, 4, 4)}, []scoring.Form{supervisor42()}), false)
	c := scoring.SelfOther(r, scoring.Variances{})
	want := []scoring.Gap{"aligned", "aligned", "aligned", "aligned", "lower", "", ""}
	if diff := cmp.Diff(want, c.Behaviours); diff != "" || c.Overall != scoring.GapAligned {
		t.Errorf("overall %q, behaviours (-want +got)\n%s", c.Overall, diff)
	}
	alone := scoring.SelfOther(result(t, s, flats(kSelf, 3), false), scoring.DefaultVariances)
	if alone.Overall != "" || alone.Behaviours[0] != "" {
		t.Errorf("without others: %+v", alone)
	}
}

func TestHighlight(t *testing.T) {
	tests := []struct {
		name              string
		others            []appraisal.Answer // by the supervisor; -1 leaves a behaviour out
		strengths, topics []int
	}{
		{"all the same", []appraisal.Answer{4, 4, 4, 4, 4, 4, 4}, nil, nil},
		{"all the same and low", []appraisal.Answer{1, 1, 1, 1, 1, 1, 1}, nil, nil},
		{"ties keep the order", []appraisal.Answer{3, 5, 4, 5, 3, 5, 3}, []int{1, 3}, []int{0, 4}},
		{"lowest first", []appraisal.Answer{4, 4, 2, 4, 4, 1, 4}, []int{0, 1}, []int{5, 2}},
		{"one stands out", []appraisal.Answer{3, 3, 3, 5, 3, 3, 3}, []int{3}, []int{0, 1}},
		{"a little below the mean is no topic", []appraisal.Answer{4, 4, 4, 5, 4, 4, 4}, []int{3}, nil},
		{"below meets is no strength", []appraisal.Answer{2, 2, 1, 1, 1, 1, 1}, nil, []int{2, 3}},
		{"left out", []appraisal.Answer{none, none, 4, 4, 5, 3, 4}, []int{4}, []int{5}},
		{"nothing", []appraisal.Answer{none, none, none, none, none, none, none}, nil, nil},
	}
	s := scorer(t, appraisal.SchemeThreeSources)
	for _, tt := range tests {
		h := scoring.Highlight(result(t, s, []scoring.Form{form(kSup, tt.others...)}, false), s.Rules())
		if diff := cmp.Diff(scoring.Highlights{Strengths: tt.strengths, Topics: tt.topics}, h); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestHighlightsAreFewAndApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScorer(t)
		h := scoring.Highlight(result(t, s, drawAll(t), true), s.Rules())
		seen := map[int]bool{}
		for _, b := range append(append([]int(nil), h.Strengths...), h.Topics...) {
			if seen[b] {
				t.Errorf("behaviour %d twice: %+v", b, h)
			}
			seen[b] = true
		}
		if len(h.Strengths) > 2 || len(h.Topics) > 2 {
			t.Errorf("too many: %+v", h)
		}
	})
}
