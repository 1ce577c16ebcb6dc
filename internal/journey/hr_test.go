package journey

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

// closeForms closes the forms of a year, as HR of the city.
func (p *tab) closeForms(year int) {
	p.t.Helper()
	p.open(path.Cycle(year))
	p.click("summary", "Tutup formulir")
	p.follow("Ya, tutup formulir")
	p.sees("Hitung indeks")
}

// score starts a run from the control room and waits for its end.
func (p *tab) score() {
	p.t.Helper()
	p.leads(func() { p.click("main button", "Mulai menghitung") })
	p.sees("Penghitungan selesai")
}

func TestHRRunsTheYear(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	year := c.year()
	p := visit(t, c.base, desktop)
	p.enter(c.account(appraisal.RoleHRCity).Login)
	p.sees("Pengelolaan penilaian", "formulir terkirim")
	p.follow(fmt.Sprintf("Penilaian kinerja %d", year))
	p.sees("Kemajuan menurut perangkat daerah", "Sedang berjalan")
	var dinas int
	c.row(&dinas, "SELECT count(DISTINCT dinas_id) FROM participants p JOIN cycles c ON c.id = p.cycle_id AND c.year = $1", year)
	if n := eval[int](p, "document.querySelectorAll('main table tbody tr:not(.total)').length"); n != dinas {
		t.Errorf("%d rows for %d dinas", n, dinas)
	}
	p.follow("yang paling banyak belum terkirim")
	shares := eval[[]int](p, `[...document.querySelectorAll("main table tbody tr:not(.total) td:nth-of-type(2) strong")].map((e) => parseInt(e.textContent))`)
	if !slices.IsSorted(shares) {
		t.Errorf("not sorted by what is missing: %v", shares)
	}

	// A page that was open before somebody else moved the stage moves nothing.
	old := p.another()
	old.open(path.Cycle(year))
	p.closeForms(year)
	old.click("summary", "Tutup formulir")
	old.expect("status of 409")
	old.follow("Ya, tutup formulir")

	// The run waits for a table that is locked, so that its progress is seen.
	tx, err := c.connect().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "LOCK TABLE employee_results IN EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	p.leads(func() { p.click("main button", "Mulai menghitung") })
	p.until("progress is shown", "!!find('progress')")
	p.sees("Penghitungan berjalan di latar belakang", "Hentikan penghitungan")
	run := p.at()
	if err := tx.Rollback(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.sees("Penghitungan selesai", "Sidik hasil") // by itself
	if p.at() != run {
		t.Errorf("the page of the run moved from %s to %s", run, p.at())
	}
	p.until("the page of the run has come to rest", "document.readyState === 'complete'")
	p.arrived()

	p.open(path.Cycle(year))
	p.sees("belum mempunyai evaluasi yang ditetapkan")
	p.click("summary", "Terbitkan hasil")
	p.sees("tidak dapat dibatalkan")
	p.follow(fmt.Sprintf("Ya, terbitkan hasil %d", year))
	p.sees("Hasil sudah terbit")
	var stage string
	c.row(&stage, "SELECT stage FROM cycles WHERE year = $1", year)
	if stage != string(appraisal.StagePublished) {
		t.Errorf("the stage is %s", stage)
	}
	p.follow("Hasil per perangkat daerah")

	employee := visit(t, c.base, phone)
	employee.enter(c.account(appraisal.RoleEmployee).Login)
	employee.follow(fmt.Sprintf("Hasil penilaian kinerja Anda %d", year))
	employee.sees("Indeks perilaku")
}

func TestHRReadsAndDownloadsTheResults(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	p := visit(t, c.base, desktop)
	files := p.downloads()
	p.enter(c.account(appraisal.RoleHRCity).Login)
	p.leads(func() { p.click("nav a", "Hasil dinas") })
	p.leads(func() { p.click(".tabs a", "2025") })
	p.sees("Hasil per perangkat daerah", "Sebaran predikat", "Rata-rata indeks")
	names := eval[[]string](p, `[...document.querySelectorAll("main table.table tbody th, main table[role=table] tbody th[role=rowheader]")].map((e) => squash(e.textContent))`)
	means := eval[[]string](p, `[...document.querySelectorAll("main td[data-label='Rata-rata indeks']")].map((e) => squash(e.firstElementChild.firstChild.textContent))`)
	if len(means) < 3 {
		t.Fatalf("rows of %v", means)
	}
	names = names[len(names)-len(means):]
	p.click("main a", "Unduh XLSX")
	p.compare(readXLSX(t, files("hasil-dinas-2025.xlsx")), names, means)
	p.click("main a", "Unduh CSV")
	p.compare(readCSV(t, files("hasil-dinas-2025.csv")), names, means)

	// The page of a dinas with its charts, each with a table that says the same.
	var id appraisal.UnitID
	c.row(&id, "SELECT dinas_id FROM participants p JOIN cycles c ON c.id = p.cycle_id AND c.year = 2025 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
	p.leads(func() { p.click("main a[href='"+path.Dinas(id, 2025)+"']", "") })
	p.sees("Kelengkapan formulir", "Perilaku", "Sebaran predikat", "Perubahan dari tahun ke tahun")
	if n := eval[int](p, `all("main figure.chart svg, main .chart svg").length`); n < 3 {
		t.Errorf("%d charts", n)
	}
	if n := eval[int](p, `[...document.querySelectorAll("main figure.chart")].filter((e) => !e.querySelector("table")).length`); n != 0 {
		t.Errorf("%d charts without a table", n)
	}
	name := eval[string](p, "squash(find('h1').textContent)")
	p.click("main a", "Unduh XLSX")
	rows := readXLSX(t, files("hasil-*-2025.xlsx"))
	if len(rows) != 3 || rows[1][0] != name || rows[1][1] != "2025" || rows[2][1] != "2024" {
		t.Errorf("the file holds %q", rows)
	}
	p.click("main a", "Unduh CSV")
	if again := readCSV(t, files("hasil-*-2025.csv")); len(again) != len(rows) || again[1][0] != name {
		t.Errorf("the file holds %q", again)
	}

	p.show(phone)
	p.reload()
	p.show(phone.night())
	p.arrived()

	// HR of a dinas reads the own dinas, and no other.
	own := visit(t, c.base, phone)
	own.enter(c.account(appraisal.RoleHRDinas).Login)
	own.open(path.DinasYear(2025))
	if n := eval[int](own, `all("main a[href^='`+path.DinasList+`/']").length`); n != 1 {
		t.Errorf("HR of a dinas sees %d", n)
	}
}

// compare holds a file against the table on the page: the same units with the
// same means.
func (p *tab) compare(rows [][]string, names, means []string) {
	p.t.Helper()
	if len(rows) != len(names)+1 {
		p.t.Fatalf("%d rows for %d on the page", len(rows), len(names))
	}
	at := slices.Index(rows[0], "Rata-rata indeks perilaku")
	if at < 0 || rows[0][0] != "Perangkat daerah" {
		p.t.Fatalf("the headers are %q", rows[0])
	}
	inFile := map[string]string{}
	for _, r := range rows[1:] {
		inFile[r[0]] = strings.ReplaceAll(r[at], ".", ",")
	}
	for i, name := range names {
		if got := inFile[name]; got != means[i] && !(got == "disembunyikan" && !strings.Contains(means[i], ",")) {
			p.t.Errorf("%s is %q in the file and %q on the page", name, got, means[i])
		}
	}
}

// downloads makes the tab store files and returns a function that waits for one
// and returns its content.
func (p *tab) downloads() func(pattern string) []byte {
	p.t.Helper()
	dir := p.t.TempDir()
	_, err := chromedp.CallBrowser(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID, DownloadPath: dir,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return func(pattern string) []byte {
		p.t.Helper()
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			found, _ := filepath.Glob(filepath.Join(dir, pattern))
			if len(found) == 0 {
				continue
			}
			body, err := os.ReadFile(found[0])
			if err == nil && len(body) > 0 {
				_ = os.Remove(found[0])
				return body
			}
		}
		p.t.Fatalf("no file %s came", pattern)
		return nil
	}
}

func readXLSX(t *testing.T, body []byte) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func readCSV(t *testing.T, body []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
