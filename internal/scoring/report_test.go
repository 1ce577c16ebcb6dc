package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// unitYear is a unit with so many people behind each number.
func unitYear(index, behaviour, distribution int) scoring.UnitYear {
	mean, _ := scoring.ParseMean("7/2")
	u := scoring.UnitYear{
		Distribution: appraisal.Distribution{appraisal.PredikatBaik: distribution},
		Unmet:        []appraisal.Unmet{{Kind: appraisal.UnmetMax}},
	}
	u.Result.People, u.Result.Proposals = index, [3]int{index, 0, 0}
	u.Result.Index = scoring.UnitMean{Mean: mean, People: index, Supervisors: 1}
	u.Result.Behaviours = []scoring.UnitMean{{Mean: mean, People: behaviour, Supervisors: 1}}
	return u
}

// shown says what is left of each unit: index, behaviour, proposals, distribution.
func shown(units []scoring.UnitYear) []string {
	list := make([]string, len(units))
	for i, u := range units {
		for _, x := range []struct {
			letter string
			shown  bool
		}{
			{"i", u.Result.Index.Mean.Valid()}, {"b", u.Result.Behaviours[0].Mean.Valid()},
			{"p", u.Result.Proposals != [3]int{}}, {"d", u.Distribution != nil},
		} {
			if x.shown {
				list[i] += x.letter
			}
		}
	}
	return list
}

func TestSuppress(t *testing.T) {
	r := rules(appraisal.SchemeThreeSources)
	for _, tt := range []struct {
		name  string
		units []scoring.UnitYear
		want  []string
	}{
		{"large enough", []scoring.UnitYear{unitYear(10, 5, 10), unitYear(40, 40, 40)}, []string{"ibpd", "ibpd"}},
		{"a mean, but no distribution", []scoring.UnitYear{unitYear(6, 6, 9), unitYear(11, 11, 11), unitYear(40, 40, 40)},
			[]string{"ib", "ib", "ibpd"}},
		{"a small unit takes another with it", []scoring.UnitYear{unitYear(3, 3, 20), unitYear(20, 20, 20), unitYear(30, 30, 30)},
			[]string{"d", "d", "ibpd"}},
		// The two hidden units hold 5 people together, but 4 behind the behaviour.
		{"fewer behind a behaviour", []scoring.UnitYear{unitYear(3, 2, 20), unitYear(2, 2, 20), unitYear(20, 20, 20), unitYear(30, 30, 30)},
			[]string{"d", "d", "id", "ibpd"}},
	} {
		scoring.Suppress(scoring.UnitYear{}, tt.units, r)
		if diff := cmp.Diff(tt.want, shown(tt.units)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
		for _, u := range tt.units {
			if u.MeansHidden == u.Result.Index.Mean.Valid() || u.DistributionHidden != (u.Distribution == nil) ||
				u.DistributionHidden != (u.Unmet == nil) {
				t.Errorf("%s: what is hidden and what is said differ: %+v", tt.name, u)
			}
		}
	}
	none := []scoring.UnitYear{{}, unitYear(20, 20, 20)} // no run has been made for the first
	scoring.Suppress(scoring.UnitYear{}, none, r)
	if !none[0].MeansHidden || none[1].MeansHidden {
		t.Errorf("without a result: %+v", none)
	}
}

// Whoever knows the numbers of the unit above and subtracts those that are
// shown is left with nobody, or with as many people as a shown number needs.
func TestSuppressedNumbersCannotBeComputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rules(appraisal.SchemeThreeSources)
		var before []scoring.UnitYear
		for range rapid.IntRange(1, 8).Draw(t, "units") {
			index := rapid.IntRange(0, 25).Draw(t, "index")
			before = append(before, unitYear(index, rapid.IntRange(0, index).Draw(t, "behaviour"), rapid.IntRange(0, 25).Draw(t, "distribution")))
		}
		after := make([]scoring.UnitYear, len(before))
		for i, u := range before {
			u.Result.Behaviours = append([]scoring.UnitMean(nil), u.Result.Behaviours...)
			after[i] = u
		}
		scoring.Suppress(scoring.UnitYear{}, after, r)
		left, total := map[rune]int{}, map[rune]int{}
		least := map[rune]int{'i': 5, 'b': 5, 'p': 10, 'd': 10}
		for i, u := range before {
			people := map[rune]int{'i': u.Result.Index.People, 'b': u.Result.Behaviours[0].People,
				'p': u.Result.Index.People, 'd': u.Distribution.Total()}
			for letter, n := range people {
				left[letter] += n
				total[letter] += n
			}
			for _, letter := range shown(after[i : i+1])[0] {
				if people[letter] < least[letter] {
					t.Errorf("%c of %d people is shown", letter, people[letter])
				}
				left[letter] -= people[letter]
			}
		}
		for letter, n := range left {
			if n > 0 && n < least[letter] && total[letter] >= least[letter] {
				t.Errorf("%c of %d people can be computed", letter, n)
			}
		}
	})
}
