package scoring_test

import (
	"bytes"
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

func people(t *rapid.T, s *scoring.Scorer) ([]scoring.Person, []scoring.Result) {
	n := rapid.IntRange(0, 12).Draw(t, "people")
	persons, results := make([]scoring.Person, n), make([]scoring.Result, n)
	for i := range n {
		in := scoring.Input{Forms: drawAll(t)}
		persons[i] = scoring.Person{
			Supervisor: appraisal.EmployeeID(rapid.IntRange(0, 3).Draw(t, "supervisor")),
			Invited:    scoring.Counts{1, 1, 5, 0}, Sent: in.Sent(),
		}
		results[i] = result(t, s, in.Forms, in.Leads())
	}
	return persons, results
}

func TestUnitResultIsExactAndMergeable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScorer(t)
		persons, results := people(t, s)
		whole, left, right := scoring.NewUnitTally(7), scoring.NewUnitTally(7), scoring.NewUnitTally(7)
		sum, with := new(big.Rat), 0
		for i := range persons {
			whole.Add(persons[i], results[i])
			if rapid.Bool().Draw(t, "left") {
				left.Add(persons[i], results[i])
			} else {
				right.Add(persons[i], results[i])
			}
			if x := results[i].Index; x.Valid() {
				sum.Add(sum, big.NewRat(x.Num, x.Den))
				with++
			}
		}
		r := whole.Result()
		want := ""
		if with > 0 {
			want = sum.Quo(sum, big.NewRat(int64(with), 1)).String()
		}
		if r.Index.Mean.String() != want || r.Index.People != with || r.People != len(persons) {
			t.Errorf("mean %v of %d, want %s of %d", r.Index.Mean, r.Index.People, want, with)
		}
		if r.Proposals[0]+r.Proposals[1]+r.Proposals[2] != with {
			t.Errorf("proposals %v of %d people", r.Proposals, with)
		}
		right.Merge(left)
		stored := r.Append(nil)
		if !bytes.Equal(stored, right.Result().Append(nil)) {
			t.Error("merged tallies give another result")
		}
		again, err := scoring.ParseUnitResult(stored)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("(-computed +read)\n%s", diff)
		}
		if _, err := scoring.ParseUnitResult(stored[:len(stored)-1]); err == nil {
			t.Error("cut bytes were read")
		}
	})
}

func TestUnitResult(t *testing.T) {
	s := scorer(t, appraisal.SchemeThreeSources)
	tally := scoring.NewUnitTally(7)
	add := func(supervisor appraisal.EmployeeID, forms []scoring.Form) {
		in := scoring.Input{Supervisor: supervisor, Invited: scoring.Counts{1, 1, 5, 0}, Forms: forms}
		tally.Add(scoring.Person{Supervisor: supervisor, Invited: in.Invited, Sent: in.Sent()},
			result(t, s, forms, false))
	}
	add(1, flats(kSup, 4))
	add(1, flats(kSup, 2))
	add(2, []scoring.Form{supervisor42()})
	add(3, flats(kSelf, 5)) // no index
	add(0, flats(kSup, 3))  // no supervisor among the employees
	r := tally.Result()
	if r.Index.Mean.String() != "33/10" || r.Index.People != 4 || r.Index.Supervisors != 2 {
		t.Errorf("index %+v", r.Index)
	}
	if b := r.Behaviours[6]; b.Mean.String() != "3/1" || b.People != 3 || b.Supervisors != 1 {
		t.Errorf("last behaviour %+v", b)
	}
	if r.Proposals != [3]int{2, 1, 1} || r.People != 5 {
		t.Errorf("proposals %v of %d", r.Proposals, r.People)
	}
	if r.Invited != (scoring.Counts{5, 5, 25, 0}) || r.Sent != (scoring.Counts{1, 4, 0, 0}) {
		t.Errorf("invited %v, sent %v", r.Invited, r.Sent)
	}
}

func TestMean(t *testing.T) {
	for text, want := range map[string]int64{"67/16": 419, "33/8": 413, "469/200": 235, "4/1": 400, "-33/8": -413} {
		m, err := scoring.ParseMean(text)
		if err != nil || m.Round(2) != want || m.String() != text {
			t.Errorf("%s: %v, %v, want %d", text, m, err, want)
		}
	}
	for _, text := range []string{"4", "8/2", "1/0", "1e9/1", "x", " 1/2", "1/-2", "+1/2", "1/2/3"} {
		if m, err := scoring.ParseMean(text); err == nil {
			t.Errorf("%q was read as %v", text, m)
		}
	}
	none, err := scoring.ParseMean("")
	if err != nil || none.Valid() || none.String() != "" || !math.IsNaN(none.Float()) {
		t.Errorf("no value: %v, %v", none, err)
	}
	big, _ := scoring.ParseMean("36893488147419103233/9223372036854775808")
	var again scoring.Mean
	text, _ := big.MarshalText()
	if err := again.UnmarshalText(text); err != nil || !again.Equal(big) || again.Round(2) != 400 {
		t.Errorf("beyond int64: %v, %v", again, err)
	}
	if big.CmpRatio(ratio(4, 1)) != 1 || big.Cmp(again) != 0 || none.Equal(big) || !none.Equal(scoring.Mean{}) {
		t.Error("comparison of means")
	}
}

// Sums of one denominator that pass int64 go on in big numbers.
func TestUnitSumsDoNotOverflow(t *testing.T) {
	a, b := scoring.NewUnitTally(0), scoring.NewUnitTally(0)
	x := appraisal.Ratio{Num: math.MaxInt64, Den: math.MaxInt64 / 4}
	for range 5 {
		a.Add(scoring.Person{}, scoring.Result{Index: x, Proposal: appraisal.LevelAbove})
		b.Add(scoring.Person{}, scoring.Result{Index: x, Proposal: appraisal.LevelAbove})
	}
	a.Merge(b)
	if got, want := a.Result().Index.Mean.String(), x.String(); got != want {
		t.Errorf("mean %s, want %s", got, want)
	}
}
