package ui

import "strings"

// table says the same as the drawing.
func (v BarChartView) table() TableView {
	t := chartTable(v.ChartView, v.LabelName, v.ValueName)
	if v.ReferenceName != "" {
		t.Columns = append(t.Columns, Column{Text: v.ReferenceName, Numeric: true})
	}
	for _, b := range v.Bars {
		cells := []Cell{{Text: b.Label, Note: b.Note}, {Text: b.Text}}
		if v.ReferenceName != "" {
			cells = append(cells, Cell{Text: orDash(b.ReferenceText)})
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

func (v IntervalChartView) table() TableView {
	t := chartTable(v.ChartView, v.LabelName, v.ValueName)
	t.Columns = append(t.Columns, Column{Text: v.RangeName, Numeric: true})
	for _, iv := range v.Intervals {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: iv.Label, Note: iv.Note}, {Text: iv.Text}, {Text: orDash(iv.RangeText)}}})
	}
	return t
}

func (v StackedBarView) table() TableView {
	t := chartTable(v.ChartView, v.LabelName, v.ValueName)
	for _, s := range v.Segments {
		t.Rows = append(t.Rows, Row{Cells: Cells(s.Label, s.Text)})
	}
	return t
}

func (v DistributionChartView) table() TableView {
	t := chartTable(v.ChartView, v.LabelName, v.ValueName)
	if v.PatternName != "" {
		t.Columns = append(t.Columns, Column{Text: v.PatternName, Numeric: true})
	}
	for _, c := range v.Columns {
		cells := Cells(c.Label, c.Text)
		if v.PatternName != "" {
			cells = append(cells, Cell{Text: orDash(c.PatternText)})
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

func (v LineChartView) table() TableView {
	t := TableView{Caption: v.Caption, CaptionHidden: true, Columns: []Column{{Text: v.TimeName}}}
	for _, l := range v.Lines {
		t.Columns = append(t.Columns, Column{Text: l.Name, Numeric: true})
	}
	for i, time := range v.Times {
		cells := Cells(time)
		for _, l := range v.Lines {
			text := ""
			if i < len(l.Points) {
				text = l.Points[i].Text
			}
			cells = append(cells, Cell{Text: orDash(text)})
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

func (v QuadrantView) table() TableView {
	t := TableView{Caption: v.Caption, CaptionHidden: true, Columns: []Column{{Text: v.RowName + " ↓ " + v.ColumnName + " →"}}}
	for _, l := range v.ColumnLabels {
		t.Columns = append(t.Columns, Column{Text: l})
	}
	for r, row := range v.Rows {
		cells := Cells(v.RowLabels[r])
		for _, c := range row {
			cell := Cell{Text: c.Text}
			if c.Chosen {
				cell = Cell{Tag: TagView{Text: c.Text, Kind: TagDone}}
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

func chartTable(v ChartView, label, value string) TableView {
	return TableView{
		Caption:       v.Caption,
		CaptionHidden: true,
		Columns:       []Column{{Text: label}, {Text: value, Numeric: true}},
	}
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// lineLength is how many letters fit on one line below a column or in a cell
// on the narrowest screens.
const lineLength = 10

// splitWords breaks a text into short lines, between words only.
func splitWords(text string) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		last := len(lines) - 1
		if last >= 0 && len(lines[last])+1+len(word) <= lineLength {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}
