package appraisal

import (
	"strings"
	"time"
	"unicode/utf8"
)

// EvaluationState is where an evaluation stands.
type EvaluationState string

// The states of an evaluation.
const (
	// EvaluationOpen: the supervisor has not entered anything.
	EvaluationOpen EvaluationState = "open"
	// EvaluationEntered: the own entry is made, so proposal and feedback are shown.
	EvaluationEntered EvaluationState = "entered"
	// EvaluationFinal: both ratings are set and the predikat follows.
	EvaluationFinal EvaluationState = "final"
)

// EvaluationStates lists the states.
var EvaluationStates = []EvaluationState{EvaluationOpen, EvaluationEntered, EvaluationFinal}

// Valid reports whether s is one of EvaluationStates.
func (s EvaluationState) Valid() bool { return indexOf(EvaluationStates, s) >= 0 }

// ReasonMax is the longest reason or note of an evaluation, in characters.
const ReasonMax = 2000

// Evaluation is the supervisor's official act: two ratings, from which the
// quadrant gives the predikat. No code sets a rating that no human set.
type Evaluation struct {
	CycleID    CycleID
	EmployeeID EmployeeID
	Evaluator  EmployeeID
	State      EvaluationState
	// OwnWork and OwnBehaviour are the supervisor's own entry, made before the
	// proposal was shown.
	OwnWork, OwnBehaviour Level
	EnteredAt             time.Time
	// Proposal is the level of behaviour proposed from the index of Run when
	// the evaluation was made final; zero where there was no index.
	Proposal Level
	Run      RunID
	// Work and Behaviour are the final ratings, Predikat what they give.
	Work, Behaviour Level
	Predikat        Predikat
	// WorkReason is needed where the work level of a head of a unit differs
	// from the unit's organisation predikat, BehaviourReason where the final
	// behaviour level differs from the proposal.
	WorkReason, BehaviourReason string
	// Recommendation is what the supervisor suggests for the next year.
	Recommendation string
	FinalAt        time.Time
	// Version counts the changes.
	Version int
}

// Enter records the supervisor's own entry. It can be changed until the
// proposal has been shown, which is the moment it is saved: a second entry is
// refused with ErrConflict.
func (e *Evaluation) Enter(work, behaviour Level, now time.Time) error {
	if e.State != EvaluationOpen {
		return ErrConflict
	}
	var bad InvalidError
	if !work.Valid() {
		bad.Add("hasil", CodeLevel, 0)
	}
	if !behaviour.Valid() {
		bad.Add("perilaku", CodeLevel, 0)
	}
	if err := bad.Err(); err != nil {
		return err
	}
	e.State, e.OwnWork, e.OwnBehaviour, e.EnteredAt = EvaluationEntered, work, behaviour, now
	e.Version++
	return nil
}

// Decision is what a supervisor decides after having seen proposal and feedback.
type Decision struct {
	Work, Behaviour             Level
	WorkReason, BehaviourReason string
	Recommendation              string
}

// Advice is what the page shows before the decision: the proposed levels and
// the run they come from. Zero levels propose nothing.
type Advice struct {
	Run             RunID
	Work, Behaviour Level
}

// Finalise sets both ratings and the predikat that the quadrant gives. A
// reason is required where a rating differs from what was proposed.
func (e *Evaluation) Finalise(d Decision, a Advice, now time.Time) error {
	switch {
	case e.State == EvaluationOpen:
		return ErrOwnEntryFirst
	case e.State == EvaluationFinal:
		return ErrEvaluationFinal
	case a.Run == 0:
		return ErrNoProposal
	}
	if err := d.validate(a); err != nil {
		return err
	}
	e.State, e.Work, e.Behaviour = EvaluationFinal, d.Work, d.Behaviour
	e.Predikat, _ = Quadrant(d.Work, d.Behaviour)
	e.Proposal, e.Run = a.Behaviour, a.Run
	e.WorkReason, e.BehaviourReason = strings.TrimSpace(d.WorkReason), strings.TrimSpace(d.BehaviourReason)
	e.Recommendation = strings.TrimSpace(d.Recommendation)
	e.FinalAt = now
	e.Version++
	return nil
}

func (d Decision) validate(a Advice) error {
	var bad InvalidError
	level := func(field string, got, proposed Level, reason string) {
		switch {
		case !got.Valid():
			bad.Add(field, CodeLevel, 0)
		case proposed != "" && got != proposed && strings.TrimSpace(reason) == "":
			bad.Add("alasan_"+field, CodeReasonNeeded, 0)
		case utf8.RuneCountInString(reason) > ReasonMax:
			bad.Add("alasan_"+field, CodeReasonLong, ReasonMax)
		}
	}
	level("hasil", d.Work, a.Work, d.WorkReason)
	level("perilaku", d.Behaviour, a.Behaviour, d.BehaviourReason)
	if utf8.RuneCountInString(d.Recommendation) > ReasonMax {
		bad.Add("rekomendasi", CodeReasonLong, ReasonMax)
	}
	return bad.Err()
}

// Revise opens a final evaluation again, which is allowed until publication.
func (e *Evaluation) Revise() error {
	if e.State != EvaluationFinal {
		return ErrConflict
	}
	e.State = EvaluationEntered
	e.Work, e.Behaviour, e.Predikat, e.FinalAt = "", "", "", time.Time{}
	e.Version++
	return nil
}
