package ui_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"rancak/web/ui"
)

func text(s string) templ.Component { return templ.Raw("<p>" + s + "</p>") }

// with renders a part around a child.
func with(part, child templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return part.Render(templ.WithChildren(ctx, child), w)
	})
}

var (
	steps = []ui.Option{{Value: "1", Text: "Jarang"}, {Value: "2", Text: "Sering", Hint: "Tiap minggu"}}
	tags  = []ui.TagView{
		{Text: "Belum"}, {Text: "Isi", Kind: ui.TagTodo}, {Text: "Sedang", Kind: ui.TagProgress},
		{Text: "Selesai", Kind: ui.TagDone}, {Text: "Terlambat", Kind: ui.TagLate},
	}
	table = ui.TableView{
		ID: "t", Caption: "Pegawai",
		Columns: []ui.Column{{Text: "Nama", Href: "?urut=nama", Sort: "ascending"}, {Text: "Nilai", Numeric: true}},
		Rows: []ui.Row{
			{Cells: []ui.Cell{{Text: "Dewi", Href: "/x", Note: "1985"}, {Text: "4,22"}}},
			{Total: true, Cells: []ui.Cell{{Text: "Jumlah"}, {Tag: tags[3]}, {Text: "lebih dari kolom"}}},
		},
	}
	chart = ui.ChartView{ID: "g", Caption: "Nilai", Description: "Nilai perilaku."}
)

// states are all parts in the states they can be in.
var states = map[string]templ.Component{
	"submit":                ui.Submit("Kirim"),
	"submit as":             ui.SubmitAs("Simpan", "aksi", "simpan"),
	"button":                ui.Button(ui.ButtonView{Text: "Hapus", Kind: ui.Danger, Name: "a", Value: "b", Action: "/hapus", Describe: "Dewi", KeepTyping: true}),
	"button plain":          ui.Button(ui.ButtonView{Text: "Hapus"}),
	"link button":           ui.LinkButton("Mulai", "/mulai"),
	"link button secondary": ui.LinkButtonSecondary("Mulai", "/mulai"),
	"buttons":               with(ui.Buttons(), ui.Submit("Kirim")),
	"back link":             ui.BackLink("Kembali", "/"),
	"input":                 ui.Input(ui.InputView{ID: "a", Name: "a", Label: "A"}),
	"input full":            ui.Input(ui.InputView{ID: "a", Name: "a", Label: "A", Hint: "h", Error: "e", Value: `"<&`, Mode: "numeric", Autocomplete: "off", MaxLength: "9", Width: "short", Suffix: "JP"}),
	"file":                  ui.Input(ui.InputView{ID: "a", Name: "a", Label: "A", Type: "file", Accept: ".csv"}),
	"password":              ui.Password(ui.InputView{ID: "a", Name: "a", Label: "A", Hint: "h", Error: "e", Value: "rahasia"}),
	"textarea":              ui.Textarea(ui.TextareaView{ID: "a", Name: "a", Label: "A"}),
	"textarea full":         ui.Textarea(ui.TextareaView{ID: "a", Name: "a", Label: "A", Hint: "h", Error: "e", Value: "\nx <b>", Rows: "6", MaxLength: "9", Field: "3", Version: "7", Words: "malas", WordsHint: "Ceritakan."}),
	"select":                ui.Select(ui.ChoiceView{ID: "a", Name: "a", Label: "A", Options: steps, Value: "2", Empty: "Semua", Hint: "h", Error: "e"}),
	"checkbox":              ui.Checkbox(ui.CheckboxView{ID: "a", Name: "a", Value: "1", Label: "A", Hint: "h", Error: "e", Checked: true}),
	"radios":                ui.Radios(ui.ChoiceView{ID: "a", Name: "a", Label: "A", Options: steps, Hint: "h", Error: "e", Inline: true, Field: "1", Version: "1"}),
	"rating":                ui.Rating(ui.RatingView{ID: "a", Name: "a", Legend: "Membantu", Options: steps}),
	"rating full": ui.Rating(ui.RatingView{
		ID: "a", Name: "a", Number: "1.", Legend: "Membantu", Hint: "h", Error: "e", Options: steps,
		Unable: ui.Option{Value: "x", Text: "Tidak dapat menilai"}, Value: "x", Field: "1", Version: "4",
	}),
	"filter":            with(ui.Filter("/pegawai"), ui.Submit("Terapkan")),
	"save status":       ui.SaveStatus(),
	"error summary":     templ.Join(ui.ErrorSummary([]ui.FieldError{{ID: "a", Text: "Isi A"}, {Text: "Umum"}}), ui.Input(ui.InputView{ID: "a", Name: "a", Label: "A", Error: "Isi A"})),
	"no error":          ui.ErrorSummary(nil),
	"task list":         ui.TaskList("t", []ui.Task{{Title: "A", Href: "/a", Hint: "h", Due: "d", Status: tags[1]}, {Title: "B"}}),
	"summary list":      ui.SummaryList([]ui.SummaryRow{{Key: "A", Value: "1\n2", Href: "/a"}, {Key: "B", Tag: tags[1], Href: "/b", Action: "Isi"}, {Key: "C"}}),
	"stats":             ui.Stats([]ui.Stat{{Label: "A", Value: "1", Note: "n"}, {Label: "B", Value: "2"}}),
	"timeline":          ui.Timeline([]ui.TimelineItem{{Title: "A", Time: "t", Text: "x"}, {Title: "B", Time: "t"}}),
	"tags":              templ.Join(ui.Tag(tags[0]), ui.Tag(tags[1]), ui.Tag(tags[2]), ui.Tag(tags[3]), ui.Tag(tags[4])),
	"table":             ui.Table(table),
	"table scroll":      ui.Table(ui.TableView{ID: "t", Caption: "A", CaptionHidden: true, Scroll: true, Columns: table.Columns, Rows: table.Rows}),
	"notice":            with(ui.Notice("Perhatikan"), text("x")),
	"warning":           ui.Warning("Tidak dapat diubah."),
	"inset":             with(ui.Inset(), text("x")),
	"flash":             ui.Flash("Tersimpan."),
	"no flash":          ui.Flash(""),
	"panel":             with(ui.Panel("Terkirim"), text("x")),
	"details":           with(ui.Details("Mengapa?"), text("x")),
	"empty":             with(ui.Empty("Belum ada"), text("x")),
	"definition":        with(ui.Definition("Predikat"), text("x")),
	"card":              with(ui.Card("Dokumen"), text("x")),
	"columns":           with(ui.Columns(), text("x")),
	"quote":             templ.Join(ui.Quote("x", "Rekan"), ui.Quote("x", "")),
	"breadcrumb":        ui.Breadcrumb([]ui.Link{{Text: "A", Href: "/"}, {Text: "B"}}),
	"tabs":              ui.Tabs("Bagian", []ui.NavItem{{Text: "A", Href: "/", Current: true}, {Text: "B", Href: "/b", Count: "3"}}),
	"steps label":       ui.Steps(ui.StepsView{Label: "Bagian 1 dari 2"}),
	"steps":             ui.Steps(ui.StepsView{Label: "Bagian 1 dari 2", Steps: []ui.Step{{Text: "A", State: ui.StepCurrent}, {Text: "B", Href: "/b", State: ui.StepDone}, {Text: "C"}}}),
	"pagination":        ui.Pagination(ui.PaginationView{Count: "120 orang", Prev: "?1", Next: "?3", Pages: []ui.Page{{Text: "1", Href: "?1"}, {Gap: true}, {Text: "2", Href: "?2", Current: true}}}),
	"pagination single": ui.Pagination(ui.PaginationView{Count: "2 orang", Pages: []ui.Page{{Text: "1"}}}),
	"progress":          ui.Progress(ui.ProgressView{ID: "p", Label: "Menghitung", Value: "3", Max: "9", Text: "3 dari 9"}),
	"bar chart": ui.BarChart(ui.BarChartView{
		ChartView: chart, Scale: ui.RatingScale(), LabelName: "A", ValueName: "B", ReferenceName: "C",
		Bars: []ui.Bar{{Label: "X", Note: "n", Value: 4, Text: "4,00", Reference: 3, ReferenceText: "3,00"}, {Label: "Y", Text: "tidak tampil", Missing: true}},
	}),
	"bar chart without reference": ui.BarChart(ui.BarChartView{ChartView: chart, Scale: ui.PercentScale(), Bars: []ui.Bar{{Label: "X", Value: 140, Text: "140 %"}}}),
	"interval chart": ui.IntervalChart(ui.IntervalChartView{
		ChartView: chart, Scale: ui.RatingScale(),
		Intervals: []ui.Interval{{Label: "X", Value: 4, Low: 3, High: 5, Text: "4", RangeText: "3–5", Reference: 3, ReferenceText: "3"}, {Label: "Y", Missing: true}, {Label: "Z", Value: 2, WithoutMeaning: true}},
	}),
	"distribution chart":   ui.DistributionChart(ui.DistributionChartView{ChartView: chart, LabelName: "A", ValueName: "B", PatternName: "C", Columns: []ui.ColumnPair{{Label: "Sangat Baik", Value: 60, Text: "6", Short: "60 %", Pattern: 20, PatternText: "20 %"}, {Label: "Baik"}}}),
	"distribution plain":   ui.DistributionChart(ui.DistributionChartView{ChartView: chart, Columns: []ui.ColumnPair{{Label: "Baik", Value: 3}}}),
	"distribution nothing": ui.DistributionChart(ui.DistributionChartView{ChartView: chart}),
	"stacked bar":          ui.StackedBar(ui.StackedBarView{ChartView: chart, Segments: []ui.Segment{{Label: "A", Value: 2, Text: "2"}, {Label: "B", Value: 1, Text: "1"}, {Label: "C", Text: "0"}}}),
	"stacked bar nothing":  ui.StackedBar(ui.StackedBarView{ChartView: chart, Segments: []ui.Segment{{Label: "A", Text: "0"}}}),
	"line chart": ui.LineChart(ui.LineChartView{
		ChartView: chart, Scale: ui.RatingScale(), Times: []string{"2025", "2026", "2027"},
		Lines: []ui.Line{{Name: "A", Points: []ui.Point{{Value: 4, Text: "4"}, {Value: 5, Text: "5"}, {Missing: true}}}, {Name: "B", Points: []ui.Point{{Value: 1, Text: "1"}}}},
	}),
	"line chart nothing": ui.LineChart(ui.LineChartView{ChartView: chart}),
	"quadrant":           ui.Quadrant(ui.QuadrantView{ChartView: chart, RowName: "Hasil", ColumnName: "Perilaku", Rows: [3][3]ui.QuadrantCell{{{Text: "Baik", Chosen: true}}}}),
}

// TestMarkup holds every part to the rules that neither a compiler nor a
// quick look would notice.
func TestMarkup(t *testing.T) {
	for name, part := range states {
		t.Run(name, func(t *testing.T) {
			for _, fault := range faults(parse(t, part)) {
				t.Error(fault)
			}
		})
	}
}

func render(t *testing.T, part templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := part.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parse(t *testing.T, part templ.Component) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(render(t, part)))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// faults lists what is wrong with a document.
func faults(root *html.Node) []string {
	var out []string
	fault := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	ids, labelled := map[string]bool{}, map[string]bool{}
	for n := range root.Descendants() {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				fault("id %q twice", id)
			}
			ids[id] = true
		}
		if n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				fault("<%s> has the attribute %s, which the policy blocks", n.Data, a.Key)
			case a.Key == "for" || a.Key == "aria-describedby" || a.Key == "aria-labelledby" || a.Key == "aria-controls":
				for target := range strings.FieldsSeq(a.Val) {
					if !ids[target] {
						fault("%s of <%s> names %q, which does not exist", a.Key, n.Data, target)
					}
				}
			case a.Key == "fill" && strings.HasPrefix(a.Val, "url(#"):
				if target := strings.TrimSuffix(strings.TrimPrefix(a.Val, "url(#"), ")"); !ids[target] {
					fault("fill names %q, which does not exist", target)
				}
			case a.Key == "href" && strings.HasPrefix(a.Val, "#") && !ids[a.Val[1:]]:
				fault("link to %q, which does not exist", a.Val)
			case strings.Contains(a.Val, "NaN") || strings.Contains(a.Val, "Inf"):
				fault("%s=%q of <%s> is no number", a.Key, a.Val, n.Data)
			}
		}
		switch n.Data {
		case "input", "textarea", "select":
			if attr(n, "type") != "hidden" && !labelled[attr(n, "id")] && !inside(n, "label") {
				fault("<%s id=%q> has no label", n.Data, attr(n, "id"))
			}
		case "fieldset":
			if first := n.FirstChild; first == nil || first.Data != "legend" {
				fault("fieldset does not begin with its legend")
			}
		case "script":
			if attr(n, "src") == "" {
				fault("script in the page")
			}
		}
	}
	return out
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func inside(n *html.Node, element string) bool {
	for p := range n.Ancestors() {
		if p.Data == element {
			return true
		}
	}
	return false
}

func find(root *html.Node, element string) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			out = append(out, n)
		}
	}
	return out
}

func TestRatingChoosesNothingBeforehand(t *testing.T) {
	options := []ui.Option{{Value: "", Text: "kosong"}, {Value: "1", Text: "Jarang"}}
	got := render(t, ui.Rating(ui.RatingView{ID: "a", Name: "a", Legend: "A", Options: options, Unable: ui.Option{Value: "x", Text: "Tidak dapat menilai"}}))
	if strings.Contains(got, "checked") {
		t.Errorf("an answer is chosen in %s", got)
	}
}

func TestRatingCarriesItsDraft(t *testing.T) {
	root := parse(t, states["rating full"])
	group := find(root, "fieldset")[0]
	if attr(group, "data-field") != "1" || attr(group, "data-version") != "4" {
		t.Errorf("group has field %q, version %q", attr(group, "data-field"), attr(group, "data-version"))
	}
	var hidden, checked *html.Node
	for _, in := range find(root, "input") {
		if attr(in, "name") == "v1" {
			hidden = in
		}
		for _, a := range in.Attr {
			if a.Key == "checked" {
				checked = in
			}
		}
	}
	if hidden == nil || attr(hidden, "value") != "4" {
		t.Error("the form does not carry the version of the item")
	}
	if checked == nil || attr(checked, "value") != "x" {
		t.Error("the answer is not the one chosen")
	}
	if first := find(root, "input")[0]; attr(first, "id") != "a" {
		t.Errorf("a link to the group would not land on its first option but on %q", attr(first, "id"))
	}
}

func TestTextareaKeepsEveryCharacter(t *testing.T) {
	for _, value := range []string{"", "satu", "\nsatu", " dua ", "tiga\n", "<b>&amp;</b>"} {
		area := find(parse(t, ui.Textarea(ui.TextareaView{ID: "a", Name: "a", Label: "A", Value: value})), "textarea")[0]
		got := ""
		for c := range area.ChildNodes() {
			got += c.Data
		}
		if got != value {
			t.Errorf("a browser would show %q for %q", got, value)
		}
	}
}

func TestPasswordIsNeverSentBack(t *testing.T) {
	if got := render(t, states["password"]); strings.Contains(got, "rahasia") {
		t.Errorf("the password stands in %s", got)
	}
}

// TestChartsHaveTables: whoever does not see the drawing reads the same.
func TestChartsHaveTables(t *testing.T) {
	for name, part := range states {
		root := parse(t, part)
		for _, figure := range find(root, "figure") {
			if !strings.Contains(attr(figure, "class"), "chart") {
				continue
			}
			if len(find(figure, "table")) != 1 {
				t.Errorf("%s: chart without a table", name)
			}
			drawn := false
			for _, svg := range find(figure, "svg") {
				drawn = drawn || attr(svg, "role") == "img" && attr(svg, "aria-labelledby") != "" && attr(svg, "aria-describedby") != ""
			}
			if !drawn {
				t.Errorf("%s: drawing without name and description", name)
			}
		}
	}
}
