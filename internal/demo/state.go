package demo

import "time"

// Shares of the forms of finished years that were sent, by kind.
var sentBefore = [4]float64{0.97, 0.99, 0.93, 0.90}

// How far the share of the current year differs by kind, dinas and rater.
var sentByKind = [4]float64{0.03, -0.05, 0.01, -0.02}

const (
	sdSentDinas = 0.05
	sdSentRater = 0.10
	shareBegun  = 0.45 // of the forms not sent
)

// formState is how far a form is.
type formState struct {
	sent     bool
	answered float64 // share of the items, where it is not sent
	at       time.Time
}

// untouched, begun and sentNow are the states that forms of the accounts for
// trying out are given.
type showState int8

const (
	asDrawn showState = iota
	untouched
	begun
	sentNow
)

// state draws how far a form of cycle y is.
func (c *city) state(rng *stream, f form, y int, show showState) formState {
	current := y == c.years()-1
	share := sentBefore[f.kind]
	if current {
		share = c.opt.FilledShare + sentByKind[f.kind]
		dinas := c.units[c.seats[c.seatOf[y][f.rater]].unit].dinas
		share += sdSentDinas * rng.at(c.opt.Seed, partState, c.year, dinas).NormFloat64()
		share += sdSentRater * rng.at(c.opt.Seed, partRater, c.year, int(f.rater)).NormFloat64()
	}
	rng.at(c.opt.Seed, partState, c.calendarYear(y), int(f.ratee), int(f.rater), int(f.kind))
	sent := rng.chance(share)
	var answered float64
	if rng.chance(shareBegun) {
		answered = 0.15 + 0.7*rng.Float64()
	}
	switch show {
	case untouched:
		sent, answered = false, 0
	case begun:
		sent, answered = false, 0.5
	case sentNow:
		sent = true
	case asDrawn:
	}
	if !sent {
		return formState{answered: answered}
	}
	d := c.dates(y)
	until := d.formsDue
	if current {
		until = c.opt.Today.AddDate(0, 0, -1)
	}
	return formState{sent: true, at: officeHour(rng, d.opens, until, current)}
}

// officeHour draws a moment between two days, mostly on a working day and at
// office hours, more of them towards the end unless the end is only today.
func officeHour(rng *stream, from, until time.Time, even bool) time.Time {
	days := int(until.Sub(from).Hours()/24) + 1
	var day time.Time
	for range 6 {
		x := rng.Float64()
		if !even {
			x = 1 - x*x
		}
		day = from.AddDate(0, 0, min(days-1, int(x*float64(days))))
		if working(day) {
			break
		}
	}
	minute := 7*60 + 30 + rng.IntN(8*60+30)
	if rng.chance(0.12) {
		minute = 19*60 + rng.IntN(150)
	}
	return day.Add(time.Duration(minute)*time.Minute + time.Duration(rng.IntN(60))*time.Second - zone)
}

// working reports whether people are at work, as far as weekends and the
// holidays about the end of the year tell.
func working(d time.Time) bool {
	holiday := d.Month() == time.January && d.Day() == 1 || d.Month() == time.December && d.Day() == 25
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !holiday
}
