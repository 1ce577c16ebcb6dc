package appraisal_test

import (
	"testing"

	"rancak/internal/appraisal"
)

func TestSchemes(t *testing.T) {
	for _, s := range []appraisal.Scheme{
		appraisal.SchemeThreeSources, appraisal.SchemeRegional, appraisal.SchemeSupervisor,
		{Self: 0, Supervisor: 50, Peer: 50, PeerLed: 50},
	} {
		if err := s.Validate(); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
	for name, s := range map[string]appraisal.Scheme{
		"zero":             {},
		"99":               {Self: 9, Supervisor: 60, Peer: 30, PeerLed: 15, Subordinate: 15},
		"supervisor 49":    {Self: 21, Supervisor: 49, Peer: 30, PeerLed: 15, Subordinate: 15},
		"negative":         {Self: -10, Supervisor: 80, Peer: 30, PeerLed: 15, Subordinate: 15},
		"negative led":     {Self: 10, Supervisor: 60, Peer: 30, PeerLed: 40, Subordinate: -10},
		"led not the same": {Self: 10, Supervisor: 60, Peer: 30, PeerLed: 15, Subordinate: 10},
	} {
		if got := faults(t, s.Validate()); got != "weights:weights(100)" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAnswersNeeded(t *testing.T) {
	r := appraisal.Rules{MinAnswered: appraisal.NewRatio(2, 3)}
	for items, want := range map[int]int{1: 1, 2: 2, 3: 2, 4: 3, 6: 4} {
		if got := r.AnswersNeeded(items); got != want {
			t.Errorf("%d of %d, want %d", got, items, want)
		}
	}
}

func TestInstrument(t *testing.T) {
	in := instrument(3, 1, 2)
	if in.Len() != 6 || in.Fields() != 9 {
		t.Errorf("%d items, %d fields", in.Len(), in.Fields())
	}
	for b, want := range [][2]int{{0, 3}, {3, 4}, {4, 6}} {
		from, to := in.Span(b)
		if from != want[0] || to != want[1] {
			t.Errorf("behaviour %d spans %d to %d", b, from, to)
		}
		for i := from; i < to; i++ {
			if in.BehaviourOf(i) != b {
				t.Errorf("item %d is of behaviour %d", i, in.BehaviourOf(i))
			}
		}
	}
	if in.BehaviourOf(6) != -1 {
		t.Error("an item past the end has a behaviour")
	}
}

// instrument has behaviours with the given numbers of items.
func instrument(items ...int) appraisal.Instrument {
	var in appraisal.Instrument
	for _, n := range items {
		in.Behaviours = append(in.Behaviours, appraisal.Behaviour{Items: make([]appraisal.Item, n)})
	}
	return in
}
