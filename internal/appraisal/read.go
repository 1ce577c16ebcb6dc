package appraisal

import "time"

// Completion counts the forms of one or more employees by kind, in the order
// of ReviewKinds.
type Completion struct {
	Invited, Sent [4]int
}

// Of returns the forms asked for and sent of one kind.
func (c Completion) Of(k ReviewKind) (invited, sent int) {
	i := indexOf(ReviewKinds, k)
	return c.Invited[i], c.Sent[i]
}

// Total returns the forms of all kinds.
func (c Completion) Total() (invited, sent int) {
	for i := range ReviewKinds {
		invited += c.Invited[i]
		sent += c.Sent[i]
	}
	return invited, sent
}

// Add adds the counts of d.
func (c *Completion) Add(d Completion) {
	for i := range ReviewKinds {
		c.Invited[i] += d.Invited[i]
		c.Sent[i] += d.Sent[i]
	}
}

// Task is one form that somebody is asked to fill.
type Task struct {
	Review          ReviewID
	Kind            ReviewKind
	Ratee           EmployeeID
	RateeName       string
	RateePosition   string
	RateeUnit       string
	State           ReviewState
	Answered, Items int
	SubmittedAt     time.Time
}

// ReviewForm is a form with everything a page needs to show it.
type ReviewForm struct {
	Review     Review
	Instrument Instrument
	Cycle      Cycle
	// Ratee is whom the form is about. Name and position only are for raters.
	Ratee Participant
}

// Member is one of a supervisor's people in a cycle.
type Member struct {
	Participant Participant
	// Own is the supervisor's form about the member.
	Own Task
	// Completion counts all forms about the member.
	Completion Completion
	Evaluation EvaluationState
	Predikat   Predikat
}

// Comment is one comment about an employee. Comments of peers and
// subordinates carry no hint of who wrote them, in content or order.
type Comment struct {
	Kind      ReviewKind
	Behaviour int // index in the instrument
	Text      string
}

// DinasProgress is how far a dinas is in a cycle.
type DinasProgress struct {
	Dinas      Unit
	People     int
	Completion Completion
	// Evaluated of People have a final evaluation.
	Evaluated int
}

// Instance says what this installation is.
type Instance struct {
	City          string
	Demonstration bool
}

// YearResult is one published year in the list of an employee's results.
type YearResult struct {
	Year        int
	PublishedAt time.Time
	// Predikat is "" where no evaluation was made final.
	Predikat Predikat
}

// Fillable returns ErrFormsClosed or ErrAlreadySubmitted where the form cannot
// be filled now.
func (f ReviewForm) Fillable() error {
	switch {
	case f.Cycle.Stage != StageFilling:
		return ErrFormsClosed
	case f.Review.State != ReviewDraft:
		return ErrAlreadySubmitted
	}
	return nil
}
