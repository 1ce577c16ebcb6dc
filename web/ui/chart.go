package ui

import "strconv"

// Charts are drawn in two units: per cent of the width, so that they fit any
// screen without scaling the text, and pixels of the height. Each stands in a
// figure with its caption and a table that says the same.

// Tick is a named place on the value axis.
type Tick struct {
	At   float64
	Text string
}

// Scale is the value axis of a chart.
type Scale struct {
	Min, Max float64
	Ticks    []Tick
}

// RatingScale is the axis of ratings from 1 to 5.
func RatingScale() Scale {
	return Scale{Min: 1, Max: 5, Ticks: []Tick{{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}, {5, "5"}}}
}

// PercentScale is the axis of shares from 0 to 100 per cent.
func PercentScale() Scale {
	return Scale{Min: 0, Max: 100, Ticks: []Tick{{0, "0"}, {25, "25"}, {50, "50"}, {75, "75"}, {100, "100 %"}}}
}

// share is where a value lies on the axis, from 0 to 1.
func (s Scale) share(v float64) float64 {
	if s.Max <= s.Min {
		return 0
	}
	return min(1, max(0, (v-s.Min)/(s.Max-s.Min)))
}

// at is a place on an axis that runs from left to right.
func (s Scale) at(v float64) string { return percent(100 * s.share(v)) }

// ChartView is what all charts have.
type ChartView struct {
	ID          string // unique on the page
	Caption     string // shown above the chart
	Description string // what the chart shows, in a sentence or two, for those who do not see it
	TableOpen   bool   // show the table at once
}

// Bar is one row of a [BarChart].
type Bar struct {
	Label         string
	Note          string // small text after the label
	Value         float64
	Text          string  // the value in words of the page, such as "4,22"
	Reference     float64 // value to compare with
	ReferenceText string  // the reference in words; empty: no reference for this bar
	Missing       bool    // there is no value; Text says why
}

// BarChartView describes bars that run from left to right.
type BarChartView struct {
	ChartView
	Scale         Scale
	Bars          []Bar
	LabelName     string // head of the first column of the table
	ValueName     string // what the bars show
	ReferenceName string // what the markers show; empty: none
}

// Interval is one row of an [IntervalChart].
type Interval struct {
	Label, Note    string
	Value          float64
	Low, High      float64
	Text           string // the value in words of the page
	RangeText      string // the range in words of the page
	Missing        bool
	ReferenceText  string
	Reference      float64
	WithoutMeaning bool // too few answers for a range; only the value is drawn
}

// IntervalChartView describes values with their uncertainty.
type IntervalChartView struct {
	ChartView
	Scale                           Scale
	Intervals                       []Interval
	LabelName, ValueName, RangeName string
}

// ColumnPair is one category of a [DistributionChart]: what is, and the
// pattern it is held against.
type ColumnPair struct {
	Label       string
	Value       float64 // per cent
	Text        string  // such as "12 orang (30 %)"
	Short       string  // above the column, such as "30 %"
	Pattern     float64 // per cent
	PatternText string
}

// DistributionChartView describes how many fall into each category.
type DistributionChartView struct {
	ChartView
	Columns                           []ColumnPair
	LabelName, ValueName, PatternName string // PatternName empty: no pattern
}

// top is the upper end of the axis: the highest column, rounded up to tens.
func (v DistributionChartView) top() float64 {
	top := 10.0
	for _, c := range v.Columns {
		for top < max(c.Value, c.Pattern) {
			top += 10
		}
	}
	return top
}

// Segment is one part of a [StackedBar].
type Segment struct {
	Label string
	Value float64 // any unit; parts of the sum are drawn
	Text  string
}

// StackedBarView describes a whole and its parts.
type StackedBarView struct {
	ChartView
	Segments             []Segment
	LabelName, ValueName string
}

// part is one segment with its place in per cent of the width.
type part struct {
	Segment
	class    string
	x, width string
}

func (v StackedBarView) parts() []part {
	sum := 0.0
	for _, s := range v.Segments {
		sum += max(0, s.Value)
	}
	parts := make([]part, 0, len(v.Segments))
	from := 0.0
	for i, s := range v.Segments {
		width := 0.0
		if sum > 0 {
			width = 100 * max(0, s.Value) / sum
		}
		parts = append(parts, part{s, "fill-" + strconv.Itoa(i%5+1), percent(from), percent(width)})
		from += width
	}
	return parts
}

// Point is one value of a [Line].
type Point struct {
	Value   float64
	Text    string
	Missing bool
}

// Line is a series of values over the same times.
type Line struct {
	Name   string
	Points []Point
}

// LineChartView describes change over time; two or three lines at most.
type LineChartView struct {
	ChartView
	Scale    Scale
	Times    []string
	TimeName string
	Lines    []Line
}

// QuadrantCell is one of the nine cells of a [Quadrant].
type QuadrantCell struct {
	Text   string
	Chosen bool
}

// QuadrantView describes a field of three by three with the chosen cell.
type QuadrantView struct {
	ChartView
	Rows         [3][3]QuadrantCell // top row first, left cell first
	RowName      string             // axis from bottom to top
	ColumnName   string             // axis from left to right
	RowLabels    [3]string          // top first
	ColumnLabels [3]string          // left first
}

// percent formats a length in per cent of the width.
func percent(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) + "%" }

// pixels formats a length in pixels.
func pixels(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// row is the top of the i-th row of a chart with rows of that height.
func row(i int, height, offset float64) string { return pixels(float64(i)*height + offset) }
