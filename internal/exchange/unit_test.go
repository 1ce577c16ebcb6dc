package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"rancak/internal/appraisal"
	"rancak/internal/exchange"
	"rancak/internal/scoring"
)

const hidden = "disembunyikan"

// unit has so many people with one mean behind every number.
func unit(t *testing.T, name string, people int) scoring.UnitYear {
	t.Helper()
	mean, err := scoring.ParseMean("211/50")
	if err != nil {
		t.Fatal(err)
	}
	m := scoring.UnitMean{Mean: mean, People: people, Supervisors: 2}
	return scoring.UnitYear{
		Year: 2025, Stage: appraisal.StagePublished, Unit: appraisal.Unit{Name: name}, Run: 1,
		Org: appraisal.OrgBaik, OrgYear: 2024,
		Result: scoring.UnitResult{
			People: people, Invited: scoring.Counts{people, people, 3 * people, 0}, Sent: scoring.Counts{people, people, people, 0},
			Index: m, Behaviours: []scoring.UnitMean{m, m}, Proposals: [3]int{people, 0, 0},
		},
		Distribution: appraisal.Distribution{appraisal.PredikatBaik: people},
		Unmet:        []appraisal.Unmet{{Kind: appraisal.UnmetMax}},
	}
}

var instrument = appraisal.Instrument{Behaviours: []appraisal.Behaviour{{Name: "Akuntabel"}, {Name: "Kompeten"}}}

// columns returns a row of the table by its headers, as words of the CSV file.
func columns(t *testing.T, table exchange.Table, row int) map[string]string {
	t.Helper()
	lines := strings.Split(strings.TrimPrefix(string(encode(t, table, exchange.CSV)), "\ufeff"), "\r\n")
	names, values := strings.Split(lines[0], ";"), strings.Split(lines[row+1], ";")
	if len(names) != len(values) || len(table.Rows[row]) != len(names) {
		t.Fatalf("%d headers, %d values, %d cells", len(names), len(values), len(table.Rows[row]))
	}
	byName := map[string]string{}
	for i, name := range names {
		if _, twice := byName[name]; twice {
			t.Errorf("two columns are called %s", name)
		}
		byName[name] = values[i]
	}
	return byName
}

func TestCity(t *testing.T) {
	units := []scoring.UnitYear{unit(t, "Dinas A", 40), unit(t, "Dinas B", 12), unit(t, "Dinas C", 3), {Year: 2026, Unit: appraisal.Unit{Name: "Dinas D"}}}
	units[1].Result.Behaviours[1] = scoring.UnitMean{} // this one is removed, the others stay
	rules := appraisal.Rules{MinMeanGroup: 5, MinDistributionGroup: 10}
	scoring.Suppress(scoring.UnitYear{}, units[2:3], rules)
	table := exchange.City(units, instrument)
	golden(t, "city.csv", encode(t, table, exchange.CSV))

	for row, want := range []map[string]string{
		{"Perangkat daerah": "Dinas A", "Tahun": "2025", "Pegawai": "40", "Diundang: rekan": "120", "Terkirim: rekan": "40",
			"Pegawai berindeks": "40", "Atasan di balik indeks": "2", "Rata-rata indeks perilaku": "4,22", "Akuntabel": "4,22", "Akuntabel: atasan": "2",
			"Capaian kinerja organisasi": "Baik", "Capaian dari tahun": "2024", "Predikat Baik": "40", "Predikat Sangat Baik": "0",
			"Hal berbeda dari pola distribusi": "1"},
		{"Akuntabel": "4,22", "Kompeten": hidden, "Kompeten: atasan": hidden},
		{"Pegawai": "3", "Pegawai berindeks": hidden, "Atasan di balik indeks": hidden, "Rata-rata indeks perilaku": hidden,
			"Akuntabel": hidden, "Akuntabel: atasan": hidden, "Predikat Baik": hidden, "Predikat Kurang": hidden, "Hal berbeda dari pola distribusi": hidden},
		{"Pegawai": "0", "Rata-rata indeks perilaku": "", "Akuntabel": "", "Capaian kinerja organisasi": "", "Capaian dari tahun": "", "Predikat Baik": "0"},
	} {
		got := columns(t, table, row)
		for name, value := range want {
			if got[name] != value {
				t.Errorf("row %d, %s: %q, want %q", row, name, got[name], value)
			}
		}
	}
}

// What is hidden is nowhere in the file, as a word or as a number of its XML.
func TestCityXLSX(t *testing.T) {
	units := []scoring.UnitYear{unit(t, "Dinas C", 3)}
	scoring.Suppress(scoring.UnitYear{}, units, appraisal.Rules{MinMeanGroup: 5, MinDistributionGroup: 10})
	f := sheet(t, encode(t, exchange.City(append(units, unit(t, "Dinas A", 40)), instrument), exchange.XLSX))
	rows, err := f.GetRows("Hasil")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || slices.Contains(rows[1], "4.22") || !slices.Contains(rows[1], hidden) {
		t.Errorf("the small unit shows %v", rows[1])
	}
	at := slices.Index(rows[0], "Rata-rata indeks perilaku")
	if rows[1][at] != hidden || rows[2][at] != "4.22" {
		t.Errorf("means %q and %q", rows[1][at], rows[2][at])
	}
	if len(rows[0]) != len(rows[2]) {
		t.Errorf("%d headers, %d cells", len(rows[0]), len(rows[2]))
	}
}
