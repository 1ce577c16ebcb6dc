package appraisal_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"rancak/internal/appraisal"
)

func TestNewRatio(t *testing.T) {
	for _, tt := range []struct {
		num, den int64
		want     string
	}{{422, 100, "211/50"}, {6, 3, "2/1"}, {0, 5, "0/1"}, {-4, 6, "-2/3"}, {math.MaxInt64, math.MaxInt64, "1/1"}} {
		if got := appraisal.NewRatio(tt.num, tt.den).String(); got != tt.want {
			t.Errorf("NewRatio(%d, %d) = %s, want %s", tt.num, tt.den, got, tt.want)
		}
	}
	if (appraisal.Ratio{}).Valid() || !appraisal.NewRatio(0, 1).Valid() {
		t.Error("only the zero value is no value")
	}
	for _, den := range []int64{0, -1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("denominator %d was taken", den)
				}
			}()
			appraisal.NewRatio(1, den)
		}()
	}
}

func TestRatioRound(t *testing.T) {
	for _, tt := range []struct {
		num, den int64
		places   int
		want     int64
	}{
		{211, 50, 2, 422}, {103, 25, 2, 412}, {151, 35, 2, 431}, {62, 15, 2, 413}, {417, 100, 2, 417},
		{469, 200, 2, 235}, // 2.345 goes up, although no float64 holds it
		{33, 8, 2, 413},    // 4.125
		{2344999, 1000000, 2, 234},
		{73, 21, 2, 348}, {73, 21, 0, 3}, {7, 2, 0, 4}, {5, 2, 0, 3},
		{-33, 8, 2, -413}, {0, 1, 2, 0}, {5, 1, 2, 500},
		{math.MaxInt64 - 1, math.MaxInt64, 2, 100},
		{math.MaxInt64/2 + 1, math.MaxInt64, 0, 1}, // just over a half
		{math.MaxInt64 / 2, math.MaxInt64, 0, 0},   // just under
	} {
		if got := appraisal.NewRatio(tt.num, tt.den).Round(tt.places); got != tt.want {
			t.Errorf("%d/%d rounds to %d at %d places, want %d", tt.num, tt.den, got, tt.places, tt.want)
		}
	}
}

func drawRatio(t *rapid.T) appraisal.Ratio {
	return appraisal.NewRatio(rapid.Int64Min(-math.MaxInt64).Draw(t, "num"), rapid.Int64Min(1).Draw(t, "den"))
}

func TestRatioAgainstBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawRatio(t), drawRatio(t)
		x, y := big.NewRat(a.Num, a.Den), big.NewRat(b.Num, b.Den)
		if a.Cmp(b) != x.Cmp(y) || a.Cmp(a) != 0 || b.Cmp(a) != y.Cmp(x) {
			t.Errorf("%v Cmp %v = %d, want %d", a, b, a.Cmp(b), x.Cmp(y))
		}
		part := appraisal.NewRatio(a.Num%a.Den, a.Den)
		x.SetFrac64(part.Num, part.Den).Mul(x, big.NewRat(100, 1))
		half := big.NewRat(1, 2)
		if x.Sign() < 0 {
			half.Neg(half)
		}
		x.Add(x, half)
		if want := new(big.Int).Quo(x.Num(), x.Denom()).Int64(); part.Round(2) != want {
			t.Errorf("%v rounds to %d, want %d", part, part.Round(2), want)
		}
	})
}

func TestRatioCmpAtTheEnds(t *testing.T) {
	big, small := appraisal.NewRatio(math.MaxInt64, 1), appraisal.NewRatio(-math.MaxInt64, 1)
	tiny, none := appraisal.NewRatio(1, math.MaxInt64), appraisal.NewRatio(0, 1)
	order := []appraisal.Ratio{small, appraisal.NewRatio(-1, math.MaxInt64), none, tiny, appraisal.NewRatio(1, math.MaxInt64-1), big}
	for i, a := range order {
		for j, b := range order {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := a.Cmp(b); got != want {
				t.Errorf("%v Cmp %v = %d, want %d", a, b, got, want)
			}
		}
	}
	if appraisal.NewRatio(7, 2).Float() != 3.5 {
		t.Error("Float")
	}
}
