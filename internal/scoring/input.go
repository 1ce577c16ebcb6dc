package scoring

import (
	"encoding/binary"
	"slices"

	"rancak/internal/appraisal"
)

// Form is one sent form, as a run reads it.
type Form struct {
	Kind appraisal.ReviewKind
	// Answers has one element for each item of the instrument of the kind, in
	// its order. CannotRate and Unanswered both count as missing.
	Answers []appraisal.Answer
}

// Counts has one number for each kind of review, in the order of
// appraisal.ReviewKinds.
type Counts [4]int

// Of returns the number of a kind; 0 for what is not a kind.
func (c Counts) Of(k appraisal.ReviewKind) int {
	if i := kindIndex(k); i >= 0 {
		return c[i]
	}
	return 0
}

// Add adds n to the number of a kind. It does nothing for what is not a kind.
func (c *Counts) Add(k appraisal.ReviewKind, n int) {
	if i := kindIndex(k); i >= 0 {
		c[i] += n
	}
}

func (c *Counts) addAll(o Counts) {
	for i, n := range o {
		c[i] += n
	}
}

// Input is everything a run reads about one employee.
type Input struct {
	Employee appraisal.EmployeeID
	// Supervisor is 0 where there is none; Unit is where the result counts.
	Supervisor appraisal.EmployeeID
	Unit       appraisal.UnitID
	// Invited is the number of forms that were asked for.
	Invited Counts
	// Forms are the sent ones, in any order.
	Forms []Form
}

// Leads reports whether the employee has subordinates who were asked, which
// gives subordinates a weight of their own.
func (in Input) Leads() bool { return in.Invited.Of(appraisal.KindSubordinate) > 0 }

// Sent returns the number of forms sent of each kind.
func (in Input) Sent() Counts {
	var c Counts
	for i := range in.Forms {
		c.Add(in.Forms[i].Kind, 1)
	}
	return c
}

// Append appends the canonical bytes of the input, for the digest of what a
// run has read. It brings the forms into their canonical order, by kind and
// then by answers, so that the order in which they were read leaves no trace;
// who filled them is not part of it. CannotRate and Unanswered are written
// alike, because they count alike.
func (in *Input) Append(dst []byte) []byte {
	slices.SortFunc(in.Forms, compareForms)
	dst = binary.AppendVarint(dst, int64(in.Employee))
	dst = binary.AppendVarint(dst, int64(in.Supervisor))
	dst = binary.AppendVarint(dst, int64(in.Unit))
	for _, n := range in.Invited {
		dst = binary.AppendUvarint(dst, uint64(n))
	}
	dst = binary.AppendUvarint(dst, uint64(len(in.Forms)))
	for i := range in.Forms {
		f := &in.Forms[i]
		dst = append(dst, byte(kindIndex(f.Kind)+1))
		dst = binary.AppendUvarint(dst, uint64(len(f.Answers)))
		for _, a := range f.Answers {
			dst = append(dst, byte(counted(a)))
		}
	}
	return dst
}

func compareForms(a, b Form) int {
	if d := kindIndex(a.Kind) - kindIndex(b.Kind); d != 0 {
		return d
	}
	return slices.CompareFunc(a.Answers, b.Answers, func(x, y appraisal.Answer) int {
		return int(counted(x)) - int(counted(y))
	})
}

// counted returns an answer with all that is missing as one value.
func counted(a appraisal.Answer) appraisal.Answer {
	if a == appraisal.CannotRate {
		return appraisal.Unanswered
	}
	return a
}

// kindIndex returns the position of a kind in appraisal.ReviewKinds, which is
// that of its group in Groups; -1 for what is not a kind.
func kindIndex(k appraisal.ReviewKind) int {
	switch k {
	case appraisal.KindSelf:
		return self
	case appraisal.KindSupervisor:
		return supervisor
	case appraisal.KindPeer:
		return peer
	case appraisal.KindSubordinate:
		return subordinate
	}
	return -1
}
