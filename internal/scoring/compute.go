package scoring

import (
	"fmt"

	"rancak/internal/appraisal"
)

// tally sums the values of the valid raters of a group: sum in parts of
// 1/unit over n raters, and for each behaviour bsum in parts of 1/itemUnit
// over bn raters.
type tally struct {
	sum, n   int64
	bsum, bn [maxBehaviours]int64
}

// add counts one form, if its rater is valid. At most maxForms values of at
// most 5·maxUnit keep the sums far below 2⁶³.
func (s *Scorer) add(t *tally, f *Form) error {
	kind := kindIndex(f.Kind)
	if kind < 0 {
		return fmt.Errorf("%w: kind %q", ErrForm, f.Kind)
	}
	shape := &s.shapes[kind]
	if len(f.Answers) != shape.items {
		return fmt.Errorf("%w: %d answers for %d items", ErrForm, len(f.Answers), shape.items)
	}
	var values [maxBehaviours]int64
	total, valid := int64(0), 0
	for b := range shape.spans {
		sp := &shape.spans[b]
		sum, count := int64(0), 0
		for _, a := range f.Answers[sp.from:sp.to] {
			switch {
			case a.OnScale():
				sum += int64(a)
				count++
			case a != appraisal.CannotRate && a != appraisal.Unanswered:
				return fmt.Errorf("%w: answer %d", ErrForm, a)
			}
		}
		if count >= sp.need {
			values[b] = sum * s.itemPart[count]
			total += values[b]
			valid++
		}
	}
	if valid < s.rules.MinBehaviours {
		return nil
	}
	t.sum += total * s.raterPart[valid]
	t.n++
	for b, v := range values[:s.behaviours] {
		if v > 0 { // a valid value is at least 1
			t.bsum[b] += v
			t.bn[b]++
		}
	}
	return nil
}

// merge adds the raters of o to t.
func (t *tally) merge(o *tally) {
	t.sum += o.sum
	t.n += o.n
	for b := range t.bsum {
		t.bsum[b] += o.bsum[b]
		t.bn[b] += o.bn[b]
	}
}

// usage says how each group enters a result.
type usage struct {
	weight [groupCount]int64
	used   [groupCount]bool
}

// Result computes what the forms of one employee give; their order does not
// matter. leads says that at least one subordinate was asked, so that
// subordinates have a weight of their own even if none of them answered; a
// subordinate's form says the same. It returns an error only where the forms
// do not fit the instruments.
func (s *Scorer) Result(forms []Form, leads bool) (Result, error) {
	if len(forms) > maxForms {
		return Result{}, fmt.Errorf("%w: %d", ErrTooManyForms, len(forms))
	}
	var groups [groupCount]tally
	var sent [groupCount]int
	for i := range forms {
		g := kindIndex(forms[i].Kind)
		if g < 0 {
			return Result{}, fmt.Errorf("%w: kind %q", ErrForm, forms[i].Kind)
		}
		if err := s.add(&groups[g], &forms[i]); err != nil {
			return Result{}, err
		}
		sent[g]++
	}
	use := s.use(&groups, leads || sent[subordinate] > 0)
	r := s.values(&groups, &use)
	for g := self; g < merged; g++ {
		replaced := use.used[merged] && (g == peer || g == subordinate)
		if use.weight[g] > 0 && !use.used[g] && !replaced {
			r.Missing = append(r.Missing, MissingGroup{Groups[g], sent[g], int(s.minimum[g])})
		}
	}
	r.Case = caseOf(&use, r.Missing)
	return r, nil
}

// use decides which groups are used and with which weight. It merges peers and
// subordinates where neither has its minimum but both together have MinMerged.
func (s *Scorer) use(groups *[groupCount]tally, leads bool) usage {
	w := s.rules.Scheme
	u := usage{weight: [groupCount]int64{self: int64(w.Self), supervisor: int64(w.Supervisor), peer: int64(w.Peer)}}
	if leads {
		u.weight[peer], u.weight[subordinate] = int64(w.PeerLed), int64(w.Subordinate)
	}
	for g := self; g < merged; g++ {
		u.used[g] = groups[g].n >= s.minimum[g]
	}
	if !u.used[peer] && !u.used[subordinate] && groups[peer].n+groups[subordinate].n >= s.minimum[merged] {
		u.used[merged] = true
		u.weight[merged] = u.weight[peer] + u.weight[subordinate]
		groups[merged] = groups[peer]
		groups[merged].merge(&groups[subordinate])
	}
	return u
}

// values fills in everything that is computed from the used groups.
func (s *Scorer) values(groups *[groupCount]tally, use *usage) Result {
	count := 0
	for _, used := range use.used {
		if used {
			count++
		}
	}
	ratios := make([]appraisal.Ratio, (count+1)*s.behaviours) // of all groups, then Others
	var r Result
	if count > 0 {
		r.Groups = make([]GroupResult, 0, count)
	}
	var index sum
	var others [maxBehaviours]sum
	for g, used := range use.used {
		if !used {
			continue
		}
		t, w := &groups[g], use.weight[g]
		index.add(w, t.sum, t.n)
		of := ratios[:s.behaviours:s.behaviours]
		ratios = ratios[s.behaviours:]
		for b := range of {
			if t.bn[b] < s.minimum[g] {
				continue
			}
			of[b] = appraisal.NewRatio(t.bsum[b], s.itemUnit*t.bn[b])
			if g != self {
				others[b].add(w, t.bsum[b], t.bn[b])
			}
		}
		r.Groups = append(r.Groups, GroupResult{
			Group: Groups[g], Weight: int(w), Count: int(t.n),
			Mean: appraisal.NewRatio(t.sum, s.unit*t.n), Behaviours: of,
		})
	}
	r.Others = ratios
	for b := range r.Others {
		r.Others[b] = others[b].mean(s.itemUnit)
	}
	if use.used[supervisor] {
		r.Index = index.mean(s.unit)
		r.Proposal = s.rules.Proposal(r.Index)
	}
	return r
}

// sum is Σ w·s/n over groups, as num/common, with the sum of the weights.
type sum struct{ num, common, weight int64 }

// add adds a group of weight w whose n raters have the sum s.
func (x *sum) add(w, s, n int64) {
	if w == 0 {
		return
	}
	if x.weight == 0 {
		x.common = 1
	}
	x.num = x.num*n + w*s*x.common
	x.common *= n
	x.weight += w
}

// mean returns the weighted mean of sums counted in parts of 1/unit.
func (x *sum) mean(unit int64) appraisal.Ratio {
	if x.weight == 0 {
		return appraisal.Ratio{}
	}
	return appraisal.NewRatio(x.num, x.common*x.weight*unit)
}

func caseOf(use *usage, missing []MissingGroup) Case {
	switch {
	case !use.used[supervisor]:
		return CaseNoSupervisor
	case use.used[merged] && len(missing) == 0:
		return CaseMerged
	case use.used[merged]: // nothing but the self-rating is left to be missing
		return CaseMergedWithoutSelf
	case len(missing) == 0:
		return CaseComplete
	case len(missing) > 1:
		return CaseWithoutSeveral
	}
	switch missing[0].Group {
	case GroupSelf:
		return CaseWithoutSelf
	case GroupPeer:
		return CaseWithoutPeers
	default:
		return CaseWithoutSubordinates
	}
}
