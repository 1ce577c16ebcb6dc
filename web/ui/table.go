package ui

import "github.com/a-h/templ"

// TableView describes a table that turns into cards on phones.
type TableView struct {
	Caption       string
	CaptionHidden bool // shown to screen readers only, when a heading says the same
	Columns       []Column
	Rows          []Row
	Scroll        bool   // scrolls sideways instead of turning into cards; for figures in many columns
	ID            string // needed when Scroll is set
}

// Column is the head of a column.
type Column struct {
	Text    string
	Numeric bool   // aligned to the right
	Href    string // sorts by this column
	Sort    string // "ascending", "descending" or empty
}

// Row is one row; its first cell names it.
type Row struct {
	Cells []Cell
	Total bool // set off as a sum
}

// Cell is one cell: a text, a text with a link, a tag or any component.
type Cell struct {
	Text, Href string
	Note       string // small line below the text
	Tag        TagView
	Body       templ.Component
}

// Cells makes plain cells of texts.
func Cells(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, t := range texts {
		cells[i].Text = t
	}
	return cells
}

func (v TableView) class() string {
	if v.Scroll {
		return "table"
	}
	return "table table-cards"
}

func (v TableView) column(i int) Column {
	if i < len(v.Columns) {
		return v.Columns[i]
	}
	return Column{}
}

// blank reports whether there is nothing to show.
func (c Cell) blank() bool {
	return c.Text == "" && c.Note == "" && c.Tag.Text == "" && c.Body == nil
}
