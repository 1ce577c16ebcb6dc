package scoring_test

import (
	"testing"

	"pgregory.net/rapid"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// instrument has seven behaviours with so many items each.
func instrument(items int) appraisal.Instrument {
	in := appraisal.Instrument{Code: "test", Version: items}
	for _, code := range []string{"BP", "AK", "KM", "HR", "LY", "AD", "KL"} {
		in.Behaviours = append(in.Behaviours, appraisal.Behaviour{Code: code, Items: make([]appraisal.Item, items)})
	}
	return in
}

func instruments() map[appraisal.ReviewKind]appraisal.Instrument {
	return map[appraisal.ReviewKind]appraisal.Instrument{
		appraisal.KindSelf: instrument(3), appraisal.KindSupervisor: instrument(3),
		appraisal.KindPeer: instrument(1), appraisal.KindSubordinate: instrument(1),
	}
}

func rules(scheme appraisal.Scheme) appraisal.Rules {
	return appraisal.Rules{
		Version: "2026.1", Scheme: scheme,
		MinPeers: 3, MinSubordinates: 3, MinMerged: 3,
		MinAnswered: appraisal.NewRatio(2, 3), MinBehaviours: 5,
		Meets: appraisal.NewRatio(5, 2), Above: appraisal.NewRatio(7, 2),
		MinMeanGroup: 5, MinDistributionGroup: 10,
	}
}

func scorer(t testing.TB, scheme appraisal.Scheme) *scoring.Scorer {
	t.Helper()
	s, err := scoring.New(rules(scheme), instruments())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// result computes a result that must not fail.
func result(t interface{ Fatal(...any) }, s *scoring.Scorer, forms []scoring.Form, leads bool) scoring.Result {
	r, err := s.Result(forms, leads)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func items(k appraisal.ReviewKind) int {
	in := instruments()[k]
	return in.Len()
}

// form gives each behaviour one value, in all its items; -1 is "cannot rate".
func form(k appraisal.ReviewKind, behaviours ...appraisal.Answer) scoring.Form {
	f := scoring.Form{Kind: k}
	for _, v := range behaviours {
		for range items(k) / 7 {
			f.Answers = append(f.Answers, v)
		}
	}
	return f
}

// flat gives every behaviour the same value.
func flat(k appraisal.ReviewKind, v appraisal.Answer) scoring.Form {
	return form(k, v, v, v, v, v, v, v)
}

func flats(k appraisal.ReviewKind, values ...appraisal.Answer) []scoring.Form {
	var list []scoring.Form
	for _, v := range values {
		list = append(list, flat(k, v))
	}
	return list
}

// supervisor42 has the value 4.2: the mean of five valid behaviours.
func supervisor42() scoring.Form {
	return form(appraisal.KindSupervisor, 4, 4, 4, 4, 5, appraisal.CannotRate, appraisal.CannotRate)
}

func join(parts ...[]scoring.Form) []scoring.Form {
	var list []scoring.Form
	for _, p := range parts {
		list = append(list, p...)
	}
	return list
}

func ratio(num, den int64) appraisal.Ratio { return appraisal.NewRatio(num, den) }

func drawAnswer(t *rapid.T) appraisal.Answer {
	return appraisal.Answer(rapid.SampledFrom([]int8{-1, 1, 2, 3, 3, 4, 4, 4, 5, 5}).Draw(t, "answer"))
}

func drawForm(t *rapid.T, k appraisal.ReviewKind) scoring.Form {
	f := scoring.Form{Kind: k, Answers: make([]appraisal.Answer, items(k))}
	for i := range f.Answers {
		f.Answers[i] = drawAnswer(t)
	}
	return f
}

func drawForms(t *rapid.T, k appraisal.ReviewKind, atLeast, atMost int) []scoring.Form {
	forms := make([]scoring.Form, rapid.IntRange(atLeast, atMost).Draw(t, string(k)))
	for i := range forms {
		forms[i] = drawForm(t, k)
	}
	return forms
}

// drawAll draws the forms of one employee.
func drawAll(t *rapid.T) []scoring.Form {
	return join(
		drawForms(t, appraisal.KindSelf, 0, 1), drawForms(t, appraisal.KindSupervisor, 0, 1),
		drawForms(t, appraisal.KindPeer, 0, 6), drawForms(t, appraisal.KindSubordinate, 0, 8),
	)
}

func drawScheme(t *rapid.T) appraisal.Scheme {
	s := appraisal.Scheme{Code: "own"}
	s.Supervisor = rapid.IntRange(50, 100).Draw(t, "supervisor")
	s.Self = rapid.IntRange(0, 100-s.Supervisor).Draw(t, "self")
	s.Peer = 100 - s.Supervisor - s.Self
	s.Subordinate = rapid.IntRange(0, s.Peer).Draw(t, "subordinate")
	s.PeerLed = s.Peer - s.Subordinate
	return s
}

func drawScorer(t *rapid.T) *scoring.Scorer {
	s, err := scoring.New(rules(drawScheme(t)), instruments())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
