package ui

// TagKind is the weight of a [Tag].
type TagKind string

// The kinds of tag. The words carry the meaning; the kind only adds weight.
const (
	TagPlain    TagKind = ""         // not begun, not due, for information
	TagTodo     TagKind = "todo"     // to be done
	TagProgress TagKind = "progress" // begun
	TagDone     TagKind = "done"     // finished
	TagLate     TagKind = "late"     // past its date
)

// TagView is a state in words.
type TagView struct {
	Text string
	Kind TagKind
}

func (t TagView) class() string {
	switch t.Kind {
	case TagTodo:
		return "tag tag-todo"
	case TagProgress:
		return "tag tag-progress"
	case TagDone:
		return "tag tag-done"
	case TagLate:
		return "tag tag-late"
	default:
		return "tag"
	}
}

// Task is one line of a [TaskList]. Without Href it cannot be begun yet.
type Task struct {
	Title, Href string
	Hint        string
	Due         string // a sentence, such as "Paling lambat 5 Desember 2026"
	Status      TagView
}

// SummaryRow is one line of a [SummaryList].
type SummaryRow struct {
	Key, Value string
	Tag        TagView // shown instead of the value when it has a text
	Href       string  // where the value is changed; empty: nowhere
	Action     string  // text of that link; zero value: "Ubah"
}

func (r SummaryRow) action() string {
	if r.Action == "" {
		return "Ubah"
	}
	return r.Action
}

// Stat is one figure with its name.
type Stat struct {
	Label, Value string
	Note         string
}

// TimelineItem is something that happened at a time.
type TimelineItem struct {
	Title, Time string
	Text        string
}
