package exchange

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Format is a file format, which is also the ending of its files.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// MediaType returns the media type of the format.
func (f Format) MediaType() string {
	if f == XLSX {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// Table is a sheet: one row of headers, then rows of cells.
type Table struct {
	Name    string // of the sheet, at most 31 characters
	Headers []string
	Rows    [][]Cell
}

// Cell is a text or a number. The zero value is empty.
type Cell struct {
	Text string
	// Number holds in units of 10^-Places where IsNumber is set.
	Number   int64
	Places   int
	IsNumber bool
	// Plain numbers, such as years, are written without thousands separators.
	Plain bool
}

// Text returns a cell with words.
func Text(s string) Cell { return Cell{Text: s} }

// Number returns a cell with a whole number.
func Number(n int) Cell { return Cell{Number: int64(n), IsNumber: true} }

// Year returns a cell with a year.
func Year(y int) Cell { return Cell{Number: int64(y), IsNumber: true, Plain: true} }

// Decimal returns a cell with n·10^-places.
func Decimal(n int64, places int) Cell { return Cell{Number: n, Places: places, IsNumber: true} }

// Encode writes the table in a format.
func (t Table) Encode(f Format) ([]byte, error) {
	switch f {
	case XLSX:
		return t.xlsx()
	case CSV:
		return t.csv()
	}
	return nil, fmt.Errorf("no such format: %q", f)
}

// csv writes for spreadsheets set to Indonesian: semicolons, decimal comma,
// and a byte order mark so that they read UTF-8.
func (t Table) csv() ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString("\ufeff")
	w := csv.NewWriter(&buf)
	w.Comma, w.UseCRLF = ';', true
	record := make([]string, len(t.Headers))
	for i, h := range t.Headers {
		record[i] = neutral(h)
	}
	if err := w.Write(record); err != nil {
		return nil, fmt.Errorf("writing headers: %w", err)
	}
	for _, row := range t.Rows {
		for i := range record {
			record[i] = ""
			if i < len(row) {
				record[i] = row[i].csv()
			}
		}
		if err := w.Write(record); err != nil {
			return nil, fmt.Errorf("writing a row: %w", err)
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

func (c Cell) csv() string {
	if !c.IsNumber {
		return neutral(c.Text)
	}
	return c.decimal(",")
}

// decimal writes the number with a decimal mark.
func (c Cell) decimal(mark string) string {
	sign, digits := "", strconv.FormatInt(c.Number, 10)
	if c.Number < 0 {
		sign, digits = "-", digits[1:]
	}
	if c.Places == 0 {
		return sign + digits
	}
	for len(digits) <= c.Places {
		digits = "0" + digits
	}
	cut := len(digits) - c.Places
	return sign + digits[:cut] + mark + digits[cut:]
}

// neutral keeps a spreadsheet from taking words for a formula.
func neutral(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// xlsx writes a sheet with typed cells, a frozen row of headers and a filter.
func (t Table) xlsx() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", t.Name); err != nil {
		return nil, fmt.Errorf("naming the sheet: %w", err)
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return nil, fmt.Errorf("making a style: %w", err)
	}
	styles, err := numberStyles(f)
	if err != nil {
		return nil, err
	}
	w, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return nil, fmt.Errorf("opening the sheet: %w", err)
	}
	if err := t.fill(w, head, styles); err != nil {
		return nil, err
	}
	if err := w.Flush(); err != nil {
		return nil, fmt.Errorf("writing the sheet: %w", err)
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("writing the file: %w", err)
	}
	return buf.Bytes(), nil
}

// maxPlaces is the most decimals a cell shows.
const maxPlaces = 2

func numberStyles(f *excelize.File) ([maxPlaces + 1]int, error) {
	var styles [maxPlaces + 1]int
	for places, format := range [maxPlaces + 1]string{"#,##0", "0.0", "0.00"} {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			return styles, fmt.Errorf("making a style: %w", err)
		}
		styles[places] = id
	}
	return styles, nil
}

func (t Table) fill(w *excelize.StreamWriter, head int, styles [maxPlaces + 1]int) error {
	if err := w.SetColWidth(1, 1, 44); err != nil {
		return fmt.Errorf("setting widths: %w", err)
	}
	if len(t.Headers) > 1 {
		if err := w.SetColWidth(2, len(t.Headers), 16); err != nil {
			return fmt.Errorf("setting widths: %w", err)
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freezing headers: %w", err)
	}
	row := make([]any, len(t.Headers))
	for i, h := range t.Headers {
		row[i] = excelize.Cell{StyleID: head, Value: h}
	}
	if err := w.SetRow("A1", row); err != nil {
		return fmt.Errorf("writing headers: %w", err)
	}
	for i, cells := range t.Rows {
		for j := range row {
			row[j] = nil
			if j < len(cells) {
				row[j] = cells[j].xlsx(styles)
			}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return fmt.Errorf("writing row %d: %w", i+1, err)
		}
	}
	return nil
}

// xlsx is the value of a cell. Words stay words: they are never a formula.
func (c Cell) xlsx(styles [maxPlaces + 1]int) any {
	switch {
	case !c.IsNumber && c.Text == "":
		return nil
	case !c.IsNumber:
		return c.Text
	}
	value, err := strconv.ParseFloat(c.decimal("."), 64)
	if err != nil {
		return c.decimal(".")
	}
	if c.Plain {
		return value
	}
	return excelize.Cell{StyleID: styles[min(c.Places, maxPlaces)], Value: value}
}
