package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/page"
	"rancak/web/path"
)

// Items of the form about oneself, and fields of which each behaviour has.
const (
	selfItems      = 21
	selfBehaviours = 7
	selfSpan       = 3
)

// stored is what a form holds.
func (w *world) stored(t testing.TB, id appraisal.ReviewID) appraisal.ReviewForm {
	t.Helper()
	rater := scalar[appraisal.EmployeeID](t, w, "SELECT rater_id FROM reviews WHERE id = $1", id)
	f, err := w.store.ReviewForm(t.Context(), rater, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// clear makes a form an empty draft.
func (w *world) clear(t testing.TB, id appraisal.ReviewID) {
	t.Helper()
	w.exec(t, `UPDATE reviews SET state = 'draft', submitted_at = NULL, answers = array_fill(NULL::smallint, ARRAY[items]),
		versions = array_fill(0::smallint, ARRAY[cardinality(versions)]), comments = array_fill(''::text, ARRAY[cardinality(comments)]) WHERE id = $1`, id)
}

// section is what the page of a section sends: answers and a comment, as of
// the versions stored now.
func (w *world) section(t testing.TB, id appraisal.ReviewID, section int, answers [selfSpan]string, comment string) url.Values {
	t.Helper()
	f := w.stored(t, id)
	v := url.Values{page.FieldSection: {strconv.Itoa(section)}}
	set := func(field int, value string) {
		n := strconv.Itoa(field)
		v.Set(page.PrefixVersion+n, strconv.Itoa(f.Review.Versions[field]))
		if value != "" || field >= selfItems {
			v.Set("f"+n, value)
		}
	}
	for i, a := range answers {
		set((section-1)*selfSpan+i, a)
	}
	set(selfItems+section-1, comment)
	return v
}

// fill answers a whole form.
func (w *world) fill(t testing.TB, m *member, id appraisal.ReviewID, answer string) {
	t.Helper()
	f := w.stored(t, id)
	v := url.Values{page.FieldSection: {page.SectionAll}}
	for i := range f.Instrument.Fields() {
		n := strconv.Itoa(i)
		v.Set(page.PrefixVersion+n, strconv.Itoa(f.Review.Versions[i]))
		v.Set("f"+n, answer)
		if i >= f.Instrument.Len() {
			v.Set("f"+n, "Membantu rekan menyelesaikan laporan bulan Maret.")
		}
	}
	m.post(t, path.Review(id), v).leads(t, path.ReviewCheck(id))
}

// own is the account of an employee with an empty form about oneself.
func (w *world) own(t testing.TB) (*member, appraisal.ReviewID) {
	t.Helper()
	m := w.as(t, appraisal.RoleEmployee)
	id := w.form(t, m.Employee, appraisal.KindSelf)
	w.clear(t, id)
	return m, id
}

func TestShowReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m, id := w.own(t)
	m.get(t, path.Review(id)).want(t, 200).says(t, "Bagian 1 dari 7", `name="v0"`)
	m.post(t, path.Review(id), w.section(t, id, 1, [3]string{"4", "5", "x"}, "")).leads(t, path.ReviewSection(id, 2))
	m.get(t, path.Review(id)).want(t, 200).says(t, "Bagian 2 dari 7")
	m.get(t, path.ReviewSection(id, 7)).want(t, 200).says(t, "Bagian 7 dari 7")
	all := m.get(t, path.ReviewAll(id)).want(t, 200).lacks(t, "Bagian 1 dari")
	for i := range selfItems + selfBehaviours {
		all.says(t, `name="f`+strconv.Itoa(i)+`"`)
	}
	for _, section := range []string{"0", "8", "-1", "x", "1e1", "01 "} {
		m.get(t, path.Review(id)+"?bagian="+url.QueryEscape(section)).want(t, 404)
	}
	w.fill(t, m, id, "4")
	m.get(t, path.Review(id)).want(t, 200).says(t, "Bagian 7 dari 7")
	m.post(t, path.ReviewSubmit(id), nil).leads(t, path.ReviewSent(id))
	m.get(t, path.Review(id)).leads(t, path.ReviewCheck(id))
}

func TestSaveReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)

	t.Run("saves a section and leads to the next", func(t *testing.T) {
		m, id := w.own(t)
		v := w.section(t, id, 2, [3]string{"5", "1", "x"}, "Rapat\r\ndengan warga\x00\u202e, Maret. ")
		v.Set("f0", "3") // not of this section
		m.post(t, path.Review(id), v).leads(t, path.ReviewSection(id, 3))
		f := w.stored(t, id).Review
		if got := f.Answers[3:6]; got[0] != 5 || got[1] != 1 || got[2] != appraisal.CannotRate || f.Answers[0] != appraisal.Unanswered {
			t.Errorf("answers %v", f.Answers)
		}
		if got, want := f.Comments[1], "Rapat\ndengan warga, Maret."; got != want {
			t.Errorf("comment %q, want %q", got, want)
		}
	})

	t.Run("leads on to the check and to the tasks", func(t *testing.T) {
		m, id := w.own(t)
		m.post(t, path.Review(id), w.section(t, id, selfBehaviours, [3]string{"3", "3", "3"}, "")).leads(t, path.ReviewCheck(id))
		m.post(t, path.Review(id), url.Values{page.FieldSection: {page.SectionAll}}).leads(t, path.ReviewCheck(id))
		v := w.section(t, id, 1, [3]string{"3", "3", "3"}, "")
		v.Set(page.FieldAct, page.ActLeave)
		m.post(t, path.Review(id), v).leads(t, path.Home)
		m.get(t, path.Home).says(t, "Draf tersimpan pukul 10.00")
		m.get(t, path.Home).lacks(t, "Draf tersimpan pukul")
	})

	t.Run("keeps what was typed and saves the rest", func(t *testing.T) {
		m, id := w.own(t)
		long := strings.Repeat("panjang ", appraisal.CommentMax/8) + "sekali"
		a := m.post(t, path.Review(id), w.section(t, id, 1, [3]string{"4", "9", "2"}, long)).want(t, 422)
		a.says(t, "<title>Kesalahan: ", `role="alert"`, `href="#f1"`, `href="#f21"`, long, "Pilih salah satu jawaban", "2.000 huruf")
		if got := w.stored(t, id).Review; got.Answers[0] != 4 || got.Answers[1] != appraisal.Unanswered || got.Answers[2] != 2 || got.Comments[0] != "" {
			t.Errorf("stored %v %q", got.Answers[:3], got.Comments[0])
		}
	})

	t.Run("shows both of a conflict and takes the choice", func(t *testing.T) {
		m, id := w.own(t)
		// Both tabs show the empty form; the first one saves.
		late := w.section(t, id, 1, [3]string{"2", "4", "4"}, "dari tab kedua")
		m.post(t, path.Review(id), w.section(t, id, 1, [3]string{"5", "4", "4"}, "dari tab pertama")).want(t, 303)
		late.Set("f1", "3")
		a := m.post(t, path.Review(id), late).want(t, 409)
		a.says(t, "dari tab pertama", "dari tab kedua", `name="pilih0"`, `name="pilih1"`, `name="pilih21"`, `name="s21" value="1"`).lacks(t, `name="pilih2"`)
		before := w.stored(t, id).Review
		if before.Answers[0] != 5 || before.Comments[0] != "dari tab pertama" {
			t.Fatalf("overwritten: %v %q", before.Answers[:3], before.Comments[0])
		}
		// Neither chosen: it stays a conflict.
		m.post(t, path.Review(id), late).want(t, 409)
		for _, f := range []string{"0", "1", "21"} {
			late.Set(page.PrefixStored+f, "1")
			late.Set(page.PrefixChoice+f, page.ChoiceMine)
		}
		late.Set(page.PrefixChoice+"1", page.ChoiceStored)
		m.post(t, path.Review(id), late).leads(t, path.ReviewSection(id, 2))
		after := w.stored(t, id).Review
		if after.Answers[0] != 2 || after.Answers[1] != 4 || after.Comments[0] != "dari tab kedua" {
			t.Errorf("stored %v %q", after.Answers[:3], after.Comments[0])
		}
		// Somebody saved between the choice and its sending.
		late.Set("f0", "1")
		m.post(t, path.Review(id), late).want(t, 409)
	})

	t.Run("refuses what was sent", func(t *testing.T) {
		m, id := w.own(t)
		w.fill(t, m, id, "3")
		v := w.section(t, id, 1, [3]string{"1", "1", "1"}, "")
		m.post(t, path.ReviewSubmit(id), nil).want(t, 303)
		m.post(t, path.Review(id), v).want(t, 409).says(t, "Penilaian ini sudah terkirim")
	})

	t.Run("refuses what it cannot read", func(t *testing.T) {
		m, id := w.own(t)
		m.post(t, path.Review(id), url.Values{page.FieldSection: {"8"}}).want(t, 404)
		r := formRequest(path.Review(id), nil)
		r.Body = http.NoBody
		r.URL.RawQuery = "a=%zz"
		m.send(t, r).want(t, 422)
	})
}

// saved reads the answer to a script.
func saved(t *testing.T, a *answer) map[string]any {
	t.Helper()
	if got := a.Header().Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("%s: content type %q", a.request, got)
	}
	v := map[string]any{}
	if err := json.Unmarshal([]byte(a.text), &v); err != nil {
		t.Errorf("%s: %v\n%s", a.request, err, a.text)
	}
	return v
}

// TestAutosave speaks the protocol that web/static/js/autosave.js writes down.
func TestAutosave(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m, id := w.own(t)
	save := func(m *member, field int, version, value string) *answer {
		return m.script(t, path.ReviewSave(id), url.Values{"field": {strconv.Itoa(field)}, "version": {version}, "value": {value}})
	}
	want := func(a *answer, status int, fields map[string]any) {
		t.Helper()
		got := saved(t, a.want(t, status))
		for name, value := range fields {
			if got[name] != value {
				t.Errorf("%s: %s is %#v, want %#v", a.request, name, got[name], value)
			}
		}
		if message, _ := got["message"].(string); len(fields) == 0 && message == "" {
			t.Errorf("%s: no message: %v", a.request, got)
		}
	}
	const comment = selfItems + 2

	// 200: stored, with the next version as a number and the time of day.
	want(save(m, 4, "0", "3"), 200, map[string]any{"version": 1.0, "saved": "10.00"})
	want(save(m, 4, "1", "x"), 200, map[string]any{"version": 2.0})
	want(save(m, comment, "0", "Catatan\r\npertama"), 200, map[string]any{"version": 1.0})
	// The same again, as after a lost answer, is stored already.
	want(save(m, 4, "1", "x"), 200, map[string]any{"version": 2.0})
	want(save(m, comment, "0", "Catatan\npertama"), 200, map[string]any{"version": 1.0})

	// 409: what is stored, always as a string.
	want(save(m, 4, "1", "5"), 409, map[string]any{"version": 2.0, "value": "x", "label": "Tidak dapat menilai"})
	want(save(m, comment, "0", "lain"), 409, map[string]any{"version": 1.0, "value": "Catatan\npertama", "label": "Catatan\npertama"})
	want(save(m, 4, "abc", "5"), 409, map[string]any{"value": "x"})
	want(save(m, 5, "7", "5"), 409, map[string]any{"version": 0.0, "value": ""})

	// 422: no answer of the form.
	for _, value := range []string{"0", "6", "", "1.5", "-1", "１"} {
		want(save(m, 6, "0", value), 422, nil)
	}
	want(save(m, comment, "1", strings.Repeat("á", appraisal.CommentMax+1)), 422, nil)
	want(save(m, comment, "1", strings.Repeat("á", appraisal.CommentMax)), 200, map[string]any{"version": 2.0})

	// 404: no such field, no form of this person.
	want(save(m, selfItems+selfBehaviours, "0", "3"), 404, nil)
	want(save(m, -1, "0", "3"), 404, nil)
	want(m.script(t, path.ReviewSave(id), nil), 404, nil)
	want(save(w.as(t, appraisal.RoleSupervisor), 4, "0", "3"), 404, nil)
	want(save(w.as(t, appraisal.RoleAdmin), 4, "0", "3"), 403, nil)
	// 401: nobody is signed in any more.
	want(save(w.nobody(), 4, "2", "3"), 401, nil)

	// 423: sent, and closed.
	w.fill(t, m, id, "3")
	m.post(t, path.ReviewSubmit(id), nil).want(t, 303)
	want(save(m, 4, "3", "1"), 423, nil)
	m.post(t, path.ReviewReopen(id), nil).want(t, 303)
	want(save(m, 4, "3", "1"), 200, map[string]any{"version": 4.0})
	w.close(t)
	want(save(m, 4, "4", "2"), 423, nil)
	if got := w.stored(t, id).Review.Answers[4]; got != 1 {
		t.Errorf("answer %d after the forms closed", got)
	}
}

func (w *world) audits(t testing.TB, act string, id int64) int {
	t.Helper()
	return scalar[int](t, w, "SELECT count(*) FROM audit_entries WHERE act = $1 AND subject_id = $2", act, id)
}

func TestSendReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	m, id := w.own(t)

	// Incomplete: what is missing, with links to where it is.
	m.get(t, path.ReviewCheck(id)).want(t, 200).says(t, "Sebelum dikirim, lengkapi dulu")
	m.post(t, path.ReviewSubmit(id), nil).want(t, 422).
		says(t, "<title>Kesalahan: ", `role="alert"`, "Belum dapat dikirim", `href="`+path.ReviewSection(id, 7)+`#f18"`)
	m.get(t, path.ReviewSent(id)).leads(t, path.ReviewCheck(id))

	w.fill(t, m, id, "4")
	m.get(t, path.ReviewCheck(id)).want(t, 200).lacks(t, "lengkapi dulu")
	m.post(t, path.ReviewSubmit(id), nil).leads(t, path.ReviewSent(id))
	m.get(t, path.ReviewSent(id)).want(t, 200).says(t, "Penilaian terkirim", "Berikutnya")
	at := w.stored(t, id).Review.SubmittedAt

	// Twice does nothing twice.
	m.post(t, path.ReviewSubmit(id), nil).leads(t, path.ReviewSent(id))
	if got := w.stored(t, id).Review; !got.SubmittedAt.Equal(at) || w.audits(t, "submit_review", int64(id)) != 1 {
		t.Errorf("sent twice: %v, %d entries", got.SubmittedAt, w.audits(t, "submit_review", int64(id)))
	}

	// Taken back, once.
	m.post(t, path.ReviewReopen(id), nil).leads(t, path.ReviewCheck(id))
	m.get(t, path.ReviewCheck(id)).says(t, "menjadi draf lagi")
	m.post(t, path.ReviewReopen(id), nil).leads(t, path.ReviewCheck(id))
	if got := w.stored(t, id).Review; got.State != appraisal.ReviewDraft || w.audits(t, "reopen_review", int64(id)) != 1 {
		t.Errorf("reopened: %s, %d entries", got.State, w.audits(t, "reopen_review", int64(id)))
	}

	// A supervisor names a situation for a 1 or 5.
	boss := w.as(t, appraisal.RoleSupervisor)
	of := w.form(t, boss.Employee, appraisal.KindSupervisor)
	w.clear(t, of)
	w.fill(t, boss, of, "5")
	f := w.stored(t, of)
	v := url.Values{page.FieldSection: {"1"}}
	n := strconv.Itoa(f.Instrument.Len())
	v.Set(page.PrefixVersion+n, strconv.Itoa(f.Review.Versions[f.Instrument.Len()]))
	v.Set("f"+n, "   ")
	boss.post(t, path.Review(of), v).want(t, 303)
	boss.post(t, path.ReviewSubmit(of), nil).want(t, 422).says(t, "kejadian nyata", `#f`+n+`"`)

	// Nothing is sent or taken back once the forms are closed.
	w.fill(t, m, id, "4")
	w.close(t)
	m.post(t, path.ReviewSubmit(id), nil).want(t, 409).says(t, "Masa pengisian sudah ditutup")
	m.post(t, path.ReviewReopen(id), nil).want(t, 409)
	m.get(t, path.ReviewCheck(id)).want(t, 200).says(t, "belum terkirim saat masa pengisian ditutup")
}
