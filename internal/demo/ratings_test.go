package demo

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"rancak/internal/appraisal"
)

// pair is the mean answer of one form, by the person who is the same in two.
type pair struct {
	of   int32
	mean float64
}

// sharedVariance estimates the variance that forms with the same person share:
// the covariance of two forms of one.
func sharedVariance(list []pair) float64 {
	slices.SortStableFunc(list, func(a, b pair) int { return cmp.Compare(a.of, b.of) })
	all := 0.0
	for _, p := range list {
		all += p.mean
	}
	all /= float64(len(list))
	sum, n := 0.0, 0.0
	for i := range list {
		for j := i + 1; j < len(list) && list[j].of == list[i].of; j++ {
			sum += (list[i].mean - all) * (list[j].mean - all)
			n++
		}
	}
	return sum / n
}

func within(t *testing.T, what string, x, low, high float64) {
	t.Helper()
	if x < low || x > high || math.IsNaN(x) {
		t.Errorf("%s is %.3f, not within %.2f..%.2f", what, x, low, high)
	}
}

func TestRatingModel(t *testing.T) {
	c := build(options(3500, 11))
	rng := newStream()
	var mean, square, n [4]float64
	var cannot, asked, straight, forms [4]float64
	var byRatee, byRater []pair
	residual, items := 0.0, 0.0
	for _, f := range c.forms(1) {
		list := make([]int8, itemCounts[f.kind])
		dinas := c.units[c.seats[c.seatOf[1][f.ratee]].unit].dinas
		c.model.answers(rng, f, 1, dinas, list)
		sum, k := 0.0, 0.0
		for _, a := range list {
			asked[f.kind]++
			if a == cannotRate {
				cannot[f.kind]++
				continue
			}
			if a < 1 || a > 5 {
				t.Fatalf("answer %d", a)
			}
			sum, k = sum+float64(a), k+1
			mean[f.kind] += float64(a)
			square[f.kind] += float64(a) * float64(a)
			n[f.kind]++
		}
		forms[f.kind]++
		if slices.Min(list) == slices.Max(list) {
			straight[f.kind]++
		}
		if k == 0 {
			continue
		}
		if f.kind == kindPeer {
			byRatee = append(byRatee, pair{f.ratee, sum / k})
			byRater = append(byRater, pair{f.rater, sum / k})
		}
		if f.kind == kindSupervisor {
			// Items of one behaviour in one form differ by the item alone.
			for b := range behaviours {
				x := list[3*b : 3*b+3]
				if x[0] != cannotRate && x[1] != cannotRate {
					residual += math.Pow(float64(x[0]-x[1]), 2) / 2
					items++
				}
			}
		}
	}
	for k := range mean {
		mean[k] /= n[k]
	}
	within(t, "mean of peers", mean[kindPeer], 3.7, 3.9)
	within(t, "bonus of self-ratings", mean[kindSelf]-mean[kindPeer], 0.2, 0.36)
	within(t, "SD of answers of peers", math.Sqrt(square[kindPeer]/n[kindPeer]-mean[kindPeer]*mean[kindPeer]), 0.75, 0.95)
	within(t, "SD of talent", math.Sqrt(sharedVariance(byRatee)), 0.38, 0.52)
	within(t, "SD of severity", math.Sqrt(sharedVariance(byRater)), 0.28, 0.42)
	within(t, "SD of the item with rounding", math.Sqrt(residual/items), 0.42, 0.6)
	within(t, "share of tidak dapat menilai of peers", cannot[kindPeer]/asked[kindPeer], 0.035, 0.06)
	within(t, "share of tidak dapat menilai of supervisors", cannot[kindSupervisor]/asked[kindSupervisor], 0.012, 0.03)
	within(t, "share of forms of supervisors with one answer", straight[kindSupervisor]/forms[kindSupervisor], 0.015, 0.06)
}

func TestCurrentYearIsPartlyFilled(t *testing.T) {
	c := build(options(3500, 12))
	rng := newStream()
	forms := c.forms(2)
	sent, begun := 0.0, 0.0
	for _, f := range forms {
		st := c.state(rng, f, 2, asDrawn)
		sent += float64(b2i(st.sent))
		begun += float64(b2i(!st.sent && st.answered > 0))
		if st.sent && (st.at.Before(c.dates(2).opens.Add(-zone)) || st.at.After(c.opt.Today)) {
			t.Fatalf("sent at %v", st.at)
		}
	}
	within(t, "share sent", sent/float64(len(forms)), 0.75, 0.85)
	within(t, "share begun of the others", begun/(float64(len(forms))-sent), 0.35, 0.55)
}

func TestOrderTellsNothing(t *testing.T) {
	c := build(options(3500, 13))
	forms := c.forms(2)
	same := 0
	for i := 1; i < len(forms); i++ {
		same += b2i(forms[i].ratee == forms[i-1].ratee) + b2i(forms[i].rater == forms[i-1].rater)
	}
	if same > len(forms)/100 {
		t.Errorf("%d of %d forms follow one of the same person", same, len(forms))
	}
}

func TestComments(t *testing.T) {
	rng := newStream().at(1, partComment)
	words := []string{"{", "}", "selalu", "tidak pernah", "malas", "  ", " ,", ".."}
	for w := settingOffice; w <= settingField; w++ {
		for b := range behaviours {
			for _, strength := range []bool{true, false} {
				seen := map[string]bool{}
				for i := range 60 {
					who := speaker{kind: int8(i % 4), setting: w, name: "Rani Koto", sex: female}
					text := comment(rng, who, b, strength)
					seen[text] = true
					for _, bad := range words {
						if strings.Contains(text, bad) {
							t.Errorf("%q contains %q", text, bad)
						}
					}
					if len(text) > appraisal.CommentMax || !strings.HasSuffix(text, ".") {
						t.Errorf("bad comment %q", text)
					}
				}
				if len(seen) < 40 {
					t.Errorf("only %d different comments of 60", len(seen))
				}
			}
		}
	}
}
