package scoring

import (
	"math/big"
	"slices"

	"rancak/internal/appraisal"
)

// Highlights are the behaviours worth talking about, as indices of behaviours.
type Highlights struct {
	// Strengths begin with the highest, Topics with the lowest; at most two each.
	Strengths, Topics []int
}

// maxHighlights is the most strengths and the most topics.
const maxHighlights = 2

// clearly is the distance from the own mean from which a behaviour stands out,
// in points of the scale.
var clearly = big.NewRat(1, 4)

// Highlight chooses strengths and topics from the others' values. Employees
// are compared with themselves, not with anybody else:
//
//   - a strength lies at least 1/4 above their own mean over the behaviours,
//     and is not below the level "meets";
//   - a topic lies at least 1/4 below their own mean, or below it and below
//     the level "meets".
//
// Equal values keep the order of the behaviours. Who has the same value
// everywhere has neither strengths nor topics: nothing there stands out.
func Highlight(r Result, rules appraisal.Rules) Highlights {
	var order []int
	mean := new(big.Rat)
	for b, x := range r.Others {
		if x.Valid() {
			order = append(order, b)
			mean.Add(mean, big.NewRat(x.Num, x.Den))
		}
	}
	if len(order) == 0 {
		return Highlights{}
	}
	mean.Quo(mean, big.NewRat(int64(len(order)), 1))
	high := new(big.Rat).Add(mean, clearly)
	low := new(big.Rat).Sub(mean, clearly)
	var h Highlights
	slices.SortStableFunc(order, func(a, b int) int { return r.Others[b].Cmp(r.Others[a]) })
	for _, b := range order {
		x := r.Others[b]
		if compare(x, high) >= 0 && x.Cmp(rules.Meets) >= 0 && len(h.Strengths) < maxHighlights {
			h.Strengths = append(h.Strengths, b)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if c := r.Others[a].Cmp(r.Others[b]); c != 0 {
			return c
		}
		return a - b
	})
	for _, b := range order {
		x := r.Others[b]
		stands := compare(x, low) <= 0 || compare(x, mean) < 0 && x.Cmp(rules.Meets) < 0
		if stands && len(h.Topics) < maxHighlights {
			h.Topics = append(h.Topics, b)
		}
	}
	return h
}

func compare(x appraisal.Ratio, y *big.Rat) int { return big.NewRat(x.Num, x.Den).Cmp(y) }
