package gallery

import (
	"strings"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/layout"
	"rancak/web/path"
)

// hrRules are sampleRules with the patterns of SE MenPANRB 3/2023.
func hrRules() appraisal.Rules {
	const (
		sb = appraisal.PredikatSangatBaik
		b  = appraisal.PredikatBaik
		bp = appraisal.PredikatButuhPerbaikan
		k  = appraisal.PredikatKurang
		sk = appraisal.PredikatSangatKurang
	)
	of := func(p ...appraisal.Predikat) []appraisal.Predikat { return p }
	r := sampleRules
	r.Patterns = map[appraisal.OrgPredikat]appraisal.Pattern{
		appraisal.OrgIstimewa: {Largest: sb, Limits: []appraisal.Limit{{Predikats: of(sb), MaxPercent: 70}}},
		appraisal.OrgBaik: {Largest: b, Limits: []appraisal.Limit{
			{Predikats: of(b), MaxPercent: 70}, {Predikats: of(bp, k), MaxPercent: 100, MinPeople: 1},
		}},
		appraisal.OrgKurang: {Limits: []appraisal.Limit{
			{Predikats: of(sb), MaxPercent: 10}, {Predikats: of(bp), MinPercent: 10, MaxPercent: 100},
			{Predikats: of(k), MinPercent: 60, MaxPercent: 100},
		}},
		appraisal.OrgSangatKurang: {Limits: []appraisal.Limit{
			{Predikats: of(sb), MaxPercent: 0}, {Predikats: of(bp, k), MinPercent: 10, MaxPercent: 100},
			{Predikats: of(sk), MinPercent: 60, MaxPercent: 100},
		}},
	}
	return r
}

// hrChrome is the frame for a role, with the menu entry of an address current.
func hrChrome(name, role, initials, current string) layout.Chrome {
	c := sampleChrome()
	c.Actor = layout.Actor{Name: name, Role: role, Initials: initials}
	c.Menu = []layout.MenuItem{
		{Text: "Beranda", Href: path.Home}, {Text: "Hasil saya", Href: path.Results}, {Text: "Tim saya", Href: path.Team},
		{Text: "Periode", Href: path.Cycles}, {Text: "Hasil perangkat daerah", Href: path.DinasList},
	}
	for i := range c.Menu {
		c.Menu[i].Current = c.Menu[i].Href == current
	}
	return c
}

func supervisorChrome() layout.Chrome {
	return hrChrome("Hendri Saputra, S.T., M.M.", "Kepala Bidang Aplikasi Informatika", "HS", path.Team)
}

func cityChrome(current string) layout.Chrome {
	return hrChrome("Fitria Yuniarti, S.AP.", "Pengelola kinerja BKPSDM", "FY", current)
}

// person invents a participant.
func person(id appraisal.EmployeeID, name, position string) appraisal.Participant {
	return appraisal.Participant{
		CycleID: 3, EmployeeID: id, NIP: "199004122015032004", Name: name, Unit: 42, UnitName: "Bidang Aplikasi Informatika",
		Dinas: 16, DinasName: "Dinas Komunikasi dan Informatika", Position: position, Kind: appraisal.PositionExpert,
		Grade: "III/b", Supervisor: 2, Reviewer: 3,
	}
}

var (
	rina   = person(1, "Rina Marlina, S.Kom.", "Pranata Komputer Ahli Muda")
	longer = appraisal.Participant{
		CycleID: 3, EmployeeID: 9, NIP: "197505172000031001",
		Name: "Dr. H. Muhammad Syafruddin Rajo Bagindo Nan Kuniang, S.Sos., S.H., M.M., M.Si.", Unit: 88,
		UnitName:  "Bidang Pengendalian Penduduk, Penyuluhan, dan Penggerakan",
		DinasName: "Dinas Pemberdayaan Perempuan dan Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana", Dinas: 11,
		Position: "Kepala Bidang Pengendalian Penduduk, Penyuluhan, dan Penggerakan", Grade: "IV/a", Supervisor: 2, Reviewer: 3, LeadsUnit: 88,
	}
)

// rated makes a form that gives each behaviour the value of a digit; "-" is
// "cannot rate". Self and supervisor answer 21 items, the others 7.
func rated(kind appraisal.ReviewKind, behaviours string) scoring.Form {
	items := 1
	if kind == appraisal.KindSelf || kind == appraisal.KindSupervisor {
		items = 3
	}
	f := scoring.Form{Kind: kind}
	for _, d := range behaviours {
		a := appraisal.CannotRate
		if d != '-' {
			a = appraisal.Answer(d - '0')
		}
		for range items {
			f.Answers = append(f.Answers, a)
		}
	}
	return f
}

// peersOf makes one form of a kind for each text.
func peersOf(kind appraisal.ReviewKind, behaviours ...string) []scoring.Form {
	var list []scoring.Form
	for _, s := range behaviours {
		list = append(list, rated(kind, s))
	}
	return list
}

// computed computes a result as a run does; samples that cannot be computed
// show an empty result.
func computed(leads bool, forms ...[]scoring.Form) (scoring.Explained, scoring.Explanation) {
	in := map[appraisal.ReviewKind]appraisal.Instrument{
		appraisal.KindSelf: sampleInstrument(), appraisal.KindSupervisor: sampleInstrument(),
		appraisal.KindPeer: sampleShortInstrument(), appraisal.KindSubordinate: sampleShortInstrument(),
	}
	x := scoring.Explained{
		Participant: rina, Cycle: sampleCycle(appraisal.StagePublished), Rules: hrRules(), Instrument: sampleInstrument(),
		Run: completeRun(), EvaluatorName: "Hendri Saputra, S.T., M.M.",
		Evaluation: finalEvaluation(appraisal.LevelAbove, appraisal.LevelMeets),
	}
	var all []scoring.Form
	for _, f := range forms {
		all = append(all, f...)
	}
	if s, err := scoring.New(x.Rules, in); err == nil {
		x.Result, _ = s.Result(all, leads)
	}
	return x, scoring.Explain(x.Result, x.Rules, scoring.DefaultVariances)
}

func completeRun() appraisal.Run {
	at := time.Date(2026, time.December, 6, 1, 12, 0, 0, time.UTC)
	return appraisal.Run{
		ID: 7, CycleID: 3, RulesID: 1, CycleVersion: 3, State: appraisal.RunComplete, Done: 3482, Total: 3482,
		InputDigest: []byte("\x3f\xa2\x91\x0c\x77\xd4\x18"), OutputDigest: []byte("\x9b\x04\xee\x51\xc8\x2a\x66"),
		RequestedAt: at, StartedAt: at.Add(2 * time.Second), FinishedAt: at.Add(3*time.Minute + 8*time.Second),
	}
}

func finalEvaluation(work, behaviour appraisal.Level) appraisal.Evaluation {
	p, _ := appraisal.Quadrant(work, behaviour)
	return appraisal.Evaluation{
		CycleID: 3, EmployeeID: 1, Evaluator: 2, State: appraisal.EvaluationFinal, OwnWork: work, OwnBehaviour: behaviour,
		EnteredAt: sampleNow.AddDate(0, 0, 8), Proposal: appraisal.LevelAbove, Run: 7, Work: work, Behaviour: behaviour, Predikat: p,
		BehaviourReason: "Pelayanannya sangat baik. Namun sepanjang semester kedua beberapa laporan terlambat tanpa kabar, sehingga rating Sesuai lebih tepat untuk tahun ini.",
		Recommendation:  "Lanjutkan pembinaan dua pranata komputer muda. Tahun depan, mulailah memimpin satu pekerjaan lintas bidang.",
		FinalAt:         sampleNow.AddDate(0, 0, 9), Version: 2,
	}
}

// sampleComments are comments of all kinds.
func sampleComments() []appraisal.Comment {
	return []appraisal.Comment{
		{Kind: appraisal.KindPeer, Behaviour: 0, Text: "Saat layanan kependudukan terhenti pada bulan Agustus, ia datang lebih pagi dan memandu petugas loket sampai antrean selesai. Warga pulang dengan tenang."},
		{Kind: appraisal.KindSupervisor, Behaviour: 0, Text: "Membuat panduan singkat bagi petugas loket; pertanyaan yang masuk berkurang separuh."},
		{Kind: appraisal.KindSelf, Behaviour: 0, Text: "Saya menyusun panduan loket dan melatih enam petugas."},
		{Kind: appraisal.KindPeer, Behaviour: 3, Text: "Rapat koordinasi sering dimulai tanpa menanyakan pendapat bidang lain. Ke depan, beri waktu lima menit bagi setiap bidang."},
		{Kind: appraisal.KindPeer, Behaviour: 6, Text: "Mengajak Dinas Perhubungan memakai data yang sama, jadi kami tidak memasukkan data dua kali."},
	}
}

// mean reads an exact mean; samples are written in lowest terms.
func mean(s string, people, supervisors int) scoring.UnitMean {
	m, err := scoring.ParseMean(s)
	if err != nil {
		return scoring.UnitMean{}
	}
	return scoring.UnitMean{Mean: m, People: people, Supervisors: supervisors}
}

// unitYear invents the result of a unit; index is in hundredths.
func unitYear(year int, id appraisal.UnitID, name string, people int, index int64, org appraisal.OrgPredikat, d appraisal.Distribution) scoring.UnitYear {
	supervisors := max(1, people/9)
	u := scoring.UnitYear{
		Year: year, Stage: appraisal.StagePublished, Unit: appraisal.Unit{ID: id, Name: name, Kind: appraisal.UnitDinas, Dinas: id},
		Org: org, OrgYear: year, Run: 7, Distribution: d,
		Result: scoring.UnitResult{
			People:  people,
			Invited: scoring.Counts{people, people, 5 * people, people / 2},
			Sent:    scoring.Counts{people * 97 / 100, people, 5 * people * 88 / 100, people * 41 / 100},
			Index:   mean(appraisal.NewRatio(index, 100).String(), people, supervisors),
		},
	}
	for i := range sampleBehaviours {
		u.Result.Behaviours = append(u.Result.Behaviours, mean(appraisal.NewRatio(index+int64(i*13%37)-18, 100).String(), people-i, supervisors))
	}
	if p, ok := hrRules().Patterns[org]; ok && d.Total() >= hrRules().MinDistributionGroup {
		u.Unmet = p.Check(d)
	}
	return u
}

// spread distributes people over predikat, from the highest.
func spread(counts ...int) appraisal.Distribution {
	d := appraisal.Distribution{}
	for i, n := range counts {
		d[appraisal.Predikats[i]] = n
	}
	return d
}

// dinasNames are some of the city's units.
var dinasNames = strings.Split("Sekretariat Daerah|Dinas Pendidikan dan Kebudayaan|Dinas Kesehatan|Dinas Komunikasi dan Informatika|"+
	"Dinas Pemberdayaan Perempuan dan Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana|Inspektorat|"+
	"Kecamatan Guguk Panjang|Badan Keuangan", "|")
