package appraisal_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rancak/internal/appraisal"
)

// The limits of SE MenPANRB 3/2023.
func pattern(o appraisal.OrgPredikat) appraisal.Pattern {
	const (
		sb = appraisal.PredikatSangatBaik
		b  = appraisal.PredikatBaik
		bp = appraisal.PredikatButuhPerbaikan
		k  = appraisal.PredikatKurang
		sk = appraisal.PredikatSangatKurang
	)
	of := func(p ...appraisal.Predikat) []appraisal.Predikat { return p }
	return map[appraisal.OrgPredikat]appraisal.Pattern{
		appraisal.OrgIstimewa: {Largest: sb, Limits: []appraisal.Limit{{Predikats: of(sb), MaxPercent: 70}}},
		appraisal.OrgBaik: {Largest: b, Limits: []appraisal.Limit{
			{Predikats: of(b), MaxPercent: 70}, {Predikats: of(bp, k), MaxPercent: 100, MinPeople: 1},
		}},
		appraisal.OrgButuhPerbaikan: {Limits: []appraisal.Limit{
			{Predikats: of(sb), MaxPercent: 10}, {Predikats: of(bp), MinPercent: 60, MaxPercent: 100},
		}},
		appraisal.OrgKurang: {Limits: []appraisal.Limit{
			{Predikats: of(sb), MaxPercent: 10}, {Predikats: of(bp), MinPercent: 10, MaxPercent: 100},
			{Predikats: of(k), MinPercent: 60, MaxPercent: 100},
		}},
		appraisal.OrgSangatKurang: {Limits: []appraisal.Limit{
			{Predikats: of(sb), MaxPercent: 0}, {Predikats: of(bp, k), MinPercent: 10, MaxPercent: 100},
			{Predikats: of(sk), MinPercent: 60, MaxPercent: 100},
		}},
	}[o]
}

func TestPatternCheck(t *testing.T) {
	const max, least, people, largest = appraisal.UnmetMax, appraisal.UnmetMin, appraisal.UnmetPeople, appraisal.UnmetLargest
	for _, tt := range []struct {
		name string
		org  appraisal.OrgPredikat
		d    [5]int // in the order of Predikats
		want []appraisal.UnmetKind
	}{
		{"exactly 70 %", appraisal.OrgIstimewa, [5]int{7, 3, 0, 0, 0}, nil},
		{"71 of 101 is over 70 %", appraisal.OrgIstimewa, [5]int{71, 30, 0, 0, 0}, []appraisal.UnmetKind{max}},
		{"70 of 101", appraisal.OrgIstimewa, [5]int{70, 31, 0, 0, 0}, nil},
		{"a tie is not the largest", appraisal.OrgIstimewa, [5]int{5, 5, 0, 0, 0}, []appraisal.UnmetKind{largest}},
		{"nobody", appraisal.OrgIstimewa, [5]int{}, nil},
		{"exactly 70 % with one below", appraisal.OrgBaik, [5]int{2, 7, 0, 1, 0}, nil},
		{"nobody below", appraisal.OrgBaik, [5]int{3, 7, 0, 0, 0}, []appraisal.UnmetKind{people}},
		{"all of it", appraisal.OrgBaik, [5]int{0, 10, 0, 0, 0}, []appraisal.UnmetKind{max, people}},
		{"exactly 10 and 60 %", appraisal.OrgButuhPerbaikan, [5]int{1, 3, 6, 0, 0}, nil},
		{"2 of 19 and 11 of 19", appraisal.OrgButuhPerbaikan, [5]int{2, 6, 11, 0, 0}, []appraisal.UnmetKind{max, least}},
		{"exactly 10, 10 and 60 %", appraisal.OrgKurang, [5]int{1, 2, 1, 6, 0}, nil},
		{"none of them", appraisal.OrgKurang, [5]int{2, 8, 0, 0, 0}, []appraisal.UnmetKind{max, least, least}},
		{"together 10 %", appraisal.OrgSangatKurang, [5]int{0, 6, 1, 1, 12}, nil},
		{"one is too many", appraisal.OrgSangatKurang, [5]int{1, 18, 1, 0, 0}, []appraisal.UnmetKind{max, least, least}},
	} {
		d := appraisal.Distribution{}
		for i, p := range appraisal.Predikats {
			d[p] = tt.d[i]
		}
		var got []appraisal.UnmetKind
		for _, u := range pattern(tt.org).Check(d) {
			got = append(got, u.Kind)
			if u.Total != d.Total() || len(u.Predikats) == 0 {
				t.Errorf("%s: %+v", tt.name, u)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s, %s (-want +got)\n%s", tt.org, tt.name, diff)
		}
	}
}

func TestPatternCheckTellsTheNumbers(t *testing.T) {
	got := pattern(appraisal.OrgBaik).Check(appraisal.Distribution{
		appraisal.PredikatBaik: 8, appraisal.PredikatSangatBaik: 1, appraisal.PredikatKurang: 1,
	})
	want := []appraisal.Unmet{{
		Kind: appraisal.UnmetMax, Predikats: []appraisal.Predikat{appraisal.PredikatBaik}, Bound: 70, People: 8, Total: 10,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
