package appraisal_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rancak/internal/appraisal"
)

var now = time.Date(2026, 12, 28, 3, 0, 0, 0, time.UTC)

// draft is a form of two behaviours with two items and one item.
func draft(k appraisal.ReviewKind) (*appraisal.Review, appraisal.Instrument) {
	in := instrument(2, 1)
	return &appraisal.Review{
		Kind: k, State: appraisal.ReviewDraft, Answers: make([]appraisal.Answer, in.Len()),
		Comments: make([]string, len(in.Behaviours)), Versions: make([]int, in.Fields()),
	}, in
}

func TestAnswers(t *testing.T) {
	for a, want := range map[appraisal.Answer][2]bool{
		-2: {false, false}, appraisal.CannotRate: {false, true}, appraisal.Unanswered: {false, false},
		1: {true, true}, 5: {true, true}, 6: {false, false},
	} {
		if a.OnScale() != want[0] || a.Given() != want[1] {
			t.Errorf("answer %d: on scale %v, given %v", a, a.OnScale(), a.Given())
		}
	}
}

func TestApply(t *testing.T) {
	r, _ := draft(appraisal.KindPeer)
	long := strings.Repeat("é", appraisal.CommentMax)
	for _, tt := range []struct {
		name  string
		c     appraisal.Change
		err   error
		fault string
	}{
		{"an answer", appraisal.Change{Field: 0, Answer: 4}, nil, ""},
		{"the same again, from an old page", appraisal.Change{Field: 0, Answer: 4}, nil, ""},
		{"another from an old page", appraisal.Change{Field: 0, Answer: 3}, appraisal.ErrConflict, ""},
		{"another", appraisal.Change{Field: 0, Version: 1, Answer: 3}, nil, ""},
		{"cannot rate", appraisal.Change{Field: 1, Answer: appraisal.CannotRate}, nil, ""},
		{"off the scale", appraisal.Change{Field: 2, Answer: 6}, nil, "f2:answer_range(0)"},
		{"taken back", appraisal.Change{Field: 1, Version: 1, Answer: appraisal.Unanswered}, nil, "f1:answer_range(0)"},
		{"a comment", appraisal.Change{Field: 3, Comment: long}, nil, ""},
		{"a long comment", appraisal.Change{Field: 4, Comment: long + "x"}, nil, "f4:comment_long(2000)"},
		{"a comment emptied", appraisal.Change{Field: 3, Version: 1}, nil, ""},
		{"past the end", appraisal.Change{Field: 5, Answer: 4}, appraisal.ErrNotFound, ""},
		{"before the beginning", appraisal.Change{Field: -1, Answer: 4}, appraisal.ErrNotFound, ""},
	} {
		err := r.Apply(tt.c)
		if tt.fault != "" {
			if got := faults(t, err); got != tt.fault {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.fault)
			}
		} else if !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
		}
	}
	if r.Answers[0] != 3 || r.Versions[0] != 2 || r.Versions[3] != 2 || r.Versions[2] != 0 || r.Answered() != 2 {
		t.Errorf("after all: %+v", r)
	}
	r.State = appraisal.ReviewSubmitted
	if err := r.Apply(appraisal.Change{Field: 2, Answer: 4}); !errors.Is(err, appraisal.ErrAlreadySubmitted) {
		t.Errorf("a sent form: %v", err)
	}
}

// A change that was refused leaves the form as it was.
func TestApplyChangesOneFieldOrNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, in := draft(appraisal.KindPeer)
		saves := 0
		for range rapid.IntRange(0, 20).Draw(t, "changes") {
			c := appraisal.Change{
				Field: rapid.IntRange(-1, in.Fields()).Draw(t, "field"), Version: rapid.IntRange(0, 2).Draw(t, "version"),
				Answer:  appraisal.Answer(rapid.IntRange(-2, 6).Draw(t, "answer")),
				Comment: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "comment"),
			}
			held := c.Field >= 0 && c.Field < in.Fields() && r.Same(c)
			if err := r.Apply(c); err == nil && !held {
				saves++
				if !r.Same(c) {
					t.Error("saved, but not held")
				}
			}
		}
		for _, v := range r.Versions {
			saves -= v
		}
		if saves != 0 {
			t.Errorf("versions %v are off by %d", r.Versions, saves)
		}
	})
}

func TestSubmit(t *testing.T) {
	for _, tt := range []struct {
		name     string
		kind     appraisal.ReviewKind
		answers  []appraisal.Answer
		comments []string
		fault    string
	}{
		{"empty", appraisal.KindPeer, []appraisal.Answer{0, 0, 0}, []string{"", ""},
			"f0:answer_missing(1) f1:answer_missing(2) f2:answer_missing(1)"},
		{"all answered", appraisal.KindPeer, []appraisal.Answer{1, 5, -1}, []string{"", ""}, ""},
		{"self needs no comment", appraisal.KindSelf, []appraisal.Answer{1, 5, 5}, []string{"", ""}, ""},
		{"supervisor rates 1", appraisal.KindSupervisor, []appraisal.Answer{1, 3, 3}, []string{" \n", ""}, "f3:comment_needed(0)"},
		{"supervisor rates 5", appraisal.KindSupervisor, []appraisal.Answer{2, 3, 5}, []string{"", ""}, "f4:comment_needed(0)"},
		{"supervisor says why", appraisal.KindSupervisor, []appraisal.Answer{5, 1, 3}, []string{"Saat rapat…", ""}, ""},
		{"supervisor in the middle", appraisal.KindSupervisor, []appraisal.Answer{2, 4, -1}, []string{"", ""}, ""},
		{"both at once", appraisal.KindSupervisor, []appraisal.Answer{5, 0, 3}, []string{"", ""},
			"f1:answer_missing(2) f3:comment_needed(0)"},
	} {
		r, in := draft(tt.kind)
		r.Answers, r.Comments = tt.answers, tt.comments
		if got := faults(t, r.Missing(in)); got != tt.fault {
			t.Errorf("%s: missing %q, want %q", tt.name, got, tt.fault)
		}
		err := r.Submit(in, now)
		if got := faults(t, err); got != tt.fault {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.fault)
		}
		if sent := r.State == appraisal.ReviewSubmitted; sent != (err == nil) || sent != r.SubmittedAt.Equal(now) {
			t.Errorf("%s: state %s at %v", tt.name, r.State, r.SubmittedAt)
		}
	}
}

func TestSubmitOnceAndReopen(t *testing.T) {
	r, in := draft(appraisal.KindPeer)
	r.Answers = []appraisal.Answer{3, 3, 3}
	if err := r.Reopen(); !errors.Is(err, appraisal.ErrConflict) {
		t.Errorf("reopening a draft: %v", err)
	}
	if err := r.Submit(in, now); err != nil {
		t.Fatal(err)
	}
	if err := r.Submit(in, now.Add(time.Hour)); !errors.Is(err, appraisal.ErrAlreadySubmitted) || !r.SubmittedAt.Equal(now) {
		t.Errorf("a second time: %v at %v", err, r.SubmittedAt)
	}
	if err := r.Reopen(); err != nil || r.State != appraisal.ReviewDraft || !r.SubmittedAt.IsZero() {
		t.Errorf("reopened: %v, %+v", err, r)
	}
}
