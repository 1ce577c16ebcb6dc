package scoring

import (
	"errors"
	"fmt"
	"slices"

	"rancak/internal/appraisal"
)

// The bounds under which no intermediate value can overflow an int64. The
// largest is the numerator of an index before it is reduced,
//
//	Σ w·sum·common/n  <=  100 · 5 · unit · common,
//
// where unit counts the parts into which rater values are divided and common
// is the product of the numbers of raters of up to four groups, at most
// (maxForms/4)⁴. 100·5·2²²·250⁴ = 8.2e18 < 2⁶³ = 9.2e18.
const (
	maxForms      = 1000
	maxUnit       = 1 << 22
	maxBehaviours = 16
)

// ErrForm says that a form does not fit its instrument; nothing is computed
// from it, because its answers cannot be told apart.
var ErrForm = errors.New("form does not fit its instrument")

// ErrTooManyForms says that one employee has more forms than can be computed exactly.
var ErrTooManyForms = errors.New("too many forms about one employee")

// Positions of the groups in Groups.
const (
	self = iota
	supervisor
	peer
	subordinate
	merged
	groupCount
)

// Scorer computes results under one version of the rules and instruments of a
// cycle. It never changes and may be used by several goroutines at once.
type Scorer struct {
	rules      appraisal.Rules
	shapes     [merged]shape // by kind of review
	behaviours int
	minimum    [groupCount]int64
	// Values of behaviours are counted in parts of 1/itemUnit, values of raters
	// in parts of 1/unit, so that all sums are integers.
	itemUnit, unit int64
	// itemPart[c] is itemUnit/c, raterPart[n] is unit/(itemUnit·n).
	itemPart, raterPart []int64
}

// shape is what the scorer needs of an instrument.
type shape struct {
	code    string
	version int
	items   int
	spans   []span
}

// span is the half-open range of the items of a behaviour, and how many of
// them must be answered.
type span struct{ from, to, need int }

// New returns a scorer, or an error where rules and instruments do not fit:
// every kind of review needs an instrument, all with the same behaviours.
func New(rules appraisal.Rules, instruments map[appraisal.ReviewKind]appraisal.Instrument) (*Scorer, error) {
	s := &Scorer{rules: rules, behaviours: len(instruments[appraisal.KindSelf].Behaviours)}
	if err := s.checkRules(); err != nil {
		return nil, err
	}
	least, most := maxForms, 0
	for i, kind := range appraisal.ReviewKinds {
		in := instruments[kind]
		if !sameBehaviours(in, instruments[appraisal.KindSelf]) {
			return nil, fmt.Errorf("scoring: instrument %q of %s has other behaviours", in.Code, kind)
		}
		s.shapes[i] = shape{code: in.Code, version: in.Version, items: in.Len()}
		for b := range in.Behaviours {
			from, to := in.Span(b)
			need := max(rules.AnswersNeeded(to-from), 1)
			if from == to {
				return nil, fmt.Errorf("scoring: instrument %q asks nothing of behaviour %d", in.Code, b)
			}
			least, most = min(least, need), max(most, to-from)
			s.shapes[i].spans = append(s.shapes[i].spans, span{from, to, need})
		}
	}
	return s, s.setUnits(least, most)
}

func (s *Scorer) checkRules() error {
	r := s.rules
	if err := r.Scheme.Validate(); err != nil {
		return fmt.Errorf("scoring: scheme %q: %w", r.Scheme.Code, err)
	}
	switch {
	case s.behaviours < 1 || s.behaviours > maxBehaviours:
		return fmt.Errorf("scoring: %d behaviours", s.behaviours)
	case r.MinBehaviours < 1 || r.MinBehaviours > s.behaviours:
		return fmt.Errorf("scoring: %d of %d behaviours needed", r.MinBehaviours, s.behaviours)
	case r.MinAnswered.Den < 1 || r.MinAnswered.Num < 1 || r.MinAnswered.Num > r.MinAnswered.Den:
		return fmt.Errorf("scoring: share %v of items needed", r.MinAnswered)
	case r.MinPeers < 1 || r.MinSubordinates < 1 || r.MinMerged < max(r.MinPeers, r.MinSubordinates):
		// A merged group smaller than either minimum could be one group alone.
		return fmt.Errorf("scoring: minimums %d, %d, merged %d", r.MinPeers, r.MinSubordinates, r.MinMerged)
	case !r.Meets.Valid() || !r.Above.Valid() || r.Meets.Cmp(r.Above) > 0:
		return fmt.Errorf("scoring: thresholds %v and %v", r.Meets, r.Above)
	}
	s.minimum = [groupCount]int64{1, 1, int64(r.MinPeers), int64(r.MinSubordinates), int64(r.MinMerged)}
	return nil
}

// setUnits chooses the parts in which values are counted: a behaviour's value
// is a sum over least to most answers, a rater's a sum over the valid behaviours.
func (s *Scorer) setUnits(least, most int) error {
	raterUnit := int64(1)
	s.itemUnit = 1
	for c := least; c <= most && s.itemUnit <= maxUnit; c++ {
		s.itemUnit = lcm(s.itemUnit, int64(c))
	}
	for n := s.rules.MinBehaviours; n <= s.behaviours; n++ {
		raterUnit = lcm(raterUnit, int64(n))
	}
	s.unit = s.itemUnit * raterUnit
	if s.itemUnit > maxUnit || s.unit > maxUnit {
		return fmt.Errorf("scoring: instruments of %d items in %d behaviours are too large", most, s.behaviours)
	}
	s.itemPart, s.raterPart = make([]int64, most+1), make([]int64, s.behaviours+1)
	for c := least; c <= most; c++ {
		s.itemPart[c] = s.itemUnit / int64(c)
	}
	for n := s.rules.MinBehaviours; n <= s.behaviours; n++ {
		s.raterPart[n] = raterUnit / int64(n)
	}
	return nil
}

func sameBehaviours(a, b appraisal.Instrument) bool {
	return slices.EqualFunc(a.Behaviours, b.Behaviours, func(x, y appraisal.Behaviour) bool {
		return x.Code == y.Code
	})
}

// Behaviours returns the number of behaviours, the length of Result.Others.
func (s *Scorer) Behaviours() int { return s.behaviours }

// Rules returns the rules that the scorer applies.
func (s *Scorer) Rules() appraisal.Rules { return s.rules }

// RaterValue returns the value of one rater, the mean of the valid behaviours,
// and false where too few are valid. It returns ErrForm where the form does
// not fit its instrument.
func (s *Scorer) RaterValue(f Form) (appraisal.Ratio, bool, error) {
	var t tally
	if err := s.add(&t, &f); err != nil || t.n == 0 {
		return appraisal.Ratio{}, false, err
	}
	return appraisal.NewRatio(t.sum, s.unit), true, nil
}

func lcm(a, b int64) int64 {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return a / x * b
}
