package appraisal

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ReviewID identifies a form.
type ReviewID int64

// ReviewKind says in which relation the rater stands to the employee.
type ReviewKind string

// The kinds of reviews.
const (
	KindSelf        ReviewKind = "self"
	KindSupervisor  ReviewKind = "supervisor"
	KindPeer        ReviewKind = "peer"
	KindSubordinate ReviewKind = "subordinate"
)

// ReviewKinds lists the kinds in the order in which results name them.
var ReviewKinds = []ReviewKind{KindSelf, KindSupervisor, KindPeer, KindSubordinate}

// Valid reports whether k is one of ReviewKinds.
func (k ReviewKind) Valid() bool { return indexOf(ReviewKinds, k) >= 0 }

// ReviewState is where a form stands.
type ReviewState string

// The states of a form. A form nobody has begun is a draft without answers.
const (
	ReviewDraft     ReviewState = "draft"
	ReviewSubmitted ReviewState = "submitted"
)

// ReviewStates lists the states.
var ReviewStates = []ReviewState{ReviewDraft, ReviewSubmitted}

// Valid reports whether s is one of ReviewStates.
func (s ReviewState) Valid() bool { return indexOf(ReviewStates, s) >= 0 }

// Answer is what a rater said of one item: 1 to 5, CannotRate, or Unanswered.
type Answer int8

// The answers that are not on the scale.
const (
	Unanswered Answer = 0
	CannotRate Answer = -1
)

// The ends of the scale.
const (
	ScaleMin Answer = 1
	ScaleMax Answer = 5
)

// OnScale reports whether the answer is a number that counts.
func (a Answer) OnScale() bool { return a >= ScaleMin && a <= ScaleMax }

// Given reports whether the rater has answered, on the scale or not.
func (a Answer) Given() bool { return a.OnScale() || a == CannotRate }

// maxVersion is the highest number of saves that is told apart; counting goes
// on from 1 then, for 0 means never saved.
const maxVersion = 32767

// CommentMax is the longest comment, in characters.
const CommentMax = 2000

// Review is one form of one rater about one employee.
type Review struct {
	ID      ReviewID
	CycleID CycleID
	Kind    ReviewKind
	// Ratee is the employee the form is about, Rater who fills it.
	Ratee, Rater EmployeeID
	Instrument   InstrumentID
	State        ReviewState
	// Answers has one element for each item of the instrument.
	Answers []Answer
	// Comments has one element for each behaviour of the instrument.
	Comments []string
	// Versions counts the saves of each field: the items, then the comments.
	Versions    []int
	SubmittedAt time.Time
}

// Answered returns how many items have an answer.
func (r Review) Answered() int {
	n := 0
	for _, a := range r.Answers {
		if a.Given() {
			n++
		}
	}
	return n
}

// Change is one field of a form as a person saw and changed it.
type Change struct {
	// Field is the index of the item, or the number of items plus the index of
	// the behaviour whose comment it is.
	Field int
	// Version is the number of saves of the field that the person saw.
	Version int
	Answer  Answer
	Comment string
}

// Same reports whether the review already holds what the change says.
func (r Review) Same(c Change) bool {
	if n := len(r.Answers); c.Field >= n {
		return r.Comments[c.Field-n] == c.Comment
	}
	return r.Answers[c.Field] == c.Answer
}

// Apply writes a change into the draft. It returns ErrConflict where the field
// has been saved since the person saw it with another content, and
// InvalidError where the answer is not one of the form's.
func (r *Review) Apply(c Change) error {
	var e InvalidError
	n := len(r.Answers)
	switch {
	case r.State == ReviewSubmitted:
		return ErrAlreadySubmitted
	case c.Field < 0 || c.Field >= n+len(r.Comments):
		return ErrNotFound
	case c.Field < n && !c.Answer.Given():
		e.Add(FieldName(c.Field), CodeAnswerRange, 0)
		return e.Err()
	case r.Same(c):
		return nil
	case r.Versions[c.Field] != c.Version:
		return ErrConflict
	case c.Field >= n && utf8.RuneCountInString(c.Comment) > CommentMax:
		e.Add(FieldName(c.Field), CodeCommentLong, CommentMax)
		return e.Err()
	}
	if c.Field < n {
		r.Answers[c.Field] = c.Answer
	} else {
		r.Comments[c.Field-n] = c.Comment
	}
	r.Versions[c.Field]++
	if r.Versions[c.Field] > maxVersion {
		r.Versions[c.Field] = 1
	}
	return nil
}

// Submit sends the form. It returns InvalidError with every item that has no
// answer, and, for a supervisor, every behaviour rated 1 or 5 that lacks a
// concrete situation in its comment.
func (r *Review) Submit(in Instrument, now time.Time) error {
	if r.State == ReviewSubmitted {
		return ErrAlreadySubmitted
	}
	if err := r.Missing(in); err != nil {
		return err
	}
	r.State, r.SubmittedAt = ReviewSubmitted, now
	return nil
}

// Missing returns an InvalidError with what keeps the form from being sent, or nil.
func (r Review) Missing(in Instrument) error {
	var e InvalidError
	for b := range in.Behaviours {
		from, to := in.Span(b)
		extreme := false
		for i := from; i < to; i++ {
			if !r.Answers[i].Given() {
				e.Add(FieldName(i), CodeAnswerMissing, i-from+1)
			}
			extreme = extreme || r.Answers[i] == ScaleMin || r.Answers[i] == ScaleMax
		}
		if extreme && r.Kind == KindSupervisor && strings.TrimSpace(r.Comments[b]) == "" {
			e.Add(FieldName(in.Len()+b), CodeCommentNeeded, 0)
		}
	}
	return e.Err()
}

// Reopen takes a sent form back into a draft, which is allowed until the forms close.
func (r *Review) Reopen() error {
	if r.State != ReviewSubmitted {
		return ErrConflict
	}
	r.State, r.SubmittedAt = ReviewDraft, time.Time{}
	return nil
}

// FieldName returns the name under which a page sends a field of a form.
func FieldName(field int) string { return "f" + strconv.Itoa(field) }
