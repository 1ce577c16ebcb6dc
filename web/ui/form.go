package ui

// FieldError is one line of an [ErrorSummary]: what is wrong and where.
type FieldError struct {
	ID   string // id of the field the line links to; empty for the form as a whole
	Text string
}

// InputView describes a text input, also of type email, tel, date or file.
type InputView struct {
	ID, Name, Label string
	Hint, Error     string
	Value           string
	Type            string // zero value: text
	Mode            string // inputmode, such as numeric
	Autocomplete    string
	MaxLength       string
	Accept          string // of a file input
	Width           string // "short", "medium" or empty for the full measure
	Suffix          string // unit after the input
}

func (v InputView) kind() string {
	if v.Type == "" {
		return "text"
	}
	return v.Type
}

func (v InputView) class() string {
	switch v.Width {
	case "short":
		return "input input-short"
	case "medium":
		return "input input-medium"
	default:
		return "input"
	}
}

// TextareaView describes a text of several lines.
type TextareaView struct {
	ID, Name, Label string
	Hint, Error     string
	Value           string
	Rows            string // zero value: 4
	MaxLength       string
	Field, Version  string // of the draft; empty when the form has no draft saving
	Words           string // words that draw a kind hint, separated by commas
	WordsHint       string // the hint itself
}

func (v TextareaView) rows() string {
	if v.Rows == "" {
		return "4"
	}
	return v.Rows
}

// Option is one of several answers.
type Option struct {
	Value, Text string
	Hint        string
}

// RatingView describes one rated statement.
type RatingView struct {
	ID, Name       string
	Number         string // shown before the statement
	Legend         string // the statement
	Hint, Error    string
	Options        []Option // the steps, lowest first
	Unable         Option   // shown apart; empty value: none
	Value          string   // chosen value; empty: none yet
	Field, Version string   // of the draft; empty when the form has no draft saving
}

// ChoiceView describes radios, checkboxes or a select with a label or legend.
type ChoiceView struct {
	ID, Name, Label string
	Hint, Error     string
	Options         []Option
	Value           string // chosen value of radios and select
	Empty           string // text of the empty option of a select; none when empty
	Inline          bool   // radios side by side when there is room
	Field, Version  string // of the draft
}

// CheckboxView describes a single checkbox.
type CheckboxView struct {
	ID, Name, Value string
	Label, Hint     string
	Error           string
	Checked         bool
}

// describedBy names the hint and error of a field, as far as it has them.
func describedBy(id, hint, err string) string {
	switch {
	case hint != "" && err != "":
		return id + "-hint " + id + "-error"
	case hint != "":
		return id + "-hint"
	case err != "":
		return id + "-error"
	default:
		return ""
	}
}

func fieldClass(err string) string {
	if err != "" {
		return "field field-error"
	}
	return "field"
}
