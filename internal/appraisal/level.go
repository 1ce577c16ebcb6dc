package appraisal

// Level is one of the three rating levels of work results and of work
// behaviour (PermenPANRB 6/2022, Lampiran IV.B.3).
type Level string

// The rating levels.
const (
	LevelAbove Level = "above" // Di Atas Ekspektasi
	LevelMeets Level = "meets" // Sesuai Ekspektasi
	LevelBelow Level = "below" // Di Bawah Ekspektasi
)

// Levels lists the levels from the highest to the lowest, the order of their
// SIASN codes 1, 2, 3.
var Levels = []Level{LevelAbove, LevelMeets, LevelBelow}

// Valid reports whether l is one of Levels.
func (l Level) Valid() bool { return indexOf(Levels, l) >= 0 }

// SIASN returns the code of the national civil-service system: 1, 2 or 3.
func (l Level) SIASN() int { return indexOf(Levels, l) + 1 }

// Predikat is the outcome of an evaluation. The names are official and have no
// translation.
type Predikat string

// The five predikat.
const (
	PredikatSangatBaik     Predikat = "sangat_baik"
	PredikatBaik           Predikat = "baik"
	PredikatButuhPerbaikan Predikat = "butuh_perbaikan"
	PredikatKurang         Predikat = "kurang" // Kurang (misconduct)
	PredikatSangatKurang   Predikat = "sangat_kurang"
)

// Predikats lists the predikat from the highest to the lowest.
var Predikats = []Predikat{
	PredikatSangatBaik, PredikatBaik, PredikatButuhPerbaikan, PredikatKurang, PredikatSangatKurang,
}

// Valid reports whether p is one of Predikats.
func (p Predikat) Valid() bool { return indexOf(Predikats, p) >= 0 }

// OrgPredikat is the yearly achievement of a unit (capaian kinerja
// organisasi), from which the distribution pattern follows.
type OrgPredikat string

// The five organisation predikat.
const (
	OrgIstimewa       OrgPredikat = "istimewa"
	OrgBaik           OrgPredikat = "baik"
	OrgButuhPerbaikan OrgPredikat = "butuh_perbaikan"
	OrgKurang         OrgPredikat = "kurang"
	OrgSangatKurang   OrgPredikat = "sangat_kurang"
)

// OrgPredikats lists the organisation predikat from the highest to the lowest.
var OrgPredikats = []OrgPredikat{OrgIstimewa, OrgBaik, OrgButuhPerbaikan, OrgKurang, OrgSangatKurang}

// Valid reports whether o is one of OrgPredikats.
func (o OrgPredikat) Valid() bool { return indexOf(OrgPredikats, o) >= 0 }

// WorkLevel returns the level of work results of the head of a unit with that
// organisation predikat (Lampiran IV.B.3). Their superior may differ with a reason.
func (o OrgPredikat) WorkLevel() Level {
	switch o {
	case OrgIstimewa:
		return LevelAbove
	case OrgBaik:
		return LevelMeets
	case OrgButuhPerbaikan, OrgKurang, OrgSangatKurang:
		return LevelBelow
	}
	return ""
}

// Quadrant returns the predikat of a rating of work results and a rating of
// work behaviour (PermenPANRB 6/2022, Lampiran IV.B.4), and false where one of
// them is not a level.
func Quadrant(work, behaviour Level) (Predikat, bool) {
	p, ok := quadrant[[2]Level{work, behaviour}]
	return p, ok
}

var quadrant = map[[2]Level]Predikat{
	{LevelAbove, LevelBelow}: PredikatKurang,
	{LevelAbove, LevelMeets}: PredikatBaik,
	{LevelAbove, LevelAbove}: PredikatSangatBaik,
	{LevelMeets, LevelBelow}: PredikatKurang,
	{LevelMeets, LevelMeets}: PredikatBaik,
	{LevelMeets, LevelAbove}: PredikatBaik,
	{LevelBelow, LevelBelow}: PredikatSangatKurang,
	{LevelBelow, LevelMeets}: PredikatButuhPerbaikan,
	{LevelBelow, LevelAbove}: PredikatButuhPerbaikan,
}

func indexOf[T comparable](list []T, v T) int {
	for i, x := range list {
		if x == v {
			return i
		}
	}
	return -1
}
