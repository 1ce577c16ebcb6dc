// Package path holds the address of every page. Pages, handlers and e-mails
// take addresses from here and from nowhere else.
package path

import (
	"net/url"
	"strconv"

	"rancak/internal/appraisal"
)

// Addresses without parameters.
const (
	Home        = "/"
	SignIn      = "/masuk"
	SignOut     = "/keluar"
	Held        = "/masuk/lanjutkan"
	RenewSess   = "/sesi/perpanjang"
	Help        = "/bantuan"
	HelpScoring = "/bantuan/penghitungan"
	Privacy     = "/privasi"
	Team        = "/tim"
	Results     = "/hasil"
	Cycles      = "/siklus"
	DinasList   = "/hasil/dinas"
	Healthz     = "/healthz"
	Readyz      = "/readyz"
)

// SignInTo is the sign-in page that leads to an address afterwards.
func SignInTo(next string) string { return SignIn + "?ke=" + url.QueryEscape(next) }

// Review is a form; section 0 is the first that lacks an answer.
func Review(id appraisal.ReviewID) string { return "/penilaian/" + n(int64(id)) }

// ReviewSection is one section of a form, counted from 1.
func ReviewSection(id appraisal.ReviewID, section int) string {
	return Review(id) + "?bagian=" + strconv.Itoa(section)
}

// ReviewAll is the whole form on one page.
func ReviewAll(id appraisal.ReviewID) string { return Review(id) + "?bagian=semua" }

// ReviewSave is where scripts save one field of a form.
func ReviewSave(id appraisal.ReviewID) string { return Review(id) + "/simpan" }

// ReviewCheck is the page to check the answers on.
func ReviewCheck(id appraisal.ReviewID) string { return Review(id) + "/periksa" }

// ReviewSubmit is where a form is sent.
func ReviewSubmit(id appraisal.ReviewID) string { return Review(id) + "/kirim" }

// ReviewSent confirms a sent form.
func ReviewSent(id appraisal.ReviewID) string { return Review(id) + "/terkirim" }

// ReviewReopen takes a sent form back.
func ReviewReopen(id appraisal.ReviewID) string { return Review(id) + "/ubah" }

// Evaluation is the evaluation of one of the own people.
func Evaluation(id appraisal.EmployeeID) string { return Team + "/" + n(int64(id)) + "/evaluasi" }

// EvaluationEnter takes the supervisor's own entry.
func EvaluationEnter(id appraisal.EmployeeID) string { return Evaluation(id) + "/awal" }

// EvaluationFinal takes the decision.
func EvaluationFinal(id appraisal.EmployeeID) string { return Evaluation(id) + "/tetapkan" }

// EvaluationRevise opens a final evaluation again.
func EvaluationRevise(id appraisal.EmployeeID) string { return Evaluation(id) + "/ubah" }

// Result is the own result of a year.
func Result(year int) string { return Results + "/" + strconv.Itoa(year) }

// ResultOf is the result of an employee, for the supervisor and HR.
func ResultOf(year int, id appraisal.EmployeeID) string {
	return Result(year) + "/pegawai/" + n(int64(id))
}

// Cycle is the control room of a year.
func Cycle(year int) string { return Cycles + "/" + strconv.Itoa(year) }

// CycleStage moves the stage of a cycle.
func CycleStage(year int) string { return Cycle(year) + "/tahap" }

// CyclePublish publishes the results of a cycle.
func CyclePublish(year int) string { return Cycle(year) + "/terbitkan" }

// Runs starts a scoring run.
func Runs(year int) string { return Cycle(year) + "/penghitungan" }

// Run is the progress of a scoring run.
func Run(year int, id appraisal.RunID) string { return Runs(year) + "/" + n(int64(id)) }

// RunState is the part of the page Run that changes.
func RunState(year int, id appraisal.RunID) string { return Run(year, id) + "/keadaan" }

// RunCancel stops a scoring run.
func RunCancel(year int, id appraisal.RunID) string { return Run(year, id) + "/batalkan" }

// RunResume goes on with a cancelled or failed scoring run.
func RunResume(year int, id appraisal.RunID) string { return Run(year, id) + "/lanjutkan" }

// DinasYear lists the results of every dinas in a year.
func DinasYear(year int) string { return DinasList + "?tahun=" + strconv.Itoa(year) }

// DinasFile is the list of DinasYear as a file, "xlsx" or "csv".
func DinasFile(year int, ext string) string {
	return DinasList + "." + ext + "?tahun=" + strconv.Itoa(year)
}

// Dinas is the result of one dinas in a year.
func Dinas(id appraisal.UnitID, year int) string {
	return DinasList + "/" + n(int64(id)) + "?tahun=" + strconv.Itoa(year)
}

// DinasOneFile is the result of one dinas as a file, "xlsx" or "csv".
func DinasOneFile(id appraisal.UnitID, year int, ext string) string {
	return DinasList + "/" + n(int64(id)) + "/unduh." + ext + "?tahun=" + strconv.Itoa(year)
}

func n(id int64) string { return strconv.FormatInt(id, 10) }
