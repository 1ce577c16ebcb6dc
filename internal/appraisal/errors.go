package appraisal

import (
	"errors"
	"strings"
)

// The whole vocabulary of what may go wrong for a person. Anything else is an
// internal error.
var (
	// ErrNotFound says that a thing does not exist, or is not the actor's to see.
	ErrNotFound = errors.New("not found")
	// ErrForbidden says that the actor's roles do not allow the act.
	ErrForbidden = errors.New("forbidden")
	// ErrConflict says that somebody saved first; nothing was changed.
	ErrConflict = errors.New("changed by somebody else meanwhile")
	// ErrCredentials says that login and password do not belong together.
	ErrCredentials = errors.New("wrong login or password")
	// ErrBusy says that the service cannot take the work now and may later.
	ErrBusy = errors.New("busy, try again later")

	// ErrFormsClosed says that forms of the cycle are not open for filling.
	ErrFormsClosed = errors.New("forms are closed")
	// ErrAlreadySubmitted says that the form has been sent and must be reopened first.
	ErrAlreadySubmitted = errors.New("form already submitted")
	// ErrNotEvaluating says that the cycle is not in the evaluation stage.
	ErrNotEvaluating = errors.New("cycle is not in evaluation")
	// ErrOwnEntryFirst says that the evaluator's own entry has to be made before
	// the proposal is shown and the ratings are final.
	ErrOwnEntryFirst = errors.New("own entry comes first")
	// ErrEvaluationFinal says that the evaluation is final and cannot be changed.
	ErrEvaluationFinal = errors.New("evaluation is final")
	// ErrNoProposal says that there is no complete scoring run to propose from.
	ErrNoProposal = errors.New("no complete scoring run")
	// ErrStageMove says that the cycle cannot move from its stage to the wanted one.
	ErrStageMove = errors.New("stage cannot be moved there")
	// ErrRunActive says that a scoring run of the cycle is under way.
	ErrRunActive = errors.New("a scoring run is under way")
	// ErrRunState says that the run is not in a state that allows the act.
	ErrRunState = errors.New("scoring run is not in that state")
	// ErrRunStale says that forms changed after the run, so it may not be published.
	ErrRunStale = errors.New("forms changed after the run")
	// ErrNotDemonstration says that the database holds more than a demonstration.
	ErrNotDemonstration = errors.New("database holds other data than a demonstration")
)

// ThrottledError says that too many tries failed; the next is allowed after Wait.
type ThrottledError struct {
	// Seconds until the next try is taken.
	Seconds int
}

func (e *ThrottledError) Error() string { return "too many failed tries" }

// Code names a fault of a field. Sentences for it are in web/text.
type Code string

// The codes of InvalidError.
const (
	CodeRequired       Code = "required"
	CodeNIPLength      Code = "nip_length"
	CodeNIPBirthDate   Code = "nip_birth_date"
	CodeNIPAppointment Code = "nip_appointment"
	CodeNIPSex         Code = "nip_sex"
	CodeAnswerMissing  Code = "answer_missing"
	CodeAnswerRange    Code = "answer_range"
	CodeCommentNeeded  Code = "comment_needed"
	CodeCommentLong    Code = "comment_long"
	CodeReasonNeeded   Code = "reason_needed"
	CodeReasonLong     Code = "reason_long"
	CodeLevel          Code = "level"
	CodeWeights        Code = "weights"
	CodePasswordShort  Code = "password_short"
	CodePasswordLong   Code = "password_long"
)

// Codes lists every code.
var Codes = []Code{
	CodeRequired, CodeNIPLength, CodeNIPBirthDate, CodeNIPAppointment, CodeNIPSex,
	CodeAnswerMissing, CodeAnswerRange, CodeCommentNeeded, CodeCommentLong,
	CodeReasonNeeded, CodeReasonLong, CodeLevel, CodeWeights,
	CodePasswordShort, CodePasswordLong,
}

// Fault is one thing wrong with one field of what a person entered.
type Fault struct {
	// Field is the name of the field as the form sends it.
	Field string
	Code  Code
	// Number is the limit or position the code speaks of, where it does.
	Number int
}

// InvalidError collects everything wrong with an input, in the order of its fields.
type InvalidError struct{ Faults []Fault }

func (e *InvalidError) Error() string {
	parts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		parts[i] = f.Field + ": " + string(f.Code)
	}
	return "invalid input: " + strings.Join(parts, ", ")
}

// Add appends a fault.
func (e *InvalidError) Add(field string, code Code, number int) {
	e.Faults = append(e.Faults, Fault{Field: field, Code: code, Number: number})
}

// Err returns e as an error, or nil where nothing is wrong.
func (e *InvalidError) Err() error {
	if e == nil || len(e.Faults) == 0 {
		return nil
	}
	return e
}
