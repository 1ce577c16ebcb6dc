package scoring

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"rancak/internal/appraisal"
)

// encodingVersion is the first byte of stored results. Another layout gets
// another number, so that old results stay readable and digests comparable.
const encodingVersion = 1

// ErrEncoding says that bytes are not the canonical bytes of a value.
var ErrEncoding = errors.New("not canonical bytes of a result")

// Append appends the canonical bytes of the result: equal results have equal
// bytes, and ParseResult gives the same result back. All numbers are unsigned
// varints; a ratio is numerator and denominator, 0 and 0 where there is none.
func (r Result) Append(dst []byte) []byte {
	dst = append(dst, encodingVersion, byte(slices.Index(Cases, r.Case)+1))
	dst = appendRatio(dst, r.Index)
	dst = append(dst, byte(r.Proposal.SIASN()), byte(len(r.Others)))
	dst = append(dst, byte(len(r.Groups)))
	for i := range r.Groups {
		g := &r.Groups[i]
		dst = append(dst, byte(slices.Index(Groups, g.Group)+1))
		dst = binary.AppendUvarint(dst, uint64(g.Weight))
		dst = binary.AppendUvarint(dst, uint64(g.Count))
		dst = appendRatio(dst, g.Mean)
		for _, x := range g.Behaviours {
			dst = appendRatio(dst, x)
		}
	}
	dst = append(dst, byte(len(r.Missing)))
	for _, m := range r.Missing {
		dst = append(dst, byte(slices.Index(Groups, m.Group)+1))
		dst = binary.AppendUvarint(dst, uint64(m.Sent))
		dst = binary.AppendUvarint(dst, uint64(m.Min))
	}
	for _, x := range r.Others {
		dst = appendRatio(dst, x)
	}
	return dst
}

// ParseResult reads what Append wrote. It returns ErrEncoding for anything else.
func ParseResult(src []byte) (Result, error) {
	d := decoder{src: src}
	if v := d.byte(); v != encodingVersion {
		return Result{}, fmt.Errorf("%w: version %d", ErrEncoding, v)
	}
	r := Result{Case: pick(&d, Cases), Index: d.ratio()}
	if l := d.byte(); l > 0 {
		d.check(int(l) <= len(appraisal.Levels))
		if d.err == nil {
			r.Proposal = appraisal.Levels[l-1]
		}
	}
	behaviours := d.length(maxBehaviours)
	if n := d.length(groupCount); n > 0 {
		r.Groups = make([]GroupResult, n)
	}
	for i := range r.Groups {
		r.Groups[i] = GroupResult{Group: pick(&d, Groups), Weight: d.int(), Count: d.int(), Mean: d.ratio()}
		r.Groups[i].Behaviours = d.ratios(behaviours)
	}
	if n := d.length(groupCount); n > 0 {
		r.Missing = make([]MissingGroup, n)
	}
	for i := range r.Missing {
		r.Missing[i] = MissingGroup{Group: pick(&d, Groups), Sent: d.int(), Min: d.int()}
	}
	r.Others = d.ratios(behaviours)
	if d.err == nil && !bytes.Equal(r.Append(nil), src) {
		d.err = ErrEncoding
	}
	if d.err != nil {
		return Result{}, d.err
	}
	return r, nil
}

func appendRatio(dst []byte, r appraisal.Ratio) []byte {
	dst = binary.AppendUvarint(dst, uint64(r.Num))
	return binary.AppendUvarint(dst, uint64(r.Den))
}

// decoder reads canonical bytes; after the first fault it reads zeros.
type decoder struct {
	src []byte
	err error
}

func (d *decoder) check(ok bool) {
	if !ok {
		d.err, d.src = ErrEncoding, nil
	}
}

func (d *decoder) byte() byte {
	d.check(len(d.src) > 0)
	if d.err != nil {
		return 0
	}
	b := d.src[0]
	d.src = d.src[1:]
	return b
}

func (d *decoder) int64() int64 {
	v, n := binary.Uvarint(d.src)
	d.check(n > 0 && v <= 1<<63-1)
	if d.err != nil {
		return 0
	}
	d.src = d.src[n:]
	return int64(v)
}

func (d *decoder) int() int { return int(d.int64()) }

func (d *decoder) length(most int) int {
	n := int(d.byte())
	d.check(n <= most)
	if d.err != nil {
		return 0
	}
	return n
}

func (d *decoder) ratio() appraisal.Ratio {
	num, den := d.int64(), d.int64()
	if num == 0 && den == 0 {
		return appraisal.Ratio{}
	}
	d.check(den > 0)
	if d.err != nil {
		return appraisal.Ratio{}
	}
	r := appraisal.NewRatio(num, den)
	d.check(r.Den == den) // in lowest terms
	return r
}

func (d *decoder) ratios(n int) []appraisal.Ratio {
	list := make([]appraisal.Ratio, n)
	for i := range list {
		list[i] = d.ratio()
	}
	return list
}

// pick reads a position in a list that counts from 1.
func pick[T any](d *decoder, list []T) T {
	n := int(d.byte())
	d.check(n >= 1 && n <= len(list))
	if d.err != nil {
		var zero T
		return zero
	}
	return list[n-1]
}
