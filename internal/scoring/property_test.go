package scoring_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// bigSum is a second, plain way to the weighted mean.
type bigSum struct{ sum big.Rat }

func (b *bigSum) add(weight int, x appraisal.Ratio) {
	term := big.NewRat(x.Num, x.Den)
	b.sum.Add(&b.sum, term.Mul(term, big.NewRat(int64(weight), 1)))
}

func (b *bigSum) mean(weights int) string {
	return new(big.Rat).Quo(&b.sum, big.NewRat(int64(weights), 1)).String()
}

func TestOrderOfRatersLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, forms := drawScorer(t), drawAll(t)
		leads := rapid.Bool().Draw(t, "leads")
		first := result(t, s, forms, leads).Append(nil)
		in := scoring.Input{Employee: 7, Supervisor: 8, Unit: 9, Forms: append([]scoring.Form(nil), forms...)}
		read := in.Append(nil)
		mixed := rapid.Permutation(forms).Draw(t, "mixed")
		if !bytes.Equal(first, result(t, s, mixed, leads).Append(nil)) {
			t.Error("another order gives another result")
		}
		in.Forms = mixed
		if !bytes.Equal(read, in.Append(nil)) {
			t.Error("another order gives other input bytes")
		}
	})
}

func TestIndexIsTheWeightedMeanOfItsGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := result(t, drawScorer(t), drawAll(t), rapid.Bool().Draw(t, "leads"))
		var want bigSum
		var low, high appraisal.Ratio
		weights := 0
		for _, g := range r.Groups {
			if g.Weight == 0 {
				continue
			}
			want.add(g.Weight, g.Mean)
			weights += g.Weight
			if !low.Valid() || g.Mean.Cmp(low) < 0 {
				low = g.Mean
			}
			if !high.Valid() || g.Mean.Cmp(high) > 0 {
				high = g.Mean
			}
		}
		_, supervised := r.Group(scoring.GroupSupervisor)
		if r.Index.Valid() != supervised || (r.Proposal != "") != supervised || !r.Case.Valid() {
			t.Fatalf("supervised %v: %+v", supervised, r)
		}
		if !supervised {
			return
		}
		if got := want.mean(weights); got != r.Index.String() {
			t.Errorf("index %v, want %s", r.Index, got)
		}
		if r.Index.Cmp(low) < 0 || r.Index.Cmp(high) > 0 {
			t.Errorf("index %v outside %v to %v", r.Index, low, high)
		}
	})
}

func TestSelfRatingCountsByItsWeightOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScorer(t)
		rest := join(flats(kSup, 4), drawForms(t, kPeer, 0, 6), drawForms(t, kSub, 0, 4))
		a := rapid.IntRange(1, 5).Draw(t, "a")
		b := rapid.IntRange(1, 5).Draw(t, "b")
		of := func(v int) scoring.Result {
			return result(t, s, join(rest, flats(kSelf, appraisal.Answer(v))), false)
		}
		ra, rb := of(a), of(b)
		weights := 0
		for _, g := range ra.Groups {
			weights += g.Weight
		}
		moved := new(big.Rat).Sub(big.NewRat(ra.Index.Num, ra.Index.Den), big.NewRat(rb.Index.Num, rb.Index.Den))
		want := big.NewRat(int64(s.Rules().Scheme.Self*(a-b)), int64(weights))
		if moved.Cmp(want) != 0 {
			t.Errorf("moved by %v, want %v", moved, want)
		}
		if diff := cmp.Diff(ra.Others, rb.Others); diff != "" {
			t.Errorf("the self-rating is among the others:\n%s", diff)
		}
	})
}

func TestGroupBelowItsMinimumLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScorer(t)
		kind := rapid.SampledFrom([]appraisal.ReviewKind{kPeer, kSub}).Draw(t, "kind")
		other := map[appraisal.ReviewKind]appraisal.ReviewKind{kPeer: kSub, kSub: kPeer}[kind]
		few := drawForms(t, kind, 0, 2)
		rest := join(drawForms(t, kSelf, 0, 1), drawForms(t, kSup, 0, 1))
		if enough := rapid.Bool().Draw(t, "others enough"); enough {
			rest = join(rest, flats(other, 3, 4, 5))
		} else {
			rest = join(rest, drawForms(t, other, 0, 2-len(few)))
		}
		before := result(t, s, join(rest, few), false).Append(nil)
		for i := range few {
			few[i] = drawForm(t, kind)
		}
		after := result(t, s, join(rest, few), false).Append(nil)
		if !bytes.Equal(before, after) {
			t.Errorf("answers of %d %s show", len(few), kind)
		}
	})
}

func TestNoMeanOfFewerThanTheMinimumIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		forms := drawAll(t)
		r := result(t, drawScorer(t), forms, true)
		for _, g := range r.Groups {
			if g.Group == scoring.GroupSelf || g.Group == scoring.GroupSupervisor {
				continue
			}
			for b := range g.Behaviours {
				raters := 0
				for _, f := range forms {
					in := string(f.Kind) == string(g.Group) || g.Group == scoring.GroupMerged && (f.Kind == kPeer || f.Kind == kSub)
					if in && f.Answers[b].OnScale() {
						raters++
					}
				}
				if g.Count < 3 || g.Behaviours[b].Valid() && raters < 3 {
					t.Errorf("%s shows behaviour %d of %d raters", g.Group, b, raters)
				}
			}
		}
	})
}

func TestStoredResultsReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := result(t, drawScorer(t), drawAll(t), rapid.Bool().Draw(t, "leads"))
		stored := r.Append(nil)
		again, err := scoring.ParseResult(stored)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("(-computed +read)\n%s", diff)
		}
		if !bytes.Equal(stored, again.Append(nil)) {
			t.Error("bytes differ")
		}
		cut := rapid.IntRange(0, len(stored)-1).Draw(t, "cut")
		if _, err := scoring.ParseResult(stored[:cut]); err == nil {
			t.Errorf("%d of %d bytes were read", cut, len(stored))
		}
		if _, err := scoring.ParseResult(append(stored, 0)); err == nil {
			t.Error("a byte too many was read")
		}
	})
}

func TestParseResultTakesAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := append([]byte{1}, rapid.SliceOf(rapid.ByteRange(0, 9)).Draw(t, "bytes")...)
		if r, err := scoring.ParseResult(src); err == nil && !bytes.Equal(r.Append(nil), src) {
			t.Error("read bytes that are not canonical")
		}
	})
}
