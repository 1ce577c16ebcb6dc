package page

import (
	"strconv"

	"rancak/internal/appraisal"
	"rancak/web/text"
	"rancak/web/ui"
)

// HelpView is what [Help] and [Privacy] show.
type HelpView struct {
	// Rules are those of the latest cycle.
	Rules appraisal.Rules
	// Cycle is the latest cycle; nil where there is none.
	Cycle *appraisal.Cycle
}

// HelpScoringView is what [HelpScoring] shows.
type HelpScoringView struct {
	Rules appraisal.Rules
}

// dates are the dates of the cycle.
func (v HelpView) dates() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "Formulir dibuka", Value: text.Date(v.Cycle.Opens)},
		{Key: "Formulir diisi paling lambat", Value: text.Date(v.Cycle.FormsDue)},
		{Key: "Evaluasi oleh atasan paling lambat", Value: text.Date(v.Cycle.EvaluationDue)},
	}
}

func (v HelpView) datesTitle() string { return "Tanggal penting " + strconv.Itoa(v.Cycle.Year) }

func (v HelpView) leastPeers() string { return strconv.Itoa(v.Rules.MinPeers) }

// weights is the table of the weights.
func (v HelpScoringView) weights() ui.TableView {
	s := v.Rules.Scheme
	p := func(n int) string { return strconv.Itoa(n) + "%" }
	return ui.TableView{
		Caption: "Bobot setiap kelompok penilai (" + text.Scheme(s) + ")",
		Columns: []ui.Column{
			{Text: "Kelompok penilai"},
			{Text: "Tanpa bawahan", Numeric: true},
			{Text: "Memimpin bawahan", Numeric: true},
		},
		Rows: []ui.Row{
			{Cells: ui.Cells("Diri sendiri", p(s.Self), p(s.Self))},
			{Cells: ui.Cells("Atasan", p(s.Supervisor), p(s.Supervisor))},
			{Cells: ui.Cells("Rekan kerja", p(s.Peer), p(s.PeerLed))},
			{Cells: ui.Cells("Bawahan", text.None, p(s.Subordinate))},
			{Cells: ui.Cells("Jumlah", p(s.Self+s.Supervisor+s.Peer), p(s.Self+s.Supervisor+s.PeerLed+s.Subordinate)), Total: true},
		},
	}
}

// levels is the table of the levels that the index proposes.
func (v HelpScoringView) levels() ui.TableView {
	meets, above := text.Score(v.Rules.Meets), text.Score(v.Rules.Above)
	return ui.TableView{
		Caption: "Dari indeks ke usulan rating perilaku kerja",
		Columns: []ui.Column{{Text: "Indeks"}, {Text: "Usulan"}},
		Rows: []ui.Row{
			{Cells: ui.Cells(above+" atau lebih", text.Level(appraisal.LevelAbove))},
			{Cells: ui.Cells(meets+" sampai di bawah "+above, text.Level(appraisal.LevelMeets))},
			{Cells: ui.Cells("di bawah "+meets, text.Level(appraisal.LevelBelow))},
		},
	}
}

// quadrant is the table of the predikat.
func quadrant() ui.TableView {
	t := ui.TableView{
		Caption: "Predikat dari dua rating",
		Columns: []ui.Column{{Text: "Hasil kerja"}},
	}
	for i := len(appraisal.Levels) - 1; i >= 0; i-- {
		t.Columns = append(t.Columns, ui.Column{Text: "Perilaku " + text.Level(appraisal.Levels[i])})
	}
	for _, work := range appraisal.Levels {
		cells := ui.Cells(text.Level(work))
		for i := len(appraisal.Levels) - 1; i >= 0; i-- {
			p, _ := appraisal.Quadrant(work, appraisal.Levels[i])
			cells = append(cells, ui.Cell{Text: text.Predikat(p)})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

// The worked example: an employee without subordinates.
var (
	exampleSelf       = appraisal.NewRatio(5, 1)
	exampleSupervisor = appraisal.NewRatio(21, 5)
	examplePeers      = []int64{3, 4, 4, 5, 4}
)

func (v HelpScoringView) peerMean() appraisal.Ratio {
	sum := int64(0)
	for _, p := range examplePeers {
		sum += p
	}
	return appraisal.NewRatio(sum, int64(len(examplePeers)))
}

func (v HelpScoringView) index() appraisal.Ratio {
	s, peers := v.Rules.Scheme, v.peerMean()
	num := int64(s.Self)*exampleSelf.Num*exampleSupervisor.Den*peers.Den +
		int64(s.Supervisor)*exampleSupervisor.Num*exampleSelf.Den*peers.Den +
		int64(s.Peer)*peers.Num*exampleSelf.Den*exampleSupervisor.Den
	return appraisal.NewRatio(num, 100*exampleSelf.Den*exampleSupervisor.Den*peers.Den)
}

// example is the table of the worked example: each group with its value and weight.
func (v HelpScoringView) example() ui.TableView {
	s := v.Rules.Scheme
	row := func(name string, value appraisal.Ratio, weight int) ui.Row {
		part := appraisal.NewRatio(int64(weight)*value.Num, 100*value.Den)
		return ui.Row{Cells: ui.Cells(name, text.Score(value), strconv.Itoa(weight)+"%", text.Score(part))}
	}
	t := ui.TableView{
		Caption: "Contoh: pegawai tanpa bawahan",
		Columns: []ui.Column{
			{Text: "Kelompok"},
			{Text: "Rata-rata", Numeric: true},
			{Text: "Bobot", Numeric: true},
			{Text: "Sumbangan", Numeric: true},
		},
	}
	if s.Self > 0 {
		t.Rows = append(t.Rows, row("Diri sendiri", exampleSelf, s.Self))
	}
	t.Rows = append(t.Rows, row("Atasan", exampleSupervisor, s.Supervisor))
	if s.Peer > 0 {
		t.Rows = append(t.Rows, row("5 rekan kerja (3, 4, 4, 5, 4)", v.peerMean(), s.Peer))
	}
	t.Rows = append(t.Rows, ui.Row{
		Cells: ui.Cells("Indeks perilaku", "", "100%", text.Score(v.index())),
		Total: true,
	})
	return t
}

func (v HelpScoringView) proposal() string { return text.Level(v.Rules.Proposal(v.index())) }

func (v HelpScoringView) indexText() string { return text.Score(v.index()) }

// readers says who sees what.
func (v HelpView) readers() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "Anda sendiri", Value: "Hasil Anda dengan penjelasannya, setelah diterbitkan. Bukan siapa yang menjawab apa."},
		{Key: "Atasan langsung Anda", Value: "Hasil dan catatan tentang Anda saat mengevaluasi. Jawaban rekan kerja dan bawahan hanya sebagai rata-rata kelompok, tanpa nama."},
		{Key: "Rekan kerja dan bawahan", Value: "Hanya formulir yang mereka isi sendiri."},
		{Key: "Kepala dan pengelola kinerja perangkat daerah", Value: "Hasil perangkat daerahnya. Pengelola kinerja juga melihat kemajuan pengisian."},
		{Key: "Pengelola kinerja BKPSDM", Value: "Kemajuan pengisian, hasil setiap perangkat daerah, dan hasil setiap pegawai."},
		{Key: "Inspektorat", Value: "Yang sama seperti BKPSDM, untuk pengawasan, tanpa dapat mengubah apa pun."},
		{Key: "Administrator sistem", Value: "Tidak membaca isi penilaian."},
	}
}

// glossary explains the words of the field.
var glossary = []ui.SummaryRow{
	{Key: "Penilaian", Value: "Satu formulir dari seorang penilai tentang seorang pegawai."},
	{Key: "Evaluasi kinerja", Value: "Penetapan oleh atasan: rating hasil kerja dan rating perilaku kerja, lalu predikat."},
	{Key: "Hasil kerja", Value: "Apa yang dicapai dibandingkan dengan yang diharapkan dalam SKP."},
	{Key: "Perilaku kerja", Value: "Cara bekerja menurut nilai dasar ASN BerAKHLAK: Berorientasi Pelayanan, Akuntabel, Kompeten, Harmonis, Loyal, Adaptif, Kolaboratif."},
	{Key: "Indeks perilaku", Value: "Angka 1 sampai 5 yang merangkum semua formulir tentang seorang pegawai. Bahan bagi atasan, bukan keputusan."},
	{Key: "Predikat kinerja", Value: "Sangat Baik, Baik, Butuh Perbaikan, Kurang, atau Sangat Kurang."},
	{Key: "Pejabat Penilai Kinerja", Value: "Atasan langsung yang mengevaluasi."},
	{Key: "Atasan Pejabat Penilai Kinerja", Value: "Atasan dari atasan langsung. Mengambil alih bila atasan langsung tidak menilai."},
	{Key: "SKP", Value: "Sasaran Kinerja Pegawai: rencana hasil kerja untuk satu tahun."},
}
