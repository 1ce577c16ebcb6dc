package server

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"rancak/internal/appraisal"
	"rancak/web/asset"
	"rancak/web/path"
)

// handler is a page or an act. What it returns becomes a page in fail.
type handler func(w http.ResponseWriter, r *http.Request) error

// public marks a route that needs no account.
const public appraisal.Permission = ""

// route is one line of the table of routes.
type route struct {
	method, pattern string
	need            appraisal.Permission
	handle          handler
}

// routes is every page and act there is, with the permission it needs. Whether
// a particular form, person or dinas is the actor's is decided by the use case.
func (s *Server) routes() []route {
	const get, post = http.MethodGet, http.MethodPost
	const (
		signedIn = appraisal.PermSignedIn
		forms    = appraisal.PermForms
		team     = appraisal.PermTeam
		dinas    = appraisal.PermDinasResults
		look     = appraisal.PermCycleRead
		run      = appraisal.PermCycleRun
	)
	return []route{
		{get, path.SignIn, public, s.showSignIn},
		{post, path.SignIn, public, s.signIn},
		{post, path.SignOut, public, s.signOut},
		{get, path.Help, public, s.showHelp},
		{get, path.HelpScoring, public, s.showHelpScoring},
		{get, path.Privacy, public, s.showPrivacy},

		{get, path.Home, signedIn, s.showHome},
		{get, path.Held, signedIn, s.showHeld},
		{post, path.RenewSess, signedIn, s.renewSession},

		{get, "/penilaian/{id}", forms, s.showReview},
		{post, "/penilaian/{id}", forms, s.saveReview},
		{post, "/penilaian/{id}/simpan", forms, s.saveField},
		{get, "/penilaian/{id}/periksa", forms, s.checkReview},
		{post, "/penilaian/{id}/kirim", forms, s.submitReview},
		{post, "/penilaian/{id}/ubah", forms, s.reopenReview},
		{get, "/penilaian/{id}/terkirim", forms, s.showReviewSent},

		{get, path.Results, forms, s.showResults},
		{get, "/hasil/{tahun}", forms, s.showResult},
		{get, "/hasil/{tahun}/pegawai/{id}", signedIn, s.showResultOf},

		{get, path.Team, team, s.showTeam},
		{get, "/tim/{id}/evaluasi", team, s.showEvaluation},
		{post, "/tim/{id}/evaluasi/awal", team, s.enterEvaluation},
		{post, "/tim/{id}/evaluasi/tetapkan", team, s.finaliseEvaluation},
		{post, "/tim/{id}/evaluasi/ubah", team, s.reviseEvaluation},

		{get, path.Cycles, look, s.showCycles},
		{get, "/siklus/{tahun}", look, s.showCycle},
		{post, "/siklus/{tahun}/tahap", run, s.moveCycle},
		{post, "/siklus/{tahun}/terbitkan", run, s.publishCycle},
		{post, "/siklus/{tahun}/penghitungan", run, s.startRun},
		{get, "/siklus/{tahun}/penghitungan/{id}", look, s.showRun},
		{get, "/siklus/{tahun}/penghitungan/{id}/keadaan", look, s.showRunState},
		{post, "/siklus/{tahun}/penghitungan/{id}/batalkan", run, s.cancelRun},
		{post, "/siklus/{tahun}/penghitungan/{id}/lanjutkan", run, s.resumeRun},

		{get, path.DinasList, dinas, s.showDinasList},
		{get, path.DinasList + ".xlsx", dinas, s.downloadDinasListXLSX},
		{get, path.DinasList + ".csv", dinas, s.downloadDinasListCSV},
		{get, path.DinasList + "/{id}", dinas, s.showDinas},
		{get, path.DinasList + "/{id}/unduh.xlsx", dinas, s.downloadDinasXLSX},
		{get, path.DinasList + "/{id}/unduh.csv", dinas, s.downloadDinasCSV},
	}
}

func (s *Server) router() *chi.Mux {
	r := chi.NewRouter()
	r.Use(s.identify, s.logAccess, s.recoverPanic, s.secureHeaders, s.limit, s.protectOrigin, middleware.GetHead)
	r.Method(http.MethodGet, path.Healthz, s.page(s.showHealth))
	r.Method(http.MethodGet, path.Readyz, s.page(s.showReady))
	r.Handle(asset.Prefix+"*", asset.Handler())
	r.NotFound(s.page(func(http.ResponseWriter, *http.Request) error { return appraisal.ErrNotFound }).ServeHTTP)
	r.MethodNotAllowed(s.page(func(w http.ResponseWriter, req *http.Request) error {
		w.Header().Set("Allow", strings.Join(allowed(r, req), ", "))
		return errMethod
	}).ServeHTTP)
	r.Group(func(r chi.Router) {
		r.Use(s.compress, s.loadSession, s.loadActor, s.takeTurn)
		for _, x := range s.routes() {
			r.Method(x.method, x.pattern, s.guard(x.need, s.page(x.handle)))
		}
	})
	return r
}

// allowed returns the methods that the address of a request takes.
func allowed(routes chi.Routes, r *http.Request) []string {
	at := r.URL.Path
	if r.URL.RawPath != "" {
		at = r.URL.RawPath
	}
	var methods []string
	for _, m := range []string{http.MethodGet, http.MethodPost} {
		if routes.Match(chi.NewRouteContext(), m, at) {
			methods = append(methods, m)
		}
		if m == http.MethodGet && len(methods) > 0 {
			methods = append(methods, http.MethodHead)
		}
	}
	return methods
}
