package scoring

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"rancak/internal/appraisal"
)

// Mean is an exact mean over many people. Its numerator and denominator may
// pass the range of int64, so it is stored as text, "num/den" in lowest terms.
// The zero value means "no value" and is stored as "".
type Mean struct{ rat *big.Rat }

// ParseMean reads what String returns, in lowest terms and nothing else.
func ParseMean(s string) (Mean, error) {
	if s == "" {
		return Mean{}, nil
	}
	// SetString also reads exponents, which could ask for very long numbers.
	if strings.Trim(s, "-0123456789/") == "" {
		rat, ok := new(big.Rat).SetString(s)
		if ok && rat.String() == s {
			return Mean{rat}, nil
		}
	}
	return Mean{}, fmt.Errorf("%w: mean %q", ErrEncoding, s)
}

// Valid reports whether m holds a number.
func (m Mean) Valid() bool { return m.rat != nil }

// String returns "num/den" in lowest terms, "" for no value.
func (m Mean) String() string {
	if m.rat == nil {
		return ""
	}
	return m.rat.String()
}

// MarshalText is String.
func (m Mean) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText is ParseMean.
func (m *Mean) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMean(string(text))
	return err
}

// Equal reports whether two means are the same number, or both none.
func (m Mean) Equal(o Mean) bool {
	if m.rat == nil || o.rat == nil {
		return m.rat == o.rat
	}
	return m.rat.Cmp(o.rat) == 0
}

// Cmp compares two valid means exactly: -1, 0 or +1.
func (m Mean) Cmp(o Mean) int { return m.rat.Cmp(o.rat) }

// CmpRatio compares a valid mean with a valid ratio exactly: -1, 0 or +1.
func (m Mean) CmpRatio(r appraisal.Ratio) int { return m.rat.Cmp(big.NewRat(r.Num, r.Den)) }

// Round returns a valid mean times 10^places, rounded half away from zero, as
// an integer; for display only.
func (m Mean) Round(places int) int64 {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	num := new(big.Int).Abs(m.rat.Num())
	num.Mul(num, scale).Lsh(num, 1).Add(num, m.rat.Denom())
	den := new(big.Int).Lsh(m.rat.Denom(), 1)
	n := num.Quo(num, den).Int64()
	if m.rat.Sign() < 0 {
		return -n
	}
	return n
}

// Float returns the nearest float64, for drawing; NaN for no value.
func (m Mean) Float() float64 {
	if m.rat == nil {
		return math.NaN()
	}
	f, _ := m.rat.Float64()
	return f
}

// total sums ratios exactly. Ratios of one denominator are summed as integers,
// because few denominators occur among many people and sums of different ones
// would soon pass int64; they meet in one big number at the end.
type total struct {
	byDen map[int64]int64
	big   *big.Rat // what did not fit into byDen; nil while everything does
	n     int
}

func (t *total) add(r appraisal.Ratio) {
	t.addPart(r.Num, r.Den)
	t.n++
}

// addPart adds num/den without counting a person.
func (t *total) addPart(num, den int64) {
	if t.byDen == nil {
		t.byDen = make(map[int64]int64)
	}
	have := t.byDen[den]
	if num > 0 && have > math.MaxInt64-num || num < 0 && have < math.MinInt64-num {
		t.addBig(big.NewRat(have, den))
		have = 0
	}
	t.byDen[den] = have + num
}

func (t *total) addBig(r *big.Rat) {
	if t.big == nil {
		t.big = new(big.Rat)
	}
	t.big.Add(t.big, r)
}

func (t *total) merge(o *total) {
	for den, num := range o.byDen {
		t.addPart(num, den)
	}
	if o.big != nil {
		t.addBig(o.big)
	}
	t.n += o.n
}

// mean returns the mean of what was added; none where nothing was.
func (t *total) mean() Mean {
	if t.n == 0 {
		return Mean{}
	}
	common := big.NewInt(1)
	for den := range t.byDen {
		d := big.NewInt(den)
		g := new(big.Int).GCD(nil, nil, common, d)
		common.Mul(common, d.Quo(d, g))
	}
	num := new(big.Int)
	for den, part := range t.byDen {
		x := new(big.Int).Quo(common, big.NewInt(den))
		num.Add(num, x.Mul(x, big.NewInt(part)))
	}
	m := new(big.Rat).SetFrac(num, common)
	if t.big != nil {
		m.Add(m, t.big)
	}
	return Mean{m.Quo(m, big.NewRat(int64(t.n), 1))}
}
