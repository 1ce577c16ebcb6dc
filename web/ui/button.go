package ui

// ButtonKind is the weight of a button on its page.
type ButtonKind string

// The kinds of button. A page has at most one primary button.
const (
	Primary   ButtonKind = "button"
	Secondary ButtonKind = "button button-secondary"
	Quiet     ButtonKind = "button button-quiet"
	Danger    ButtonKind = "button button-danger"
)

// ButtonView describes a submit button that needs more than a text.
type ButtonView struct {
	Text        string
	Kind        ButtonKind // zero value: primary
	Name, Value string     // sent with the form when this button is pressed
	Action      string     // other address than the form's own
	Describe    string     // words added for screen readers, such as the name of the row
	KeepTyping  bool       // skip the double-submit guard, for downloads
}

func (b ButtonView) class() string {
	if b.Kind == "" {
		return string(Primary)
	}
	return string(b.Kind)
}

// Link is a text that leads somewhere.
type Link struct {
	Text, Href string
}
