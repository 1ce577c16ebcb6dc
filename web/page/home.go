package page

import (
	"strconv"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// HomeView is what [Home] shows.
type HomeView struct {
	Now  time.Time
	Name string // of the person, with titles; empty for accounts that are nobody's
	// Cycle is the latest cycle; nil where there is none.
	Cycle *appraisal.Cycle
	// Tasks are the forms of that cycle that the person is asked to fill.
	Tasks []appraisal.Task
	// Evaluated of People have a final evaluation; People is 0 for those who
	// supervise nobody.
	Evaluated, People int
	// HR is for those who see the control room.
	HR *HomeHR
	// News are published own results, newest first.
	News []HomeNews
}

// HomeHR is how far the cycle is, for those who see the control room. The
// counts are those that the person may see: of the city or of a dinas.
type HomeHR struct {
	Invited, Sent     int // forms
	People, Evaluated int
	// Run is the latest scoring run; nil where there is none.
	Run *appraisal.Run
}

// HomeNews is a published result.
type HomeNews struct {
	Year        int
	PublishedAt time.Time
}

// filling reports whether forms are open.
func (v HomeView) filling() bool { return v.Cycle != nil && v.Cycle.Stage == appraisal.StageFilling }

func (v HomeView) evaluating() bool {
	return v.Cycle != nil && v.Cycle.Stage == appraisal.StageEvaluation
}

func (v HomeView) title() string {
	if v.Name == "" {
		return "Beranda"
	}
	return "Selamat datang, " + v.Name
}

// year says in words where the cycle stands.
func (v HomeView) year() string {
	c := v.Cycle
	if c == nil {
		return ""
	}
	name := "Penilaian kinerja " + strconv.Itoa(c.Year)
	switch c.Stage {
	case appraisal.StagePreparation:
		return name + " sedang disiapkan. Formulir dibuka " + text.Date(c.Opens) + "."
	case appraisal.StageFilling:
		if text.Overdue(v.Now, c.FormsDue) {
			return name + ": tanggal batas " + text.Date(c.FormsDue) + " sudah lewat, tetapi formulir masih dapat diisi sampai ditutup oleh BKPSDM."
		}
		return name + ": formulir dapat diisi sampai " + text.Date(c.FormsDue) + " (" + text.DaysLeft(v.Now, c.FormsDue) + ")."
	case appraisal.StageEvaluation:
		return name + ": formulir sudah ditutup. Atasan langsung mengevaluasi kinerja sampai " + text.Date(c.EvaluationDue) + "."
	case appraisal.StagePublished:
		return name + ": hasil terbit " + text.Date(c.PublishedAt) + "."
	}
	return ""
}

// group is the forms of one kind, under a heading.
type group struct {
	id, title string
	tasks     []ui.Task
}

// todo are the forms to fill, by kind.
func (v HomeView) todo() []group {
	var groups []group
	for _, k := range homeOrder {
		g := group{id: "tugas-" + string(k), title: text.KindTask(k)}
		for _, t := range v.Tasks {
			if t.Kind == k && t.State != appraisal.ReviewSubmitted {
				g.tasks = append(g.tasks, v.task(t))
			}
		}
		if len(g.tasks) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// homeOrder puts the own form first and what is asked of everybody before
// what is asked of those who lead.
var homeOrder = []appraisal.ReviewKind{
	appraisal.KindSelf, appraisal.KindSubordinate, appraisal.KindPeer, appraisal.KindSupervisor,
}

// sent are the forms that were sent.
func (v HomeView) sent() []ui.Task {
	var tasks []ui.Task
	for _, t := range v.Tasks {
		if t.State == appraisal.ReviewSubmitted {
			tasks = append(tasks, v.task(t))
		}
	}
	return tasks
}

func (v HomeView) sentTitle() string {
	return "Sudah terkirim (" + strconv.Itoa(len(v.sent())) + ")"
}

func (v HomeView) task(t appraisal.Task) ui.Task {
	task := ui.Task{
		Title: taskTitle(t), Hint: t.RateePosition + ", " + t.RateeUnit,
		Status: ui.TagView{Text: text.TaskState(t), Kind: ui.TagTodo},
	}
	if t.Kind == appraisal.KindSelf {
		task.Hint = strconv.Itoa(t.Items) + " pernyataan tentang cara Anda bekerja"
	}
	switch {
	case t.State == appraisal.ReviewSubmitted:
		task.Href = path.ReviewCheck(t.Review)
		task.Due = text.DateTime(t.SubmittedAt)
		task.Hint = kindHint(t.Kind)
		task.Status.Kind = ui.TagDone
	case !v.filling():
		task.Href = path.ReviewCheck(t.Review)
		task.Hint = kindHint(t.Kind)
		task.Status = ui.TagView{Text: "Ditutup sebelum terkirim"}
	default:
		task.Href = path.Review(t.Review)
		task.Due = v.taskDue()
		if t.Answered > 0 {
			task.Status.Kind = ui.TagProgress
		}
		if text.Overdue(v.Now, v.Cycle.FormsDue) {
			task.Status.Kind = ui.TagLate
		}
	}
	return task
}

// kindHint says below the name of a person what form it is; the own form
// already has its name.
func kindHint(k appraisal.ReviewKind) string {
	if k == appraisal.KindSelf {
		return "Tentang diri Anda"
	}
	return text.Kind(k)
}

func (v HomeView) taskDue() string {
	return "Paling lambat " + text.Date(v.Cycle.FormsDue) + ", " + text.DaysLeft(v.Now, v.Cycle.FormsDue)
}

// evaluations is the evaluations to make as one task; none where there is
// nothing to do.
func (v HomeView) evaluations() []ui.Task {
	if !v.evaluating() || v.Evaluated >= v.People {
		return nil
	}
	kind := ui.TagTodo
	if text.Overdue(v.Now, v.Cycle.EvaluationDue) {
		kind = ui.TagLate
	}
	return []ui.Task{{
		Title: "Evaluasi kinerja pegawai yang Anda pimpin", Href: path.Team,
		Hint:   "Tentukan rating awal, baca umpan balik, lalu tetapkan predikat.",
		Due:    "Paling lambat " + text.Date(v.Cycle.EvaluationDue) + ", " + text.DaysLeft(v.Now, v.Cycle.EvaluationDue),
		Status: ui.TagView{Text: strconv.Itoa(v.Evaluated) + " dari " + strconv.Itoa(v.People) + " selesai", Kind: kind},
	}}
}

// nothing reports whether there is nothing to do now.
func (v HomeView) nothing() bool {
	return len(v.evaluations()) == 0 && (len(v.todo()) == 0 || !v.filling())
}

// nothingTitle and next say that there is nothing to do, and what comes next.
func (v HomeView) nothingTitle() string {
	if v.filling() && len(v.Tasks) > 0 {
		return "Semua penilaian Anda sudah terkirim"
	}
	return "Tidak ada yang perlu Anda kerjakan saat ini"
}

func (v HomeView) next() string {
	c := v.Cycle
	if c == nil {
		return "Bila periode penilaian dibuka, tugas Anda muncul di sini."
	}
	switch c.Stage {
	case appraisal.StagePreparation:
		return "Formulir dibuka " + text.WeekdayDate(c.Opens) + " dan dapat diisi sampai " + text.Date(c.FormsDue) + "."
	case appraisal.StageFilling:
		return "Berikutnya: setelah formulir ditutup (" + text.Date(c.FormsDue) + "), atasan langsung mengevaluasi kinerja sampai " + text.Date(c.EvaluationDue) + ". Lalu hasilnya muncul di sini."
	case appraisal.StageEvaluation:
		return "Atasan langsung mengevaluasi kinerja sampai " + text.Date(c.EvaluationDue) + ". Setelah hasil diterbitkan, Anda membacanya di sini."
	case appraisal.StagePublished:
		return "Periode berikutnya muncul di sini begitu dibuka."
	}
	return ""
}

// closed are forms that were not sent in time, until the results are out.
func (v HomeView) closed() []ui.Task {
	if !v.evaluating() {
		return nil
	}
	var tasks []ui.Task
	for _, g := range v.todo() {
		tasks = append(tasks, g.tasks...)
	}
	return tasks
}

func (v HomeView) news() []ui.Task {
	tasks := make([]ui.Task, len(v.News))
	for i, n := range v.News {
		tasks[i] = ui.Task{
			Title: "Hasil penilaian kinerja Anda " + strconv.Itoa(n.Year), Href: path.Result(n.Year),
			Due: "Terbit " + text.Date(n.PublishedAt),
		}
	}
	return tasks
}

// control is the control room as one task.
func (v HomeView) control() []ui.Task {
	c, hr := v.Cycle, v.HR
	t := ui.Task{
		Title: "Penilaian kinerja " + strconv.Itoa(c.Year), Href: path.Cycle(c.Year),
		Hint: text.StageMeaning(c.Stage), Status: ui.TagView{Text: text.Stage(c.Stage), Kind: ui.TagProgress},
	}
	switch c.Stage {
	case appraisal.StagePreparation:
		t.Due = "Formulir dibuka " + text.Date(c.Opens)
	case appraisal.StageFilling:
		t.Due = text.Int(hr.Sent) + " dari " + text.Int(hr.Invited) + " formulir terkirim (" + text.Percent(hr.Sent, hr.Invited) + ")"
	case appraisal.StageEvaluation:
		t.Due = text.Int(hr.Evaluated) + " dari " + text.Int(hr.People) + " pegawai sudah dievaluasi (" + text.Percent(hr.Evaluated, hr.People) + ")"
	case appraisal.StagePublished:
		t.Due = "Terbit " + text.Date(c.PublishedAt)
		t.Status.Kind = ui.TagDone
	}
	tasks := []ui.Task{t}
	if hr.Run != nil && hr.Run.State != appraisal.RunComplete {
		tasks = append(tasks, ui.Task{
			Title: "Penghitungan", Href: path.Run(c.Year, hr.Run.ID),
			Hint:   text.Int(hr.Run.Done) + " dari " + text.Int(hr.Run.Total) + " pegawai",
			Status: ui.TagView{Text: text.RunState(hr.Run.State), Kind: ui.TagProgress},
		})
	}
	return tasks
}
