package demo

import (
	"math"
)

// The rating model, on the scale 1..5. An answer is the rounded sum of the
// mean, the talent of the ratee, the severity of the rater and a residual,
// which is partly an impression of the person and partly of the item.
const (
	meanRating   = 3.8
	sdTalent     = 0.45
	sdBehaviour  = 0.30 // of a ratee in one behaviour, beside the talent
	sdSeverity   = 0.35
	sdImpression = 0.30 // of one rater of one ratee
	sdItem       = 0.461
	selfBonus    = 0.3
	sdDinas      = 0.09 // included in the talent
	// Talent and severity of a year have this correlation with the year before.
	talentStays   = 0.85
	severityStays = 0.8

	shareStraight     = 0.03 // raters who give one number to everything
	shareCannotRate   = 0.02
	sharePeerCannot   = 0.05
	shareHardlyKnown  = 0.008 // forms of peers who can rate nearly nothing
	cannotHardlyKnown = 0.75
)

// behaviours is the number of core values.
const behaviours = 7

// lean is how much easier or harder a behaviour is rated in all the city.
var lean = [behaviours]float64{0.06, 0.04, -0.06, 0.08, 0.12, -0.16, -0.08}

// cannotRate is the answer "tidak dapat menilai".
const cannotRate int8 = 0

// traits is what raters see of a person in one cycle.
type traits struct {
	talent    float64
	behaviour [behaviours]float64
}

// model knows the ratings of the city: people by their numbers, from the seed.
type model struct {
	seed  uint64
	years int
	first int // calendar year of the first cycle
	// dinas[y][d] is the effect of a unit of the top level.
	dinas map[[2]int]traits
}

func newModel(c *city) model {
	m := model{seed: c.opt.Seed, years: c.years(), first: c.calendarYear(0), dinas: map[[2]int]traits{}}
	rng := newStream()
	for d, u := range c.units {
		if u.dinas != d || d == 0 {
			continue
		}
		// A few have a topic of their own, from which training needs come.
		rng.at(m.seed, partDinas, d)
		topic, depth := -1, 0.35+0.3*rng.Float64()
		if rng.chance(0.4) {
			topic = pick(rng, []int{0, 2, 5, 5, 6})
		}
		level := rng.NormFloat64() * sdDinas
		for y := range m.years {
			var t traits
			t.talent = level + 0.03*float64(y) + 0.04*rng.NormFloat64()
			if topic >= 0 {
				t.behaviour[topic] = -depth
			}
			for b := range t.behaviour {
				t.behaviour[b] += 0.05 * rng.NormFloat64()
			}
			m.dinas[[2]int{y, d}] = t
		}
	}
	return m
}

// traitsOf returns what there is to see of a person of a dinas in cycle y.
func (m *model) traitsOf(rng *stream, e, y, dinas int) traits {
	rng.at(m.seed, partTalent, e)
	own := math.Sqrt(sdTalent*sdTalent - sdDinas*sdDinas)
	t := traits{talent: own * rng.NormFloat64()}
	for b := range t.behaviour {
		t.behaviour[b] = sdBehaviour * rng.NormFloat64()
	}
	fresh := math.Sqrt(1 - talentStays*talentStays)
	for range y {
		t.talent = talentStays*t.talent + fresh*own*rng.NormFloat64()
		for b := range t.behaviour {
			t.behaviour[b] = talentStays*t.behaviour[b] + fresh*sdBehaviour*rng.NormFloat64()
		}
	}
	d := m.dinas[[2]int{y, dinas}]
	t.talent += d.talent
	for b := range t.behaviour {
		t.behaviour[b] += d.behaviour[b] + lean[b]
	}
	return t
}

// rater is the habit of a rater in one cycle.
type rater struct {
	severity float64
	straight bool
}

func (m *model) raterOf(rng *stream, e, y int) rater {
	rng.at(m.seed, partSeverity, e)
	r := rater{straight: rng.chance(shareStraight), severity: sdSeverity * rng.NormFloat64()}
	fresh := math.Sqrt(1 - severityStays*severityStays)
	for range y {
		r.severity = severityStays*r.severity + fresh*sdSeverity*rng.NormFloat64()
	}
	return r
}

// answers fills list, items for each behaviour, with what the rater of a form
// answers. It leaves rng at the form's stream.
func (m *model) answers(rng *stream, f form, y, dinas int, list []int8) {
	t := m.traitsOf(rng, int(f.ratee), y, dinas)
	r := m.raterOf(rng, int(f.rater), y)
	rng.at(m.seed, partForm, m.first+y, int(f.ratee), int(f.rater), int(f.kind))
	base := meanRating + t.talent + sdImpression*rng.NormFloat64()
	cannot := shareCannotRate
	switch f.kind {
	case kindSelf:
		// People are lenient with themselves, each in their own measure.
		base += selfBonus
		cannot = shareCannotRate / 4
	case kindPeer:
		cannot = sharePeerCannot - shareHardlyKnown*cannotHardlyKnown
		if rng.chance(shareHardlyKnown) {
			cannot = cannotHardlyKnown
		}
	}
	base += r.severity
	items := len(list) / behaviours
	for i := range list {
		v := base
		if !r.straight {
			v += t.behaviour[i/items] + sdItem*rng.NormFloat64()
		}
		list[i] = int8(min(5, max(1, math.Round(v))))
		if !r.straight && rng.chance(cannot) {
			list[i] = cannotRate
		}
	}
}

// normalCDF is the standard normal distribution function.
func normalCDF(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }
