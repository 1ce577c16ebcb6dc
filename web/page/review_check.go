package page

import (
	"errors"
	"strconv"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// ReviewCheckView is what [ReviewCheck] shows: all answers of a form, to check
// and send, or to read once they are sent or the forms are closed.
type ReviewCheckView struct {
	Form appraisal.ReviewForm
	Now  time.Time
	// Faults keep the form from being sent; set after somebody tried to.
	Faults []appraisal.Fault
}

// open reports whether forms can be changed.
func (v ReviewCheckView) open() bool { return v.Form.Cycle.Stage == appraisal.StageFilling }

func (v ReviewCheckView) sent() bool { return v.Form.Review.State == appraisal.ReviewSubmitted }

func (v ReviewCheckView) title() string {
	if v.open() && !v.sent() {
		return "Periksa jawaban Anda"
	}
	return "Jawaban Anda"
}

func (v ReviewCheckView) chrome(c layout.Chrome) layout.Chrome {
	return titled(c, v.title()+" – "+reviewName(v.Form), len(v.Faults) > 0)
}

func (v ReviewCheckView) back() ui.Link {
	if v.open() && !v.sent() {
		return ui.Link{
			Text: "Bagian sebelumnya",
			Href: path.ReviewSection(v.Form.Review.ID, len(v.Form.Instrument.Behaviours)),
		}
	}
	return ui.Link{Text: "Beranda", Href: path.Home}
}

// missing are the links to what is still to be filled in: one for all missing
// answers of a behaviour, and one for its comment.
func (v ReviewCheckView) missing() []ui.Link {
	in, faults := v.Form.Instrument, v.Faults
	var invalid *appraisal.InvalidError
	if len(faults) == 0 && errors.As(v.Form.Review.Missing(in), &invalid) {
		faults = invalid.Faults
	}
	var links []ui.Link
	for i := 0; i < len(faults); i++ {
		link := ui.Link{Text: text.ReviewFault(in, faults[i]), Href: v.field(faults[i])}
		if b, n := v.unanswered(faults[i:]); n > 1 {
			link.Text = in.Behaviours[b].Name + ": " + strconv.Itoa(n) + " pernyataan belum dijawab."
			i += n - 1
		}
		links = append(links, link)
	}
	return links
}

// unanswered counts the missing answers at the beginning of a list of faults
// that belong to one behaviour.
func (v ReviewCheckView) unanswered(faults []appraisal.Fault) (behaviour, n int) {
	first, _ := text.FaultBehaviour(v.Form.Instrument, faults[0])
	for _, f := range faults {
		b, ok := text.FaultBehaviour(v.Form.Instrument, f)
		if !ok || b != first || f.Code != appraisal.CodeAnswerMissing {
			break
		}
		n++
	}
	return first, n
}

// field is where a fault is put right.
func (v ReviewCheckView) field(f appraisal.Fault) string {
	b, ok := text.FaultBehaviour(v.Form.Instrument, f)
	if !ok {
		return path.Review(v.Form.Review.ID)
	}
	return v.link(b, f.Field)
}

func (v ReviewCheckView) link(b int, field string) string {
	return path.ReviewSection(v.Form.Review.ID, b+1) + "#" + field
}

// rows are the answers and the comment of a behaviour.
func (v ReviewCheckView) rows(b int) []ui.SummaryRow {
	in, r := v.Form.Instrument, v.Form.Review
	from, to := in.Span(b)
	var rows []ui.SummaryRow
	for i := from; i < to; i++ {
		row := ui.SummaryRow{Key: in.Behaviours[b].Items[i-from].Text, Value: text.Answer(r.Answers[i])}
		if !r.Answers[i].Given() {
			row.Tag = ui.TagView{Text: text.ScaleWord(r.Answers[i]), Kind: ui.TagTodo}
		}
		rows = append(rows, v.change(row, b, i))
	}
	comment := ui.SummaryRow{Key: "Catatan", Value: content(appraisal.Change{Comment: r.Comments[b]}, true)}
	if v.single() {
		comment.Key = "Catatan tentang " + in.Behaviours[b].Name
	}
	return append(rows, v.change(comment, b, in.Len()+b))
}

// change adds the way to change a row, as long as it can be changed.
func (v ReviewCheckView) change(row ui.SummaryRow, b, field int) ui.SummaryRow {
	if !v.open() || v.sent() {
		return row
	}
	row.Href = v.link(b, appraisal.FieldName(field))
	if v.Form.Review.Versions[field] == 0 {
		row.Action = "Isi"
	}
	return row
}

// single reports whether every behaviour is one item, so that the rows name them.
func (v ReviewCheckView) single() bool {
	return v.Form.Instrument.Len() == len(v.Form.Instrument.Behaviours)
}

// all are the rows of every behaviour.
func (v ReviewCheckView) all() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for b := range v.Form.Instrument.Behaviours {
		rows = append(rows, v.rows(b)...)
	}
	return rows
}

func (v ReviewCheckView) due() string { return formsDue(v.Form.Cycle, v.Now) }

// formsDue says until when forms can be changed, to follow "sampai".
func formsDue(c appraisal.Cycle, now time.Time) string {
	if text.Overdue(now, c.FormsDue) {
		return "BKPSDM menutup formulir"
	}
	return text.Date(c.FormsDue) + " (" + text.DaysLeft(now, c.FormsDue) + ")"
}

// ReviewSentView is what [ReviewSent] shows: a form has been sent.
type ReviewSentView struct {
	Form appraisal.ReviewForm
	Now  time.Time
	// Next is a form still to be filled, nil where there is none; Left is how
	// many there are.
	Next *appraisal.Task
	Left int
}

func (v ReviewSentView) left() string {
	if v.Left == 1 {
		return "Masih ada satu penilaian yang menunggu Anda."
	}
	return "Masih ada " + strconv.Itoa(v.Left) + " penilaian yang menunggu Anda."
}

func (v ReviewSentView) due() string { return formsDue(v.Form.Cycle, v.Now) }

// taskTitle names a form as something to do.
func taskTitle(t appraisal.Task) string {
	if t.Kind == appraisal.KindSelf {
		return text.Kind(t.Kind)
	}
	return t.RateeName
}
