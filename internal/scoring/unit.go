package scoring

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"

	"rancak/internal/appraisal"
)

// Person is what a unit's result needs to know of an employee beside the result.
type Person struct {
	// Supervisor is 0 where there is none; nobody is then counted behind the means.
	Supervisor appraisal.EmployeeID
	// Invited and Sent are the numbers of forms asked for and sent.
	Invited, Sent Counts
}

// UnitResult is what the results of the people of a unit give together. It is
// not suppressed: see Family.
type UnitResult struct {
	People int
	// Invited and Sent are the numbers of forms about these people.
	Invited, Sent Counts
	// Index is the mean of the indices; none where nobody has one.
	Index UnitMean
	// Behaviours has for each behaviour the mean of the others' values.
	Behaviours []UnitMean
	// Proposals counts people by proposed level, in the order of appraisal.Levels.
	Proposals [3]int
}

// UnitMean is an exact mean over people, each counting once.
type UnitMean struct {
	Mean Mean
	// People have a value; Supervisors are how many different ones they have.
	People, Supervisors int
}

// UnitTally accumulates the result of a unit. Neither the order of people nor
// how they were split between merged tallies matters.
type UnitTally struct {
	people        int
	invited, sent Counts
	index         total
	behaviours    []total
	proposals     [3]int
	// supervisors has for each supervisor bit 0 where they stand behind the
	// index, bit 1+b where behind behaviour b.
	supervisors map[appraisal.EmployeeID]uint32
}

// NewUnitTally returns an empty tally for results with so many behaviours, at
// most as many as a Scorer takes.
func NewUnitTally(behaviours int) *UnitTally {
	return &UnitTally{
		behaviours:  make([]total, behaviours),
		supervisors: make(map[appraisal.EmployeeID]uint32),
	}
}

// Add counts one employee. The result has the tally's number of behaviours.
func (t *UnitTally) Add(p Person, r Result) {
	t.people++
	t.invited.addAll(p.Invited)
	t.sent.addAll(p.Sent)
	var behind uint32
	if r.Index.Valid() {
		t.index.add(r.Index)
		t.proposals[r.Proposal.SIASN()-1]++
		behind |= 1
	}
	for b, x := range r.Others {
		if x.Valid() {
			t.behaviours[b].add(x)
			behind |= 2 << b
		}
	}
	if p.Supervisor != 0 && behind != 0 {
		t.supervisors[p.Supervisor] |= behind
	}
}

// Merge adds what another tally of as many behaviours holds, such as that of a
// unit below. A supervisor in both is counted once.
func (t *UnitTally) Merge(o *UnitTally) {
	t.people += o.people
	t.invited.addAll(o.invited)
	t.sent.addAll(o.sent)
	t.index.merge(&o.index)
	for b := range o.behaviours {
		t.behaviours[b].merge(&o.behaviours[b])
	}
	for i, n := range o.proposals {
		t.proposals[i] += n
	}
	for id, behind := range o.supervisors {
		t.supervisors[id] |= behind
	}
}

// Result returns the result of everything added so far.
func (t *UnitTally) Result() UnitResult {
	counts := make([]int, 1+len(t.behaviours))
	for _, behind := range t.supervisors {
		for ; behind != 0; behind &= behind - 1 {
			counts[bits.TrailingZeros32(behind)]++
		}
	}
	r := UnitResult{
		People: t.people, Invited: t.invited, Sent: t.sent, Proposals: t.proposals,
		Index:      UnitMean{t.index.mean(), t.index.n, counts[0]},
		Behaviours: make([]UnitMean, len(t.behaviours)),
	}
	for b := range t.behaviours {
		r.Behaviours[b] = UnitMean{t.behaviours[b].mean(), t.behaviours[b].n, counts[1+b]}
	}
	return r
}

// Append appends the canonical bytes of the result: equal results have equal
// bytes, and ParseUnitResult gives the same result back.
func (r UnitResult) Append(dst []byte) []byte {
	dst = append(dst, encodingVersion)
	dst = binary.AppendUvarint(dst, uint64(r.People))
	for _, c := range [2]Counts{r.Invited, r.Sent} {
		for _, n := range c {
			dst = binary.AppendUvarint(dst, uint64(n))
		}
	}
	for _, n := range r.Proposals {
		dst = binary.AppendUvarint(dst, uint64(n))
	}
	dst = r.Index.append(dst)
	dst = append(dst, byte(len(r.Behaviours)))
	for _, m := range r.Behaviours {
		dst = m.append(dst)
	}
	return dst
}

func (m UnitMean) append(dst []byte) []byte {
	text := m.Mean.String()
	dst = binary.AppendUvarint(dst, uint64(len(text)))
	dst = append(dst, text...)
	dst = binary.AppendUvarint(dst, uint64(m.People))
	return binary.AppendUvarint(dst, uint64(m.Supervisors))
}

// ParseUnitResult reads what Append wrote. It returns ErrEncoding for anything else.
func ParseUnitResult(src []byte) (UnitResult, error) {
	d := decoder{src: src}
	if v := d.byte(); v != encodingVersion {
		return UnitResult{}, fmt.Errorf("%w: version %d", ErrEncoding, v)
	}
	r := UnitResult{People: d.int()}
	for _, c := range []*Counts{&r.Invited, &r.Sent} {
		for i := range c {
			c[i] = d.int()
		}
	}
	for i := range r.Proposals {
		r.Proposals[i] = d.int()
	}
	r.Index = d.unitMean()
	r.Behaviours = make([]UnitMean, d.length(maxBehaviours))
	for b := range r.Behaviours {
		r.Behaviours[b] = d.unitMean()
	}
	if d.err == nil && !bytes.Equal(r.Append(nil), src) {
		d.err = ErrEncoding
	}
	if d.err != nil {
		return UnitResult{}, d.err
	}
	return r, nil
}

func (d *decoder) unitMean() UnitMean {
	n := d.int64()
	d.check(n <= int64(len(d.src)))
	if d.err != nil {
		return UnitMean{}
	}
	mean, err := ParseMean(string(d.src[:n]))
	d.check(err == nil)
	if d.err != nil {
		return UnitMean{}
	}
	d.src = d.src[n:]
	return UnitMean{Mean: mean, People: d.int(), Supervisors: d.int()}
}
