package ui

// NavItem is one entry of [Tabs].
type NavItem struct {
	Text, Href string
	Count      string // how many things wait there; empty: not shown
	Current    bool
}

// StepState says how far a step of a form is.
type StepState string

// The states of a step.
const (
	StepOpen    StepState = ""
	StepDone    StepState = "done"
	StepCurrent StepState = "current"
)

// Step is one step of a form in several parts.
type Step struct {
	Text, Href string
	State      StepState
}

// StepsView says where in a form of several parts this page is.
type StepsView struct {
	Label string // such as "Bagian 3 dari 7"
	Steps []Step // the parts, shown as links; may be empty
}

// Page is one number of a [Pagination].
type Page struct {
	Text, Href string
	Current    bool
	Gap        bool // numbers left out here
}

// PaginationView leads through a list in several pages.
type PaginationView struct {
	Count      string // such as "Menampilkan 1 sampai 50 dari 3.482 pegawai"
	Prev, Next string // addresses; empty at the ends
	Pages      []Page
}

// ProgressView is how far a long work is.
type ProgressView struct {
	ID, Label  string
	Value, Max string
	Text       string // the same in words
}
