package page

import (
	"slices"
	"strconv"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// Names and values of what a form sends beside its fields, which are named by
// [appraisal.FieldName]. The version of field 3 that the page showed comes as
// "v3". Where a field is in conflict, its choice comes as "pilih3" and the
// version of the stored content as "s3".
const (
	FieldSection  = "bagian" // the section sent, from 1; SectionAll for all
	SectionAll    = "semua"
	FieldAct      = "aksi" // what to do after saving: ActLeave, or empty to go on
	ActLeave      = "keluar"
	PrefixVersion = "v"
	PrefixChoice  = "pilih"
	PrefixStored  = "s"
	ChoiceMine    = "ini"       // store what this page holds
	ChoiceStored  = "tersimpan" // leave what is stored
)

// cannotRate is how a page sends appraisal.CannotRate.
const cannotRate = "x"

// AnswerValue is the value of the radio button of an answer; "" for none.
func AnswerValue(a appraisal.Answer) string {
	switch {
	case a.OnScale():
		return strconv.Itoa(int(a))
	case a == appraisal.CannotRate:
		return cannotRate
	default:
		return ""
	}
}

// ParseAnswer reads what AnswerValue wrote. It returns Unanswered, which no
// form takes, for anything else.
func ParseAnswer(value string) appraisal.Answer {
	if value == cannotRate {
		return appraisal.CannotRate
	}
	for a := appraisal.ScaleMin; a <= appraisal.ScaleMax; a++ {
		if value == AnswerValue(a) {
			return a
		}
	}
	return appraisal.Unanswered
}

// ReviewView is what [Review] shows: a form that can be filled.
type ReviewView struct {
	// Form is as stored.
	Form appraisal.ReviewForm
	// Section counts from 1; 0 shows the whole form on one page.
	Section int
	// LeastRaters is how many peers or subordinates are needed before their
	// values are used.
	LeastRaters int
	Now         time.Time
	// Faults are of fields on this page, named by appraisal.FieldName; Typed is
	// what was entered there and not stored.
	Faults []appraisal.Fault
	Typed  []appraisal.Change
	// Conflicts is what was entered in fields that somebody else saved first.
	Conflicts []appraisal.Change
	// Saved is the time of day of the save before this page, such as "14.03".
	Saved string
}

func (v ReviewView) sections() int { return len(v.Form.Instrument.Behaviours) }

// shown are the behaviours on this page.
func (v ReviewView) shown() []int {
	if v.Section > 0 {
		return []int{v.Section - 1}
	}
	all := make([]int, v.sections())
	for b := range all {
		all[b] = b
	}
	return all
}

func (v ReviewView) chrome(c layout.Chrome) layout.Chrome {
	title := v.what()
	if v.Section > 0 {
		title = v.step() + ": " + v.Form.Instrument.Behaviours[v.Section-1].Name + " – " + title
	}
	return titled(c, title, len(v.Faults)+len(v.Conflicts) > 0)
}

// what names the form: "Penilaian Rekan Kerja: Rina Putri, S.Kom."
func (v ReviewView) what() string { return reviewName(v.Form) }

func reviewName(f appraisal.ReviewForm) string {
	if f.Review.Kind == appraisal.KindSelf {
		return text.Kind(f.Review.Kind)
	}
	return text.Kind(f.Review.Kind) + ": " + f.Ratee.Name
}

func (v ReviewView) step() string {
	return "Bagian " + strconv.Itoa(v.Section) + " dari " + strconv.Itoa(v.sections())
}

func (v ReviewView) steps() ui.StepsView {
	steps := ui.StepsView{Label: v.step()}
	for b, x := range v.Form.Instrument.Behaviours {
		s := ui.Step{Text: x.Name, Href: path.ReviewSection(v.Form.Review.ID, b+1)}
		switch {
		case b == v.Section-1:
			s.State = ui.StepCurrent
		case answered(v.Form, b):
			s.State = ui.StepDone
		}
		steps.Steps = append(steps.Steps, s)
	}
	return steps
}

// answered reports whether every item of a behaviour has an answer.
func answered(f appraisal.ReviewForm, b int) bool {
	from, to := f.Instrument.Span(b)
	for _, a := range f.Review.Answers[from:to] {
		if !a.Given() {
			return false
		}
	}
	return true
}

func (v ReviewView) errors() []ui.FieldError {
	var list []ui.FieldError
	for _, x := range v.Conflicts {
		list = append(list, ui.FieldError{
			ID:   conflictID(x.Field),
			Text: v.fieldName(x.Field) + " juga diubah di tempat lain. Pilih salah satu.",
		})
	}
	for _, f := range v.Faults {
		list = append(list, ui.FieldError{ID: f.Field, Text: text.ReviewFault(v.Form.Instrument, f)})
	}
	return list
}

// fieldName names a field in a sentence: "Harmonis, pernyataan 2".
func (v ReviewView) fieldName(field int) string {
	in := v.Form.Instrument
	if field >= in.Len() {
		return "Catatan untuk " + in.Behaviours[field-in.Len()].Name
	}
	b := in.BehaviourOf(field)
	from, to := in.Span(b)
	if to-from == 1 {
		return "Jawaban untuk " + in.Behaviours[b].Name
	}
	return in.Behaviours[b].Name + ", pernyataan " + strconv.Itoa(field-from+1)
}

// fields are the fields of a behaviour: its items, then its comment.
func (v ReviewView) fields(b int) []int {
	from, to := v.Form.Instrument.Span(b)
	var fields []int
	for i := from; i < to; i++ {
		fields = append(fields, i)
	}
	return append(fields, v.Form.Instrument.Len()+b)
}

func (v ReviewView) isComment(field int) bool { return field >= v.Form.Instrument.Len() }

// conflict returns what was typed in a field that somebody else saved first.
func (v ReviewView) conflict(field int) (appraisal.Change, bool) { return find(v.Conflicts, field) }

func find(list []appraisal.Change, field int) (appraisal.Change, bool) {
	i := slices.IndexFunc(list, func(c appraisal.Change) bool { return c.Field == field })
	if i < 0 {
		return appraisal.Change{}, false
	}
	return list[i], true
}

// current is what a field shows: what was typed and not stored, or what is stored.
func (v ReviewView) current(field int) appraisal.Change {
	if c, ok := v.conflict(field); ok {
		return c
	}
	if c, ok := find(v.Typed, field); ok {
		return c
	}
	c := appraisal.Change{Field: field, Version: v.Form.Review.Versions[field]}
	if n := len(v.Form.Review.Answers); field >= n {
		c.Comment = v.Form.Review.Comments[field-n]
	} else {
		c.Answer = v.Form.Review.Answers[field]
	}
	return c
}

// draft is what draft saving needs to know of a field. Fields in conflict are
// left to the person, so they carry nothing.
func (v ReviewView) draft(field int) (number, version string) {
	if _, ok := v.conflict(field); ok {
		return "", ""
	}
	return strconv.Itoa(field), strconv.Itoa(v.current(field).Version)
}

func (v ReviewView) rating(field int) ui.RatingView {
	in := v.Form.Instrument
	b := in.BehaviourOf(field)
	from, to := in.Span(b)
	r := ui.RatingView{
		ID: appraisal.FieldName(field), Name: appraisal.FieldName(field),
		Legend:  in.Behaviours[b].Items[field-from].Text,
		Error:   faultOf(v.Faults, appraisal.FieldName(field)),
		Options: scale, Unable: ui.Option{Value: cannotRate, Text: text.ScaleWord(appraisal.CannotRate)},
		Value: AnswerValue(v.current(field).Answer),
	}
	if to-from > 1 {
		r.Number = strconv.Itoa(field-from+1) + "."
	} else {
		r.Legend = v.question(in.Behaviours[b])
	}
	r.Field, r.Version = v.draft(field)
	return r
}

// question is asked where a behaviour is a single item.
func (v ReviewView) question(b appraisal.Behaviour) string {
	return "Seberapa tampak nilai " + b.Name + " pada " + v.Form.Ratee.Name + "?"
}

// scale are the steps of every rating.
var scale = func() []ui.Option {
	var list []ui.Option
	for a := appraisal.ScaleMin; a <= appraisal.ScaleMax; a++ {
		list = append(list, ui.Option{Value: AnswerValue(a), Text: text.Answer(a)})
	}
	return list
}()

// scaleMeanings explains every answer.
func scaleMeanings() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, a := range []appraisal.Answer{1, 2, 3, 4, 5, appraisal.CannotRate} {
		rows = append(rows, ui.SummaryRow{Key: text.Answer(a), Value: text.ScaleMeaning(a)})
	}
	return rows
}

// Words about the person draw a hint; see the field Words of ui.TextareaView.
const (
	personWords = "malas,bodoh,egois,sombong,ceroboh,lamban,keras kepala,cuek,selalu,tidak pernah"
	personHint  = "Catatan paling membantu bila menyebut satu kejadian dan apa yang dilakukan, bukan sifat orangnya."
)

func (v ReviewView) comment(field int) ui.TextareaView {
	name := v.Form.Instrument.Behaviours[field-v.Form.Instrument.Len()].Name
	a := ui.TextareaView{
		ID: appraisal.FieldName(field), Name: appraisal.FieldName(field),
		Label: "Catatan tentang " + name + " (boleh dikosongkan)",
		Hint:  "Situasi, perilaku, dampak, saran: kapan itu terjadi, apa yang dilakukan, apa akibatnya, dan apa saran Anda ke depan.",
		Error: faultOf(v.Faults, appraisal.FieldName(field)), Value: v.current(field).Comment,
		MaxLength: strconv.Itoa(appraisal.CommentMax), Words: personWords, WordsHint: personHint,
	}
	if v.Form.Review.Kind == appraisal.KindSupervisor {
		a.Label = "Catatan tentang " + name
		a.Hint += " Diperlukan bila ada nilai 1 atau 5, agar pegawai tahu kejadian mana yang Anda maksud."
	}
	a.Field, a.Version = v.draft(field)
	return a
}

func (v ReviewView) conflictChoice(field int) ui.ChoiceView {
	return ui.ChoiceView{
		ID: conflictID(field), Name: PrefixChoice + strconv.Itoa(field), Label: "Mana yang dipakai?",
		Options: []ui.Option{
			{Value: ChoiceMine, Text: "Pakai yang di halaman ini", Hint: "Anda masih dapat mengubahnya di bawah."},
			{Value: ChoiceStored, Text: "Pakai yang tersimpan"},
		},
	}
}

func conflictID(field int) string { return PrefixChoice + strconv.Itoa(field) }

func (v ReviewView) mine(field int) string {
	c, _ := v.conflict(field)
	return content(c, v.isComment(field))
}

func (v ReviewView) stored(field int) string {
	n := len(v.Form.Review.Answers)
	if field >= n {
		return content(appraisal.Change{Comment: v.Form.Review.Comments[field-n]}, true)
	}
	return content(appraisal.Change{Answer: v.Form.Review.Answers[field]}, false)
}

func content(c appraisal.Change, comment bool) string {
	switch {
	case !comment:
		return text.Answer(c.Answer)
	case c.Comment == "":
		return "(kosong)"
	default:
		return c.Comment
	}
}

func (v ReviewView) storedVersion(field int) string {
	return strconv.Itoa(v.Form.Review.Versions[field])
}

func (v ReviewView) typedVersion(field int) string {
	c, _ := v.conflict(field)
	return strconv.Itoa(c.Version)
}

func (v ReviewView) section() string {
	if v.Section == 0 {
		return SectionAll
	}
	return strconv.Itoa(v.Section)
}

// onward is the text of the primary button.
func (v ReviewView) onward() string {
	if v.Section == 0 || v.Section == v.sections() {
		return "Simpan dan periksa jawaban"
	}
	return "Simpan dan lanjut"
}

// back leads to the page before this one.
func (v ReviewView) back() ui.Link {
	if v.Section > 1 {
		return ui.Link{Text: "Bagian sebelumnya", Href: path.ReviewSection(v.Form.Review.ID, v.Section-1)}
	}
	return ui.Link{Text: "Beranda", Href: path.Home}
}

func (v ReviewView) due() string { return formsDue(v.Form.Cycle, v.Now) }

func (v ReviewView) readers() string {
	return text.KindReaders(v.Form.Review.Kind, v.LeastRaters)
}
