package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// Names of the fields of the evaluation. The names of levels are also those of
// faults.
const (
	FieldWork            = "hasil"
	FieldBehaviour       = "perilaku"
	FieldWorkReason      = "alasan_hasil"
	FieldBehaviourReason = "alasan_perilaku"
	FieldRecommendation  = "rekomendasi"
	// FieldVersion carries the version of what the person saw.
	FieldVersion = "versi"
)

// EvaluationView is the evaluation of one employee by the supervisor. What the
// page shows follows from the state of Evaluation: until the own entry is made
// nothing of Explained, Explanation, Advice and Org gets into the page.
type EvaluationView struct {
	Cycle      appraisal.Cycle
	Person     appraisal.Participant
	Evaluation appraisal.Evaluation
	// Advice is what the decision is held against; its Run is 0 while there is
	// no complete run, and then nothing can be decided.
	Advice appraisal.Advice
	// Explained and Explanation hold the result behind the advice.
	Explained   scoring.Explained
	Explanation scoring.Explanation
	// Org is the organisation predikat of the unit the person heads, of
	// OrgYear; "" for people who head none.
	Org     appraisal.OrgPredikat
	OrgYear int
	// Typed is what a refused form held; nil when the page is opened afresh. The
	// own entry uses its levels only.
	Typed  *appraisal.Decision
	Faults []appraisal.Fault
	// Err is why a form was refused as a whole, such as ErrConflict; what was
	// typed is then in Typed.
	Err error
	// Next is who comes next among the people not yet evaluated; 0 where nobody does.
	Next appraisal.EmployeeID
	// Done of Total people of the supervisor have a final evaluation.
	Done, Total int
	Now         time.Time
}

func (v EvaluationView) title() string { return "Evaluasi kinerja: " + v.Person.Name }

// open reports whether the stage allows evaluating.
func (v EvaluationView) open() bool { return v.Cycle.Stage == appraisal.StageEvaluation }

// errors are the faults as lines that lead to their fields.
func (v EvaluationView) errors() []ui.FieldError {
	list := make([]ui.FieldError, len(v.Faults))
	for i, f := range v.Faults {
		list[i] = ui.FieldError{ID: f.Field, Text: text.Fault(f)}
	}
	return list
}

func (v EvaluationView) version() string { return strconv.Itoa(v.Evaluation.Version) }

// decision is what the form of the decision holds: what was typed, or the own
// entry with the reasons given before.
func (v EvaluationView) decision() appraisal.Decision {
	if v.Typed != nil {
		return *v.Typed
	}
	e := v.Evaluation
	return appraisal.Decision{
		Work: e.OwnWork, Behaviour: e.OwnBehaviour,
		WorkReason: e.WorkReason, BehaviourReason: e.BehaviourReason, Recommendation: e.Recommendation,
	}
}

// entry is what the form of the own entry holds; nothing is chosen beforehand.
func (v EvaluationView) entry() appraisal.Decision {
	if v.Typed != nil {
		return *v.Typed
	}
	return appraisal.Decision{}
}

// work is the choice of the level of work results.
func (v EvaluationView) work(d appraisal.Decision) ui.ChoiceView {
	c := levels(FieldWork, "Rating hasil kerja", d.Work, true)
	c.Hint = v.proposed(v.Advice.Work)
	c.Error = faultOf(v.Faults, FieldWork)
	return c
}

// behaviour is the choice of the level of work behaviour.
func (v EvaluationView) behaviour(d appraisal.Decision) ui.ChoiceView {
	c := levels(FieldBehaviour, "Rating perilaku kerja", d.Behaviour, false)
	c.Hint = v.proposed(v.Advice.Behaviour)
	c.Error = faultOf(v.Faults, FieldBehaviour)
	return c
}

// proposed says which level is proposed, once the own entry is made.
func (v EvaluationView) proposed(l appraisal.Level) string {
	if l == "" || v.Evaluation.State == appraisal.EvaluationOpen {
		return ""
	}
	return "Usulan: " + text.Level(l) + "."
}

func levels(name, label string, chosen appraisal.Level, work bool) ui.ChoiceView {
	c := ui.ChoiceView{ID: name, Name: name, Label: label, Value: string(chosen)}
	for _, l := range appraisal.Levels {
		c.Options = append(c.Options, ui.Option{Value: string(l), Text: text.Level(l), Hint: text.LevelGuidance(work, l)})
	}
	return c
}

func (v EvaluationView) workReason() ui.TextareaView {
	return v.reason(FieldWorkReason, "Alasan rating hasil kerja berbeda dari usulan",
		"Isi hanya bila rating yang Anda pilih bukan "+text.Level(v.Advice.Work)+".", v.decision().WorkReason)
}

func (v EvaluationView) behaviourReason() ui.TextareaView {
	return v.reason(FieldBehaviourReason, "Alasan rating perilaku kerja berbeda dari usulan",
		"Isi hanya bila rating yang Anda pilih bukan "+text.Level(v.Advice.Behaviour)+". Sebutkan kejadian nyata; pegawai dapat membacanya.",
		v.decision().BehaviourReason)
}

func (v EvaluationView) recommendation() ui.TextareaView {
	return v.reason(FieldRecommendation, "Rekomendasi untuk tahun depan (boleh kosong)",
		"Apa yang perlu dipertahankan, dikembangkan, atau didukung. Pegawai membaca ini di hasilnya.", v.decision().Recommendation)
}

func (v EvaluationView) reason(name, label, hint, value string) ui.TextareaView {
	return ui.TextareaView{
		ID: name, Name: name, Label: label, Hint: hint, Value: value,
		Error: faultOf(v.Faults, name), MaxLength: strconv.Itoa(appraisal.ReasonMax),
	}
}

// quadrant is the picture beside the decision, with the chosen cell.
func (v EvaluationView) quadrant() ui.QuadrantView {
	d := v.decision()
	caption := "Kuadran kinerja; bertanda: rating awal Anda"
	if v.Typed != nil {
		caption = "Kuadran kinerja; bertanda: pilihan yang baru Anda kirim"
	}
	return quadrantChart("kuadran", caption, d.Work, d.Behaviour)
}

func (v EvaluationView) finalQuadrant() ui.QuadrantView {
	return quadrantChart("kuadran", "Kuadran kinerja", v.Evaluation.Work, v.Evaluation.Behaviour)
}

func (v EvaluationView) explain() explainView {
	return explainView{Who: thisEmployee, Explained: v.Explained, Explanation: v.Explanation}
}

// ownEntry shows the own entry.
func (v EvaluationView) ownEntry() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "Hasil kerja", Value: text.Level(v.Evaluation.OwnWork)},
		{Key: "Perilaku kerja", Value: text.Level(v.Evaluation.OwnBehaviour)},
		{Key: "Disimpan", Value: text.DateTime(v.Evaluation.EnteredAt)},
	}
}

// decided shows the decision.
func (v EvaluationView) decided() []ui.SummaryRow {
	e := v.Evaluation
	rows := []ui.SummaryRow{
		{Key: "Predikat kinerja", Value: text.Predikat(e.Predikat)},
		{Key: "Hasil kerja", Value: text.Level(e.Work)},
		{Key: "Perilaku kerja", Value: text.Level(e.Behaviour)},
	}
	if e.Proposal != "" {
		rows = append(rows, ui.SummaryRow{Key: "Usulan perilaku kerja", Value: text.Level(e.Proposal)})
	}
	for _, r := range []ui.SummaryRow{
		{Key: "Alasan rating hasil kerja", Value: e.WorkReason},
		{Key: "Alasan rating perilaku kerja", Value: e.BehaviourReason},
		{Key: "Rekomendasi", Value: e.Recommendation},
		{Key: "Ditetapkan", Value: text.DateTime(e.FinalAt)},
	} {
		if r.Value != "" {
			rows = append(rows, r)
		}
	}
	return rows
}

// orgProposal says which level of work results follows for a head of a unit.
func (v EvaluationView) orgProposal() string {
	return v.Person.Name + " memimpin unit dengan capaian kinerja organisasi " + text.OrgPredikat(v.Org) + " untuk tahun " +
		yearText(v.OrgYear) + ". Karena itu usulan rating hasil kerjanya " + text.Level(v.Advice.Work) + "."
}

// comments are those of everybody; peers and subordinates are not told apart
// where a person leads.
func (v EvaluationView) comments() []remarks {
	from := "Rekan kerja"
	for _, g := range v.Explained.Result.Groups {
		if g.Group == scoring.GroupSubordinate || g.Group == scoring.GroupMerged {
			from = "Rekan kerja atau bawahan"
		}
	}
	return v.explain().comments(func(k appraisal.ReviewKind) (string, bool) {
		switch k {
		case appraisal.KindSelf:
			return "Penilaian diri", true
		case appraisal.KindSupervisor:
			return "Catatan Anda", true
		case appraisal.KindPeer, appraisal.KindSubordinate:
		}
		return from, true
	})
}

// step says where in the evaluation the page is.
func (v EvaluationView) step() string {
	switch v.Evaluation.State {
	case appraisal.EvaluationEntered:
		return "Langkah 2 dari 2: keputusan"
	case appraisal.EvaluationFinal:
		return "Sudah ditetapkan"
	case appraisal.EvaluationOpen:
	}
	return "Langkah 1 dari 2: rating awal Anda"
}

// personRows is the card of a person below a heading with the name.
func personRows(p appraisal.Participant) []ui.SummaryRow {
	var rows []ui.SummaryRow
	if len(p.NIP) == 18 {
		rows = append(rows, ui.SummaryRow{Key: "NIP", Value: appraisal.NIP(p.NIP).Spaced()})
	}
	for _, r := range []ui.SummaryRow{
		{Key: "Jabatan", Value: lines(p.Position, golongan(p.Grade))},
		{Key: "Unit kerja", Value: lines(p.UnitName, p.DinasName)},
	} {
		if r.Value != "" {
			rows = append(rows, r)
		}
	}
	return rows
}

func golongan(grade string) string {
	if grade == "" {
		return ""
	}
	return "Golongan " + grade
}

// lines sets the texts below each other, each once and without the empty ones.
func lines(texts ...string) string {
	var list []string
	for _, t := range texts {
		if t != "" && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return strings.Join(list, "\n")
}

func (v EvaluationView) nextHref() string { return path.Evaluation(v.Next) }

// refused says why a form was refused as a whole.
func (v EvaluationView) refused() (title, body string) {
	if v.Err == nil {
		return "", ""
	}
	return text.Error(v.Err)
}

// lost are the texts of a refused form that no field on the page holds now.
func (v EvaluationView) lost() []string {
	if v.Err == nil || v.Typed == nil || v.open() && v.Evaluation.State == appraisal.EvaluationEntered {
		return nil
	}
	var texts []string
	for _, s := range []string{v.Typed.WorkReason, v.Typed.BehaviourReason, v.Typed.Recommendation} {
		if s != "" {
			texts = append(texts, s)
		}
	}
	return texts
}
