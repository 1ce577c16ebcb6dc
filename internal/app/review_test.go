package app_test

import (
	"testing"

	"rancak/internal/app"
	"rancak/internal/appraisal"
)

func reviews(stage appraisal.Stage) (*app.Reviews, *fake) {
	f := newFake(stage)
	return &app.Reviews{Store: f, Now: clock}, f
}

func TestReviewsForm(t *testing.T) {
	r, _ := reviews(appraisal.StageFilling)
	form, err := r.Form(t.Context(), employee(ani), 5)
	check(t, err)
	equal(t, form.Review.ID, appraisal.ReviewID(5))
	for _, who := range []appraisal.EmployeeID{budi, boss} { // whom it is about, and their supervisor
		_, err := r.Form(t.Context(), employee(who), 5)
		wantErr(t, err, appraisal.ErrNotFound)
	}
}

func TestReviewsTasks(t *testing.T) {
	r, f := reviews(appraisal.StageFilling)
	tasks, err := r.Tasks(t.Context(), employee(ani), 1)
	check(t, err)
	equal(t, len(tasks), 1)
	f.calls = nil
	tasks, err = r.Tasks(t.Context(), official(appraisal.RoleAdmin), 1) // nobody's employee has none
	check(t, err)
	if len(tasks) != 0 || len(f.calls) != 0 {
		t.Errorf("tasks %v, calls %v", tasks, f.calls)
	}
}

// One bad field never loses the rest.
func TestReviewsSave(t *testing.T) {
	r, f := reviews(appraisal.StageFilling)
	f.forms[5].Review.Answers[2], f.forms[5].Review.Versions[2] = 3, 1
	o, err := r.Save(t.Context(), employee(ani), 5, []appraisal.Change{
		{Field: 0, Answer: 4}, {Field: 1, Answer: 9}, {Field: 2, Version: 0, Answer: 5}, {Field: 3, Answer: appraisal.CannotRate}, {Field: 7, Comment: "baik"},
	})
	check(t, err)
	equal(t, o.Faults, []appraisal.Fault{{Field: "f1", Code: appraisal.CodeAnswerRange}})
	equal(t, o.Conflicts, []appraisal.Change{{Field: 2, Version: 0, Answer: 5}})
	stored := f.forms[5].Review
	equal(t, stored.Answers, []appraisal.Answer{4, 0, 3, appraisal.CannotRate, 0, 0, 0})
	equal(t, stored.Comments[0], "baik")
	equal(t, o.Form.Review, stored)

	// Said twice, it is saved once; the same words are no conflict.
	o, err = r.Save(t.Context(), employee(ani), 5, []appraisal.Change{{Field: 0, Answer: 4}, {Field: 2, Answer: 3}})
	check(t, err)
	if len(o.Faults) != 0 || len(o.Conflicts) != 0 || o.Form.Review.Versions[0] != 1 {
		t.Errorf("outcome %+v", o)
	}

	_, err = r.Save(t.Context(), employee(ani), 5, []appraisal.Change{{Field: 99, Answer: 1}})
	wantErr(t, err, appraisal.ErrNotFound)
	_, err = r.Save(t.Context(), employee(budi), 5, []appraisal.Change{{Field: 0, Answer: 1}})
	wantErr(t, err, appraisal.ErrNotFound)
	f.forms[5].Review.State = appraisal.ReviewSubmitted
	_, err = r.Save(t.Context(), employee(ani), 5, []appraisal.Change{{Field: 0, Answer: 1}})
	wantErr(t, err, appraisal.ErrAlreadySubmitted)
	f.forms[5].Cycle.Stage = appraisal.StageEvaluation
	_, err = r.Save(t.Context(), employee(ani), 5, nil)
	wantErr(t, err, appraisal.ErrFormsClosed)
	equal(t, f.forms[5].Review.Answers[0], appraisal.Answer(4))
}

func TestReviewsSubmitAndReopen(t *testing.T) {
	r, f := reviews(appraisal.StageFilling)
	var invalid *appraisal.InvalidError
	err := r.Submit(t.Context(), employee(ani), 5)
	if !asInvalid(err, &invalid) || len(invalid.Faults) != 7 {
		t.Errorf("an empty form: %v", err)
	}
	form := &f.forms[5].Review
	for i := range form.Answers {
		form.Answers[i] = 3
	}
	check(t, r.Reopen(t.Context(), employee(ani), 5)) // a draft stays a draft
	equal(t, form.State, appraisal.ReviewDraft)
	for range 2 { // sending a sent form changes nothing
		check(t, r.Submit(t.Context(), employee(ani), 5))
		form = &f.forms[5].Review
		if form.State != appraisal.ReviewSubmitted || !form.SubmittedAt.Equal(now) {
			t.Errorf("sent: %+v", form)
		}
	}
	wantErr(t, r.Submit(t.Context(), employee(budi), 5), appraisal.ErrNotFound)
	wantErr(t, r.Reopen(t.Context(), employee(budi), 5), appraisal.ErrNotFound)

	f.forms[5].Cycle.Stage = appraisal.StageEvaluation
	check(t, r.Submit(t.Context(), employee(ani), 5)) // it is sent, whatever came after
	wantErr(t, r.Reopen(t.Context(), employee(ani), 5), appraisal.ErrFormsClosed)
	equal(t, f.forms[5].Review.State, appraisal.ReviewSubmitted)
	f.forms[5].Cycle.Stage = appraisal.StageFilling
	check(t, r.Reopen(t.Context(), employee(ani), 5))
	equal(t, f.forms[5].Review.State, appraisal.ReviewDraft)
	f.forms[5].Cycle.Stage = appraisal.StageEvaluation
	wantErr(t, r.Submit(t.Context(), employee(ani), 5), appraisal.ErrFormsClosed)
}
