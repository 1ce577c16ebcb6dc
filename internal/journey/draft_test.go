package journey

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

// remark is the field of the first comment.
var remark = fmt.Sprintf("#f%d", firstRemark)

// draft opens a city and the self-assessment of its employee.
func draft(t *testing.T, l look) (c *city, p *tab, form appraisal.ReviewID) {
	t.Helper()
	c = newCity(t)
	who := c.account(appraisal.RoleEmployee)
	form = appraisal.ReviewID(c.form(who.Employee, appraisal.KindSelf))
	p = visit(t, c.base, l)
	p.enter(who.Login)
	p.open(path.ReviewSection(form, 1))
	return c, p, form
}

// says waits for what the form says about the draft.
func (p *tab) says(text string) {
	p.t.Helper()
	p.until("the form says "+text, "squash(find('[data-save-status]')?.textContent ?? '').startsWith("+quote(text)+")")
}

// comment returns the first comment of a form as it is stored.
func (c *city) comment(form appraisal.ReviewID) (text string) {
	c.t.Helper()
	c.row(&text, "SELECT comments[1] FROM reviews WHERE id = $1", form)
	return text
}

// comment types into the first comment and leaves the field.
func (p *tab) comment(text string) {
	p.t.Helper()
	p.writeIn(remark, text)
	p.press("\t")
}

func (p *tab) commentIs(text string) {
	p.t.Helper()
	p.until("the comment is "+text, "document.querySelector("+quote(remark)+").value === "+quote(text))
}

func TestDraftIsSaidToBeSavedAfterTheServerAnswered(t *testing.T) {
	t.Parallel()
	c, p, form := draft(t, phone)
	paused := make(chan fetch.RequestID, 10)
	err := chromedp.Listen(p.ctx, func(event any) {
		if e, ok := event.(*fetch.EventRequestPaused); ok {
			paused <- e.RequestID
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	call(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*/simpan", RequestStage: fetch.RequestStageResponse}}})

	// The answer of the server is held back: it is stored and not yet said so.
	p.comment("Menata arsip bulan Juni.")
	answer := <-paused
	p.says("Menyimpan")
	p.misses("Tersimpan pukul")
	if got := c.comment(form); got != "Menata arsip bulan Juni." {
		t.Errorf("the server had answered and stored %q", got)
	}
	call(p, fetch.ContinueResponse, fetch.ContinueResponseParams{RequestID: answer})
	p.stored()

	// The answer gets lost on the way. The next try meets its own save.
	p.expect("ERR_CONNECTION_RESET", "ERR_FAILED", "status of 409")
	p.comment("Menata arsip bulan Juli.")
	call(p, fetch.FailRequest, fetch.FailRequestParams{RequestID: <-paused, ErrorReason: network.ErrorReasonConnectionReset})
	p.says("Belum tersimpan: sambungan terputus.")
	call(p, fetch.Disable, struct{}{})
	p.stored()
	p.commentIs("Menata arsip bulan Juli.")
	if eval[bool](p, "!!find('.conflict')") {
		t.Error("the own save is taken for a conflict")
	}
}

func TestDraftSurvivesALostConnection(t *testing.T) {
	t.Parallel()
	c, p, form := draft(t, phone)
	p.expect("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED")
	offline := func(off bool) {
		call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}},
		})
		call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
	}
	offline(true)
	p.comment("Ditulis tanpa sambungan.")
	p.choose(0, "4")
	p.says("Belum tersimpan: sambungan terputus. Jawaban Anda tetap di halaman ini")
	p.arrived()
	p.commentIs("Ditulis tanpa sambungan.")
	if got := c.comment(form); got != "" {
		t.Errorf("stored without a connection: %q", got)
	}
	offline(false)
	p.stored()
	if got := c.comment(form); got != "Ditulis tanpa sambungan." {
		t.Errorf("stored %q", got)
	}

	// The server itself is away. Pressing the button does not lead away from
	// what was typed.
	c.stop()
	p.comment("Ditulis selama server mati.")
	p.says("Belum tersimpan: sambungan terputus.")
	before := p.at()
	p.click("main button", "Simpan dan lanjut")
	c.start()
	p.until("the draft is stored, on this page or by going on",
		"location.search === '?bagian=2' || /^Tersimpan pukul/.test(squash(find('[data-save-status]')?.textContent ?? ''))")
	if p.at() != before {
		t.Errorf("the browser went from %s to %s", before, p.at())
	}
	if got := c.comment(form); got != "Ditulis selama server mati." {
		t.Errorf("stored %q", got)
	}
}

func TestTwoTabsNeverOverwriteEachOther(t *testing.T) {
	t.Parallel()
	c, p, form := draft(t, phone)
	other := p.another()
	other.open(path.ReviewSection(form, 1))
	other.expect("status of 409")

	p.comment("Dari tab pertama.")
	p.stored()
	other.comment("Dari tab kedua.")
	other.sees("Isian ini juga diubah di tempat lain", "Dari tab pertama.", "Dari tab kedua.")
	other.says("Ada isian yang berbeda")
	other.arrived()
	if got := c.comment(form); got != "Dari tab pertama." {
		t.Errorf("stored %q", got)
	}
	other.click("main button", "Simpan dan lanjut") // leads to the choice, not past it
	other.until("the choice has the focus", "document.activeElement.matches('.conflict')")
	other.click(".conflict button", "Pakai yang tersimpan")
	other.commentIs("Dari tab pertama.")
	other.misses("Isian ini juga diubah")

	// Once more, and now what is here wins.
	p.comment("Kedua kali dari tab pertama.")
	p.stored()
	p.until("it is stored", "document.querySelector("+quote(fmt.Sprintf("[data-field='%d']", firstRemark))+").dataset.version === '2'")
	other.comment("Kedua kali dari tab kedua.")
	other.sees("Isian ini juga diubah di tempat lain", "Kedua kali dari tab pertama.")
	other.click(".conflict button", "Pakai yang di halaman ini")
	other.stored()
	other.commentIs("Kedua kali dari tab kedua.")
	if got := c.comment(form); got != "Kedua kali dari tab kedua." {
		t.Errorf("stored %q", got)
	}
}

func TestTwoTabsNeverOverwriteEachOtherWithoutScripts(t *testing.T) {
	t.Parallel()
	c, p, form := draft(t, phone.without())
	other := p.another()
	other.open(path.ReviewSection(form, 1))
	p.choose(0, "2")
	p.comment("Dari tab pertama.")
	p.follow("Simpan dan lanjut")
	other.expect("status of 409")
	other.choose(0, "4")
	other.comment("Dari tab kedua.")
	other.follow("Simpan dan lanjut")
	other.sees("juga diubah di tempat lain", "Dari tab pertama.", "Mana yang dipakai?")
	other.commentIs("Dari tab kedua.")
	if got := c.comment(form); got != "Dari tab pertama." {
		t.Errorf("stored %q", got)
	}
	other.click(`input[name=pilih0][value=tersimpan]`, "")
	other.click(fmt.Sprintf(`input[name=pilih%d][value=ini]`, firstRemark), "")
	other.follow("Simpan dan lanjut")
	other.onSection(2, behaviours)
	var answer int
	c.row(&answer, "SELECT answers[1] FROM reviews WHERE id = $1", form)
	if got := c.comment(form); got != "Dari tab kedua." || answer != 2 {
		t.Errorf("stored %q and %d", got, answer)
	}
}

func TestDraftSurvivesTheEndOfTheSession(t *testing.T) {
	t.Parallel()
	c, p, form := draft(t, phone)
	p.expect("status of 401")
	login := c.account(appraisal.RoleEmployee).Login
	other := p.another()
	other.open(path.Home)
	other.click(".account summary", "")
	other.leads(func() { other.click(".account button", "Keluar") })

	p.comment("Ditulis setelah sesi berakhir.")
	p.says("Belum tersimpan: sesi Anda sudah berakhir.")
	p.commentIs("Ditulis setelah sesi berakhir.")
	p.arrived()
	if !eval[bool](p, "(() => { const a = find('[data-save-status] a', 'Masuk lagi di tab baru'); return a.target === '_blank' && a.pathname === '/masuk'; })()") {
		t.Error("there is no way to sign in again")
	}
	other.open(path.SignIn)
	other.signIn(login)
	eval[any](p, "dispatchEvent(new Event('focus'))") // the person comes back to this tab
	p.stored()
	p.commentIs("Ditulis setelah sesi berakhir.")
	if got := c.comment(form); got != "Ditulis setelah sesi berakhir." {
		t.Errorf("stored %q", got)
	}

	// The cookie is gone, as after a long night, and the page is left by a link.
	call(p, network.DeleteCookies, network.DeleteCookiesParams{Name: "rancak", URL: c.base})
	p.leads(func() { p.click("main a", "Tampilkan semua bagian") })
	p.sees("Masuk dulu")
	p.signIn(login)
	if want := path.Review(form); p.at() != want {
		t.Errorf("signing in leads to %s, not to %s", p.at(), want)
	}
}
