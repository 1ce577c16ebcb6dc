package page_test

import (
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/layout"
	"rancak/web/page"
)

func unit(t *testing.T, id appraisal.UnitID, name string, year, people int, index string) scoring.UnitYear {
	t.Helper()
	m, err := scoring.ParseMean(index)
	if err != nil {
		t.Fatal(err)
	}
	u := scoring.UnitYear{
		Year: year, Stage: appraisal.StagePublished, Unit: appraisal.Unit{ID: id, Name: name}, Run: 7,
		Org: appraisal.OrgBaik, OrgYear: year, Distribution: appraisal.Distribution{appraisal.PredikatBaik: people},
		Result: scoring.UnitResult{
			People: people, Invited: scoring.Counts{people, people, 5 * people}, Sent: scoring.Counts{people, people, 4 * people},
			Index: scoring.UnitMean{Mean: m, People: people, Supervisors: 3},
		},
	}
	for range 7 {
		u.Result.Behaviours = append(u.Result.Behaviours, scoring.UnitMean{Mean: m, People: people, Supervisors: 3})
	}
	return u
}

// hidden is a unit as those see it from whom small groups are kept.
func hidden(u scoring.UnitYear) scoring.UnitYear {
	u.MeansHidden, u.DistributionHidden, u.Distribution = true, true, nil
	u.Result.Index, u.Result.Behaviours = scoring.UnitMean{}, make([]scoring.UnitMean, 7)
	return u
}

func TestDinasList(t *testing.T) {
	v := page.DinasListView{
		Year: 2026, Years: []int{2026, 2025}, Rules: testRules(),
		Dinas: []scoring.UnitYear{
			unit(t, 3, "Dinas Sosial", 2026, 40, "89/20"), unit(t, 2, "Badan Keuangan", 2026, 30, "7/2"),
			hidden(unit(t, 4, "Inspektorat", 2026, 4, "")), hidden(unit(t, 5, "Satuan Kecil", 2026, 12, "")),
		},
	}
	html := render(t, page.DinasList(layout.Chrome{}, v))
	contains(t, html, `href="/hasil/dinas/3?tahun=2026"`, `href="/hasil/dinas?tahun=2025"`, "4,45", "40 pegawai, dinilai 3 atasan",
		"disembunyikan: kurang dari 5 orang", "disembunyikan: kurang dari 10 orang", "agar angka unit kecil di dekatnya tidak terbaca",
		`href="/hasil/dinas.xlsx?tahun=2026"`, `href="/hasil/dinas.csv?tahun=2026"`, "Baik: <strong>70 orang (100%)")
	if strings.Index(html, "Badan Keuangan") > strings.Index(html, "Dinas Sosial") {
		t.Error("dinas are not in the order of their names")
	}
	v.Dinas = nil
	contains(t, render(t, page.DinasList(layout.Chrome{}, v)), "Belum ada hasil untuk tahun 2026")
}

func TestDinas(t *testing.T) {
	now, old := unit(t, 3, "Dinas Sosial", 2026, 40, "89/20"), unit(t, 9, "Dinas Sosial dan Tenaga Kerja", 2025, 35, "4/1")
	now.Unmet = testRules().Patterns[now.Org].Check(now.Distribution)
	v := page.DinasView{Year: 2026, Report: scoring.UnitReport{
		Years: []scoring.UnitYear{now, old}, Instrument: behaviours(3), Rules: testRules(), Predecessors: []appraisal.Unit{old.Unit},
	}}
	html := render(t, page.Dinas(layout.Chrome{}, v))
	contains(t, html, "3 atasan", "Berbeda dari pola", "Harmonis", "Angka tahun 2025 milik Dinas Sosial dan Tenaga Kerja",
		"berasal dari Dinas Sosial dan Tenaga Kerja", `href="/hasil/dinas/9?tahun=2025"`, `href="/hasil/dinas/3/unduh.xlsx?tahun=2026"`)
	lacks(t, html, "Unit kerja</h2>")

	v.Units = []scoring.UnitYear{hidden(unit(t, 31, "Sekretariat", 2026, 4, ""))}
	contains(t, render(t, page.Dinas(layout.Chrome{}, v)), "Unit kerja</h2>", "Sekretariat")

	v = page.DinasView{Year: 2026, Report: scoring.UnitReport{Years: []scoring.UnitYear{hidden(now)}, Instrument: behaviours(3), Rules: testRules()}}
	html = render(t, page.Dinas(layout.Chrome{}, v))
	contains(t, html, "Rata-rata disembunyikan", "Sebaran disembunyikan", "Ini tahun pertama yang tercatat")
	lacks(t, html, "4,45", "100%)")
}
