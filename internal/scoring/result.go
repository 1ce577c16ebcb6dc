package scoring

import (
	"math/big"
	"slices"

	"rancak/internal/appraisal"
)

// Group is a group of raters whose values are combined into one mean.
type Group string

// The groups. GroupMerged stands in for peers and subordinates where each is
// too small alone and both are large enough together.
const (
	GroupSelf        Group = "self"
	GroupSupervisor  Group = "supervisor"
	GroupPeer        Group = "peer"
	GroupSubordinate Group = "subordinate"
	GroupMerged      Group = "merged"
)

// Groups lists the groups in the order in which results name them. The
// encoding of results writes positions in this list: it grows at its end only.
var Groups = []Group{GroupSelf, GroupSupervisor, GroupPeer, GroupSubordinate, GroupMerged}

// Valid reports whether g is one of Groups.
func (g Group) Valid() bool { return slices.Contains(Groups, g) }

// Case says which of the rules for missing groups made a result. Only groups
// that the scheme gives a weight can be missing.
type Case string

// The cases.
const (
	// CaseComplete: every group with a weight was used.
	CaseComplete Case = "complete"
	// CaseMerged: peers and subordinates were used as one group.
	CaseMerged Case = "merged"
	// CaseMergedWithoutSelf: as CaseMerged, and the self-rating is missing.
	CaseMergedWithoutSelf Case = "merged_without_self"
	// CaseWithoutSelf: only the self-rating is missing.
	CaseWithoutSelf Case = "without_self"
	// CaseWithoutPeers: only the peers are missing or too few.
	CaseWithoutPeers Case = "without_peers"
	// CaseWithoutSubordinates: only the subordinates are missing or too few.
	CaseWithoutSubordinates Case = "without_subordinates"
	// CaseWithoutSeveral: two or three groups are missing; Result.Missing names them.
	CaseWithoutSeveral Case = "without_several"
	// CaseNoSupervisor: without the supervisor's rating there is no index; the
	// reviewing superior steps in. Other groups may be missing as well.
	CaseNoSupervisor Case = "no_supervisor"
)

// Cases lists the cases. The encoding of results writes positions in this
// list: it grows at its end only.
var Cases = []Case{
	CaseComplete, CaseMerged, CaseMergedWithoutSelf, CaseWithoutSelf,
	CaseWithoutPeers, CaseWithoutSubordinates, CaseWithoutSeveral, CaseNoSupervisor,
}

// Valid reports whether c is one of Cases.
func (c Case) Valid() bool { return slices.Contains(Cases, c) }

// Result is what the forms about one employee give. It holds nothing from
// which the answers of a group below its minimum could be told.
type Result struct {
	Case Case
	// Index is the behaviour index on the scale 1 to 5; zero where there is none.
	Index appraisal.Ratio
	// Proposal is the level that the index proposes; "" where there is no index.
	Proposal appraisal.Level
	// Groups are the usable groups in the order of the list Groups, including
	// those that the scheme gives no weight.
	Groups []GroupResult
	// Missing are the groups that the scheme gives a weight but that could not
	// be used, in the order of the list Groups.
	Missing []MissingGroup
	// Others has for each behaviour the value given by the others: all usable
	// groups but self, combined with the weights of the index. Zero where none
	// of them shows a value for the behaviour.
	Others []appraisal.Ratio
}

// GroupResult is what one group of raters gives.
type GroupResult struct {
	Group Group
	// Weight is the group's weight in the numerator of the index; the sum over
	// all Groups is the denominator.
	Weight int
	// Count is the number of valid raters.
	Count int
	// Mean is the mean of the values of the valid raters, on the scale 1 to 5.
	Mean appraisal.Ratio
	// Behaviours has for each behaviour the mean of the valid raters who
	// answered it; zero where they are fewer than the group's minimum.
	Behaviours []appraisal.Ratio
}

// MissingGroup is a group that could not be used. It tells how many forms were
// sent, never how many were valid: that would depend on the answers.
type MissingGroup struct {
	Group Group
	// Sent is the number of forms sent, Min the number of valid ones needed.
	Sent, Min int
}

// Group returns the result of a group, and false where it was not used.
func (r Result) Group(g Group) (GroupResult, bool) {
	for _, x := range r.Groups {
		if x.Group == g {
			return x, true
		}
	}
	return GroupResult{}, false
}

// OtherRaters returns the number of valid raters in the used groups but self.
func (r Result) OtherRaters() int {
	n := 0
	for _, g := range r.Groups {
		if g.Group != GroupSelf {
			n += g.Count
		}
	}
	return n
}

// OthersMean returns the mean of all used groups but self, combined with the
// weights of the index; zero where there is none.
func (r Result) OthersMean() appraisal.Ratio {
	sum, weight := new(big.Rat), int64(0)
	for _, g := range r.Groups {
		if g.Group == GroupSelf {
			continue
		}
		term := big.NewRat(g.Mean.Num, g.Mean.Den)
		sum.Add(sum, term.Mul(term, big.NewRat(int64(g.Weight), 1)))
		weight += int64(g.Weight)
	}
	if weight == 0 {
		return appraisal.Ratio{}
	}
	sum.Quo(sum, big.NewRat(weight, 1))
	return appraisal.Ratio{Num: sum.Num().Int64(), Den: sum.Denom().Int64()}
}
