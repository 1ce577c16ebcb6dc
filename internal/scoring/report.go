package scoring

import (
	"slices"

	"rancak/internal/appraisal"
)

// Explained is the result of an employee with everything that explains it.
type Explained struct {
	Participant appraisal.Participant
	Cycle       appraisal.Cycle
	Rules       appraisal.Rules
	// Instrument names the behaviours, in the order of the result's.
	Instrument appraisal.Instrument
	// Run is where Result comes from; its ID is 0 where there is none yet.
	Run    appraisal.Run
	Result Result
	// Evaluation is the official act; its state is open where there is none.
	Evaluation    appraisal.Evaluation
	EvaluatorName string
	// Comments are those of usable groups only, in an order that tells nothing.
	Comments []appraisal.Comment
}

// UnitYear is the result of one unit, such as a dinas, in one year.
type UnitYear struct {
	Year  int
	Stage appraisal.Stage
	Unit  appraisal.Unit
	// Org is the organisation predikat of OrgYear, which is the year before
	// where that of Year is not yet set; "" where there is neither.
	Org     appraisal.OrgPredikat
	OrgYear int
	// Result is of Run; empty where Run is 0.
	Run    appraisal.RunID
	Result UnitResult
	// Distribution counts the final predikat, Unmet the rules of the pattern
	// that it does not meet.
	Distribution appraisal.Distribution
	Unmet        []appraisal.Unmet
	// MeansHidden and DistributionHidden say that too few people stand behind
	// the numbers, or that they would reveal those of a small unit. The numbers
	// themselves are then already removed.
	MeansHidden, DistributionHidden bool
}

// UnitReport is a unit over the years, newest first, with the names of the
// behaviours and the units it came from.
type UnitReport struct {
	Years        []UnitYear
	Instrument   appraisal.Instrument
	Rules        appraisal.Rules
	Predecessors []appraisal.Unit
}

// Stored is the result of one employee as a run stores it.
type Stored struct {
	Employee appraisal.EmployeeID
	Index    appraisal.Ratio
	// Body is what Result.Append gives.
	Body []byte
}

// StoredUnit is the result of one unit as a run stores it.
type StoredUnit struct {
	Unit   appraisal.UnitID
	People int
	// Body is what UnitResult.Append gives.
	Body []byte
}

// Suppress removes from the results of sibling units the numbers that rest on
// too few people, and those from which they could be computed with the numbers
// of the whole above them: see Family.Hide. Index, each behaviour, proposals and
// distribution are numbers of their own, with different people behind them.
func Suppress(whole UnitYear, units []UnitYear, rules appraisal.Rules) {
	// What to hide is decided before anything is removed, because removing
	// changes the numbers of people that later decisions rest on.
	nothing := make([]bool, len(units))
	means := hide(whole, units, nothing, rules.MinMeanGroup, indexPeople)
	proposals := hide(whole, units, means, rules.MinDistributionGroup, indexPeople)
	distributions := hide(whole, units, nothing, rules.MinDistributionGroup, func(u UnitYear) int { return u.Distribution.Total() })
	for b := range behavioursOf(units) {
		hidden := hide(whole, units, means, rules.MinMeanGroup, func(u UnitYear) int {
			if b < len(u.Result.Behaviours) {
				return u.Result.Behaviours[b].People
			}
			return 0
		})
		for i, gone := range hidden {
			if gone && b < len(units[i].Result.Behaviours) {
				units[i].Result.Behaviours[b] = UnitMean{}
			}
		}
	}
	for i := range units {
		u := &units[i]
		if means[i] {
			u.MeansHidden, u.Result.Index = true, UnitMean{}
		}
		if proposals[i] {
			u.Result.Proposals = [3]int{}
		}
		if distributions[i] {
			u.DistributionHidden, u.Distribution, u.Unmet = true, nil, nil
		}
	}
}

func indexPeople(u UnitYear) int { return u.Result.Index.People }

// hide returns which units to hide for a number that rests on so many people,
// besides those that are hidden for another reason: their people belong to the
// whole but to no child that could be shown.
func hide(whole UnitYear, units []UnitYear, already []bool, minimum int, people func(UnitYear) int) []bool {
	var f Family
	var index []int
	sum := 0
	for i, gone := range already {
		sum += people(units[i])
		if !gone {
			f.Children = append(f.Children, people(units[i]))
			index = append(index, i)
		}
	}
	f.Parent = max(sum, people(whole))
	hidden := slices.Clone(already)
	for i, gone := range f.Hide(minimum) {
		hidden[index[i]] = gone
	}
	return hidden
}

// behavioursOf returns the largest number of behaviours of the units; those
// without a result have none.
func behavioursOf(units []UnitYear) int {
	n := 0
	for i := range units {
		n = max(n, len(units[i].Result.Behaviours))
	}
	return n
}
