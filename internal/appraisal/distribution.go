package appraisal

// Pattern is the distribution of predikat that an organisation predikat
// expects: the guidance of PermenPANRB 6/2022, Lampiran IV.B.2, with the limits
// of SE MenPANRB 3/2023. It warns and asks for a reason; it never moves a person.
type Pattern struct {
	// Largest is the predikat that most people should hold; zero where the
	// pattern names none.
	Largest Predikat
	Limits  []Limit
}

// Limit bounds the share of people who hold one of some predikat.
type Limit struct {
	Predikats []Predikat
	// MinPercent and MaxPercent bound the share, inclusive, in percent;
	// MaxPercent 100 and MinPercent 0 bound nothing.
	MinPercent, MaxPercent int
	// MinPeople is the least number of people.
	MinPeople int
}

// Distribution counts people by predikat.
type Distribution map[Predikat]int

// Total returns the number of people with a predikat.
func (d Distribution) Total() int {
	n := 0
	for _, p := range Predikats {
		n += d[p]
	}
	return n
}

// UnmetKind says what rule a distribution does not meet.
type UnmetKind string

// The kinds of rules of a pattern.
const (
	UnmetLargest UnmetKind = "largest"
	UnmetMax     UnmetKind = "max_percent"
	UnmetMin     UnmetKind = "min_percent"
	UnmetPeople  UnmetKind = "min_people"
)

// UnmetKinds lists every kind.
var UnmetKinds = []UnmetKind{UnmetLargest, UnmetMax, UnmetMin, UnmetPeople}

// Unmet is one rule of a pattern that a distribution does not meet.
type Unmet struct {
	Kind      UnmetKind
	Predikats []Predikat
	// Bound is the percent or the number of people that the rule names.
	Bound int
	// People of Total hold one of the predikat.
	People, Total int
}

// Check returns the rules of p that d does not meet, in integers only. It is
// meaningless for small groups: the caller leaves it out below
// Rules.MinDistributionGroup.
func (p Pattern) Check(d Distribution) []Unmet {
	total := d.Total()
	var unmet []Unmet
	if p.Largest != "" {
		for _, other := range Predikats {
			if other != p.Largest && d[other] >= d[p.Largest] && total > 0 {
				unmet = append(unmet, Unmet{UnmetLargest, []Predikat{p.Largest}, 0, d[p.Largest], total})
				break
			}
		}
	}
	for _, l := range p.Limits {
		n := 0
		for _, x := range l.Predikats {
			n += d[x]
		}
		if 100*n > l.MaxPercent*total {
			unmet = append(unmet, Unmet{UnmetMax, l.Predikats, l.MaxPercent, n, total})
		}
		if 100*n < l.MinPercent*total {
			unmet = append(unmet, Unmet{UnmetMin, l.Predikats, l.MinPercent, n, total})
		}
		if n < l.MinPeople {
			unmet = append(unmet, Unmet{UnmetPeople, l.Predikats, l.MinPeople, n, total})
		}
	}
	return unmet
}
