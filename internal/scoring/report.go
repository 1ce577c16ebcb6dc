package scoring

import "rancak/internal/appraisal"

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
// of the unit above: see Family.Hide.
func Suppress(units []UnitYear, rules appraisal.Rules) {
	means, distributions := Family{}, Family{}
	for i := range units {
		means.Children = append(means.Children, units[i].Result.Index.People)
		distributions.Children = append(distributions.Children, units[i].Distribution.Total())
	}
	for i, hide := range means.Hide(rules.MinMeanGroup) {
		if hide {
			units[i].hideMeans()
		}
	}
	for i, hide := range distributions.Hide(rules.MinDistributionGroup) {
		if hide {
			units[i].DistributionHidden = true
			units[i].Distribution, units[i].Unmet = nil, nil
		}
	}
	suppressBehaviours(units, rules)
}

// suppressBehaviours treats each behaviour as a number of its own: fewer
// people may stand behind it than behind the index.
func suppressBehaviours(units []UnitYear, rules appraisal.Rules) {
	for b := 0; ; b++ {
		family, any := Family{}, false
		for i := range units {
			n := 0
			if b < len(units[i].Result.Behaviours) {
				n, any = units[i].Result.Behaviours[b].People, true
			}
			family.Children = append(family.Children, n)
		}
		if !any {
			return
		}
		for i, hide := range family.Hide(rules.MinMeanGroup) {
			if hide && b < len(units[i].Result.Behaviours) {
				units[i].Result.Behaviours[b] = UnitMean{}
			}
		}
	}
}

func (u *UnitYear) hideMeans() {
	u.MeansHidden = true
	u.Result.Index, u.Result.Proposals = UnitMean{}, [3]int{}
	u.Result.Behaviours = make([]UnitMean, len(u.Result.Behaviours))
}
