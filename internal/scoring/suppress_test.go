package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rancak/internal/scoring"
)

func TestHide(t *testing.T) {
	tests := []struct {
		name   string
		family scoring.Family
		want   []bool
	}{
		{"all large enough", scoring.Family{Parent: 30, Children: []int{10, 20}}, []bool{false, false}},
		{"next smallest joins", scoring.Family{Parent: 43, Children: []int{20, 3, 8, 12}}, []bool{false, true, true, false}},
		{"first of equals joins", scoring.Family{Parent: 23, Children: []int{3, 10, 10}}, []bool{true, true, false}},
		{"two small ones are enough", scoring.Family{Parent: 16, Children: []int{3, 2, 11}}, []bool{true, true, false}},
		{"two small ones are too few", scoring.Family{Parent: 14, Children: []int{1, 2, 11}}, []bool{true, true, true}},
		{"nobody has a value", scoring.Family{Parent: 20, Children: []int{0, 20}}, []bool{true, false}},
		{"people of no child are enough", scoring.Family{Parent: 40, Children: []int{4, 26}}, []bool{true, false}},
		{"one person of no child", scoring.Family{Parent: 31, Children: []int{20, 10}}, []bool{false, true}},
		{"hidden parent", scoring.Family{Parent: 30, Hidden: true, Children: []int{10, 20}}, []bool{true, true}},
		{"parent too small", scoring.Family{Parent: 4, Children: []int{4}}, []bool{true}},
		{"only child", scoring.Family{Parent: 9, Children: []int{9}}, []bool{false}},
		{"no children", scoring.Family{Parent: 9}, []bool{}},
		{"children pass the parent", scoring.Family{Parent: 9, Children: []int{2, 9}}, []bool{true, true}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.family.Hide(5)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestNothingHiddenCanBeComputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minimum := rapid.SampledFrom([]int{2, 5, 10}).Draw(t, "minimum")
		f := scoring.Family{Children: rapid.SliceOfN(rapid.IntRange(0, 25), 0, 12).Draw(t, "children")}
		rest := rapid.SampledFrom([]int{0, 0, 1, 4, 30}).Draw(t, "rest")
		f.Parent = rest
		for _, n := range f.Children {
			f.Parent += n
		}
		hidden := f.Hide(minimum)
		// What subtraction gives: the people of the parent whom no shown child holds.
		left, parts, small := rest, 0, rest > 0 && rest < minimum
		if rest > 0 {
			parts++
		}
		largest, smallestShown := 0, 1<<30
		for i, n := range f.Children {
			switch {
			case !hidden[i] && n < minimum:
				t.Fatalf("%d people are shown", n)
			case !hidden[i]:
				smallestShown = min(smallestShown, n)
			case n > 0:
				left, parts, small = left+n, parts+1, small || n < minimum
				if n >= minimum {
					largest = max(largest, n)
				}
			}
		}
		if f.Parent >= minimum && left > 0 && left < minimum {
			t.Errorf("the values of %d people can be computed", left)
		}
		if f.Parent >= minimum && small && parts < 2 {
			t.Error("a small unit is hidden alone")
		}
		if largest > smallestShown {
			t.Errorf("%d people are hidden rather than %d", largest, smallestShown)
		}
		if !small && largest > 0 {
			t.Error("hidden without need")
		}
	})
}
