package page

import (
	"time"

	"rancak/internal/appraisal"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// TeamView is what a supervisor sees of the own people in a cycle.
type TeamView struct {
	Cycle   appraisal.Cycle
	Rules   appraisal.Rules
	Members []appraisal.Member
	// Org is the organisation predikat of the unit the supervisor leads, of
	// OrgYear; "" and 0 where there is none yet.
	Org     appraisal.OrgPredikat
	OrgYear int
	// Distribution counts the final predikat of the members, Unmet the rules of
	// the pattern that it does not meet. Both are shown once evaluating.
	Distribution appraisal.Distribution
	Unmet        []appraisal.Unmet
	Now          time.Time
}

// evaluating reports whether evaluations are shown beside the forms.
func (v TeamView) evaluating() bool {
	return v.Cycle.Stage == appraisal.StageEvaluation || v.Cycle.Stage == appraisal.StagePublished
}

func (v TeamView) lead() string {
	switch v.Cycle.Stage {
	case appraisal.StagePreparation:
		return "Formulir dibuka " + text.Date(v.Cycle.Opens) + ". Periksa apakah semua pegawai Anda ada di sini."
	case appraisal.StageFilling:
		return "Nilai setiap pegawai paling lambat " + text.Date(v.Cycle.FormsDue) + " (" + text.DaysLeft(v.Now, v.Cycle.FormsDue) + ")."
	case appraisal.StageEvaluation:
		return "Formulir sudah ditutup. Tetapkan evaluasi setiap pegawai paling lambat " + text.Date(v.Cycle.EvaluationDue) +
			" (" + text.DaysLeft(v.Now, v.Cycle.EvaluationDue) + ")."
	case appraisal.StagePublished:
		return "Hasil tahun ini sudah terbit " + text.Date(v.Cycle.PublishedAt) + ". Inilah saat yang baik untuk berbincang dengan setiap pegawai."
	}
	return ""
}

// stats are the counts above the list.
func (v TeamView) stats() []ui.Stat {
	var all appraisal.Completion
	own, final := 0, 0
	for _, m := range v.Members {
		all.Add(m.Completion)
		if m.Own.State == appraisal.ReviewSubmitted {
			own++
		}
		if m.Evaluation == appraisal.EvaluationFinal {
			final++
		}
	}
	people := text.Int(len(v.Members))
	invited, sent := all.Total()
	stats := []ui.Stat{{Label: "Pegawai", Value: people}}
	if v.Cycle.Stage != appraisal.StagePreparation {
		stats = append(stats,
			ui.Stat{Label: "Penilaian Anda terkirim", Value: text.Int(own), Note: "dari " + people + " pegawai"},
			ui.Stat{Label: "Semua formulir tentang tim", Value: text.Percent(sent, invited), Note: formsOf(sent, invited) + " terkirim"},
		)
	}
	if v.evaluating() {
		stats = append(stats, ui.Stat{Label: "Evaluasi ditetapkan", Value: text.Int(final), Note: "dari " + people + " pegawai"})
	}
	return stats
}

func (v TeamView) table() ui.TableView {
	t := ui.TableView{
		Caption: "Pegawai dan kemajuannya", CaptionHidden: true,
		Columns: []ui.Column{{Text: "Pegawai"}, {Text: "Penilaian Anda"}, {Text: "Formulir masuk"}},
	}
	if v.evaluating() {
		t.Columns = append(t.Columns, ui.Column{Text: "Evaluasi"}, ui.Column{Text: "Predikat"})
	}
	for _, m := range v.Members {
		invited, sent := m.Completion.Total()
		cells := []ui.Cell{
			{Text: m.Participant.Name, Note: m.Participant.Position},
			{Body: teamOwn(v, m)},
			{Text: formsOf(sent, invited), Note: stillOut(m.Completion)},
		}
		if v.evaluating() {
			cells = append(cells, ui.Cell{Body: teamEvaluation(v, m)}, ui.Cell{Body: teamPredikat(v, m)})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

// ownTag is the state of the supervisor's form about a member.
func (v TeamView) ownTag(t appraisal.Task) ui.TagView {
	switch {
	case t.State == appraisal.ReviewSubmitted:
		return ui.TagView{Text: text.TaskState(t), Kind: ui.TagDone}
	case v.evaluating():
		return ui.TagView{Text: "Tidak terkirim"}
	case t.Answered > 0:
		return ui.TagView{Text: text.TaskState(t), Kind: ui.TagProgress}
	default:
		return ui.TagView{Text: text.TaskState(t), Kind: ui.TagTodo}
	}
}

func evaluationTag(s appraisal.EvaluationState) ui.TagView {
	switch s {
	case appraisal.EvaluationFinal:
		return ui.TagView{Text: text.EvaluationState(s), Kind: ui.TagDone}
	case appraisal.EvaluationEntered:
		return ui.TagView{Text: text.EvaluationState(s), Kind: ui.TagProgress}
	case appraisal.EvaluationOpen:
	}
	return ui.TagView{Text: text.EvaluationState(appraisal.EvaluationOpen), Kind: ui.TagTodo}
}

// evaluationAction is the text of the link to an evaluation.
func (v TeamView) evaluationAction(m appraisal.Member) string {
	switch {
	case v.Cycle.Stage == appraisal.StagePublished || m.Evaluation == appraisal.EvaluationFinal:
		return "Lihat"
	case m.Evaluation == appraisal.EvaluationEntered:
		return "Lanjutkan"
	default:
		return "Mulai evaluasi"
	}
}

// ownAction is the text of the link to the own form, "" where there is none.
func (v TeamView) ownAction(m appraisal.Member) string {
	switch {
	case m.Own.Review == 0 || v.Cycle.Stage == appraisal.StagePreparation:
		return ""
	case v.Cycle.Stage != appraisal.StageFilling || m.Own.State == appraisal.ReviewSubmitted:
		return "Lihat"
	case m.Own.Answered > 0:
		return "Lanjutkan"
	default:
		return "Mulai menilai"
	}
}

// ownAbout says to screen readers what the link leads to.
func (v TeamView) ownAbout(m appraisal.Member) string {
	return "penilaian tentang " + m.Participant.Name
}

func (v TeamView) ownHref(m appraisal.Member) string {
	if v.Cycle.Stage != appraisal.StageFilling || m.Own.State == appraisal.ReviewSubmitted {
		return path.ReviewCheck(m.Own.Review)
	}
	return path.Review(m.Own.Review)
}

// pattern is the distribution beside the pattern of the organisation predikat.
func (v TeamView) pattern() patternView {
	return patternView{
		ID: "sebaran", Caption: "Predikat tim Anda",
		Distribution: v.Distribution, People: len(v.Members), Rules: v.Rules,
		Org: v.Org, OrgYear: v.OrgYear, Year: v.Cycle.Year, UnitName: "unit yang Anda pimpin",
		Unmet: v.Unmet, Provisional: v.Cycle.Stage == appraisal.StageEvaluation,
	}
}

// formsOf counts forms: "8 dari 11".
func formsOf(sent, invited int) string { return text.Int(sent) + " dari " + text.Int(invited) }

// stillOut names the kinds of forms that are not all sent.
func stillOut(c appraisal.Completion) string {
	var kinds []string
	for _, k := range appraisal.ReviewKinds {
		if invited, sent := c.Of(k); sent < invited {
			kinds = append(kinds, kindShort(k)+" "+text.Int(invited-sent))
		}
	}
	if len(kinds) == 0 {
		return ""
	}
	return "Belum: " + text.List(kinds...)
}

// kindShort names a kind of form where there is little room.
func kindShort(k appraisal.ReviewKind) string {
	switch k {
	case appraisal.KindSelf:
		return "diri"
	case appraisal.KindSupervisor:
		return "atasan"
	case appraisal.KindPeer:
		return "rekan"
	case appraisal.KindSubordinate:
		return "bawahan"
	}
	return ""
}
