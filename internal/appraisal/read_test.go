package appraisal_test

import (
	"errors"
	"testing"

	"rancak/internal/appraisal"
)

func TestCompletion(t *testing.T) {
	c := appraisal.Completion{Invited: [4]int{1, 1, 5, 3}, Sent: [4]int{1, 0, 4, 2}}
	c.Add(appraisal.Completion{Invited: [4]int{1, 1, 4, 0}, Sent: [4]int{1, 1, 0, 0}})
	if invited, sent := c.Of(appraisal.KindPeer); invited != 9 || sent != 4 {
		t.Errorf("peers: %d of %d", sent, invited)
	}
	if invited, sent := c.Total(); invited != 16 || sent != 9 {
		t.Errorf("total: %d of %d", sent, invited)
	}
}

func TestFillable(t *testing.T) {
	for _, stage := range appraisal.Stages {
		for _, state := range appraisal.ReviewStates {
			f := appraisal.ReviewForm{Cycle: appraisal.Cycle{Stage: stage}, Review: appraisal.Review{State: state}}
			var want error
			switch {
			case stage != appraisal.StageFilling:
				want = appraisal.ErrFormsClosed
			case state == appraisal.ReviewSubmitted:
				want = appraisal.ErrAlreadySubmitted
			}
			if err := f.Fillable(); !errors.Is(err, want) {
				t.Errorf("%s form in %s: %v, want %v", state, stage, err, want)
			}
		}
	}
}
