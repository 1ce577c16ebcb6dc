package page

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// Names of the fields of the control room.
const (
	// FieldStage is the stage to move to, sent to path.CycleStage.
	FieldStage = "tahap"
	// FieldRun is the run to publish, sent to path.CyclePublish; sent to
	// path.Runs it is the newest run that the person saw, 0 for none, so that
	// sending twice starts one.
	FieldRun = "penghitungan"
	// FieldSort is the order of the table, in the address.
	FieldSort = "urut"
)

// CyclesView lists the appraisal years.
type CyclesView struct {
	// Cycles are newest first.
	Cycles []appraisal.Cycle
}

func (v CyclesView) table() ui.TableView {
	t := ui.TableView{
		Caption: "Periode penilaian", CaptionHidden: true,
		Columns: []ui.Column{{Text: "Periode"}, {Text: "Tahap"}, {Text: "Formulir ditutup"}, {Text: "Evaluasi sampai"}, {Text: "Hasil terbit"}},
	}
	for _, c := range v.Cycles {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: "Tahun " + yearText(c.Year), Href: path.Cycle(c.Year)},
			{Tag: stageTag(c.Stage)},
			{Text: text.Date(c.FormsDue)}, {Text: text.Date(c.EvaluationDue)}, {Text: text.Date(c.PublishedAt)},
		}})
	}
	return t
}

func stageTag(s appraisal.Stage) ui.TagView {
	switch s {
	case appraisal.StagePublished:
		return ui.TagView{Text: text.Stage(s), Kind: ui.TagDone}
	case appraisal.StageFilling, appraisal.StageEvaluation:
		return ui.TagView{Text: text.Stage(s), Kind: ui.TagProgress}
	case appraisal.StagePreparation:
	}
	return ui.TagView{Text: text.Stage(s)}
}

// CycleSort is the order of the dinas in the control room, as the address says it.
type CycleSort string

// The orders; the zero value is by name.
const (
	CycleByName     CycleSort = "nama"
	CycleByMissing  CycleSort = "belum"   // least complete first
	CycleByComplete CycleSort = "lengkap" // most complete first
)

// CycleView is the control room of a year.
type CycleView struct {
	Cycle appraisal.Cycle
	// Dinas are those the actor may see, in any order; Sort is how they are shown.
	Dinas []appraisal.DinasProgress
	Sort  CycleSort
	// Runs are newest first.
	Runs []appraisal.Run
	// CanRun says that the actor may move the stage, run the scoring and publish.
	CanRun bool
	// WholeCity says that Dinas are all there are.
	WholeCity bool
	Now       time.Time
}

func (v CycleView) version() string { return strconv.Itoa(v.Cycle.Version) }

// sum adds up all dinas.
func (v CycleView) sum() appraisal.DinasProgress {
	var s appraisal.DinasProgress
	for _, d := range v.Dinas {
		s.People += d.People
		s.Evaluated += d.Evaluated
		s.Completion.Add(d.Completion)
	}
	return s
}

// unsent is the number of forms that have not been sent.
func (v CycleView) unsent() int {
	invited, sent := v.sum().Completion.Total()
	return invited - sent
}

func (v CycleView) unevaluated() int { s := v.sum(); return s.People - s.Evaluated }

// newest is the number of the newest run, "0" where there is none.
func (v CycleView) newest() string {
	if len(v.Runs) == 0 {
		return "0"
	}
	return runNumber(v.Runs[0])
}

// stages are the steps of the year with their dates.
func (v CycleView) stages() []ui.Task {
	c := v.Cycle
	dates := map[appraisal.Stage]string{
		appraisal.StagePreparation: "Formulir dibuka " + text.Date(c.Opens),
		appraisal.StageFilling:     "Sampai " + text.Date(c.FormsDue),
		appraisal.StageEvaluation:  "Sampai " + text.Date(c.EvaluationDue),
	}
	if !c.PublishedAt.IsZero() {
		dates[appraisal.StagePublished] = "Terbit " + text.DateTime(c.PublishedAt)
	}
	now := slices.Index(appraisal.Stages, c.Stage)
	tasks := make([]ui.Task, len(appraisal.Stages))
	for i, s := range appraisal.Stages {
		t := ui.Task{Title: strconv.Itoa(i+1) + ". " + text.Stage(s), Due: dates[s]}
		switch {
		case i < now || s == appraisal.StagePublished && i == now:
			t.Status = ui.TagView{Text: "Selesai", Kind: ui.TagDone}
		case i == now:
			t.Hint = text.StageMeaning(s)
			t.Status = ui.TagView{Text: "Sedang berjalan", Kind: ui.TagProgress}
		default:
			t.Status = ui.TagView{Text: "Belum"}
		}
		tasks[i] = t
	}
	return tasks
}

// stats are the totals by kind of form, and the evaluations.
func (v CycleView) stats() []ui.Stat {
	s := v.sum()
	var stats []ui.Stat
	for _, k := range appraisal.ReviewKinds {
		invited, sent := s.Completion.Of(k)
		stats = append(stats, ui.Stat{Label: text.Kind(k), Value: text.Percent(sent, invited), Note: formsOf(sent, invited) + " terkirim"})
	}
	return append(stats, ui.Stat{
		Label: "Evaluasi ditetapkan", Value: text.Percent(s.Evaluated, s.People), Note: formsOf(s.Evaluated, s.People) + " pegawai",
	})
}

// sorted are the dinas in the order of Sort.
func (v CycleView) sorted() []appraisal.DinasProgress {
	list := slices.Clone(v.Dinas)
	slices.SortStableFunc(list, func(a, b appraisal.DinasProgress) int {
		switch v.Sort {
		case CycleByMissing:
			if c := compareShare(a.Completion, b.Completion); c != 0 {
				return c
			}
		case CycleByComplete:
			if c := compareShare(b.Completion, a.Completion); c != 0 {
				return c
			}
		case CycleByName:
		}
		return strings.Compare(a.Dinas.Name, b.Dinas.Name)
	})
	return list
}

func compareShare(a, b appraisal.Completion) int {
	ai, as := a.Total()
	bi, bs := b.Total()
	return as*max(bi, 1) - bs*max(ai, 1)
}

func (v CycleView) sortHref(s CycleSort) string {
	return path.Cycle(v.Cycle.Year) + "?" + FieldSort + "=" + string(s)
}

func (v CycleView) dinasTable() ui.TableView {
	name := ui.Column{Text: "Perangkat daerah", Href: v.sortHref(CycleByName)}
	sent := ui.Column{Text: "Formulir terkirim", Href: v.sortHref(CycleByMissing)}
	switch v.Sort {
	case CycleByMissing:
		sent.Sort, sent.Href = "ascending", v.sortHref(CycleByComplete)
	case CycleByComplete:
		sent.Sort = "descending"
	case CycleByName:
		fallthrough
	default:
		name.Sort = "ascending"
	}
	t := ui.TableView{
		Caption: "Kemajuan menurut perangkat daerah", CaptionHidden: true,
		Columns: []ui.Column{name, {Text: "Pegawai", Numeric: true}, sent, {Text: "Evaluasi ditetapkan"}},
	}
	for _, d := range v.sorted() {
		t.Rows = append(t.Rows, progressRow(d))
	}
	if len(v.Dinas) > 1 {
		s := v.sum()
		s.Dinas.Name = "Semua"
		row := progressRow(s)
		row.Total = true
		t.Rows = append(t.Rows, row)
	}
	return t
}

func progressRow(d appraisal.DinasProgress) ui.Row {
	invited, sent := d.Completion.Total()
	return ui.Row{Cells: []ui.Cell{
		{Text: d.Dinas.Name, Note: stillOut(d.Completion)},
		{Text: text.Int(d.People)},
		{Body: completion(sent, invited)},
		{Body: completion(d.Evaluated, d.People)},
	}}
}

// latest is the newest complete run; its ID is 0 where there is none.
func (v CycleView) latest() appraisal.Run {
	for _, r := range v.Runs {
		if r.State == appraisal.RunComplete {
			return r
		}
	}
	return appraisal.Run{}
}

// active is the run under way; its ID is 0 where there is none.
func (v CycleView) active() appraisal.Run {
	for _, r := range v.Runs {
		if r.State.Active() {
			return r
		}
	}
	return appraisal.Run{}
}

// fresh reports whether the latest complete run may be published.
func (v CycleView) fresh() bool {
	r := v.latest()
	return r.ID != 0 && r.CycleVersion == v.Cycle.Version
}

func (v CycleView) runsTable() ui.TableView {
	t := ui.TableView{
		Caption: "Penghitungan", CaptionHidden: true,
		Columns: []ui.Column{{Text: "Nomor"}, {Text: "Diminta"}, {Text: "Keadaan"}, {Text: "Pegawai", Numeric: true}, {Text: "Sidik hasil"}},
	}
	for i, r := range v.Runs {
		var before appraisal.Run
		for _, o := range v.Runs[i+1:] {
			if o.State == appraisal.RunComplete {
				before = o
				break
			}
		}
		digest := ui.Cell{Text: digestShort(r.OutputDigest)}
		if r.SameOutput(before) {
			digest.Note = "Hasil sama persis dengan penghitungan sebelumnya"
		}
		state := ui.Cell{Tag: runTag(r.State)}
		if r.ID == v.Cycle.PublishedRun {
			state.Note = "Yang diterbitkan"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: "Penghitungan " + runNumber(r), Href: path.Run(v.Cycle.Year, r.ID)},
			{Text: text.DateTime(r.RequestedAt)}, state,
			{Text: formsOf(r.Done, r.Total)}, digest,
		}})
	}
	return t
}

func runNumber(r appraisal.Run) string { return strconv.FormatInt(int64(r.ID), 10) }

// digestShort is the beginning of a digest, enough to tell two apart by eye.
func digestShort(d []byte) string {
	if len(d) < 6 {
		return text.None
	}
	return hex.EncodeToString(d[:6])
}

func runTag(s appraisal.RunState) ui.TagView {
	switch s {
	case appraisal.RunComplete:
		return ui.TagView{Text: text.RunState(s), Kind: ui.TagDone}
	case appraisal.RunQueued, appraisal.RunWorking:
		return ui.TagView{Text: text.RunState(s), Kind: ui.TagProgress}
	case appraisal.RunFailed:
		return ui.TagView{Text: text.RunState(s), Kind: ui.TagLate}
	case appraisal.RunCancelled:
	}
	return ui.TagView{Text: text.RunState(s)}
}

// barWidth is the length of a completion bar in pixels.
func barWidth(done, total int) string {
	return strconv.FormatFloat(0.96*percentOf(done, total), 'f', 1, 64)
}
