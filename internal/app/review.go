package app

import (
	"context"
	"errors"
	"time"

	"rancak/internal/appraisal"
)

// ReviewStore keeps forms.
type ReviewStore interface {
	ReviewForm(ctx context.Context, rater appraisal.EmployeeID, id appraisal.ReviewID) (appraisal.ReviewForm, error)
	SaveReview(ctx context.Context, rater appraisal.EmployeeID, id appraisal.ReviewID,
		change func(*appraisal.ReviewForm) error) (appraisal.ReviewForm, error)
	TurnReview(ctx context.Context, actor appraisal.Actor, id appraisal.ReviewID, act string,
		turn func(*appraisal.ReviewForm) error) error
	Tasks(ctx context.Context, rater appraisal.EmployeeID, cycle appraisal.CycleID) ([]appraisal.Task, error)
}

// Reviews is what raters do with their forms.
type Reviews struct {
	Store ReviewStore
	Now   func() time.Time
}

// Form returns a form of the actor. Somebody else's is ErrNotFound.
func (r *Reviews) Form(ctx context.Context, actor appraisal.Actor, id appraisal.ReviewID) (appraisal.ReviewForm, error) {
	if !actor.Can(appraisal.PermForms) {
		return appraisal.ReviewForm{}, appraisal.ErrForbidden
	}
	return r.Store.ReviewForm(ctx, actor.Employee, id)
}

// Tasks returns the forms the actor is asked to fill in a cycle.
func (r *Reviews) Tasks(ctx context.Context, actor appraisal.Actor, cycle appraisal.CycleID) ([]appraisal.Task, error) {
	if actor.Employee == 0 {
		return nil, nil
	}
	return r.Store.Tasks(ctx, actor.Employee, cycle)
}

// Outcome is what became of a save.
type Outcome struct {
	Form appraisal.ReviewForm
	// Faults are the changes that are not an answer, Conflicts the fields that
	// somebody saved otherwise since they were read. Everything else is saved.
	Faults    []appraisal.Fault
	Conflicts []appraisal.Change
}

// Save writes changes into a draft: all that fit are saved, the others are
// returned, so that one bad field never loses the rest. It returns
// ErrFormsClosed once the forms are closed and ErrAlreadySubmitted for a form
// that was sent, unless it already says the same.
func (r *Reviews) Save(ctx context.Context, actor appraisal.Actor, id appraisal.ReviewID, changes []appraisal.Change) (Outcome, error) {
	if !actor.Can(appraisal.PermForms) {
		return Outcome{}, appraisal.ErrForbidden
	}
	var o Outcome
	var err error
	o.Form, err = r.Store.SaveReview(ctx, actor.Employee, id, func(f *appraisal.ReviewForm) error {
		o.Faults, o.Conflicts = nil, nil
		if err := f.Fillable(); err != nil {
			return err
		}
		for _, c := range changes {
			fault, conflict, err := apply(&f.Review, c)
			if err != nil {
				return err
			}
			o.Faults = append(o.Faults, fault...)
			if conflict {
				o.Conflicts = append(o.Conflicts, c)
			}
		}
		return nil
	})
	return o, err
}

// apply sorts the errors of one change into what the rater settles and what
// ends the save.
func apply(r *appraisal.Review, c appraisal.Change) (faults []appraisal.Fault, conflict bool, err error) {
	err = r.Apply(c)
	if invalid := new(appraisal.InvalidError); errors.As(err, &invalid) {
		return invalid.Faults, false, nil
	}
	if errors.Is(err, appraisal.ErrConflict) {
		return nil, true, nil
	}
	return nil, false, err
}

// Submit sends a form. It returns InvalidError with what is missing. Sending a
// sent form again changes nothing.
func (r *Reviews) Submit(ctx context.Context, actor appraisal.Actor, id appraisal.ReviewID) error {
	if !actor.Can(appraisal.PermForms) {
		return appraisal.ErrForbidden
	}
	return ignore(appraisal.ErrAlreadySubmitted, r.Store.TurnReview(ctx, actor, id, "submit_review",
		func(f *appraisal.ReviewForm) error {
			if f.Review.State == appraisal.ReviewSubmitted {
				return appraisal.ErrAlreadySubmitted
			}
			if err := f.Fillable(); err != nil {
				return err
			}
			return f.Review.Submit(f.Instrument, r.Now())
		}))
}

// Reopen takes a sent form back, which is possible until the forms close.
// Reopening a draft changes nothing.
func (r *Reviews) Reopen(ctx context.Context, actor appraisal.Actor, id appraisal.ReviewID) error {
	if !actor.Can(appraisal.PermForms) {
		return appraisal.ErrForbidden
	}
	return ignore(appraisal.ErrConflict, r.Store.TurnReview(ctx, actor, id, "reopen_review",
		func(f *appraisal.ReviewForm) error {
			if f.Cycle.Stage != appraisal.StageFilling {
				return appraisal.ErrFormsClosed
			}
			return f.Review.Reopen()
		}))
}

func ignore(known, err error) error {
	if errors.Is(err, known) {
		return nil
	}
	return err
}
