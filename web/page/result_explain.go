package page

import (
	"strconv"
	"strings"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/text"
	"rancak/web/ui"
)

// explainView unfolds a behaviour index. Who is "Anda" or "pegawai ini".
type explainView struct {
	Who         string
	Explained   scoring.Explained
	Explanation scoring.Explanation
}

// has reports whether there is an index.
func (v explainView) has() bool { return v.Explanation.Index.Valid() }

// formula is the index in the person's own numbers: "Indeks 4,22 = 10% × 5,00
// (diri) + 60% × 4,20 (atasan) + 30% × 4,00 (rata-rata 5 rekan)".
func (v explainView) formula() string {
	parts := make([]string, len(v.Explanation.Terms))
	for i, t := range v.Explanation.Terms {
		parts[i] = text.Share(t.Share) + " × " + text.Score(t.Mean) + " (" + raters(t.Group, t.Count) + ")"
	}
	return "Indeks " + text.Score(v.Explanation.Index) + " = " + strings.Join(parts, " + ")
}

// raters names a group in the formula, with its count where it is a mean.
func raters(g scoring.Group, n int) string {
	switch g {
	case scoring.GroupSelf:
		return "diri"
	case scoring.GroupSupervisor:
		return "atasan"
	case scoring.GroupPeer, scoring.GroupSubordinate, scoring.GroupMerged:
		return "rata-rata " + text.Int(n) + " " + ratersOf(g)
	}
	return ""
}

func ratersOf(g scoring.Group) string {
	switch g {
	case scoring.GroupPeer:
		return "rekan"
	case scoring.GroupSubordinate:
		return "bawahan"
	case scoring.GroupMerged:
		return "rekan dan bawahan"
	case scoring.GroupSelf, scoring.GroupSupervisor:
	}
	return strings.ToLower(text.Group(g))
}

// weights says how the weights came about where groups are missing: "Bobot
// 10 dan 60 dibagi jumlahnya, 70."
func (v explainView) weights() string {
	var list []string
	sum := 0
	for _, g := range v.Explained.Result.Groups {
		if g.Weight > 0 {
			list = append(list, strconv.Itoa(g.Weight))
			sum += g.Weight
		}
	}
	if sum == 0 || sum == 100 {
		return ""
	}
	return "Kelompok yang tidak dipakai tidak ikut dihitung: bobot " + text.List(list...) + " dibagi jumlahnya (" + strconv.Itoa(sum) +
		"), sehingga jumlah bagiannya tetap 100%."
}

// rounded reports whether the formula shows rounded numbers.
func (v explainView) rounded() bool {
	exact := func(r appraisal.Ratio, parts int64) bool { return r.Num*parts%r.Den == 0 }
	for _, t := range v.Explanation.Terms {
		if !exact(t.Share, 10) || !exact(t.Mean, 100) {
			return true
		}
	}
	return !exact(v.Explanation.Index, 100)
}

// certainty says how far other raters could have moved the index.
func (v explainView) certainty() string {
	var who []string
	for _, t := range v.Explanation.Terms {
		switch t.Group {
		case scoring.GroupSelf:
		case scoring.GroupSupervisor:
			who = append(who, "atasan")
		case scoring.GroupPeer, scoring.GroupSubordinate, scoring.GroupMerged:
			who = append(who, text.Int(t.Count)+" "+ratersOf(t.Group))
		}
	}
	return "Bila " + text.List(who...) + " lain yang setara menilai " + v.Who + ", angkanya kemungkinan besar antara " +
		text.Approx(v.Explanation.Low) + " dan " + text.Approx(v.Explanation.High) + "."
}

// proposal says which level the index proposes and why.
func (v explainView) proposal() string {
	e := v.Explanation
	why := ""
	switch e.Proposal {
	case appraisal.LevelAbove:
		why = "karena indeksnya " + text.Score(e.Above) + " atau lebih"
	case appraisal.LevelMeets:
		why = "karena indeksnya paling sedikit " + text.Score(e.Meets) + " dan kurang dari " + text.Score(e.Above)
	case appraisal.LevelBelow:
		why = "karena indeksnya kurang dari " + text.Score(e.Meets)
	}
	return "Indeks ini mengusulkan " + text.Level(e.Proposal) + " untuk perilaku kerja, " + why + "."
}

// thresholds says where one level ends and the next begins.
func (v explainView) thresholds() string {
	return "Batas usulan: di bawah " + text.Score(v.Explanation.Meets) + " Di Bawah Ekspektasi; mulai " + text.Score(v.Explanation.Meets) +
		" Sesuai Ekspektasi; mulai " + text.Score(v.Explanation.Above) + " Di Atas Ekspektasi. Yang dibandingkan adalah angka sebelum dibulatkan."
}

// source says which run and rules the numbers come from.
func (v explainView) source() string {
	run := v.Explained.Run
	return "Aturan versi " + v.Explanation.RulesVersion + ", skema bobot " + text.Scheme(v.Explained.Rules.Scheme) +
		". Penghitungan nomor " + strconv.FormatInt(int64(run.ID), 10) + ", selesai " + text.DateTime(run.FinishedAt) + "."
}

// cases are the sentences about groups that were merged or not used.
func (v explainView) cases() []string {
	var list []string
	switch v.Explanation.Case {
	case scoring.CaseMerged, scoring.CaseMergedWithoutSelf:
		list = append(list, text.Case(scoring.CaseMerged))
	case scoring.CaseComplete, scoring.CaseWithoutSelf, scoring.CaseWithoutPeers,
		scoring.CaseWithoutSubordinates, scoring.CaseWithoutSeveral, scoring.CaseNoSupervisor:
	}
	for _, m := range v.Explanation.Missing {
		list = append(list, missingText(m))
	}
	return list
}

// formulaCases are the sentences about the groups behind the formula.
func (v explainView) formulaCases() []string {
	if list := v.cases(); len(list) > 0 {
		return list
	}
	return []string{text.Case(v.Explanation.Case)}
}

// missingText says why a group was not used.
func missingText(m scoring.MissingGroup) string {
	switch m.Group {
	case scoring.GroupSelf:
		if m.Sent == 0 {
			return "Penilaian diri tidak dikirim, jadi tidak ikut dihitung."
		}
		return "Penilaian diri terlalu banyak berisi “Tidak dapat menilai”, jadi tidak ikut dihitung."
	case scoring.GroupSupervisor:
		return text.Case(scoring.CaseNoSupervisor)
	case scoring.GroupPeer, scoring.GroupSubordinate, scoring.GroupMerged:
	}
	if m.Sent >= m.Min {
		return "Umpan balik " + ratersOf(m.Group) + " belum cukup (terlalu banyak jawaban “Tidak dapat menilai”), jadi tidak dipakai dan tidak ditampilkan."
	}
	return "Umpan balik " + ratersOf(m.Group) + " belum cukup (" + text.Int(m.Sent) + " dari minimal " + text.Int(m.Min) +
		"), jadi tidak dipakai dan tidak ditampilkan."
}

// groups draws the mean of each group that was used.
func (v explainView) groups() ui.BarChartView {
	c := ui.BarChartView{
		ChartView: ui.ChartView{ID: "kelompok", Caption: "Rata-rata menurut kelompok penilai"},
		Scale:     ui.RatingScale(), LabelName: "Kelompok penilai", ValueName: "Rata-rata",
	}
	var parts []string
	for _, g := range v.Explained.Result.Groups {
		bar := ui.Bar{Label: text.Group(g.Group), Value: g.Mean.Float(), Text: text.Score(g.Mean)}
		if g.Group != scoring.GroupSelf && g.Group != scoring.GroupSupervisor {
			bar.Note = text.Int(g.Count) + " orang"
		}
		c.Bars = append(c.Bars, bar)
		parts = append(parts, bar.Label+" "+bar.Text)
	}
	c.Description = strings.Join(parts, ", ") + "."
	return c
}

// behaviours draws what the others see, behaviour by behaviour.
func (v explainView) behaviours() ui.BarChartView {
	c := ui.BarChartView{
		ChartView: ui.ChartView{ID: "perilaku-nilai", Caption: "Perilaku menurut " + v.others()},
		Scale:     ui.RatingScale(), LabelName: "Perilaku", ValueName: "Menurut " + v.others(),
	}
	var parts []string
	for b, x := range v.Explained.Result.Others {
		bar := ui.Bar{Label: v.behaviour(b), Text: text.Score(x)}
		if x.Valid() {
			bar.Value = x.Float()
		} else {
			bar.Missing, bar.Text = true, text.None
			bar.Note = "belum cukup jawaban"
		}
		c.Bars = append(c.Bars, bar)
		parts = append(parts, bar.Label+" "+bar.Text)
	}
	c.Description = strings.Join(parts, ", ") + "."
	return c
}

// others names whose values the behaviours show.
func (v explainView) others() string {
	for _, g := range v.Explained.Result.Groups {
		if g.Group != scoring.GroupSelf && g.Group != scoring.GroupSupervisor {
			return "orang lain"
		}
	}
	return "atasan"
}

// behaviour names a behaviour of the instrument.
func (v explainView) behaviour(b int) string {
	if b < 0 || b >= len(v.Explained.Instrument.Behaviours) {
		return ""
	}
	return v.Explained.Instrument.Behaviours[b].Name
}

// hasBehaviours reports whether the others show any behaviour.
func (v explainView) hasBehaviours() bool {
	for _, x := range v.Explained.Result.Others {
		if x.Valid() {
			return true
		}
	}
	return false
}

// gap says in words how the own view lies to the others', in the middle of a sentence.
func (v explainView) gap(g scoring.Gap) string {
	if v.Who == you {
		return decapitalise(text.Gap(g))
	}
	switch g {
	case scoring.GapHigher:
		return "pegawai memandang dirinya lebih tinggi daripada orang lain memandangnya"
	case scoring.GapLower:
		return "orang lain memandang pegawai ini lebih tinggi daripada ia memandang dirinya"
	case scoring.GapAligned:
	}
	return decapitalise(text.Gap(g))
}

// decapitalise makes a sentence go on inside another; "Anda" keeps its capital.
func decapitalise(s string) string {
	if s == "" || strings.HasPrefix(s, you) {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// gapLines says for which behaviours the views clearly differ.
func (v explainView) gapLines() []string {
	var higher, lower []string
	for b, g := range v.Explanation.SelfOther.Behaviours {
		switch g {
		case scoring.GapHigher:
			higher = append(higher, v.behaviour(b))
		case scoring.GapLower:
			lower = append(lower, v.behaviour(b))
		case scoring.GapAligned:
		}
	}
	var lines []string
	if len(higher) > 0 {
		lines = append(lines, "Pada perilaku ini pandangan diri lebih tinggi: "+text.List(higher...)+".")
	}
	if len(lower) > 0 {
		lines = append(lines, "Pada perilaku ini pandangan orang lain lebih tinggi: "+text.List(lower...)+".")
	}
	return lines
}

// remark is a comment with where it comes from; Source may be empty.
type remark struct{ Text, Source string }

// remarks are the comments of one behaviour.
type remarks struct {
	Behaviour string
	List      []remark
}

// comments groups the comments by behaviour; source names where one comes from
// and leaves it out by returning false.
func (v explainView) comments(source func(appraisal.ReviewKind) (string, bool)) []remarks {
	var list []remarks
	for b := range v.Explained.Instrument.Behaviours {
		r := remarks{Behaviour: v.behaviour(b)}
		for _, c := range v.Explained.Comments {
			if s, ok := source(c.Kind); ok && c.Behaviour == b {
				r.List = append(r.List, remark{Text: c.Text, Source: s})
			}
		}
		if len(r.List) > 0 {
			list = append(list, r)
		}
	}
	return list
}

// The words for whom a result is about.
const (
	you          = "Anda"
	thisEmployee = "pegawai ini"
)
