package page

import (
	"slices"
	"strconv"
	"strings"

	"rancak/internal/appraisal"
	"rancak/web/text"
	"rancak/web/ui"
)

// patternView is a distribution of predikat beside the pattern that the
// organisation predikat expects.
type patternView struct {
	ID string
	// Caption names the distribution alone.
	Caption      string
	Distribution appraisal.Distribution
	// People are all there are, with a predikat or without.
	People  int
	Rules   appraisal.Rules
	Org     appraisal.OrgPredikat
	OrgYear int
	Year    int
	// UnitName is whose organisation predikat it is, in the middle of a sentence.
	UnitName string
	Unmet    []appraisal.Unmet
	// Provisional says that predikat can still change.
	Provisional bool
}

// small reports whether the group is too small for shares to mean anything.
func (v patternView) small() bool { return v.People < v.Rules.MinDistributionGroup }

// checked reports whether enough people have a predikat to check the pattern.
func (v patternView) checked() bool {
	return v.Org != "" && v.Distribution.Total() >= v.Rules.MinDistributionGroup
}

// orgSentence says which organisation predikat counts and why.
func (v patternView) orgSentence() string {
	unit := v.UnitName
	switch {
	case v.Org == "":
		return "Capaian kinerja organisasi " + unit + " belum ditetapkan, jadi belum ada pola yang dapat dibandingkan."
	case v.OrgYear != v.Year:
		return "Capaian kinerja organisasi " + unit + " tahun " + yearText(v.OrgYear) + " adalah " + text.OrgPredikat(v.Org) +
			". Capaian tahun itu dipakai karena capaian tahun " + yearText(v.Year) + " belum ditetapkan."
	default:
		return "Capaian kinerja organisasi " + unit + " tahun " + yearText(v.Year) + " adalah " + text.OrgPredikat(v.Org) + "."
	}
}

// ideal says what the regulation expects under the organisation predikat.
func (v patternView) ideal() string {
	p := v.Rules.Patterns[v.Org]
	var parts []string
	if p.Largest != "" {
		parts = append(parts, "kelompok terbesar berpredikat "+text.Predikat(p.Largest))
	}
	for _, l := range p.Limits {
		names := make([]string, len(l.Predikats))
		for i, x := range l.Predikats {
			names[i] = text.Predikat(x)
		}
		parts = append(parts, text.Either(names...)+" "+limitText(l))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Pola yang diharapkan: " + strings.Join(parts, "; ") + "."
}

// limitText says what a limit asks: "paling banyak 70%".
func limitText(l appraisal.Limit) string {
	var parts []string
	if l.MinPercent > 0 {
		parts = append(parts, "paling sedikit "+strconv.Itoa(l.MinPercent)+"%")
	}
	if l.MaxPercent < 100 {
		parts = append(parts, "paling banyak "+strconv.Itoa(l.MaxPercent)+"%")
	}
	if l.MinPeople > 0 {
		parts = append(parts, "paling sedikit "+text.Int(l.MinPeople)+" orang")
	}
	return text.List(parts...)
}

// chart draws the shares; the hatched column stands at the limit of the pattern.
func (v patternView) chart() ui.DistributionChartView {
	total := v.Distribution.Total()
	c := ui.DistributionChartView{
		ChartView: ui.ChartView{ID: v.ID, Caption: v.Caption, Description: v.describe()},
		LabelName: "Predikat", ValueName: "Pegawai",
	}
	if v.Org != "" && !v.small() {
		c.Caption += " di samping pola yang diharapkan"
		c.PatternName = "Batas pola untuk capaian organisasi " + text.OrgPredikat(v.Org)
	}
	for _, p := range appraisal.Predikats {
		n := v.Distribution[p]
		share := text.Percent(n, total)
		col := ui.ColumnPair{
			Label: text.Predikat(p), Value: percentOf(n, total),
			Text: text.Int(n) + " orang (" + share + ")", Short: share,
		}
		if total == 0 {
			col.Text, col.Short = "0 orang", "0"
		}
		col.Pattern, col.PatternText = v.bound(p)
		c.Columns = append(c.Columns, col)
	}
	return c
}

// bound is what the pattern says of one predikat.
func (v patternView) bound(p appraisal.Predikat) (height float64, words string) {
	pattern := v.Rules.Patterns[v.Org]
	var parts []string
	if pattern.Largest == p {
		parts = append(parts, "kelompok terbesar")
	}
	for _, l := range pattern.Limits {
		if !slices.Contains(l.Predikats, p) {
			continue
		}
		s := limitText(l)
		if len(l.Predikats) > 1 {
			s += " bersama " + text.List(others(l.Predikats, p)...)
		} else if l.MinPercent > 0 {
			height = float64(l.MinPercent)
		} else if l.MaxPercent < 100 {
			height = float64(l.MaxPercent)
		}
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		return 0, "tidak dibatasi"
	}
	return height, strings.Join(parts, ", ")
}

func others(list []appraisal.Predikat, but appraisal.Predikat) []string {
	var names []string
	for _, p := range list {
		if p != but {
			names = append(names, text.Predikat(p))
		}
	}
	return names
}

// describe says what the chart shows.
func (v patternView) describe() string {
	return "Dari " + text.Int(v.Distribution.Total()) + " pegawai: " + distributionText(v.Distribution) + "."
}

// distributionText counts the predikat that somebody holds: "Sangat Baik 3,
// Baik 8".
func distributionText(d appraisal.Distribution) string {
	var parts []string
	for _, p := range appraisal.Predikats {
		if d[p] > 0 {
			parts = append(parts, text.Predikat(p)+" "+text.Int(d[p]))
		}
	}
	if len(parts) == 0 {
		return "belum ada predikat"
	}
	return strings.Join(parts, ", ")
}

func percentOf(n, total int) float64 {
	if total == 0 {
		return 0
	}
	return 100 * float64(n) / float64(total)
}
