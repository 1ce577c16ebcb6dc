package scoring

import (
	"math"
	"slices"

	"rancak/internal/appraisal"
)

// normal975 is the 97.5 % point of the normal distribution.
const normal975 = 1.96

// Variances are between-rater variances within an employee, in squared points
// of the scale, pooled over a whole instansi and cycle. For display only.
type Variances struct{ Supervisor, Peer, Subordinate float64 }

// DefaultVariances holds until there are enough forms to estimate own ones.
var DefaultVariances = Variances{Supervisor: 0.16, Peer: 0.3025, Subordinate: 0.3025}

func (v Variances) of(g Group) float64 {
	switch g {
	case GroupSupervisor:
		return v.Supervisor
	case GroupPeer:
		return v.Peer
	case GroupSubordinate:
		return v.Subordinate
	case GroupMerged:
		return max(v.Peer, v.Subordinate)
	default:
		return 0 // the self-rating would be the same again
	}
}

// Interval returns where the index would lie, with a probability of about
// 95 %, had other raters of the same kind rated: index ± 1.96·SE, clipped to
// the scale, with SE² = Σ w'² v/n over the used groups but self and w' the
// weights divided by their sum. It returns 0, 0 where there is no index.
func Interval(r Result, v Variances) (low, high float64) {
	if !r.Index.Valid() {
		return 0, 0
	}
	weights, variance := 0, 0.0
	for _, g := range r.Groups {
		w := float64(g.Weight)
		weights += g.Weight
		variance += w * w * v.of(g.Group) / float64(g.Count)
	}
	half := normal975 * math.Sqrt(variance) / float64(weights)
	index := r.Index.Float()
	return max(index-half, float64(appraisal.ScaleMin)), min(index+half, float64(appraisal.ScaleMax))
}

// Spread accumulates the variance between the raters of one group, within
// employees: Σ (y − mean)² over Σ (raters − 1). For display only.
type Spread struct {
	Squares float64
	Freedom int
}

// minFreedom is how many degrees of freedom make an estimate steadier than the
// default: with 100 its own standard error is about 14 %.
const minFreedom = 100

// Add counts the values of the raters of one employee in one group.
func (s *Spread) Add(values []appraisal.Ratio) {
	if len(values) < 2 {
		return
	}
	mean := 0.0
	for _, y := range values {
		mean += y.Float() / float64(len(values))
	}
	for _, y := range values {
		s.Squares += (y.Float() - mean) * (y.Float() - mean)
	}
	s.Freedom += len(values) - 1
}

// Merge adds what another spread holds.
func (s *Spread) Merge(o Spread) {
	s.Squares += o.Squares
	s.Freedom += o.Freedom
}

// Variance returns the pooled variance, or the default where too few employees
// have several raters. Supervisors, one for each employee, always get theirs.
func (s Spread) Variance(byDefault float64) float64 {
	if s.Freedom < minFreedom {
		return byDefault
	}
	return s.Squares / float64(s.Freedom)
}

// Gap says how an employee's own view lies to that of the others.
type Gap string

// The gaps. The zero value means that one of the views is missing.
const (
	GapHigher  Gap = "higher"  // the own value is clearly higher than the others'
	GapAligned Gap = "aligned" // no difference that other raters could not make as well
	GapLower   Gap = "lower"   // the own value is clearly lower
)

// Gaps lists the gaps.
var Gaps = []Gap{GapHigher, GapAligned, GapLower}

// Valid reports whether g is one of Gaps.
func (g Gap) Valid() bool { return slices.Contains(Gaps, g) }

// Comparison is the own view beside that of the others.
type Comparison struct {
	Overall Gap
	// Behaviours has one element for each behaviour.
	Behaviours []Gap
}

// leastGap is the smallest difference that is ever called one, in points of the scale.
const leastGap = 0.5

// SelfOther compares the self-rating with the others. A difference is named
// only from max(0.5, 1.96·√v·√(1 + 1/m)) on, with m other raters and v the
// variance between peers; for a behaviour m counts the groups that show it.
func SelfOther(r Result, v Variances) Comparison {
	c := Comparison{Behaviours: make([]Gap, len(r.Others))}
	own, ok := r.Group(GroupSelf)
	if !ok {
		return c
	}
	c.Overall = gap(own.Mean, r.OthersMean(), v.Peer, r.OtherRaters())
	for b, others := range r.Others {
		m := 0
		for _, g := range r.Groups {
			if g.Group != GroupSelf && g.Behaviours[b].Valid() {
				m += g.Count
			}
		}
		c.Behaviours[b] = gap(own.Behaviours[b], others, v.Peer, m)
	}
	return c
}

func gap(own, others appraisal.Ratio, variance float64, m int) Gap {
	if !own.Valid() || !others.Valid() {
		return ""
	}
	least := max(leastGap, normal975*math.Sqrt(variance)*math.Sqrt(1+1/float64(m)))
	switch d := own.Float() - others.Float(); {
	case d >= least:
		return GapHigher
	case d <= -least:
		return GapLower
	}
	return GapAligned
}
