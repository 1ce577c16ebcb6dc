package page

import (
	"strconv"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// ResultsView lists an employee's own years.
type ResultsView struct {
	// Years are the published ones, newest first.
	Years []appraisal.YearResult
	// Current is the cycle under way that the employee takes part in; its ID is
	// 0 where there is none.
	Current appraisal.Cycle
}

// tasks lists the years as lines; the one under way has no link.
func (v ResultsView) tasks() []ui.Task {
	var tasks []ui.Task
	if v.Current.ID != 0 {
		tasks = append(tasks, ui.Task{
			Title: "Hasil penilaian " + yearText(v.Current.Year), Hint: "Dapat dibaca setelah diterbitkan.",
			Status: ui.TagView{Text: text.Stage(v.Current.Stage), Kind: ui.TagProgress},
		})
	}
	for _, y := range v.Years {
		t := ui.Task{
			Title: "Hasil penilaian " + yearText(y.Year), Href: path.Result(y.Year),
			Hint: "Terbit " + text.Date(y.PublishedAt), Status: ui.TagView{Text: "Predikat " + text.Predikat(y.Predikat)},
		}
		if y.Predikat == "" {
			t.Status.Text = "Belum ada predikat"
		}
		tasks = append(tasks, t)
	}
	return tasks
}

// ResultViewer is who reads a result.
type ResultViewer string

// The readers. The zero value is the employee.
const (
	ViewerSelf       ResultViewer = ""
	ViewerSupervisor ResultViewer = "supervisor"
	ViewerHR         ResultViewer = "hr"
)

// ResultView is the result of one employee in one year.
type ResultView struct {
	Viewer      ResultViewer
	Explained   scoring.Explained
	Explanation scoring.Explanation
}

func (v ResultView) own() bool { return v.Viewer == ViewerSelf }

func (v ResultView) year() string { return yearText(v.Explained.Cycle.Year) }

func (v ResultView) title() string {
	if v.own() {
		return "Hasil penilaian Anda " + v.year()
	}
	return "Hasil penilaian " + v.Explained.Participant.Name + " " + v.year()
}

// who is the person in a sentence.
func (v ResultView) who() string {
	if v.own() {
		return you
	}
	return thisEmployee
}

func (v ResultView) explain() explainView {
	return explainView{Who: v.who(), Explained: v.Explained, Explanation: v.Explanation}
}

// hasRun reports whether the forms were computed.
func (v ResultView) hasRun() bool { return v.Explained.Run.ID != 0 }

func (v ResultView) final() bool { return v.Explained.Evaluation.State == appraisal.EvaluationFinal }

// mayObject reports whether there is something to object to and somebody to
// decide on it: what the kepala daerah sets is final (PermenPANRB 6/2022, IV.A).
func (v ResultView) mayObject() bool { return v.final() && v.Explained.Participant.Reviewer != 0 }

// highlight is one behaviour worth talking about.
type highlight struct {
	Name, Value, Question string
	Statements            []string
}

func (v ResultView) strengths() []highlight { return v.highlights(v.Explanation.Highlights.Strengths) }

func (v ResultView) topics() []highlight { return v.highlights(v.Explanation.Highlights.Topics) }

func (v ResultView) highlights(list []int) []highlight {
	out := make([]highlight, 0, len(list))
	for _, b := range list {
		if b >= len(v.Explained.Instrument.Behaviours) || b >= len(v.Explained.Result.Others) {
			continue
		}
		x := v.Explained.Instrument.Behaviours[b]
		h := highlight{
			Name: x.Name, Value: text.Score(v.Explained.Result.Others[b]),
			Statements: statements(x), Question: dialogueQuestion(x.Code),
		}
		out = append(out, h)
	}
	return out
}

// statements say what a behaviour means.
func statements(b appraisal.Behaviour) []string {
	if len(b.Anchors) > 0 {
		return b.Anchors
	}
	list := make([]string, len(b.Items))
	for i, it := range b.Items {
		list[i] = it.Text
	}
	return list
}

// even reports whether all behaviours have the same value, so that nothing
// stands out.
func (v ResultView) even() bool {
	var first appraisal.Ratio
	for _, x := range v.Explained.Result.Others {
		switch {
		case !x.Valid():
		case !first.Valid():
			first = x
		case x.Cmp(first) != 0:
			return false
		}
	}
	return first.Valid()
}

// comments are those of others for the employee, without where they come from;
// the own ones are not repeated.
func (v ResultView) comments() []remarks {
	return v.explain().comments(func(k appraisal.ReviewKind) (string, bool) {
		return "", k != appraisal.KindSelf
	})
}

// ratings says what the two ratings are, the reason for the predikat.
func (v ResultView) ratings() string {
	e := v.Explained.Evaluation
	return "Hasil kerja " + v.who() + " dinilai " + text.Level(e.Work) + " dan perilaku kerja " + v.who() +
		" dinilai " + text.Level(e.Behaviour) + ". Menurut kuadran kinerja, keduanya menghasilkan predikat " + text.Predikat(e.Predikat) + "."
}

// setBy says who set the predikat and when.
func (v ResultView) setBy() string {
	e := v.Explained.Evaluation
	by := "Ditetapkan oleh atasan langsung"
	if v.Explained.EvaluatorName != "" {
		by = "Ditetapkan oleh " + v.Explained.EvaluatorName
	}
	return by + " pada " + text.Date(e.FinalAt) + "."
}

func (v ResultView) back() (label, href string) {
	switch v.Viewer {
	case ViewerSupervisor:
		return "Tim Anda", path.Team
	case ViewerHR:
		p := v.Explained.Participant
		return "Hasil " + p.DinasName, path.Dinas(p.Dinas, v.Explained.Cycle.Year)
	case ViewerSelf:
	}
	return "Semua hasil Anda", path.Results
}

func yearText(y int) string { return strconv.Itoa(y) }

// quadrantChart is the official picture: work results upwards, behaviour to the
// right. Levels that are not chosen mark nothing.
func quadrantChart(id, caption string, work, behaviour appraisal.Level) ui.QuadrantView {
	q := ui.QuadrantView{
		ChartView: ui.ChartView{ID: id, Caption: caption},
		RowName:   "Hasil kerja", ColumnName: "Perilaku kerja",
	}
	columns := []appraisal.Level{appraisal.LevelBelow, appraisal.LevelMeets, appraisal.LevelAbove}
	for r, w := range appraisal.Levels {
		q.RowLabels[r] = levelShort(w)
		for c, b := range columns {
			q.ColumnLabels[c] = levelShort(b)
			p, _ := appraisal.Quadrant(w, b)
			q.Rows[r][c] = ui.QuadrantCell{Text: text.Predikat(p), Chosen: w == work && b == behaviour}
		}
	}
	if p, ok := appraisal.Quadrant(work, behaviour); ok {
		q.Description = "Hasil kerja " + text.Level(work) + " dan perilaku kerja " + text.Level(behaviour) + " menghasilkan predikat " + text.Predikat(p) + "."
	} else {
		q.Description = "Sembilan pertemuan rating hasil kerja dan perilaku kerja dengan predikat yang dihasilkannya."
	}
	return q
}

// levelShort is a level where there is little room.
func levelShort(l appraisal.Level) string {
	switch l {
	case appraisal.LevelAbove:
		return "Di Atas"
	case appraisal.LevelMeets:
		return "Sesuai"
	case appraisal.LevelBelow:
		return "Di Bawah"
	}
	return ""
}
