package scoring

import "rancak/internal/appraisal"

// Explanation is everything a page needs to unfold a result, as values: words
// and number formats are the page's.
type Explanation struct {
	Case     Case
	Index    appraisal.Ratio
	Proposal appraisal.Level
	// Terms are the summands of the index, in the order of Groups; none where
	// there is no index.
	Terms []Term
	// Missing are the groups that were not used although they have a weight.
	Missing []MissingGroup
	// From Meets on the proposal is "meets", from Above on "above"; both bounds
	// belong to the higher level and are compared with the unrounded index.
	Meets, Above appraisal.Ratio
	// RulesVersion names the rules that were applied.
	RulesVersion string
	// Low and High are the ends of Interval; both 0 where there is no index.
	Low, High  float64
	SelfOther  Comparison
	Highlights Highlights
}

// Term is one summand of the index: Share per cent of Mean.
type Term struct {
	Group Group
	// Share is the weight in percent of the weights used, exact: 15/85 of the
	// scheme is 300/17.
	Share appraisal.Ratio
	Mean  appraisal.Ratio
	// Count is the number of valid raters behind the mean.
	Count int
}

// Explain returns the explanation of a result under the rules it was computed
// with. The variances serve what is displayed only.
func Explain(r Result, rules appraisal.Rules, v Variances) Explanation {
	e := Explanation{
		Case: r.Case, Index: r.Index, Proposal: r.Proposal, Missing: r.Missing,
		Meets: rules.Meets, Above: rules.Above, RulesVersion: rules.Version,
		SelfOther: SelfOther(r, v), Highlights: Highlight(r, rules),
	}
	e.Low, e.High = Interval(r, v)
	if !r.Index.Valid() {
		return e
	}
	weights := 0
	for _, g := range r.Groups {
		weights += g.Weight
	}
	for _, g := range r.Groups {
		if g.Weight > 0 {
			share := appraisal.NewRatio(100*int64(g.Weight), int64(weights))
			e.Terms = append(e.Terms, Term{Group: g.Group, Share: share, Mean: g.Mean, Count: g.Count})
		}
	}
	return e
}
