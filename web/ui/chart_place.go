package ui

// stroke is a straight piece of a line between two times.
type stroke struct {
	x1, y1, x2, y2 string
}

const (
	lineTop    = 28.0
	lineHeight = 180.0
)

// x is the middle of the i-th time.
func (v LineChartView) x(i int) string {
	return percent(100 * (float64(i) + 0.5) / float64(max(1, len(v.Times))))
}

// y is the height of a value.
func (v LineChartView) y(value float64) string {
	return pixels(lineTop + lineHeight*(1-v.Scale.share(value)))
}

// strokes joins neighbouring values; a missing value leaves a gap.
func (v LineChartView) strokes(l Line) []stroke {
	var out []stroke
	for i := 1; i < len(l.Points); i++ {
		from, to := l.Points[i-1], l.Points[i]
		if from.Missing || to.Missing {
			continue
		}
		out = append(out, stroke{v.x(i - 1), v.y(from.Value), v.x(i), v.y(to.Value)})
	}
	return out
}

func (v DistributionChartView) columnHeight(value float64) string {
	return pixels(columnHeight * max(0, value) / v.top())
}

func (v DistributionChartView) columnY(value float64) string {
	return pixels(columnTop + columnHeight*(1-max(0, value)/v.top()))
}
