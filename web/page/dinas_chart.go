package page

import (
	"strconv"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/text"
	"rancak/web/ui"
)

// miniPart is one piece of a small stacked bar.
type miniPart struct{ class, x, width string }

const miniWidth = 160.0

func miniParts(d appraisal.Distribution) []miniPart {
	var parts []miniPart
	from := 0.0
	for i, p := range appraisal.Predikats {
		if d[p] == 0 {
			continue
		}
		width := miniWidth * float64(d[p]) / float64(d.Total())
		parts = append(parts, miniPart{
			class: "part fill-" + strconv.Itoa(i+1),
			x:     strconv.FormatFloat(from, 'f', 1, 64), width: strconv.FormatFloat(width, 'f', 1, 64),
		})
		from += width
	}
	return parts
}

// wholeDistribution is a distribution as one bar with its legend.
func wholeDistribution(u scoring.UnitYear) ui.StackedBarView {
	total := u.Distribution.Total()
	v := ui.StackedBarView{
		ChartView: ui.ChartView{ID: "sebaran-kota", Caption: "Sebaran predikat", Description: distributionText(u.Distribution) + "."},
		LabelName: "Predikat", ValueName: "Pegawai",
	}
	for _, p := range appraisal.Predikats {
		n := u.Distribution[p]
		v.Segments = append(v.Segments, ui.Segment{
			Label: text.Predikat(p), Value: float64(n), Text: text.Int(n) + " orang (" + text.Percent(n, total) + ")",
		})
	}
	return v
}
