package journey

import (
	"fmt"
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

// How forms of the demonstration are built.
const (
	behaviours  = 7
	longItems   = 21 // three statements for each behaviour
	perSection  = longItems / behaviours
	fieldCount  = longItems + behaviours
	firstRemark = longItems // the field of the first comment
)

// withAndWithout runs a journey on a phone with and without JavaScript.
func withAndWithout(t *testing.T, journey func(t *testing.T, l look)) {
	t.Parallel()
	for name, l := range map[string]look{"scripts": phone, "no scripts": phone.without()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			journey(t, l)
		})
	}
}

// stored waits until the form says that a change is stored. Without scripts it
// says nothing: there the button stores.
func (p *tab) stored() {
	if p.look.scripts {
		p.until("the draft is saved", "/^Tersimpan pukul \\d\\d\\.\\d\\d$/.test(squash(find('[data-save-status]')?.textContent ?? ''))")
	}
}

// onSection checks that a form shows a section.
func (p *tab) onSection(n, of int) {
	p.t.Helper()
	want := fmt.Sprintf("Bagian %d dari %d", n, of)
	p.sees(want)
	if !strings.HasPrefix(p.title(), want) {
		p.t.Errorf("title %q does not begin with %q", p.title(), want)
	}
}

func TestEmployeeFillsTheSelfAssessment(t *testing.T) {
	withAndWithout(t, func(t *testing.T, l look) {
		c := newCity(t)
		who := c.account(appraisal.RoleEmployee)
		form := appraisal.ReviewID(c.form(who.Employee, appraisal.KindSelf))
		const remark = "Saat banjir bulan Maret, berkas warga saya pindahkan lebih dulu.\nTidak ada yang hilang. 100 % selamat <baik> & \"utuh\"."

		p := visit(t, c.base, l)
		p.open(path.Home)
		if got := eval[bool](p, "!!find('[data-password] button')"); got != l.scripts {
			t.Fatalf("scripts run: %v", got)
		}
		p.signIn(spaced(who.Login))
		p.sees("Yang perlu Anda kerjakan", "Belum mulai")
		p.follow("Penilaian Diri")
		p.onSection(1, behaviours)
		p.sees("tentang diri Anda sendiri")
		if n := eval[int](p, "document.querySelectorAll('input[type=radio]:checked').length"); n != 0 {
			t.Errorf("%d answers are chosen beforehand", n)
		}
		for i := range perSection {
			p.choose(i, fmt.Sprint(3+i))
		}
		p.writeIn(fmt.Sprintf("#f%d", firstRemark), remark)
		p.follow("Simpan dan lanjut")
		p.onSection(2, behaviours)

		// The second section is left in the middle.
		p.choose(perSection, "x")
		if l.scripts {
			p.stored()
		} else {
			p.follow("Simpan dan kembali ke Beranda")
			p.sees("Draf tersimpan pukul", "Draf 4 dari 21")
		}
		p.close()

		// Another browser, another day.
		p = visit(t, c.base, l)
		p.enter(who.Login)
		p.sees("Draf 4 dari 21")
		p.follow("Penilaian Diri")
		p.onSection(2, behaviours)
		if got := eval[string](p, fmt.Sprintf("document.querySelector('input[name=f%d]:checked').value", perSection)); got != "x" {
			t.Errorf("the draft holds %q", got)
		}
		p.follow("Bagian sebelumnya")
		p.onSection(1, behaviours)
		if got := eval[string](p, fmt.Sprintf("document.querySelector('#f%d').value", firstRemark)); got != remark {
			t.Errorf("the comment came back as %q", got)
		}

		// Sending what is not complete says what is missing.
		p.open(path.ReviewSection(form, behaviours))
		p.follow("Simpan dan periksa jawaban")
		p.sees("Periksa jawaban Anda", "Sebelum dikirim, lengkapi dulu", "2 pernyataan belum dijawab.", "Tidak dapat menilai")
		p.expect("status of 422")
		p.follow("Kirim penilaian")
		p.sees("Belum dapat dikirim")
		if !strings.HasPrefix(p.title(), "Kesalahan: ") {
			t.Errorf("title %q of a refused form", p.title())
		}
		if l.scripts && !eval[bool](p, "document.activeElement.matches('[data-error-summary]')") {
			t.Error("the error summary has no focus")
		}
		p.leads(func() { p.click(".error-list a", "") })
		p.onSection(2, behaviours)
		for i := perSection + 1; i < longItems; i++ {
			p.choose(i, "4")
			if i%perSection == perSection-1 && i < longItems-1 {
				p.follow("Simpan dan lanjut")
				p.onSection(i/perSection+2, behaviours)
			}
		}
		p.follow("Simpan dan periksa jawaban")
		p.misses("lengkapi dulu")
		p.sees("Saat banjir bulan Maret")
		p.follow("Kirim penilaian")
		p.sees("Penilaian terkirim", "Setelah ini")

		// Sent answers can be changed until the forms close.
		p.follow("membaca atau mengubah jawaban")
		p.sees("Jawaban Anda", "Terkirim")
		p.follow("Ubah jawaban")
		p.sees("Penilaian ini menjadi draf lagi")
		p.leads(func() { p.click(".summary a", "Ubah") })
		p.onSection(1, behaviours)
		p.choose(0, "5")
		p.stored()
		if !l.scripts {
			p.follow("Simpan dan lanjut")
		}
		p.open(path.ReviewCheck(form))
		p.follow("Kirim penilaian")
		p.sees("Penilaian terkirim")
		p.open(path.Home)
		p.misses("Penilaian Diri 21 pernyataan")

		var state string
		var answers []int16
		c.row(&state, "SELECT state FROM reviews WHERE id = $1", form)
		c.row(&answers, "SELECT array_replace(answers, NULL, 0) FROM reviews WHERE id = $1", form)
		if state != string(appraisal.ReviewSubmitted) || answers[0] != 5 || answers[perSection] != 0 || answers[longItems-1] != 4 {
			t.Errorf("the database holds %s %v", state, answers)
		}
	})
}

func TestColleagueFillsThePeerForm(t *testing.T) {
	withAndWithout(t, func(t *testing.T, l look) {
		c := newCity(t)
		who := c.account(appraisal.RoleEmployee)
		form := appraisal.ReviewID(c.form(who.Employee, appraisal.KindPeer))
		p := visit(t, c.base, l)
		p.enter(who.Login)
		p.sees("Tentang rekan kerja")
		p.leads(func() { p.click("#tugas-peer li:has(.tag-todo) a, #tugas-peer a", "") })
		if p.at() != path.Review(form) {
			t.Fatalf("the task leads to %s", p.at())
		}
		p.sees("digabung dengan paling sedikit")
		for b := range behaviours {
			p.onSection(b+1, behaviours)
			name := eval[string](p, "squash(find('h1').textContent)")
			p.sees("Yang dimaksud dengan "+name+":", "Seberapa tampak nilai "+name)
			if n := eval[int](p, "all('main ul li').length"); n < 2 {
				t.Errorf("%s has %d anchors", name, n)
			}
			if n := eval[int](p, "all('fieldset').length"); n != 1 {
				t.Errorf("%s has %d items", name, n)
			}
			p.choose(b, []string{"4", "5", "3", "1", "x", "2", "4"}[b])
			if b < behaviours-1 {
				p.follow("Simpan dan lanjut")
			}
		}
		p.follow("Simpan dan periksa jawaban")
		p.sees("Periksa jawaban Anda")
		p.misses("lengkapi dulu")
		p.follow("Kirim penilaian")
		p.sees("Penilaian terkirim")
		var state string
		c.row(&state, "SELECT state FROM reviews WHERE id = $1", form)
		if state != string(appraisal.ReviewSubmitted) {
			t.Errorf("the form is %s", state)
		}
	})
}

func TestEmployeeReadsTheOwnResult(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	who := c.account(appraisal.RoleEmployee)
	p := visit(t, c.base, phone)
	p.enter(who.Login)
	p.follow("Hasil penilaian kinerja Anda 2025")
	p.readResult()
	p.open(path.Results)
	p.follow("2025")
	p.show(desktop)
	p.reload()
	p.readResult()

	// On paper there is the result and nothing to press.
	onPaper := desktop
	onPaper.print = true
	p.show(onPaper)
	p.until("navigation is not printed", `!all("nav, .menu-phone, .account, .skip-link, .back-link, .footer-links, button").length`)
	p.sees("Indeks perilaku", "Predikat kinerja")
	p.show(desktop)

	// The result of somebody else does not exist.
	p.expect("status of 404")
	p.open(path.ResultOf(2025, c.account(appraisal.RoleHead).Employee))
	p.sees("tidak ditemukan")
}

// readResult checks that a result is on the page with all that explains it, the
// strengths before the numbers.
func (p *tab) readResult() {
	p.t.Helper()
	p.sees("Yang menonjol baik", "Predikat kinerja:", "Indeks perilaku", "Catatan dari para penilai", "Langkah berikutnya")
	if !eval[bool](p, `(() => { const at = (t) => words().indexOf(t); return at("Yang menonjol baik") < at("Predikat kinerja:") && at("Predikat kinerja:") < at("Indeks perilaku"); })()`) {
		p.t.Error("the strengths do not come first")
	}
	if n := eval[int](p, `all("main svg").length`); n < 2 {
		p.t.Errorf("%d drawings", n)
	}
	for range eval[int](p, `all("main details:not([open]) > summary").length`) {
		p.click("main details:not([open]) > summary", "")
	}
	p.arrived()
}
