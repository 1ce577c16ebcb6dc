package appraisal

import (
	"fmt"
	"math/bits"
)

// Ratio is an exact rational number in lowest terms with a positive
// denominator. The zero value means "no value"; it is not the number 0.
type Ratio struct{ Num, Den int64 }

// NewRatio returns num/den in lowest terms. It panics on a denominator of
// zero or below: denominators are counts and weights.
func NewRatio(num, den int64) Ratio {
	if den <= 0 {
		panic(fmt.Sprintf("appraisal: ratio %d/%d", num, den))
	}
	g := gcd(abs(num), den)
	return Ratio{num / g, den / g}
}

// Valid reports whether r holds a number.
func (r Ratio) Valid() bool { return r.Den > 0 }

// Cmp compares two valid ratios exactly: -1, 0 or +1. It cannot overflow.
func (r Ratio) Cmp(s Ratio) int {
	if (r.Num < 0) != (s.Num < 0) {
		if r.Num < 0 {
			return -1
		}
		return 1
	}
	ah, al := bits.Mul64(uint64(abs(r.Num)), uint64(s.Den))
	bh, bl := bits.Mul64(uint64(abs(s.Num)), uint64(r.Den))
	c := 0
	switch {
	case ah < bh || ah == bh && al < bl:
		c = -1
	case ah > bh || al > bl:
		c = 1
	}
	if r.Num < 0 {
		return -c
	}
	return c
}

// Round returns r times 10^places, rounded half away from zero, as an integer:
// Ratio{211, 50}.Round(2) is 422. It is for display only; thresholds compare
// the unrounded value.
func (r Ratio) Round(places int) int64 {
	scale := int64(1)
	for range places {
		scale *= 10
	}
	num, den := abs(r.Num), r.Den
	whole, rest := num/den, num%den
	hi, lo := bits.Mul64(uint64(rest), uint64(2*scale))
	lo, carry := bits.Add64(lo, uint64(den), 0)
	q, _ := bits.Div64(hi+carry, lo, 2*uint64(den))
	n := whole*scale + int64(q)
	if r.Num < 0 {
		return -n
	}
	return n
}

// Float returns the nearest float64, for drawing and for statistics that are
// only displayed.
func (r Ratio) Float() float64 { return float64(r.Num) / float64(r.Den) }

// String returns "num/den".
func (r Ratio) String() string { return fmt.Sprintf("%d/%d", r.Num, r.Den) }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
