package appraisal_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rancak/internal/appraisal"
)

const (
	above = appraisal.LevelAbove
	meets = appraisal.LevelMeets
	below = appraisal.LevelBelow
)

// entered is an evaluation whose own entry is made.
func entered(t *testing.T) *appraisal.Evaluation {
	t.Helper()
	e := &appraisal.Evaluation{State: appraisal.EvaluationOpen}
	if err := e.Enter(meets, above, now); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEnter(t *testing.T) {
	e := &appraisal.Evaluation{State: appraisal.EvaluationOpen}
	if got := faults(t, e.Enter("", "good", now)); got != "hasil:level(0) perilaku:level(0)" {
		t.Errorf("no levels: %q", got)
	}
	if e.State != appraisal.EvaluationOpen || e.Version != 0 {
		t.Errorf("a refused entry changed %+v", e)
	}
	e = entered(t)
	want := appraisal.Evaluation{
		State: appraisal.EvaluationEntered, OwnWork: meets, OwnBehaviour: above, EnteredAt: now, Version: 1,
	}
	if diff := cmp.Diff(want, *e); diff != "" {
		t.Error(diff)
	}
	if err := e.Enter(below, below, now); !errors.Is(err, appraisal.ErrConflict) || e.OwnWork != meets {
		t.Errorf("after the proposal was shown: %v", err)
	}
}

func TestFinalise(t *testing.T) {
	advice := appraisal.Advice{Run: 7, Work: meets, Behaviour: above}
	long := strings.Repeat("é", appraisal.ReasonMax)
	for _, tt := range []struct {
		name   string
		d      appraisal.Decision
		advice appraisal.Advice
		fault  string
	}{
		{"as proposed", appraisal.Decision{Work: meets, Behaviour: above}, advice, ""},
		{"other behaviour", appraisal.Decision{Work: meets, Behaviour: meets}, advice, "alasan_perilaku:reason_needed(0)"},
		{"blank reason", appraisal.Decision{Work: meets, Behaviour: meets, BehaviourReason: " "}, advice, "alasan_perilaku:reason_needed(0)"},
		{"other behaviour with a reason", appraisal.Decision{Work: meets, Behaviour: meets, BehaviourReason: "a"}, advice, ""},
		{"other work", appraisal.Decision{Work: above, Behaviour: above}, advice, "alasan_hasil:reason_needed(0)"},
		{"longest reason", appraisal.Decision{Work: above, Behaviour: above, WorkReason: long}, advice, ""},
		{"too long", appraisal.Decision{Work: above, Behaviour: above, WorkReason: long + "x", Recommendation: long + "x"}, advice,
			"alasan_hasil:reason_long(2000) rekomendasi:reason_long(2000)"},
		{"no levels", appraisal.Decision{}, advice, "hasil:level(0) perilaku:level(0)"},
		{"nothing proposed", appraisal.Decision{Work: below, Behaviour: below}, appraisal.Advice{Run: 7}, ""},
	} {
		e := entered(t)
		err := e.Finalise(tt.d, tt.advice, now)
		if got := faults(t, err); got != tt.fault {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.fault)
			continue
		}
		if err != nil {
			if e.State != appraisal.EvaluationEntered || e.Predikat != "" || e.Version != 1 {
				t.Errorf("%s: refused, but %+v", tt.name, e)
			}
			continue
		}
		want, _ := appraisal.Quadrant(tt.d.Work, tt.d.Behaviour)
		if e.State != appraisal.EvaluationFinal || e.Predikat != want || e.Proposal != tt.advice.Behaviour ||
			e.Run != 7 || !e.FinalAt.Equal(now) || e.Version != 2 {
			t.Errorf("%s: %+v", tt.name, e)
		}
	}
}

func TestFinaliseComesAfterTheOwnEntryAndTheRun(t *testing.T) {
	d, a := appraisal.Decision{Work: meets, Behaviour: above}, appraisal.Advice{Run: 7}
	open := &appraisal.Evaluation{State: appraisal.EvaluationOpen}
	if err := open.Finalise(d, a, now); !errors.Is(err, appraisal.ErrOwnEntryFirst) {
		t.Errorf("without own entry: %v", err)
	}
	e := entered(t)
	if err := e.Finalise(d, appraisal.Advice{}, now); !errors.Is(err, appraisal.ErrNoProposal) {
		t.Errorf("without a run: %v", err)
	}
	if err := e.Finalise(d, a, now); err != nil {
		t.Fatal(err)
	}
	if err := e.Finalise(d, a, now); !errors.Is(err, appraisal.ErrEvaluationFinal) {
		t.Errorf("a second time: %v", err)
	}
}

func TestRevise(t *testing.T) {
	e := entered(t)
	if err := e.Revise(); !errors.Is(err, appraisal.ErrConflict) {
		t.Errorf("not final: %v", err)
	}
	if err := e.Finalise(appraisal.Decision{Work: meets, Behaviour: above}, appraisal.Advice{Run: 7}, now); err != nil {
		t.Fatal(err)
	}
	if err := e.Revise(); err != nil {
		t.Fatal(err)
	}
	if e.State != appraisal.EvaluationEntered || e.Work != "" || e.Behaviour != "" || e.Predikat != "" ||
		!e.FinalAt.IsZero() || e.OwnWork != meets || e.Version != 3 {
		t.Errorf("revised: %+v", e)
	}
	if err := e.Enter(below, below, now); !errors.Is(err, appraisal.ErrConflict) {
		t.Errorf("the own entry changes after it has seen the proposal: %v", err)
	}
}
