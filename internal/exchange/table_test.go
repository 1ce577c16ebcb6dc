package exchange_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rancak/internal/exchange"
)

var update = flag.Bool("update", false, "write the golden files anew")

func encode(t *testing.T, table exchange.Table, f exchange.Format) []byte {
	t.Helper()
	body, err := table.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// golden compares with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	name = "testdata/" + name
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s, `go test ./internal/exchange -update` writes it anew:\n%s", name, diff)
	}
}

// sheet opens an XLSX file.
func sheet(t *testing.T, body []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// dangerous are words that a spreadsheet would take for a formula.
var dangerous = []string{"=1+1", "+62 812", "-5", "@SUM(A1)", "\t=1", "\r=1", `=HYPERLINK("http://x";"y")`}

func sample() exchange.Table {
	t := exchange.Table{Name: "Uji", Headers: []string{"Nama", "Angka", "Desimal", "=Judul"}, Rows: [][]exchange.Cell{
		{exchange.Text("Dinas \"A\"; B, C"), exchange.Number(1234), exchange.Decimal(422, 2), exchange.Text("baris\nkedua")},
		{exchange.Text("Penjas é 🙂"), exchange.Number(-7), exchange.Decimal(-5, 2), {}},
		{exchange.Text("0812"), exchange.Number(0), exchange.Decimal(0, 2)}, // the last cell is missing
		{exchange.Text("198609262015051001"), exchange.Decimal(35, 1), exchange.Decimal(400, 2), exchange.Text("<b>&amp;</b>")},
	}}
	for _, s := range dangerous {
		t.Rows = append(t.Rows, []exchange.Cell{exchange.Text(s)})
	}
	return t
}

func TestCSV(t *testing.T) {
	body := encode(t, sample(), exchange.CSV)
	golden(t, "sample.csv", body)
	text, marked := strings.CutPrefix(string(body), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Nama", "Angka", "Desimal", "'=Judul"},
		{"Dinas \"A\"; B, C", "1234", "4,22", "baris\nkedua"},
		{"Penjas é 🙂", "-7", "-0,05", ""},
		{"0812", "0", "0,00", ""},
		{"198609262015051001", "3,5", "4,00", "<b>&amp;</b>"},
	}
	if diff := cmp.Diff(want, rows[:len(want)]); diff != "" {
		t.Error(diff)
	}
	for i, s := range dangerous {
		if got := rows[len(want)+i][0]; got[0] != '\'' || strings.ContainsRune("=+-@\t\r", rune(got[0])) {
			t.Errorf("%q was written as %q", s, got)
		}
	}
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("lines do not all end with CR LF")
	}
}

func TestXLSX(t *testing.T) {
	f := sheet(t, encode(t, sample(), exchange.XLSX))
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"Uji"}) {
		t.Fatalf("sheets %v", got)
	}
	for _, tt := range []struct {
		cell, value, raw string
		number           bool
	}{
		{"A1", "Nama", "Nama", false},
		{"D1", "=Judul", "=Judul", false},
		{"A2", "Dinas \"A\"; B, C", "Dinas \"A\"; B, C", false},
		{"B2", "1,234", "1234", true},
		{"C2", "4.22", "4.22", true},
		{"D2", "baris\nkedua", "baris\nkedua", false},
		{"A3", "Penjas é 🙂", "Penjas é 🙂", false},
		{"B3", "-7", "-7", true},
		{"C3", "-0.05", "-0.05", true},
		{"D3", "", "", false},
		{"A4", "0812", "0812", false}, // digits that are words keep their zero
		{"C4", "0.00", "0", true},
		{"A5", "198609262015051001", "198609262015051001", false},
		{"B5", "3.5", "3.5", true},
		{"C5", "4.00", "4", true},
		{"D5", "<b>&amp;</b>", "<b>&amp;</b>", false},
	} {
		value, err := f.GetCellValue("Uji", tt.cell)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := f.GetCellValue("Uji", tt.cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if value != tt.value || raw != tt.raw {
			t.Errorf("%s shows %q and holds %q, want %q and %q", tt.cell, value, raw, tt.value, tt.raw)
		}
		kind, err := f.GetCellType("Uji", tt.cell)
		if err != nil {
			t.Fatal(err)
		}
		isNumber := kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset && raw != ""
		if isNumber != tt.number {
			t.Errorf("%s has type %v", tt.cell, kind)
		}
	}
	rows, err := f.GetRows("Uji")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		for j := range rows[i] {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula("Uji", cell); formula != "" || err != nil {
				t.Errorf("%s holds the formula %q, %v", cell, formula, err)
			}
		}
	}
	panes, err := f.GetPanes("Uji")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("headers are not frozen: %+v, %v", panes, err)
	}
}

func TestFormat(t *testing.T) {
	if exchange.XLSX.MediaType() == exchange.CSV.MediaType() || !strings.Contains(exchange.CSV.MediaType(), "charset=utf-8") {
		t.Errorf("media types %s and %s", exchange.XLSX.MediaType(), exchange.CSV.MediaType())
	}
	if _, err := sample().Encode("pdf"); err == nil {
		t.Error("an unknown format was written")
	}
	empty := exchange.Table{Name: "Kosong", Headers: []string{"Satu"}}
	if got := string(encode(t, empty, exchange.CSV)); got != "\ufeffSatu\r\n" {
		t.Errorf("an empty table is %q", got)
	}
	if rows, err := sheet(t, encode(t, empty, exchange.XLSX)).GetRows("Kosong"); err != nil || len(rows) != 1 {
		t.Errorf("an empty sheet has the rows %v, %v", rows, err)
	}
}
