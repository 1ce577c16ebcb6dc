package postgres_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
	"rancak/internal/postgres"
	"rancak/internal/testdb"
)

// selfForm and peerForm are Ani's.
var (
	selfForm = fixture.Review(appraisal.KindSelf, fixture.Ani, fixture.Ani)
	peerForm = fixture.Review(appraisal.KindPeer, fixture.Budi, fixture.Ani)
)

// apply changes fields of a form as they were seen.
func apply(changes ...appraisal.Change) func(*appraisal.ReviewForm) error {
	return func(f *appraisal.ReviewForm) error {
		if err := f.Fillable(); err != nil {
			return err
		}
		for _, c := range changes {
			if err := f.Review.Apply(c); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestStore_ReviewForm(t *testing.T) {
	s, tx := office(t)
	f, err := s.ReviewForm(t.Context(), fixture.Ani, peerForm)
	check(t, err)
	equal(t, f.Review, appraisal.Review{
		ID: peerForm, CycleID: fixture.Cycle, Kind: appraisal.KindPeer, Ratee: fixture.Budi, Rater: fixture.Ani,
		Instrument: 2, State: appraisal.ReviewDraft, Answers: make([]appraisal.Answer, 7), Comments: make([]string, 7), Versions: make([]int, 14),
	})
	if f.Ratee.Name != "Budi" || f.Ratee.UnitName != "Bidang Kurikulum" || f.Ratee.Position != "Pengelola Data" {
		t.Errorf("ratee %+v", f.Ratee)
	}
	if f.Ratee.NIP != "" || f.Ratee.Grade != "" {
		t.Errorf("a rater is told more than name, position and unit: %+v", f.Ratee)
	}
	if f.Cycle.Year != fixture.Year || f.Cycle.Stage != appraisal.StageFilling || f.Instrument.Len() != 7 {
		t.Errorf("cycle %+v, %d items", f.Cycle, f.Instrument.Len())
	}

	for name, rater := range map[string]appraisal.EmployeeID{
		"whom it is about": fixture.Budi, "a colleague": fixture.Citra, "the supervisor": fixture.Chief, "nobody": 0,
	} {
		_, err := s.ReviewForm(t.Context(), rater, peerForm)
		if !errors.Is(err, appraisal.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = s.ReviewForm(t.Context(), fixture.Ani, 999999)
	wantErr(t, err, appraisal.ErrNotFound)

	fixture.Send(t, tx)
	f, err = s.ReviewForm(t.Context(), fixture.Ani, peerForm)
	check(t, err)
	if f.Review.State != appraisal.ReviewSubmitted || !f.Review.SubmittedAt.Equal(fixture.Now) {
		t.Errorf("sent form: %s at %v", f.Review.State, f.Review.SubmittedAt)
	}
}

func TestStore_SaveReview(t *testing.T) {
	s, tx := office(t)
	saved, err := s.SaveReview(t.Context(), fixture.Ani, selfForm, apply(
		appraisal.Change{Field: 0, Answer: 4},
		appraisal.Change{Field: 20, Answer: appraisal.CannotRate},
		appraisal.Change{Field: 21 + 6, Comment: "Contoh: 'kutip' \\ {koma, \"ganda\"}\nbaris kedua 🙂"}))
	check(t, err)
	f, err := s.ReviewForm(t.Context(), fixture.Ani, selfForm)
	check(t, err)
	equal(t, f, saved)
	if f.Review.Answers[0] != 4 || f.Review.Answers[20] != appraisal.CannotRate || f.Review.Answers[1] != appraisal.Unanswered {
		t.Errorf("answers %v", f.Review.Answers)
	}
	if f.Review.Comments[6] != "Contoh: 'kutip' \\ {koma, \"ganda\"}\nbaris kedua 🙂" {
		t.Errorf("comment %q", f.Review.Comments[6])
	}
	for i, v := range f.Review.Versions {
		if want := slices.Contains([]int{0, 20, 27}, i); (v == 1) != want || v > 1 {
			t.Errorf("field %d has version %d", i, v)
		}
	}

	// "Cannot rate" is taken back, and said again.
	for _, a := range []appraisal.Answer{5, appraisal.CannotRate} {
		f, err = s.SaveReview(t.Context(), fixture.Ani, selfForm, apply(appraisal.Change{Field: 20, Version: f.Review.Versions[20], Answer: a}))
		check(t, err)
		again, err := s.ReviewForm(t.Context(), fixture.Ani, selfForm)
		check(t, err)
		if again.Review.Answers[20] != a {
			t.Errorf("answer %d, want %d", again.Review.Answers[20], a)
		}
	}

	before := audits(t, tx)
	_, err = s.SaveReview(t.Context(), fixture.Budi, selfForm, apply(appraisal.Change{Field: 0, Version: 1, Answer: 1}))
	wantErr(t, err, appraisal.ErrNotFound)
	_, err = s.SaveReview(t.Context(), fixture.Ani, selfForm, apply(appraisal.Change{Field: 0, Version: 0, Answer: 1}))
	wantErr(t, err, appraisal.ErrConflict)
	_, err = s.SaveReview(t.Context(), fixture.Ani, selfForm, func(f *appraisal.ReviewForm) error {
		f.Review.Answers[0] = 1
		return errRefuse
	})
	wantErr(t, err, errRefuse)
	after, err := s.ReviewForm(t.Context(), fixture.Ani, selfForm)
	check(t, err)
	equal(t, after, f)
	equal(t, audits(t, tx), before) // drafts are not audited: their versions are their record
}

func TestStore_SaveReview_closed(t *testing.T) {
	s, tx := office(t)
	_, err := s.SaveReview(t.Context(), fixture.Ani, peerForm, apply(appraisal.Change{Field: 0, Answer: 3}))
	check(t, err)
	fixture.Move(t, tx, appraisal.StageEvaluation)
	_, err = s.SaveReview(t.Context(), fixture.Ani, peerForm, apply(appraisal.Change{Field: 1, Answer: 3}))
	wantErr(t, err, appraisal.ErrFormsClosed)

	fixture.Move(t, tx, appraisal.StageFilling)
	fixture.Send(t, tx)
	_, err = s.SaveReview(t.Context(), fixture.Ani, peerForm, apply(appraisal.Change{Field: 1, Version: 1, Answer: 1}))
	wantErr(t, err, appraisal.ErrAlreadySubmitted)
	f, err := s.ReviewForm(t.Context(), fixture.Ani, peerForm)
	check(t, err)
	if f.Review.Answers[1] == 1 {
		t.Error("a sent form was changed")
	}
}

// What closes or sends the form between the decision and the write wins: the
// decision is made anew.
func TestStore_SaveReview_closedMeanwhile(t *testing.T) {
	for name, between := range map[string]string{
		"closed": "UPDATE cycles SET stage = 'evaluation', version = version + 1",
		"sent": `UPDATE reviews SET state = 'submitted', submitted_at = now(), versions = array_fill(1::smallint, ARRAY[items + behaviours])
			WHERE kind = 'peer'`,
		"saved elsewhere": "UPDATE reviews SET answers[1] = 2, versions[1] = 1",
	} {
		t.Run(name, func(t *testing.T) {
			s, pool := committed(t)
			calls := 0
			_, err := s.SaveReview(t.Context(), fixture.Ani, peerForm, func(f *appraisal.ReviewForm) error {
				if calls++; calls == 1 {
					fixture.Exec(t, pool, between)
				}
				return apply(appraisal.Change{Field: 0, Answer: 5})(f)
			})
			want := map[string]error{"closed": appraisal.ErrFormsClosed, "sent": appraisal.ErrAlreadySubmitted, "saved elsewhere": appraisal.ErrConflict}[name]
			wantErr(t, err, want)
			if calls != 2 {
				t.Errorf("decided %d times, want 2", calls)
			}
			if fixture.Value[bool](t, pool, "SELECT coalesce(answers[1] = 5, false) FROM reviews WHERE id = $1", peerForm) {
				t.Error("the late save was written")
			}
		})
	}
}

func TestStore_SaveReview_concurrent(t *testing.T) {
	s, _ := committed(t)
	const writers = 4 // each saves fields of its own, one after the other
	var group sync.WaitGroup
	errs := make([]error, writers)
	for w := range writers {
		group.Go(func() {
			for field := w; field < 21; field += writers {
				_, err := s.SaveReview(context.Background(), fixture.Ani, selfForm,
					apply(appraisal.Change{Field: field, Answer: appraisal.Answer(1 + field%5)}))
				errs[w] = errors.Join(errs[w], err)
			}
		})
	}
	group.Wait()
	check(t, errors.Join(errs...))
	f, err := s.ReviewForm(t.Context(), fixture.Ani, selfForm)
	check(t, err)
	for i, a := range f.Review.Answers {
		if a != appraisal.Answer(1+i%5) || f.Review.Versions[i] != 1 {
			t.Errorf("item %d holds %d in version %d: a save was lost", i, a, f.Review.Versions[i])
		}
	}

	// Of several who change the same field from the same version, one wins.
	won := make([]bool, writers)
	for w := range writers {
		group.Go(func() {
			_, err := s.SaveReview(context.Background(), fixture.Ani, selfForm,
				apply(appraisal.Change{Field: 21, Comment: string(rune('a' + w))}))
			won[w] = err == nil
			if err != nil && !errors.Is(err, appraisal.ErrConflict) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	f, err = s.ReviewForm(t.Context(), fixture.Ani, selfForm)
	check(t, err)
	winner := slices.Index(won, true)
	if winner < 0 || slices.Contains(won[winner+1:], true) || f.Review.Comments[0] != string(rune('a'+winner)) || f.Review.Versions[21] != 1 {
		t.Errorf("winners %v, stored %q in version %d", won, f.Review.Comments[0], f.Review.Versions[21])
	}
}

// Somebody who always comes between makes a save give up, not run for ever.
func TestStore_SaveReview_busy(t *testing.T) {
	s, pool := committed(t)
	_, err := s.SaveReview(t.Context(), fixture.Ani, peerForm, func(f *appraisal.ReviewForm) error {
		fixture.Exec(t, pool, "UPDATE reviews SET versions[7] = versions[7] + 1 WHERE id = $1", peerForm)
		return apply(appraisal.Change{Field: 0, Answer: 5})(f)
	})
	wantErr(t, err, appraisal.ErrBusy)
}

func submit(f *appraisal.ReviewForm) error { return f.Review.Submit(f.Instrument, fixture.Now) }

func fill(f *appraisal.ReviewForm) error {
	for i := range f.Review.Answers {
		if err := f.Review.Apply(appraisal.Change{Field: i, Answer: 3}); err != nil {
			return err
		}
	}
	return nil
}

func TestStore_TurnReview(t *testing.T) {
	s, tx := office(t)
	_, err := s.SaveReview(t.Context(), fixture.Ani, peerForm, fill)
	check(t, err)
	check(t, s.TurnReview(t.Context(), actor(fixture.Ani), peerForm, "submit_review", submit))
	f, err := s.ReviewForm(t.Context(), fixture.Ani, peerForm)
	check(t, err)
	if f.Review.State != appraisal.ReviewSubmitted || !f.Review.SubmittedAt.Equal(fixture.Now) || f.Review.Answers[6] != 3 {
		t.Errorf("sent: %+v", f.Review)
	}
	check(t, s.TurnReview(t.Context(), actor(fixture.Ani), peerForm, "reopen_review", func(f *appraisal.ReviewForm) error { return f.Review.Reopen() }))
	f, err = s.ReviewForm(t.Context(), fixture.Ani, peerForm)
	check(t, err)
	if f.Review.State != appraisal.ReviewDraft || !f.Review.SubmittedAt.IsZero() || f.Review.Answers[6] != 3 {
		t.Errorf("reopened: %+v", f.Review)
	}
	want := []string{
		auditOf("submit_review", "review", peerForm, fixture.Account(fixture.Ani)),
		auditOf("reopen_review", "review", peerForm, fixture.Account(fixture.Ani)),
	}
	equal(t, audits(t, tx), want)

	wantErr(t, s.TurnReview(t.Context(), actor(fixture.Budi), peerForm, "submit_review", submit), appraisal.ErrNotFound)
	wantErr(t, s.TurnReview(t.Context(), actor(fixture.Ani), peerForm, "submit_review", func(*appraisal.ReviewForm) error { return errRefuse }), errRefuse)
	equal(t, audits(t, tx), want)
}

// Change and audit entry are one transaction: where the entry cannot be
// written, the form stays a draft.
func TestStore_TurnReview_auditTogether(t *testing.T) {
	s, pool := committed(t)
	_, err := s.SaveReview(t.Context(), fixture.Ani, peerForm, fill)
	check(t, err)
	stranger := actor(fixture.Ani)
	stranger.User = 424242 // no such account: the entry violates its foreign key
	if err := s.TurnReview(t.Context(), stranger, peerForm, "submit_review", submit); err == nil {
		t.Fatal("an act without an actor was stored")
	}
	f, err := s.ReviewForm(t.Context(), fixture.Ani, peerForm)
	check(t, err)
	if f.Review.State != appraisal.ReviewDraft {
		t.Error("the form was sent without its audit entry")
	}
	if list := audits(t, pool); len(list) != 0 {
		t.Errorf("entries %v", list)
	}
}

// Sending keeps the cycle from closing the forms meanwhile, and needs no
// second connection: as many at once as there are connections never block.
func TestStore_TurnReview_locks(t *testing.T) {
	url := testdb.URL(t)
	config, err := pgxpool.ParseConfig(url)
	check(t, err)
	config.MaxConns = 1
	one, err := pgxpool.NewWithConfig(t.Context(), config)
	check(t, err)
	defer one.Close()
	fixture.Office(t, one)
	fixture.Send(t, one)
	other, err := pgxpool.New(t.Context(), url)
	check(t, err)
	defer other.Close()

	err = postgres.New(one, nil).TurnReview(t.Context(), actor(fixture.Ani), peerForm, "reopen_review", func(f *appraisal.ReviewForm) error {
		for _, sql := range []string{
			"SELECT FROM cycles FOR NO KEY UPDATE NOWAIT", "SELECT FROM reviews WHERE kind = 'peer' FOR NO KEY UPDATE NOWAIT",
		} {
			if _, err := other.Exec(context.Background(), sql); err == nil {
				t.Errorf("not locked against %s", sql)
			}
		}
		return f.Review.Reopen()
	})
	check(t, err)
}

func TestStore_Tasks(t *testing.T) {
	s, _ := office(t)
	_, err := s.SaveReview(t.Context(), fixture.Ani, peerForm, apply(
		appraisal.Change{Field: 0, Answer: 4}, appraisal.Change{Field: 1, Answer: appraisal.CannotRate}, appraisal.Change{Field: 7, Comment: "x"}))
	check(t, err)
	other := fixture.Review(appraisal.KindPeer, fixture.Citra, fixture.Ani)
	_, err = s.SaveReview(t.Context(), fixture.Ani, other, fill)
	check(t, err)
	check(t, s.TurnReview(t.Context(), actor(fixture.Ani), other, "submit_review", submit))

	tasks, err := s.Tasks(t.Context(), fixture.Ani, fixture.Cycle)
	check(t, err)
	type brief struct {
		kind            appraisal.ReviewKind
		name            string
		state           appraisal.ReviewState
		answered, items int
	}
	var got []brief
	for _, task := range tasks {
		got = append(got, brief{task.Kind, task.RateeName, task.State, task.Answered, task.Items})
	}
	want := []brief{
		{appraisal.KindSelf, "Ani, S.E.", appraisal.ReviewDraft, 0, 21},
		{appraisal.KindPeer, "Budi", appraisal.ReviewDraft, 2, 7},
		{appraisal.KindPeer, "Citra", appraisal.ReviewSubmitted, 7, 7},
		{appraisal.KindPeer, "Dewi", appraisal.ReviewDraft, 0, 7},
		{appraisal.KindSubordinate, "Cahyo", appraisal.ReviewDraft, 0, 7},
	}
	if !slices.Equal(got, want) {
		t.Errorf("tasks %v, want %v", got, want)
	}
	if task := tasks[2]; task.Review != other || task.Ratee != fixture.Citra || task.RateeUnit != "Bidang Kurikulum" ||
		task.RateePosition != "Pengelola Data" || !task.SubmittedAt.Equal(fixture.Now) || !tasks[0].SubmittedAt.IsZero() {
		t.Errorf("task %+v", task)
	}
	none, err := s.Tasks(t.Context(), fixture.Ani, fixture.Cycle+1)
	check(t, err)
	if len(none) != 0 {
		t.Errorf("tasks of another cycle: %v", none)
	}
}

func TestStore_Comments(t *testing.T) {
	s, tx := office(t)
	fixture.Send(t, tx)
	fixture.Exec(t, tx, `UPDATE reviews SET comments[3] = 'belum dikirim', state = 'draft', submitted_at = NULL WHERE ratee_id = $1 AND rater_id = $2`,
		fixture.Budi, fixture.Dewi)
	fixture.Exec(t, tx, `UPDATE reviews SET comments[2] = 'aspek kedua' WHERE ratee_id = $1 AND kind = 'peer' AND state = 'submitted'`, fixture.Budi)
	read := func(kinds ...appraisal.ReviewKind) []appraisal.Comment {
		list, err := s.Comments(t.Context(), fixture.Cycle, fixture.Budi, kinds)
		check(t, err)
		return list
	}
	if list := read(); len(list) != 0 {
		t.Errorf("comments of no kind: %v", list)
	}
	if list := read(appraisal.KindSubordinate); len(list) != 0 {
		t.Errorf("comments of subordinates: %v", list)
	}
	list := read(appraisal.KindPeer)
	if len(list) != 4 || list[0].Behaviour != 0 || list[1].Behaviour != 0 || list[2].Behaviour != 1 || list[2].Text != "aspek kedua" {
		t.Errorf("comments of peers: %+v", list)
	}
	for _, c := range list {
		if c.Kind != appraisal.KindPeer || c.Text == "belum dikirim" {
			t.Errorf("comment %+v", c)
		}
	}
	all := read(appraisal.KindSelf, appraisal.KindSupervisor, appraisal.KindPeer)
	if len(all) != 6 {
		t.Errorf("%d comments, want 6", len(all))
	}

	// The order follows the words alone: the same comments by other people, in
	// another order of sending, come out alike.
	texts := func() (list []string) {
		for _, c := range read(appraisal.KindPeer) {
			list = append(list, c.Text)
		}
		return list
	}
	before := texts()
	fixture.Exec(t, tx, `UPDATE reviews r SET comments = o.comments FROM reviews o
		WHERE r.kind = 'peer' AND o.kind = 'peer' AND r.ratee_id = $1 AND o.ratee_id = $1 AND r.state = 'submitted' AND o.state = 'submitted' AND r.id <> o.id`, fixture.Budi)
	equal(t, texts(), before)
}

func TestReviewConstraints(t *testing.T) {
	_, tx := office(t)
	set := func(what string) string { return "UPDATE reviews SET " + what + " WHERE id = $1" }
	for what, want := range map[string]string{
		"answers[1] = 0": "reviews_answers_range", "answers[1] = 6": "reviews_answers_range", "answers[7] = -1": "reviews_answers_range",
		"answers = answers[1:6]":           "reviews_answers_length",
		"answers = answers || 3::smallint": "reviews_answers_length",
		"answers = '{}'":                   "reviews_answers_length",
		"versions = versions[1:7]":         "reviews_versions_length",
		"comments = comments[1:6]":         "reviews_comments_length",
		"comments[2] = NULL":               "reviews_comments_length",
		"state = 'submitted', versions = array_fill(1::smallint, ARRAY[14])": "reviews_submitted_has_time",
		"submitted_at = now()":                      "reviews_submitted_has_time",
		"state = 'submitted', submitted_at = now()": "reviews_submitted_complete",
		"state = 'sent'":                            "reviews_state_known",
		"kind = 'self'":                             "reviews_self_is_self",
		"kind = 'friend'":                           "reviews_kind_known",
		"items = 21":                                "reviews_answers_length",
		"instrument_id = 1":                         "reviews_instrument_fk",
		"rater_id = 424242":                         "reviews_rater_fk",
		"ratee_id = (SELECT max(id) + 1 FROM employees)": "reviews_participant_fk",
		"rater_id = 1005": "reviews_once",
	} {
		if got := refused(t, tx, set(what), peerForm); got != want {
			t.Errorf("%s was refused by %q, want %s", what, got, want)
		}
	}
	// A NULL is "cannot rate" and fits, at any place.
	fixture.Exec(t, tx, set("answers[1] = NULL, answers[7] = 5"), peerForm)
}
