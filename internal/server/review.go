package server

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/path"
	"rancak/web/text"
)

// form returns the form of the address, if it is the actor's.
func (s *Server) form(r *http.Request) (appraisal.ReviewForm, error) {
	id, err := idOf[appraisal.ReviewID](r, "id")
	if err != nil {
		return appraisal.ReviewForm{}, err
	}
	return s.Reviews.Form(r.Context(), actorOf(r), id)
}

func (s *Server) showReview(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	if f.Fillable() != nil {
		return redirect(w, r, path.ReviewCheck(f.Review.ID))
	}
	section, err := sectionOf(r.URL.Query().Get(page.FieldSection), f)
	if err != nil {
		return err
	}
	return s.renderReview(w, r, http.StatusOK, page.ReviewView{Form: f, Section: section})
}

// sectionOf reads a section, counted from 1: 0 is all, "" the first that lacks
// an answer, or the last.
func sectionOf(value string, f appraisal.ReviewForm) (int, error) {
	in := f.Instrument
	switch value {
	case page.SectionAll:
		return 0, nil
	case "":
		for i, a := range f.Review.Answers {
			if !a.Given() {
				return in.BehaviourOf(i) + 1, nil
			}
		}
		return len(in.Behaviours), nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > len(in.Behaviours) {
		return 0, appraisal.ErrNotFound
	}
	return n, nil
}

func (s *Server) renderReview(w http.ResponseWriter, r *http.Request, status int, v page.ReviewView) error {
	rules, err := s.Site.Rules(r.Context(), v.Form.Cycle.RulesID)
	if err != nil {
		return err
	}
	v.LeastRaters, v.Now = rules.MinPeers, s.Now()
	return s.render(w, r, status, func(c layout.Chrome) templ.Component { return page.Review(c, v) })
}

func (s *Server) saveReview(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	section, err := sectionOf(r.PostForm.Get(page.FieldSection), f)
	if err != nil {
		return err
	}
	typed := changes(r.PostForm, f, section)
	o, err := s.Reviews.Save(r.Context(), actorOf(r), f.Review.ID, typed)
	if err != nil {
		return err
	}
	if len(o.Faults)+len(o.Conflicts) > 0 {
		status := http.StatusUnprocessableEntity
		if len(o.Faults) == 0 {
			status = http.StatusConflict
		}
		return s.renderReview(w, r, status, page.ReviewView{
			Form: o.Form, Section: section, Faults: o.Faults, Conflicts: o.Conflicts, Typed: typed,
		})
	}
	switch {
	case r.PostForm.Get(page.FieldAct) == page.ActLeave:
		s.flash(r, "Draf tersimpan pukul "+text.Clock(s.Now())+". Anda dapat melanjutkannya kapan saja sebelum formulir ditutup.")
		return redirect(w, r, path.Home)
	case section == 0 || section == len(f.Instrument.Behaviours):
		return redirect(w, r, path.ReviewCheck(f.Review.ID))
	default:
		return redirect(w, r, path.ReviewSection(f.Review.ID, section+1))
	}
}

// changes reads the fields of a section, or of the whole form for section 0.
// A choice between two saved contents decides which version is meant.
func changes(v url.Values, f appraisal.ReviewForm, section int) []appraisal.Change {
	var list []appraisal.Change
	in := f.Instrument
	read := func(field int) {
		name := strconv.Itoa(field)
		c := appraisal.Change{Field: field, Version: number(v, page.PrefixVersion+name)}
		switch v.Get(page.PrefixChoice + name) {
		case page.ChoiceStored:
			return
		case page.ChoiceMine:
			c.Version = number(v, page.PrefixStored+name)
		}
		value, sent := v[appraisal.FieldName(field)]
		if !sent {
			return
		}
		if field >= in.Len() {
			c.Comment = normal(value[0])
		} else {
			c.Answer = page.ParseAnswer(value[0])
		}
		list = append(list, c)
	}
	for b := range in.Behaviours {
		if section != 0 && b != section-1 {
			continue
		}
		from, to := in.Span(b)
		for i := from; i < to; i++ {
			read(i)
		}
		read(in.Len() + b)
	}
	return list
}

// saveField answers a script that saves one field of a form.
func (s *Server) saveField(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	id, err := idOf[appraisal.ReviewID](r, "id")
	if err != nil {
		return err
	}
	// Whether the field is an item or a comment is the form's to know.
	value := r.PostForm.Get("value")
	c := appraisal.Change{
		Field: number(r.PostForm, "field"), Version: number(r.PostForm, "version"),
		Answer: page.ParseAnswer(value), Comment: normal(value),
	}
	o, err := s.Reviews.Save(r.Context(), actorOf(r), id, []appraisal.Change{c})
	switch {
	case errors.Is(err, appraisal.ErrFormsClosed), errors.Is(err, appraisal.ErrAlreadySubmitted):
		title, body := text.Error(rootOf(err))
		s.writeJSON(w, http.StatusLocked, map[string]string{"message": title + ". " + body})
		return nil
	case err != nil:
		return err
	case len(o.Faults) > 0:
		s.writeJSON(w, http.StatusUnprocessableEntity, map[string]string{"message": text.Fault(o.Faults[0])})
	case len(o.Conflicts) > 0:
		s.writeJSON(w, http.StatusConflict, stored(o.Form, c.Field))
	default:
		s.writeJSON(w, http.StatusOK, map[string]any{"version": o.Form.Review.Versions[c.Field], "saved": text.Clock(s.Now())})
	}
	return nil
}

func rootOf(err error) error {
	if errors.Is(err, appraisal.ErrFormsClosed) {
		return appraisal.ErrFormsClosed
	}
	return appraisal.ErrAlreadySubmitted
}

// stored says what a field of a form holds now.
func stored(f appraisal.ReviewForm, field int) map[string]any {
	n := f.Instrument.Len()
	answer := map[string]any{"version": f.Review.Versions[field]}
	if field >= n {
		answer["value"], answer["label"] = f.Review.Comments[field-n], f.Review.Comments[field-n]
	} else {
		a := f.Review.Answers[field]
		answer["value"], answer["label"] = page.AnswerValue(a), text.Answer(a)
	}
	return answer
}

func (s *Server) checkReview(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	return s.renderCheck(w, r, http.StatusOK, f, nil)
}

func (s *Server) renderCheck(w http.ResponseWriter, r *http.Request, status int, f appraisal.ReviewForm, faults []appraisal.Fault) error {
	v := page.ReviewCheckView{Form: f, Now: s.Now(), Faults: faults}
	return s.render(w, r, status, func(c layout.Chrome) templ.Component { return page.ReviewCheck(c, v) })
}

func (s *Server) submitReview(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf[appraisal.ReviewID](r, "id")
	if err != nil {
		return err
	}
	err = s.Reviews.Submit(r.Context(), actorOf(r), id)
	var invalid *appraisal.InvalidError
	if errors.As(err, &invalid) {
		f, err := s.form(r)
		if err != nil {
			return err
		}
		return s.renderCheck(w, r, http.StatusUnprocessableEntity, f, invalid.Faults)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, path.ReviewSent(id))
}

func (s *Server) reopenReview(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf[appraisal.ReviewID](r, "id")
	if err != nil {
		return err
	}
	if err := s.Reviews.Reopen(r.Context(), actorOf(r), id); err != nil {
		return err
	}
	s.flash(r, "Penilaian ini menjadi draf lagi. Ubah jawaban Anda, lalu kirim kembali.")
	return redirect(w, r, path.ReviewCheck(id))
}

func (s *Server) showReviewSent(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	if f.Review.State != appraisal.ReviewSubmitted {
		return redirect(w, r, path.ReviewCheck(f.Review.ID))
	}
	tasks, err := s.Reviews.Tasks(r.Context(), actorOf(r), f.Review.CycleID)
	if err != nil {
		return err
	}
	v := page.ReviewSentView{Form: f, Now: s.Now()}
	for i := range tasks {
		if tasks[i].State != appraisal.ReviewSubmitted {
			v.Left++
			if v.Next == nil {
				v.Next = &tasks[i]
			}
		}
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.ReviewSent(c, v) })
}
