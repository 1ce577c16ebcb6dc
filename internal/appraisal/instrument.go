package appraisal

// InstrumentID identifies one version of an instrument.
type InstrumentID int64

// Instrument is a version of the list of behaviours and items a form asks. It
// is never changed once used.
type Instrument struct {
	ID         InstrumentID
	Code       string // "berakhlak-21", "berakhlak-7"
	Version    int
	Behaviours []Behaviour
}

// Behaviour is one of the seven core values (Ps 10), with what is asked of it.
type Behaviour struct {
	Code string // "BP"
	Name string // "Berorientasi Pelayanan"
	// Items are the statements to answer, in order: the three statements for
	// self and supervisor, the value itself for peers and subordinates.
	Items []Item
	// Anchors are statements shown with a single item to say what it means.
	Anchors []string
}

// Item is one statement that is answered on the scale.
type Item struct {
	Text string
}

// Len returns the number of items, which is the length of a form's answers.
func (in Instrument) Len() int {
	n := 0
	for _, b := range in.Behaviours {
		n += len(b.Items)
	}
	return n
}

// Fields returns the number of fields of a form: its items, then one comment
// for each behaviour.
func (in Instrument) Fields() int { return in.Len() + len(in.Behaviours) }

// Span returns the half-open range of item indices of behaviour b.
func (in Instrument) Span(b int) (from, to int) {
	for _, x := range in.Behaviours[:b] {
		from += len(x.Items)
	}
	return from, from + len(in.Behaviours[b].Items)
}

// BehaviourOf returns the index of the behaviour that item belongs to.
func (in Instrument) BehaviourOf(item int) int {
	for b := range in.Behaviours {
		if _, to := in.Span(b); item < to {
			return b
		}
	}
	return -1
}
