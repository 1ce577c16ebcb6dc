package appraisal_test

import (
	"testing"

	"rancak/internal/appraisal"
)

// The table of PermenPANRB 6/2022, Lampiran IV.B.4, in words of its own.
func TestQuadrant(t *testing.T) {
	const above, meets, below = appraisal.LevelAbove, appraisal.LevelMeets, appraisal.LevelBelow
	for _, tt := range []struct {
		work, behaviour appraisal.Level
		want            appraisal.Predikat
	}{
		{above, below, "kurang"}, {above, meets, "baik"}, {above, above, "sangat_baik"},
		{meets, below, "kurang"}, {meets, meets, "baik"}, {meets, above, "baik"},
		{below, below, "sangat_kurang"}, {below, meets, "butuh_perbaikan"}, {below, above, "butuh_perbaikan"},
	} {
		if got, ok := appraisal.Quadrant(tt.work, tt.behaviour); got != tt.want || !ok {
			t.Errorf("work %s, behaviour %s = %q, want %q", tt.work, tt.behaviour, got, tt.want)
		}
	}
	for _, bad := range [][2]appraisal.Level{{"", ""}, {above, ""}, {"", above}, {"high", above}} {
		if got, ok := appraisal.Quadrant(bad[0], bad[1]); got != "" || ok {
			t.Errorf("%q has the predikat %q", bad, got)
		}
	}
}

func TestWorkLevelOfHeads(t *testing.T) {
	want := []appraisal.Level{"above", "meets", "below", "below", "below"}
	for i, o := range appraisal.OrgPredikats {
		if o.WorkLevel() != want[i] {
			t.Errorf("%s gives %s, want %s", o, o.WorkLevel(), want[i])
		}
	}
	if appraisal.OrgPredikat("").WorkLevel() != "" {
		t.Error("no organisation predikat gives a level")
	}
}

func TestSIASNCodes(t *testing.T) {
	for i, l := range appraisal.Levels {
		if l.SIASN() != i+1 {
			t.Errorf("%s has code %d", l, l.SIASN())
		}
	}
	if appraisal.LevelAbove.SIASN() != 1 || appraisal.Level("").SIASN() != 0 {
		t.Error("codes of above and of none")
	}
}

// enum checks that the members of a list are valid and that nothing else is.
func enum[T interface {
	~string
	Valid() bool
}](t *testing.T, list []T) {
	t.Helper()
	seen := map[T]bool{}
	for _, v := range list {
		if !v.Valid() || seen[v] {
			t.Errorf("%T %q is not valid, or listed twice", v, v)
		}
		seen[v] = true
	}
	if T("").Valid() || T("other").Valid() {
		t.Errorf("%T holds for anything", list)
	}
}

func TestEnums(t *testing.T) {
	enum(t, appraisal.Levels)
	enum(t, appraisal.Predikats)
	enum(t, appraisal.OrgPredikats)
	enum(t, appraisal.ReviewKinds)
	enum(t, appraisal.ReviewStates)
	enum(t, appraisal.EvaluationStates)
	enum(t, appraisal.Stages)
	enum(t, appraisal.RunStates)
	enum(t, appraisal.Roles)
	enum(t, appraisal.EmploymentKinds)
	enum(t, appraisal.PositionKinds)
	enum(t, appraisal.UnitKinds)
}
