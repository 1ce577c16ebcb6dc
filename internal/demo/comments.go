package demo

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// strengthFrom is the mean answer of a behaviour from which a comment speaks
// of a strength; a supervisor's single 5 does so too.
const strengthFrom = 3.6

// Shares of forms with comments beside those that the rules ask for.
const (
	shareCommented  = 0.25
	shareTwo        = 0.35
	shareNoAdvice   = 0.25
	shareOnlyEffect = 0.12
)

// speaker is what a comment needs to know of its form.
type speaker struct {
	kind    int8
	setting setting
	name    string // of the ratee, without titles
	sex     int8
}

// comment composes one comment about behaviour b.
func comment(rng *stream, who speaker, b int, strength bool) string {
	w := topics[b]
	if strength {
		w = strengths[b]
	}
	subject, plans := who.subject(rng), w.advice
	if who.kind == kindSelf {
		plans = ownTopicPlans
		if strength {
			plans = ownStrengthPlans
		}
	}
	did := pick(rng, w.acts)
	text := opening(rng, who.setting, did.where) + ", " + subject + " " + did.did + "."
	effect, advice := did.effect, pick(rng, plans)
	if rng.chance(0.4) {
		effect = pick(rng, w.effects)
	}
	switch x := rng.Float64(); {
	case x < shareOnlyEffect:
		text += " " + advice
	case x < shareOnlyEffect+shareNoAdvice:
		text += " " + effect
	default:
		text += " " + effect + " " + advice
	}
	return words(text, who.setting)
}

// opening is the situation in which an act is seen.
func opening(rng *stream, w setting, where place) string {
	switch {
	case where == habitual:
		return pick(rng, habits)
	case where == withPublic || where == anywhere && rng.chance(0.5):
		return pick(rng, situations[w][0])
	}
	return pick(rng, situations[w][1])
}

// subject is how a rater speaks of the ratee within a sentence.
func (w speaker) subject(rng *stream) string {
	if w.kind == kindSelf {
		return "saya"
	}
	first, _, _ := strings.Cut(w.name, " ")
	short, long := "Pak ", "Bapak "
	if w.sex == female {
		short, long = "Bu ", "Ibu "
	}
	switch x := rng.Float64(); {
	case x < 0.5:
		return "beliau"
	case w.kind == kindPeer:
		return short + first
	}
	return long + first
}

// words puts the words of a setting into a text.
func words(text string, w setting) string {
	list := settingWords[w]
	for i, mark := range []string{"P", "D", "T"} {
		text = strings.ReplaceAll(text, "{"+mark+"}", list[i])
		text = strings.ReplaceAll(text, "{"+mark+"1}", capital(list[i]))
	}
	return text
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// comments fills list with the comments of a form: where a supervisor rated 1
// or 5 they are asked for, elsewhere a part of the forms has one or two.
func comments(rng *stream, who speaker, answers []int8, list []string) {
	clear(list)
	items := len(answers) / behaviours
	var mean [behaviours]float64
	for b := range list {
		n, sum, ends := 0, 0, false
		for _, a := range answers[b*items : (b+1)*items] {
			if a != cannotRate {
				n, sum = n+1, sum+int(a)
			}
			ends = ends || a == 1 || a == 5
		}
		if n > 0 {
			mean[b] = float64(sum) / float64(n)
		}
		if ends && who.kind == kindSupervisor {
			list[b] = comment(rng, who, b, mean[b] >= 3)
		}
	}
	if !rng.chance(shareCommented) {
		return
	}
	n := 1 + b2i(rng.chance(shareTwo))
	for range n {
		b := extreme(rng, mean)
		if b >= 0 && list[b] == "" {
			list[b] = comment(rng, who, b, mean[b] >= strengthFrom)
		}
	}
}

// extreme returns a behaviour that stands out, of those rated: one of two
// drawn, whichever is further from the middle of what this rater gave.
func extreme(rng *stream, mean [behaviours]float64) int {
	a, b := rng.IntN(behaviours), rng.IntN(behaviours)
	far := func(i int) float64 {
		if mean[i] == 0 {
			return -1
		}
		return max(mean[i]-strengthFrom, strengthFrom-mean[i])
	}
	if far(b) > far(a) {
		a = b
	}
	if mean[a] == 0 {
		return -1
	}
	return a
}
