package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// DinasListView shows the results of every dinas of a year.
type DinasListView struct {
	Year int
	// Years can be switched to, newest first.
	Years []int
	// City is the mean of the whole city; it is not said where it is not valid.
	City scoring.UnitMean
	// Dinas are in any order; they are shown by name.
	Dinas []scoring.UnitYear
	Rules appraisal.Rules
}

func (v DinasListView) years() []ui.NavItem {
	items := make([]ui.NavItem, len(v.Years))
	for i, y := range v.Years {
		items[i] = ui.NavItem{Text: yearText(y), Href: path.DinasYear(y), Current: y == v.Year}
	}
	return items
}

func (v DinasListView) byName() []scoring.UnitYear {
	list := slices.Clone(v.Dinas)
	slices.SortStableFunc(list, func(a, b scoring.UnitYear) int {
		return cmp.Or(strings.Compare(a.Unit.Name, b.Unit.Name), cmp.Compare(a.Unit.ID, b.Unit.ID))
	})
	return list
}

func (v DinasListView) table() ui.TableView {
	t := ui.TableView{
		Caption: "Perangkat daerah tahun " + yearText(v.Year), CaptionHidden: true,
		Columns: []ui.Column{
			{Text: "Perangkat daerah"}, {Text: "Pegawai", Numeric: true}, {Text: "Formulir terkirim", Numeric: true},
			{Text: "Rata-rata indeks"}, {Text: "Sebaran predikat"}, {Text: "Capaian organisasi"},
		},
	}
	for _, u := range v.byName() {
		org := ui.Cell{Text: text.OrgPredikat(u.Org), Note: orgNote(u)}
		if u.Org == "" {
			org.Text = "Belum ditetapkan"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: u.Unit.Name, Href: path.Dinas(u.Unit.ID, v.Year)},
			{Text: text.Int(u.Result.People)},
			{Text: text.Percent(sumCounts(u.Result.Sent), sumCounts(u.Result.Invited))},
			{Text: meanText(u, v.Rules), Note: behind(u)},
			{Body: miniDistribution(u, v.Rules)},
			org,
		}})
	}
	return t
}

// orgNote says where the organisation predikat is of another year and how many
// rules of its pattern are not met.
func orgNote(u scoring.UnitYear) string {
	var notes []string
	if u.Org != "" && u.OrgYear != u.Year {
		notes = append(notes, "capaian tahun "+yearText(u.OrgYear))
	}
	if len(u.Unmet) > 0 && !u.DistributionHidden {
		notes = append(notes, text.Int(len(u.Unmet))+" hal berbeda dari pola")
	}
	return strings.Join(notes, "; ")
}

// total adds up the dinas: people, forms, and the predikat of those shown.
func (v DinasListView) total() scoring.UnitYear {
	sum := scoring.UnitYear{Year: v.Year, Distribution: appraisal.Distribution{}}
	sum.Result.Index = v.City
	for _, u := range v.Dinas {
		sum.Result.People += u.Result.People
		for _, k := range appraisal.ReviewKinds {
			sum.Result.Invited.Add(k, u.Result.Invited.Of(k))
			sum.Result.Sent.Add(k, u.Result.Sent.Of(k))
		}
		for p, n := range u.Distribution {
			if !u.DistributionHidden {
				sum.Distribution[p] += n
			}
		}
	}
	return sum
}

// someHidden reports whether the predikat of a dinas are not in the total.
func (v DinasListView) someHidden() bool {
	return slices.ContainsFunc(v.Dinas, func(u scoring.UnitYear) bool { return u.DistributionHidden })
}

// stats are the figures of all dinas.
func (v DinasListView) stats() []ui.Stat {
	stats := append([]ui.Stat{{Label: "Perangkat daerah", Value: text.Int(len(v.Dinas))}}, unitStats(v.total(), v.Rules)...)
	if !v.City.Mean.Valid() {
		stats = stats[:len(stats)-1]
	}
	return stats
}

// unitStats are the figures above a unit's page.
func unitStats(u scoring.UnitYear, rules appraisal.Rules) []ui.Stat {
	invited, sent := sumCounts(u.Result.Invited), sumCounts(u.Result.Sent)
	index := ui.Stat{Label: "Rata-rata indeks perilaku", Value: text.None, Note: meanText(u, rules)}
	if u.Result.Index.Mean.Valid() && !u.MeansHidden {
		index.Value, index.Note = meanScore(u.Result.Index.Mean), behind(u)
	}
	return []ui.Stat{
		{Label: "Pegawai", Value: text.Int(u.Result.People)},
		{Label: "Formulir terkirim", Value: text.Percent(sent, invited), Note: formsOf(sent, invited)},
		index,
	}
}

func sumCounts(c scoring.Counts) int {
	n := 0
	for _, x := range c {
		n += x
	}
	return n
}

// meanScore rounds an exact mean to two decimals.
func meanScore(m scoring.Mean) string {
	if !m.Valid() {
		return text.None
	}
	return text.Score(appraisal.NewRatio(m.Round(2), 100))
}

// meanText is the mean index of a unit, or why there is none.
func meanText(u scoring.UnitYear, rules appraisal.Rules) string {
	switch {
	case u.MeansHidden:
		return hiddenText(u.Result.People, rules.MinMeanGroup)
	case !u.Result.Index.Mean.Valid():
		return "belum dihitung"
	}
	return meanScore(u.Result.Index.Mean)
}

// hiddenText says why a number of a unit with so many people is not shown.
func hiddenText(people, minimum int) string {
	if people >= minimum {
		return "disembunyikan agar angka unit kecil di dekatnya tidak terbaca"
	}
	return "disembunyikan: kurang dari " + strconv.Itoa(minimum) + " orang"
}

// behind says how many supervisors stand behind the mean index of a unit.
func behind(u scoring.UnitYear) string {
	m := u.Result.Index
	if u.MeansHidden || !m.Mean.Valid() {
		return ""
	}
	return text.Int(m.People) + " pegawai, dinilai " + text.Int(m.Supervisors) + " atasan"
}

// DinasView shows the result of one dinas.
type DinasView struct {
	// Year is the one shown, among those of Report.
	Year   int
	Report scoring.UnitReport
	// Years can be switched to, newest first; empty: those of Report.
	Years []int
	// Units are those right below in that year; none where there are none to show.
	Units []scoring.UnitYear
}

// current is the year shown; its Year is 0 where the report does not hold it.
func (v DinasView) current() scoring.UnitYear {
	for _, y := range v.Report.Years {
		if y.Year == v.Year {
			return y
		}
	}
	return scoring.UnitYear{}
}

func (v DinasView) name() string {
	if u := v.current(); u.Year != 0 {
		return u.Unit.Name
	}
	if len(v.Report.Years) > 0 {
		return v.Report.Years[0].Unit.Name
	}
	return "Perangkat daerah"
}

// years are links to the years, each to the unit as it was then.
func (v DinasView) years() []ui.NavItem {
	years := v.Years
	if len(years) == 0 {
		for _, y := range v.Report.Years {
			years = append(years, y.Year)
		}
	}
	items := make([]ui.NavItem, len(years))
	for i, y := range years {
		id := v.current().Unit.ID
		for _, u := range v.Report.Years {
			if u.Year == y {
				id = u.Unit.ID
			}
		}
		items[i] = ui.NavItem{Text: yearText(y), Href: path.Dinas(id, y), Current: y == v.Year}
	}
	return items
}

// completionTable counts the forms by kind.
func (v DinasView) completionTable() ui.TableView {
	t := ui.TableView{
		Caption: "Kelengkapan formulir", CaptionHidden: true,
		Columns: []ui.Column{{Text: "Jenis formulir"}, {Text: "Terkirim"}},
	}
	r := v.current().Result
	for _, k := range appraisal.ReviewKinds {
		if r.Invited.Of(k) > 0 {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.Kind(k)}, {Body: completion(r.Sent.Of(k), r.Invited.Of(k))}}})
		}
	}
	return t
}

// behaviours draws the means of the seven behaviours.
func (v DinasView) behaviours() ui.BarChartView {
	u := v.current()
	c := ui.BarChartView{
		ChartView: ui.ChartView{ID: "perilaku-unit", Caption: "Tujuh perilaku menurut orang lain"},
		Scale:     ui.RatingScale(), LabelName: "Perilaku", ValueName: "Rata-rata",
	}
	var parts []string
	for b, m := range u.Result.Behaviours {
		bar := ui.Bar{Label: behaviourName(v.Report.Instrument, b), Text: meanScore(m.Mean)}
		if m.Mean.Valid() && !u.MeansHidden {
			bar.Value, bar.Note = m.Mean.Float(), text.Int(m.Supervisors)+" atasan"
		} else {
			bar.Missing, bar.Text = true, text.None
		}
		c.Bars = append(c.Bars, bar)
		parts = append(parts, bar.Label+" "+bar.Text)
	}
	c.Description = strings.Join(parts, ", ") + "."
	return c
}

func behaviourName(in appraisal.Instrument, b int) string {
	if b < 0 || b >= len(in.Behaviours) {
		return ""
	}
	return in.Behaviours[b].Name
}

// pattern is the distribution beside the pattern of the organisation predikat.
func (v DinasView) pattern() patternView {
	u := v.current()
	return patternView{
		ID: "sebaran", Caption: "Predikat pegawai",
		Distribution: u.Distribution, People: u.Result.People, Rules: v.Report.Rules,
		Org: u.Org, OrgYear: u.OrgYear, Year: v.Year, UnitName: u.Unit.Name, Unmet: u.Unmet,
		Provisional: u.Stage != appraisal.StagePublished,
	}
}

// chronological are the years from the oldest to the newest.
func (v DinasView) chronological() []scoring.UnitYear {
	list := slices.Clone(v.Report.Years)
	slices.SortFunc(list, func(a, b scoring.UnitYear) int { return cmp.Compare(a.Year, b.Year) })
	return list
}

// change draws the mean index over the years.
func (v DinasView) change() ui.LineChartView {
	c := ui.LineChartView{
		ChartView: ui.ChartView{ID: "perubahan", Caption: "Rata-rata indeks perilaku dari tahun ke tahun"},
		Scale:     ui.RatingScale(), TimeName: "Tahun",
	}
	line := ui.Line{Name: "Rata-rata indeks"}
	var parts []string
	for _, y := range v.chronological() {
		c.Times = append(c.Times, yearText(y.Year))
		p := ui.Point{Text: meanText(y, v.Report.Rules), Missing: true}
		if y.Result.Index.Mean.Valid() && !y.MeansHidden {
			p.Value, p.Missing = y.Result.Index.Mean.Float(), false
		}
		line.Points = append(line.Points, p)
		parts = append(parts, yearText(y.Year)+" "+p.Text)
	}
	c.Lines = []ui.Line{line}
	c.Description = strings.Join(parts, ", ") + "."
	return c
}

// changeTable holds the behaviours over the years.
func (v DinasView) changeTable() ui.TableView {
	years := v.chronological()
	t := ui.TableView{
		ID: "perilaku-tahun", Caption: "Tujuh perilaku dari tahun ke tahun", Scroll: len(years) > 3,
		Columns: []ui.Column{{Text: "Perilaku"}},
	}
	for _, y := range years {
		t.Columns = append(t.Columns, ui.Column{Text: yearText(y.Year), Numeric: true})
	}
	for b := range v.Report.Instrument.Behaviours {
		cells := ui.Cells(behaviourName(v.Report.Instrument, b))
		for _, y := range years {
			s := text.None
			if b < len(y.Result.Behaviours) && !y.MeansHidden {
				s = meanScore(y.Result.Behaviours[b].Mean)
			}
			cells = append(cells, ui.Cell{Text: s})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

// before says which years are those of another unit that this one came from.
func (v DinasView) before() []string {
	var lines []string
	for _, y := range v.chronological() {
		if y.Unit.ID != v.current().Unit.ID {
			lines = append(lines, "Angka tahun "+yearText(y.Year)+" milik "+y.Unit.Name+", asal perangkat daerah ini.")
		}
	}
	return lines
}

// predecessors names the units this one came from.
func (v DinasView) predecessors() string {
	names := make([]string, len(v.Report.Predecessors))
	for i, u := range v.Report.Predecessors {
		names[i] = u.Name
	}
	return text.List(names...)
}

func (v DinasView) unitsTable() ui.TableView {
	t := ui.TableView{
		Caption: "Unit kerja di bawahnya", CaptionHidden: true,
		Columns: []ui.Column{
			{Text: "Unit kerja"}, {Text: "Pegawai", Numeric: true}, {Text: "Formulir terkirim", Numeric: true},
			{Text: "Rata-rata indeks"}, {Text: "Sebaran predikat"},
		},
	}
	for _, u := range (DinasListView{Dinas: v.Units}).byName() {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: u.Unit.Name}, {Text: text.Int(u.Result.People)},
			{Text: text.Percent(sumCounts(u.Result.Sent), sumCounts(u.Result.Invited))},
			{Text: meanText(u, v.Report.Rules), Note: behind(u)},
			{Body: miniDistribution(u, v.Report.Rules)},
		}})
	}
	return t
}
