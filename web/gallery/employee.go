package gallery

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"rancak/internal/appraisal"
	"rancak/web/page"
	"rancak/web/path"
)

func signInStates() []State {
	c := sampleVisitor()
	demo := page.SignInView{DemoPassword: "bukittinggi-rancak", Demo: []page.DemoAccount{
		{Role: appraisal.RoleEmployee, Login: "19900412 201503 2 004", Name: "Rina Marlina, S.Kom.", Does: "isi penilaian diri dan rekan kerja, baca hasil tahun lalu"},
		{Role: appraisal.RoleSupervisor, Login: "19780903 200312 1 002", Name: "Hendri Saputra, S.T., M.M.", Does: "nilai dan evaluasi pegawai yang dipimpin"},
		{Role: appraisal.RoleHRCity, Login: "19850621 201001 2 011", Name: "Fitria Yuniarti, S.AP.", Does: "jalankan periode penilaian dan terbitkan hasil"},
	}}
	held := page.Held{To: path.Review(12), Fields: []page.HeldField{{Name: "bagian", Value: "1"}, {Name: "f0", Value: "4"}}}
	return []State{
		{"masuk", page.SignIn(c, page.SignInView{})},
		{"masuk-demo", page.SignIn(c, demo)},
		{"masuk-kembali", page.SignIn(c, page.SignInView{Next: path.Review(12)})},
		{"masuk-sesi-berakhir", page.SignIn(c, page.SignInView{Ended: true, Next: path.Review(12)})},
		{"masuk-isian-ditahan", page.SignIn(c, page.SignInView{Ended: true, Next: path.Review(12), Held: held})},
		{"masuk-isian-disimpan", page.Resume(sampleChrome(), page.ResumeView{Held: held})},
		{"masuk-kosong", page.SignIn(c, page.SignInView{Faults: []appraisal.Fault{
			{Field: page.FieldLogin, Code: appraisal.CodeRequired}, {Field: page.FieldPassword, Code: appraisal.CodeRequired},
		}})},
		{"masuk-keliru", page.SignIn(c, page.SignInView{Login: "19900412 201503 2 004", Err: appraisal.ErrCredentials})},
		{"masuk-tunggu", page.SignIn(c, page.SignInView{Login: "admin", Err: &appraisal.ThrottledError{Seconds: 30}})},
	}
}

// sampleTasks are forms to fill, some of them begun or sent.
func sampleTasks() []appraisal.Task {
	return []appraisal.Task{
		{Review: 11, Kind: appraisal.KindSelf, Ratee: 1, RateeName: "Rina Marlina, S.Kom.", State: appraisal.ReviewDraft, Answered: 8, Items: 21},
		{Review: 12, Kind: appraisal.KindPeer, RateeName: "Budi Santoso, A.Md.", RateePosition: "Pranata Komputer Terampil", RateeUnit: "Bidang Aplikasi Informatika", State: appraisal.ReviewDraft, Items: 7},
		{Review: 13, Kind: appraisal.KindPeer, RateeName: "Nurul Hidayati, S.T.", RateePosition: "Pranata Komputer Ahli Pertama", RateeUnit: "Bidang Aplikasi Informatika", State: appraisal.ReviewDraft, Answered: 7, Items: 7},
		{Review: 14, Kind: appraisal.KindSubordinate, RateeName: "Hendri Saputra, S.T., M.M.", RateePosition: "Kepala Bidang Aplikasi Informatika", RateeUnit: "Dinas Komunikasi dan Informatika", State: appraisal.ReviewDraft, Items: 7},
		{Review: 15, Kind: appraisal.KindSupervisor, RateeName: "Deni Kurniawan", RateePosition: "Pengelola Layanan Operasional", RateeUnit: "Bidang Aplikasi Informatika", State: appraisal.ReviewDraft, Answered: 20, Items: 21},
		{Review: 16, Kind: appraisal.KindPeer, RateeName: "Yelni Fitri, S.Kom.", RateePosition: "Pranata Komputer Ahli Pertama", RateeUnit: "Bidang Aplikasi Informatika", State: appraisal.ReviewSubmitted, Answered: 7, Items: 7, SubmittedAt: sampleNow.AddDate(0, 0, -3)},
	}
}

func homeStates() []State {
	c := sampleChrome()
	cycle := func(s appraisal.Stage) *appraisal.Cycle { x := sampleCycle(s); return &x }
	view := page.HomeView{Now: sampleNow, Name: "Rina Marlina, S.Kom.", Cycle: cycle(appraisal.StageFilling), Tasks: sampleTasks()}
	late := view
	late.Now = sampleNow.AddDate(0, 0, 5)
	closed := view
	closed.Cycle, closed.Now = cycle(appraisal.StageEvaluation), sampleNow.AddDate(0, 0, 7)
	supervisor := closed
	supervisor.Tasks, supervisor.People, supervisor.Evaluated = nil, 12, 3
	done := view
	done.Tasks = sampleTasks()[5:]
	published := page.HomeView{
		Now: sampleNow.AddDate(0, 1, 0), Name: view.Name, Cycle: cycle(appraisal.StagePublished),
		News: []page.HomeNews{
			{Year: 2026, PublishedAt: time.Date(2026, time.December, 22, 3, 0, 0, 0, time.UTC)},
			{Year: 2025, PublishedAt: time.Date(2025, time.December, 20, 3, 0, 0, 0, time.UTC)},
		},
	}
	hr := view
	hr.HR = &page.HomeHR{Invited: 24310, Sent: 19320, People: 3482}
	hrRun := closed
	hrRun.HR = &page.HomeHR{People: 3482, Evaluated: 1204, Run: &appraisal.Run{ID: 4, State: appraisal.RunWorking, Done: 1700, Total: 3482}}
	return []State{
		{"beranda", page.Home(c, view)},
		{"beranda-lewat", page.Home(c, late)},
		{"beranda-selesai", page.Home(c, done)},
		{"beranda-ditutup", page.Home(c, closed)},
		{"beranda-atasan", page.Home(c, supervisor)},
		{"beranda-terbit", page.Home(c, published)},
		{"beranda-persiapan", page.Home(c, page.HomeView{Now: sampleNow.AddDate(0, -1, 0), Name: view.Name, Cycle: cycle(appraisal.StagePreparation)})},
		{"beranda-kosong", page.Home(c, page.HomeView{Now: sampleNow})},
		{"beranda-bkpsdm", page.Home(c, hr)},
		{"beranda-bkpsdm-penghitungan", page.Home(c, hrRun)},
	}
}

// sampleForm is a form of a kind with its first answers given.
func sampleForm(kind appraisal.ReviewKind, answers ...appraisal.Answer) appraisal.ReviewForm {
	in := sampleInstrument()
	if kind == appraisal.KindPeer || kind == appraisal.KindSubordinate {
		in = sampleShortInstrument()
	}
	r := appraisal.Review{
		ID: 12, CycleID: 3, Kind: kind, Ratee: 2, Rater: 1, State: appraisal.ReviewDraft, Instrument: in.ID,
		Answers: make([]appraisal.Answer, in.Len()), Comments: make([]string, len(in.Behaviours)), Versions: make([]int, in.Fields()),
	}
	for i, a := range answers {
		r.Answers[i], r.Versions[i] = a, 1
	}
	person := appraisal.Participant{
		EmployeeID: 2, Name: "Budi Santoso, A.Md.", Position: "Pranata Komputer Terampil",
		UnitName: "Bidang Aplikasi Informatika", DinasName: "Dinas Komunikasi dan Informatika",
	}
	if kind == appraisal.KindSelf {
		r.Ratee, person = 1, appraisal.Participant{
			EmployeeID: 1, Name: "Rina Marlina, S.Kom.", Position: "Pranata Komputer Ahli Muda",
			UnitName: "Bidang Aplikasi Informatika", DinasName: "Dinas Komunikasi dan Informatika",
		}
	}
	return appraisal.ReviewForm{Review: r, Instrument: in, Cycle: sampleCycle(appraisal.StageFilling), Ratee: person}
}

// sampleFilled is a form with every item answered.
func sampleFilled(kind appraisal.ReviewKind) appraisal.ReviewForm {
	f := sampleForm(kind)
	for i := range f.Review.Answers {
		f.Review.Answers[i], f.Review.Versions[i] = appraisal.Answer(3+i%2), 1
	}
	f.Review.Answers[1] = appraisal.CannotRate
	f.Review.Comments[0] = "Saat antrean panjang bulan Juni, loket tambahan dibuka dan urutannya dijelaskan kepada warga.\nAntrean selesai sebelum pukul 15.00."
	f.Review.Versions[f.Instrument.Len()] = 2
	return f
}

func reviewStates() []State {
	c := sampleChrome()
	view := func(f appraisal.ReviewForm, section int) page.ReviewView {
		return page.ReviewView{Form: f, Section: section, LeastRaters: 3, Now: sampleNow}
	}
	self := view(sampleForm(appraisal.KindSelf, 4, 3, appraisal.CannotRate, 5, 4), 2)
	self.Saved = "14.03"
	supervisor := view(sampleForm(appraisal.KindSupervisor, 4, 3, 5), 1)
	long := view(sampleFilled(appraisal.KindPeer), 1)
	n := long.Form.Instrument.Len()
	long.Faults = []appraisal.Fault{{Field: appraisal.FieldName(n), Code: appraisal.CodeCommentLong, Number: appraisal.CommentMax}}
	long.Typed = []appraisal.Change{{Field: n, Version: 2, Comment: "Catatan yang panjang sekali."}}
	conflict := view(sampleFilled(appraisal.KindSelf), 1)
	conflict.Conflicts = []appraisal.Change{
		{Field: 0, Version: 0, Answer: 5},
		{Field: conflict.Form.Instrument.Len(), Version: 1, Comment: "Antrean bulan Juni selesai lebih awal karena loket tambahan."},
	}
	return append(reviewEndStates(),
		State{"penilaian-diri", page.Review(c, self)},
		State{"penilaian-atasan", page.Review(c, supervisor)},
		State{"penilaian-rekan", page.Review(c, view(sampleForm(appraisal.KindPeer, 4), 4))},
		State{"penilaian-bawahan", page.Review(c, view(sampleForm(appraisal.KindSubordinate), 7))},
		State{"penilaian-semua", page.Review(c, view(sampleForm(appraisal.KindPeer, 4, 3), 0))},
		State{"penilaian-diri-semua", page.Review(c, view(sampleForm(appraisal.KindSelf, 4, 3), 0))},
		State{"penilaian-catatan-panjang", page.Review(c, long)},
		State{"penilaian-bentrok", page.Review(c, conflict)},
	)
}

// reviewEndStates are the states of checking and sending.
func reviewEndStates() []State {
	c := sampleChrome()
	ready := page.ReviewCheckView{Form: sampleFilled(appraisal.KindSelf), Now: sampleNow}
	short := page.ReviewCheckView{Form: sampleFilled(appraisal.KindPeer), Now: sampleNow}
	missing := page.ReviewCheckView{Form: sampleForm(appraisal.KindSupervisor, 4, 3, 5, 5, 4, 4), Now: sampleNow}
	refused := missing
	var invalid *appraisal.InvalidError
	if errors.As(refused.Form.Review.Missing(refused.Form.Instrument), &invalid) {
		refused.Faults = invalid.Faults
	}
	sent := ready
	sent.Form.Review.State, sent.Form.Review.SubmittedAt = appraisal.ReviewSubmitted, sampleNow
	closed := sent
	closed.Form.Cycle = sampleCycle(appraisal.StageEvaluation)
	unsent := missing
	unsent.Form.Cycle = sampleCycle(appraisal.StageEvaluation)
	next := sampleTasks()[1]
	return []State{
		{"periksa", page.ReviewCheck(c, ready)},
		{"periksa-rekan", page.ReviewCheck(c, short)},
		{"periksa-belum-lengkap", page.ReviewCheck(c, missing)},
		{"periksa-ditolak", page.ReviewCheck(c, refused)},
		{"periksa-terkirim", page.ReviewCheck(c, sent)},
		{"periksa-ditutup", page.ReviewCheck(c, closed)},
		{"periksa-tidak-terkirim", page.ReviewCheck(c, unsent)},
		{"terkirim", page.ReviewSent(c, page.ReviewSentView{Form: sent.Form, Now: sampleNow, Next: &next, Left: 4})},
		{"terkirim-semua", page.ReviewSent(c, page.ReviewSentView{Form: sent.Form, Now: sampleNow})},
	}
}

func problemStates() []State {
	c := sampleVisitor()
	c.RequestID = "7f3a9c2e51"
	var states []State
	for _, status := range []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusMethodNotAllowed, http.StatusConflict, http.StatusRequestEntityTooLarge,
		http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusServiceUnavailable,
	} {
		v := page.ProblemView{Status: status, RequestID: c.RequestID}
		if status == http.StatusServiceUnavailable {
			v.RetryAfter = 30
		}
		states = append(states, State{"masalah-" + strconv.Itoa(status), page.Problem(c, v)})
	}
	known := page.ProblemFor(http.StatusConflict, appraisal.ErrFormsClosed)
	known.Back = path.Review(12)
	return append(states, State{"masalah-masuk", page.Problem(sampleChrome(), known)})
}

func helpStates() []State {
	c := sampleVisitor()
	cycle := sampleCycle(appraisal.StageFilling)
	v := page.HelpView{Rules: sampleRules, Cycle: &cycle}
	scoring := page.HelpScoringView{Rules: sampleRules}
	return []State{
		{"bantuan", page.Help(sampleChrome(), v)},
		{"bantuan-tamu", page.Help(c, page.HelpView{Rules: sampleRules})},
		{"bantuan-penghitungan", page.HelpScoring(sampleChrome(), scoring)},
		{"bantuan-penghitungan-tamu", page.HelpScoring(c, scoring)},
		{"privasi", page.Privacy(c, v)},
	}
}
