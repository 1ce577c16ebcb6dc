package page

import (
	"strconv"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/text"
	"rancak/web/ui"
)

// RunView is the progress of a scoring run.
type RunView struct {
	Cycle appraisal.Cycle
	Run   appraisal.Run
	// Before is the last complete run before this one; its ID is 0 where there is none.
	Before appraisal.Run
	CanRun bool
	// People take part in the cycle, Evaluated of them have a final evaluation;
	// nothing is said of them where People is 0.
	People, Evaluated int
	Now               time.Time
}

func (v RunView) title() string { return "Penghitungan " + runNumber(v.Run) }

// progress is the bar with done, total and time left in words.
func (v RunView) progress() ui.ProgressView {
	r := v.Run
	p := ui.ProgressView{
		ID: "kemajuan", Label: text.RunState(r.State), Value: strconv.Itoa(r.Done), Max: strconv.Itoa(max(r.Total, 1)),
		Text: text.Int(r.Done) + " dari " + text.Int(r.Total) + " pegawai",
	}
	switch r.State {
	case appraisal.RunQueued:
		p.Text = "Menunggu giliran, biasanya hanya sebentar."
	case appraisal.RunWorking:
		if left := v.left(); left != "" {
			p.Text += ", " + left
		}
	case appraisal.RunCancelled, appraisal.RunFailed, appraisal.RunComplete:
	}
	return p
}

// left estimates the time left from the pace so far; "" where it is too early.
func (v RunView) left() string {
	r := v.Run
	spent := v.Now.Sub(r.StartedAt)
	if r.Done <= 0 || r.Done >= r.Total || r.StartedAt.IsZero() || spent <= 0 {
		return ""
	}
	left := time.Duration(float64(spent) / float64(r.Done) * float64(r.Total-r.Done))
	return "sisa waktu " + text.Duration(left)
}

// facts are what is known of a complete run.
func (v RunView) facts() []ui.SummaryRow {
	r := v.Run
	rows := []ui.SummaryRow{
		{Key: "Keadaan", Tag: runTag(r.State)},
		{Key: "Diminta", Value: text.DateTime(r.RequestedAt)},
		{Key: "Mulai", Value: text.DateTime(r.StartedAt)},
		{Key: "Selesai", Value: text.DateTime(r.FinishedAt)},
		{Key: "Pegawai dihitung", Value: formsOf(r.Done, r.Total)},
	}
	if r.State == appraisal.RunComplete {
		if !r.StartedAt.IsZero() {
			rows = append(rows, ui.SummaryRow{Key: "Lama", Value: text.Duration(r.FinishedAt.Sub(r.StartedAt))})
		}
		rows = append(rows,
			ui.SummaryRow{Key: "Sidik masukan", Value: digestShort(r.InputDigest)},
			ui.SummaryRow{Key: "Sidik hasil", Value: digestShort(r.OutputDigest)},
		)
	}
	return rows
}

// published reports whether this run is the one the employees read.
func (v RunView) published() bool { return v.Cycle.PublishedRun == v.Run.ID && v.Run.ID != 0 }

// stale reports whether forms may have changed after the run.
func (v RunView) stale() bool {
	return v.Cycle.Stage != appraisal.StagePublished && v.Run.CycleVersion != v.Cycle.Version
}
