package journey

import (
	"fmt"
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/web/path"
	"rancak/web/text"
)

func TestSupervisorFillsAndEvaluates(t *testing.T) {
	withAndWithout(t, func(t *testing.T, l look) {
		c := newCity(t)
		who := c.account(appraisal.RoleSupervisor)
		form := appraisal.ReviewID(c.form(who.Employee, appraisal.KindSupervisor))
		var member appraisal.EmployeeID
		c.row(&member, "SELECT ratee_id FROM reviews WHERE id = $1", form)
		var name string
		c.row(&name, "SELECT name FROM employees WHERE id = $1", member)

		p := visit(t, c.base, l)
		p.enter(who.Login)
		p.sees("Tentang pegawai yang Anda pimpin")
		p.open(path.Team)
		p.sees("Formulir masuk", name)
		p.misses("Mulai evaluasi")
		p.leads(func() { p.click("main tr:has(a[href='"+path.Review(form)+"']) a", "") })
		p.fillAboutSubordinate(l)
		p.sees("Penilaian terkirim")
		p.open(path.Team)
		p.until("the team page knows of the sent form", fmt.Sprintf("!!find(%s, 'Lihat')", quote("main a[href='"+path.ReviewCheck(form)+"']")))

		// Nothing can be evaluated before the forms are closed.
		p.open(path.Evaluation(member))
		p.sees("Evaluasi belum dibuka")

		hr := visit(t, c.base, desktop)
		hr.enter(c.account(appraisal.RoleHRCity).Login)
		hr.closeForms(c.year())

		p.open(path.Home)
		p.follow("Evaluasi kinerja pegawai yang Anda pimpin")
		p.leads(func() { p.click("main a[href='"+path.Evaluation(member)+"']", "") })
		p.enterRatings()
		p.sees("Penghitungan belum selesai")
		hr.score()
		p.reload()
		p.decide()

		var final string
		c.row(&final, "SELECT state || ' ' || predikat FROM evaluations e JOIN cycles c ON c.id = e.cycle_id AND c.year = $1 WHERE employee_id = $2", c.year(), member)
		if !strings.HasPrefix(final, "final ") {
			t.Errorf("the evaluation is %s", final)
		}
		p.follow("Pegawai berikutnya")
		p.sees("Langkah 1 dari 2")
	})
}

// fillAboutSubordinate fills the long form at which the tab is, first without
// the comment that an answer of 5 needs.
func (p *tab) fillAboutSubordinate(l look) {
	p.t.Helper()
	for b := range behaviours {
		p.onSection(b+1, behaviours)
		for i := range perSection {
			value := "4"
			if b == 2 && i == 1 {
				value = "5"
			}
			p.choose(b*perSection+i, value)
		}
		if b < behaviours-1 {
			p.follow("Simpan dan lanjut")
		}
	}
	p.follow("Simpan dan periksa jawaban")
	p.sees("lengkapi dulu", "tulis satu kejadian nyata, karena ada nilai 1 atau 5.")
	p.expect("status of 422")
	p.follow("Kirim penilaian")
	p.sees("Belum dapat dikirim")
	p.leads(func() { p.click(".error-list a", "tulis satu kejadian nyata") })
	p.onSection(3, behaviours)
	p.writeIn(fmt.Sprintf("#f%d", firstRemark+2), "Pada bulan Mei melatih tiga rekan memakai aplikasi baru; laporan selesai dua hari lebih awal.")
	p.press("\t")
	if l.scripts {
		p.stored()
	} else {
		p.follow("Simpan dan lanjut")
	}
	p.open(strings.TrimSuffix(p.at(), "/periksa") + "/periksa")
	p.follow("Kirim penilaian")
}

// enterRatings makes the own entry, on a page that tells nothing of others.
func (p *tab) enterRatings() {
	p.t.Helper()
	p.sees("Langkah 1 dari 2", "Rating awal menurut Anda")
	for _, hint := range []string{"Usulan:", "Indeks perilaku", "Umpan balik</h2>", "<svg class=\"chart", "Rata-rata menurut"} {
		if eval[bool](p, "document.querySelector('main').innerHTML.includes("+quote(hint)+")") {
			p.t.Errorf("the page for the own entry holds %q", hint)
		}
	}
	if n := eval[int](p, "document.querySelectorAll('main input:checked').length"); n != 0 {
		p.t.Errorf("%d ratings are chosen beforehand", n)
	}
	p.expect("status of 422")
	p.follow("Simpan dan lihat umpan balik")
	p.sees("Ada yang perlu diperbaiki", "Pilih rating hasil kerja.", "Pilih rating perilaku kerja.")
	p.rate("hasil", appraisal.LevelMeets)
	p.rate("perilaku", appraisal.LevelMeets)
	p.follow("Simpan dan lihat umpan balik")
}

// rate chooses a level.
func (p *tab) rate(name string, l appraisal.Level) {
	p.t.Helper()
	p.click(fmt.Sprintf("input[name=%s][value=%s]", name, l), "")
}

// decide decides on another level of behaviour than proposed, which needs a
// reason.
func (p *tab) decide() {
	p.t.Helper()
	p.sees("Langkah 2 dari 2", "Usulan", "Indeks perilaku", "Umpan balik", "Rating awal Anda", "Keputusan Anda")
	other := appraisal.LevelAbove
	if eval[bool](p, "words().includes("+quote("Usulan: "+text.Level(appraisal.LevelAbove))+")") {
		other = appraisal.LevelMeets
	}
	const recommendation = "Pertahankan; ikut pelatihan pelayanan publik."
	p.rate("hasil", appraisal.LevelMeets)
	p.rate("perilaku", other)
	p.writeIn("#rekomendasi", recommendation)
	p.expect("status of 422")
	p.follow("Tetapkan")
	p.sees("Tulis alasan mengapa rating perilaku kerja berbeda dengan usulan.")
	if got := eval[string](p, "document.querySelector('#rekomendasi').value"); got != recommendation {
		p.t.Errorf("the recommendation became %q", got)
	}
	if !eval[bool](p, fmt.Sprintf("document.querySelector('input[name=perilaku][value=%s]').checked", other)) {
		p.t.Error("the chosen level was lost")
	}
	p.writeIn("#alasan_perilaku", "Saya melihat sendiri pelayanan di loket selama bulan Juni.")
	p.follow("Tetapkan")
	p.sees("Keputusan: "+text.Predikat(appraisal.PredikatBaik), "Saya melihat sendiri pelayanan", recommendation)
}
