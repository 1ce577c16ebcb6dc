package demo

import (
	"fmt"
	"time"

	"rancak/internal/appraisal"
)

// orgPredikat draws the organisation predikat of a dinas in cycle y, and false
// where it is not set yet, which holds for a part of the current year's.
func (c *city) orgPredikat(rng *stream, d, y int) (appraisal.OrgPredikat, bool) {
	rng.at(c.opt.Seed, partOrg, c.calendarYear(y), d)
	set := y < c.years()-1 || rng.chance(0.4)
	// One dinas of each year needs improvement.
	var dinas []int
	for i, u := range c.units {
		if u.kind == appraisal.UnitDinas && c.exists(i, y) && i != secretariat {
			dinas = append(dinas, i)
		}
	}
	draw := rng.Float64()
	worst := dinas[newStream().at(c.opt.Seed, partOrg, c.calendarYear(y)).IntN(len(dinas))]
	switch {
	case d == worst:
		return appraisal.OrgButuhPerbaikan, set
	case draw < 0.14:
		return appraisal.OrgIstimewa, set
	}
	return appraisal.OrgBaik, set
}

// workShares are the shares of work above and below expectation under each
// organisation predikat.
func workShares(o appraisal.OrgPredikat) (above, below float64) {
	switch o {
	case appraisal.OrgIstimewa:
		return 0.6, 0.01
	case appraisal.OrgButuhPerbaikan:
		return 0.06, 0.62
	default:
		return 0.3, 0.05
	}
}

// evaluation is one row of evaluations, final.
type evaluation struct {
	employee, evaluator                int
	ownWork, ownBehaviour              appraisal.Level
	proposal                           appraisal.Level // zero where the run had none
	work, behaviour                    appraisal.Level
	predikat                           appraisal.Predikat
	workReason, behaviourReason, notes string
	enteredAt, finalAt                 time.Time
}

// Shares of what supervisors do.
const (
	shareFollow   = 0.8  // take the proposal where their own entry differs
	shareSameWork = 0.93 // keep their own entry of the work results
	shareHeadWork = 0.05 // rate a head of dinas unlike the organisation
)

// evaluate draws the evaluation of a person in cycle y and reports false for
// the one whom the kepala daerah rates.
func (c *city) evaluate(rng *stream, e, y int, org appraisal.OrgPredikat, proposal appraisal.Level) (evaluation, bool) {
	s := int(c.seatOf[y][e])
	up := c.above(s)
	if up < 0 {
		return evaluation{}, false
	}
	ev := evaluation{employee: e, evaluator: int(c.holder[y][up]), proposal: proposal}
	sent := c.state(rng, form{int32(e), int32(ev.evaluator), kindSupervisor}, y, asDrawn).sent
	if over := c.above(up); !sent && over >= 0 {
		ev.evaluator = int(c.holder[y][over])
	}
	u := c.units[c.seats[s].unit]
	t := c.model.traitsOf(rng, e, y, u.dinas)
	severity := c.model.raterOf(rng, ev.evaluator, y).severity
	rng.at(c.opt.Seed, partEvaluation, c.calendarYear(y), e)

	ev.ownBehaviour = levelOf(meanRating + t.talent + severity + 0.2*rng.NormFloat64())
	ev.behaviour = ev.ownBehaviour
	if proposal != "" && proposal != ev.ownBehaviour {
		if rng.chance(shareFollow) {
			ev.behaviour = proposal
		} else {
			ev.behaviourReason = reasonFor(rng, ev.behaviour, proposal)
		}
	}
	above, below := workShares(org)
	ev.work = workLevel(0.6*t.talent/sdTalent+0.8*rng.NormFloat64(), above, below)
	ev.ownWork = ev.work
	if c.leads(s) && u.kind == appraisal.UnitDinas {
		ev.headWork(rng, org)
	} else if !rng.chance(shareSameWork) {
		ev.ownWork = appraisal.LevelMeets
	}
	ev.predikat, _ = appraisal.Quadrant(ev.work, ev.behaviour)
	ev.notes = recommendation(rng, t, ev)
	d := c.dates(y)
	ev.enteredAt = officeHour(rng, d.formsDue.AddDate(0, 0, 1), d.evaluationDue.AddDate(0, 0, -3), true)
	ev.finalAt = officeHour(rng, ev.enteredAt.Add(zone).Truncate(24*time.Hour).AddDate(0, 0, 1), d.evaluationDue, true)
	return ev, true
}

// headWork sets the work level of a head of dinas: that of the organisation,
// or with a reason another.
func (ev *evaluation) headWork(rng *stream, org appraisal.OrgPredikat) {
	given := org.WorkLevel()
	ev.ownWork, ev.work = given, given
	if rng.chance(shareHeadWork) {
		ev.work = appraisal.LevelMeets
		if given == appraisal.LevelMeets {
			ev.work = appraisal.LevelAbove
		}
		ev.ownWork = ev.work
		ev.workReason = pick(rng, workReasons)
	}
}

func levelOf(x float64) appraisal.Level {
	switch {
	case x < 2.5:
		return appraisal.LevelBelow
	case x < 3.5:
		return appraisal.LevelMeets
	}
	return appraisal.LevelAbove
}

// workLevel turns a standard normal value into a level with the given shares.
func workLevel(z, above, below float64) appraisal.Level {
	switch p := normalCDF(z); {
	case p < below:
		return appraisal.LevelBelow
	case p >= 1-above:
		return appraisal.LevelAbove
	}
	return appraisal.LevelMeets
}

var workReasons = []string{
	"Sebagian sasaran organisasi bergantung pada anggaran pusat yang baru turun di akhir tahun, sedangkan sasaran yang berada dalam kendali yang bersangkutan tercapai.",
	"Capaian pada semester kedua jauh lebih baik daripada semester pertama karena perbaikan yang dipimpin langsung oleh yang bersangkutan.",
	"Capaian utama yang menjadi tanggung jawab langsung berbeda dari capaian gabungan organisasi sebagaimana dibahas dalam dialog kinerja.",
}

var higherReasons = []string{
	"Sepanjang tahun saya melihat langsung kesediaan yang bersangkutan membimbing rekan dan menjaga layanan pada saat sulit; nilai dari formulir belum menggambarkan hal itu.",
	"Yang bersangkutan menjalankan tugas tambahan lintas unit selama lima bulan sehingga sebagian rekan penilai jarang bekerja bersamanya.",
	"Perubahan perilaku pada semester kedua sangat nyata dan tercatat dalam umpan balik berkala; penilaian rekan lebih banyak menggambarkan awal tahun.",
	"Umpan balik tertulis dari penerima layanan secara konsisten lebih baik daripada rata-rata formulir.",
}

var lowerReasons = []string{
	"Dalam dialog kinerja disepakati bahwa keteladanan di luar unit belum tampak secara konsisten, meskipun hubungan dengan rekan sangat baik.",
	"Beberapa kesepakatan perbaikan dari triwulan kedua belum dijalankan; hal itu sudah dibahas bersama yang bersangkutan.",
	"Penilaian rekan dan penilaian diri sangat tinggi, sedangkan catatan umpan balik berkala menunjukkan perilaku yang sesuai ekspektasi.",
	"Nilai indeks terutama terbentuk dari hubungan kerja yang baik; ketepatan waktu dan kelengkapan tugas masih perlu dijaga.",
}

// reasonFor says why a supervisor differs from the proposal.
func reasonFor(rng *stream, chosen, proposal appraisal.Level) string {
	if chosen.SIASN() < proposal.SIASN() {
		return pick(rng, higherReasons)
	}
	return pick(rng, lowerReasons)
}

// recommendations are suggestions for the next year by behaviour.
var recommendations = [behaviours][]string{
	{"Mengikuti pelatihan pelayanan prima dan mencoba satu perbaikan alur layanan bersama rekan.", "Menyusun standar waktu tanggapan untuk permintaan yang masuk dan meninjaunya setiap bulan."},
	{"Membiasakan daftar periksa sebelum menyerahkan pekerjaan dan melaporkan kendala lebih awal.", "Mengikuti bimbingan teknis pengelolaan arsip dan pertanggungjawaban kegiatan."},
	{"Mengambil pelatihan teknis sesuai jabatan minimal 20 JP dan membagikan hasilnya kepada rekan.", "Mendapat pendampingan dari rekan yang lebih mahir selama satu triwulan."},
	{"Mengikuti pelatihan komunikasi dan umpan balik yang membangun.", "Diberi peran sebagai penghubung kegiatan bersama agar lebih banyak bekerja dengan rekan lain."},
	{"Mendalami pedoman pengelolaan informasi dan etika bermedia sosial bagi ASN.", "Dilibatkan dalam pembinaan pegawai baru tentang kode etik."},
	{"Mencoba satu gagasan perbaikan kecil setiap triwulan dan mencatat hasilnya.", "Mengikuti pelatihan literasi digital serta pendampingan penggunaan aplikasi."},
	{"Diberi kesempatan memimpin satu kegiatan lintas unit.", "Menyusun jadwal berbagi data dengan unit terkait agar pekerjaan tidak berulang."},
}

var praise = []string{
	"Capaian tahun ini patut dihargai; pertahankan dan bantu rekan berkembang.", "Siap diberi tanggung jawab yang lebih luas.",
	"Layak dipertimbangkan sebagai mentor bagi pegawai baru.", "Kinerja stabil; dialog kinerja triwulanan dilanjutkan.",
	"Terima kasih atas kerja kerasnya sepanjang tahun.",
}

var support = []string{
	"Sasaran semester pertama perlu dibagi menjadi tahap yang lebih kecil dan dibahas setiap bulan.", "Atasan akan mendampingi dengan pertemuan singkat setiap dua pekan.",
	"Beban tugas akan ditata ulang supaya sasaran utama dapat dicapai.",
}

// recommendation suggests something for the behaviour that is lowest.
func recommendation(rng *stream, t traits, ev evaluation) string {
	lowest := 0
	for b := range t.behaviour {
		if t.behaviour[b] < t.behaviour[lowest] {
			lowest = b
		}
	}
	first := pick(rng, praise)
	if ev.work == appraisal.LevelBelow || ev.behaviour == appraisal.LevelBelow {
		first = pick(rng, support)
	}
	switch {
	case rng.chance(0.15):
		return first
	case rng.chance(0.5):
		return pick(rng, recommendations[lowest])
	}
	return fmt.Sprintf("%s %s", first, pick(rng, recommendations[lowest]))
}
