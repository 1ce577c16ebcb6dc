package page_test

import (
	"net/http"
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
)

func TestSignIn(t *testing.T) {
	html := render(t, page.SignIn(layout.Chrome{}, page.SignInView{
		Login: "1990 <b>", Next: "/tim?x=1&y=2", Err: appraisal.ErrCredentials,
	}))
	contains(t, html,
		"<title>Kesalahan: Masuk – Rancak</title>", `value="1990 &lt;b&gt;"`, `name="ke" value="/tim?x=1&amp;y=2"`,
		`href="#nip"`, "NIP atau kata sandi belum cocok", `autocomplete="current-password"`,
	)
	html = render(t, page.SignIn(layout.Chrome{}, page.SignInView{Ended: true, Next: "/"}))
	contains(t, html, "Masuk lagi; Anda kembali ke halaman yang tadi.")
	lacks(t, html, "Kesalahan: ")
	html = render(t, page.SignIn(layout.Chrome{}, page.SignInView{Demo: []page.DemoAccount{
		{Role: appraisal.RoleAuditor, Login: "1 2", Name: "Ani"},
	}, DemoPassword: "sandi-contoh"}))
	contains(t, html, `href="/masuk?nip=1+2"`, "sandi-contoh", "Inspektorat")
}

func TestProblem(t *testing.T) {
	html := render(t, page.Problem(layout.Chrome{}, page.ProblemView{Status: http.StatusInternalServerError, RequestID: "abc"}))
	contains(t, html, "<code>abc</code>", `href="/"`)
	html = render(t, page.Problem(layout.Chrome{}, page.ProblemView{Status: http.StatusNotFound, RequestID: "abc"}))
	lacks(t, html, "abc")
	html = render(t, page.Problem(layout.Chrome{}, page.ProblemView{Status: http.StatusUnauthorized, Next: "/tim"}))
	contains(t, html, `href="/masuk?ke=%2Ftim"`)
	html = render(t, page.Problem(layout.Chrome{}, page.ProblemFor(http.StatusConflict, appraisal.ErrFormsClosed)))
	contains(t, html, "<h1>Masa pengisian sudah ditutup</h1>")
	html = render(t, page.Problem(layout.Chrome{}, page.ProblemView{Status: http.StatusServiceUnavailable, RetryAfter: 90}))
	contains(t, html, "dalam 2 menit")
}

func TestHelpScoring(t *testing.T) {
	rules := appraisal.Rules{
		Scheme: appraisal.SchemeThreeSources, Meets: appraisal.NewRatio(5, 2), Above: appraisal.NewRatio(7, 2),
		MinAnswered: appraisal.NewRatio(2, 3),
	}
	html := render(t, page.HelpScoring(layout.Chrome{}, page.HelpScoringView{Rules: rules}))
	contains(t, html, "Indeks 4,22", "<strong>Di Atas Ekspektasi</strong>")
	rules.Scheme = appraisal.SchemeRegional
	html = render(t, page.HelpScoring(layout.Chrome{}, page.HelpScoringView{Rules: rules}))
	contains(t, html, "Indeks 4,12", "Praktik daerah 60/40")
}
