package demo

import "rancak/internal/appraisal"

// study says which degrees the holders of a job have.
type study uint8

const (
	studyOffice study = iota
	studyLaw
	studyEngineering
	studyComputing
	studyFinance
	studySocial
	studyFarming
	studyTeaching
	studyDoctor
	studyDentist
	studyNurse
	studyMidwife
	studyPharmacy
	studyHealth
	studyNone
)

// degree is one way to write titles before and after a name.
type degree struct{ front, back string }

// degrees lists, for each study, those of experts and, after them, of skilled staff.
var degrees = [...]struct{ expert, skilled []degree }{
	studyOffice:      {[]degree{{"", "S.E."}, {"", "S.Sos."}, {"", "S.IP."}, {"", "S.STP."}, {"", "S.A.P."}, {"", "S.H."}, {"", "S.I.Kom."}}, []degree{{"", "A.Md."}, {"", "A.Md.A.B."}, {}}},
	studyLaw:         {[]degree{{"", "S.H."}, {"", "S.H., M.H."}}, []degree{{"", "A.Md."}}},
	studyEngineering: {[]degree{{"", "S.T."}, {"", "S.T., M.T."}, {"", "S.P.W.K."}}, []degree{{"", "A.Md.T."}}},
	studyComputing:   {[]degree{{"", "S.Kom."}, {"", "S.T."}, {"", "S.Kom., M.Kom."}, {"", "S.Stat."}}, []degree{{"", "A.Md.Kom."}}},
	studyFinance:     {[]degree{{"", "S.E."}, {"", "S.Ak."}, {"", "S.E., M.Ak."}}, []degree{{"", "A.Md.Ak."}}},
	studySocial:      {[]degree{{"", "S.Sos."}, {"", "S.Tr.Sos."}, {"", "S.Psi."}}, []degree{{"", "A.Md."}}},
	studyFarming:     {[]degree{{"", "S.P."}, {"", "S.Pt."}, {"", "S.Pi."}, {"", "S.T.P."}}, []degree{{"", "A.Md.P."}}},
	studyTeaching:    {[]degree{{"", "S.Pd."}, {"", "S.Pd."}, {"", "S.Pd.SD."}, {"", "S.Si., Gr."}, {"", "S.Pd., Gr."}, {"", "S.Pd., M.Pd."}}, []degree{{"", "A.Ma.Pd."}}},
	studyDoctor:      {[]degree{{"dr.", ""}, {"dr.", ""}, {"dr.", "M.K.M."}}, []degree{{"dr.", ""}}},
	studyDentist:     {[]degree{{"drg.", ""}}, []degree{{"drg.", ""}}},
	studyNurse:       {[]degree{{"Ns.", "S.Kep."}, {"Ns.", "S.Kep."}, {"Ns.", "M.Kep."}}, []degree{{"", "A.Md.Kep."}}},
	studyMidwife:     {[]degree{{"", "S.Keb., Bd."}, {"", "S.Tr.Keb., Bd."}}, []degree{{"", "A.Md.Keb."}}},
	studyPharmacy:    {[]degree{{"apt.", "S.Farm."}}, []degree{{"", "A.Md.Farm."}}},
	studyHealth:      {[]degree{{"", "S.K.M."}, {"", "S.K.M., M.K.M."}, {"", "S.Gz."}, {"", "S.Tr.Kes."}}, []degree{{"", "A.Md.Kes."}, {"", "A.Md.Gz."}, {"", "A.Md.K.L."}}},
	studyNone:        {[]degree{{}}, []degree{{}}},
}

// leaderDegrees are what comes after another degree of people who lead.
var leaderDegrees = []string{"M.Si.", "M.M.", "M.A.P.", "", ""}

// family is a functional position with its levels.
type family struct {
	name            string
	study           study
	expert, skilled bool
}

var families = []family{
	{"Analis Kebijakan", studyOffice, true, false},
	{"Perancang Peraturan Perundang-undangan", studyLaw, true, false},
	{"Pengelola Pengadaan Barang/Jasa", studyOffice, true, false},
	{"Pranata Hubungan Masyarakat", studyOffice, true, true},
	{"Auditor", studyFinance, true, true},
	{"Pengawas Penyelenggaraan Urusan Pemerintahan Daerah", studyOffice, true, false},
	{"Analis Sumber Daya Manusia Aparatur", studyOffice, true, false},
	{"Asesor Sumber Daya Manusia Aparatur", studySocial, true, false},
	{"Pamong Budaya", studySocial, true, true},
	{"Pengembang Teknologi Pembelajaran", studyTeaching, true, false},
	{"Administrator Kesehatan", studyHealth, true, false},
	{"Epidemiolog Kesehatan", studyHealth, true, true},
	{"Penyuluh Kesehatan Masyarakat", studyHealth, true, true},
	{"Pengawas Koperasi", studyOffice, true, false},
	{"Pengantar Kerja", studySocial, true, true},
	{"Mediator Hubungan Industrial", studyLaw, true, false},
	{"Administrator Database Kependudukan", studyComputing, true, false},
	{"Pranata Komputer", studyComputing, true, true},
	{"Statistisi", studyComputing, true, true},
	{"Polisi Pamong Praja", studyOffice, true, true},
	{"Penata Perizinan", studyOffice, true, false},
	{"Analis Keuangan Pusat dan Daerah", studyFinance, true, false},
	{"Pemeriksa Pajak Daerah", studyFinance, true, false},
	{"Pranata Keuangan", studyFinance, false, true},
	{"Perencana", studyOffice, true, false},
	{"Teknik Jalan dan Jembatan", studyEngineering, true, true},
	{"Teknik Pengairan", studyEngineering, true, true},
	{"Penata Ruang", studyEngineering, true, false},
	{"Teknik Tata Bangunan dan Perumahan", studyEngineering, true, true},
	{"Pemadam Kebakaran", studyOffice, false, true},
	{"Analis Kebakaran", studyEngineering, true, false},
	{"Pekerja Sosial", studySocial, true, true},
	{"Penyuluh Sosial", studySocial, true, false},
	{"Penyuluh Keluarga Berencana", studySocial, true, true},
	{"Penyuluh Pertanian", studyFarming, true, true},
	{"Medik Veteriner", studyFarming, true, false},
	{"Analis Ketahanan Pangan", studyFarming, true, false},
	{"Pengendali Dampak Lingkungan", studyEngineering, true, true},
	{"Pengawas Lingkungan Hidup", studyEngineering, true, false},
	{"Penguji Kendaraan Bermotor", studyEngineering, false, true},
	{"Adyatama Kepariwisataan dan Ekonomi Kreatif", studyOffice, true, false},
	{"Pengawas Perdagangan", studyOffice, true, false},
	{"Penera", studyEngineering, true, true},
	{"Penyuluh Perindustrian dan Perdagangan", studyOffice, true, false},
	{"Perisalah Legislatif", studyOffice, true, false},
	{"Pustakawan", studyOffice, true, true},
	{"Arsiparis", studyOffice, true, true},
	{"Pelatih Olahraga", studyTeaching, true, false},
	{"Guru", studyTeaching, true, false},
	{"Dokter", studyDoctor, true, false},
	{"Dokter Gigi", studyDentist, true, false},
	{"Perawat", studyNurse, true, true},
	{"Bidan", studyMidwife, true, true},
	{"Apoteker", studyPharmacy, true, false},
	{"Asisten Apoteker", studyPharmacy, false, true},
	{"Nutrisionis", studyHealth, true, true},
	{"Tenaga Sanitasi Lingkungan", studyHealth, true, true},
	{"Pranata Laboratorium Kesehatan", studyHealth, true, true},
	{"Perekam Medis", studyHealth, false, true},
}

// familyNamed returns the family of a name in dinasSpec.jobs.
func familyNamed(name string) family {
	for _, f := range families {
		if f.name == name {
			return f
		}
	}
	panic("demo: unknown functional position " + name)
}

// job is a class of positions: what it is called and who holds it.
type job struct {
	title, level string
	kind         appraisal.PositionKind
	study        study
	skilled      bool
	// from..to are the grades of PNS, indices of pnsGrades; pppk is the grade
	// of PPPK, empty where the job is for PNS only.
	from, to       int8
	pppk           string
	ageMin, ageMax int
}

var pnsGrades = []string{"I/a", "I/b", "I/c", "I/d", "II/a", "II/b", "II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b", "IV/c", "IV/d", "IV/e"}

// Indices of pnsGrades.
const (
	gradeIc, gradeIIa, gradeIIc, gradeIId        = 2, 4, 6, 7
	gradeIIIa, gradeIIIb, gradeIIIc              = 8, 9, 10
	gradeIIId, gradeIVa, gradeIVb, gradeIVc      = 11, 12, 13, 14
	gradeIVd                                int8 = 15
)

// Jobs of people who lead; the title is the unit's.
var (
	jobSekda       = job{"", "II.a", appraisal.PositionJPT, studyOffice, false, gradeIVc, gradeIVd, "", 52, 57}
	jobDinasHead   = job{"", "II.b", appraisal.PositionJPT, studyOffice, false, gradeIVb, gradeIVc, "", 47, 57}
	jobCamat       = job{"", "III.a", appraisal.PositionAdministrator, studyOffice, false, gradeIVa, gradeIVb, "", 42, 56}
	jobSekretaris  = job{"", "III.a", appraisal.PositionAdministrator, studyOffice, false, gradeIVa, gradeIVb, "", 43, 56}
	jobKabid       = job{"", "III.b", appraisal.PositionAdministrator, studyOffice, false, gradeIIId, gradeIVb, "", 41, 56}
	jobKasubag     = job{"", "IV.a", appraisal.PositionPengawas, studyOffice, false, gradeIIIc, gradeIVa, "", 36, 56}
	jobLurah       = job{"", "IV.a", appraisal.PositionPengawas, studyOffice, false, gradeIIIc, gradeIIId, "", 36, 55}
	jobSectionLead = job{"", "IV.b", appraisal.PositionPengawas, studyOffice, false, gradeIIIb, gradeIIId, "", 34, 56}
	jobPrincipal   = job{"", "Ahli Madya", appraisal.PositionExpert, studyTeaching, false, gradeIVa, gradeIVb, "", 44, 59}
	jobClinicHead  = job{"", "Ahli Madya", appraisal.PositionExpert, studyDoctor, false, gradeIVa, gradeIVb, "", 38, 57}
	jobClinicLead  = job{"", "Ahli Muda", appraisal.PositionExpert, studyNurse, false, gradeIIIc, gradeIIId, "", 35, 56}
)

// jobBook gives each job a number.
type jobBook struct{ jobs []job }

func (b *jobBook) number(j job) uint16 {
	for i := range b.jobs {
		if b.jobs[i] == j {
			return uint16(i)
		}
	}
	b.jobs = append(b.jobs, j)
	return uint16(len(b.jobs) - 1)
}

// expert returns a level of a functional position of keahlian.
func (f family) expertJob(s *stream) job {
	j := job{kind: appraisal.PositionExpert, study: f.study}
	switch x := s.Float64(); {
	case x < 0.47:
		j.level, j.from, j.to, j.pppk, j.ageMin, j.ageMax = "Ahli Pertama", gradeIIIa, gradeIIIb, "IX", 25, 45
	case x < 0.86:
		j.level, j.from, j.to, j.ageMin, j.ageMax = "Ahli Muda", gradeIIIc, gradeIIId, 34, 54
	default:
		j.level, j.from, j.to, j.ageMin, j.ageMax = "Ahli Madya", gradeIVa, gradeIVc, 43, 59
	}
	j.title = f.name + " " + j.level
	return j
}

// skilledJob returns a level of a functional position of keterampilan.
func (f family) skilledJob(s *stream) job {
	j := job{kind: appraisal.PositionSkilled, study: f.study, skilled: true}
	switch x := s.Float64(); {
	case x < 0.45:
		j.level, j.from, j.to, j.pppk, j.ageMin, j.ageMax = "Terampil", gradeIIc, gradeIId, "VII", 23, 42
	case x < 0.8:
		j.level, j.from, j.to, j.ageMin, j.ageMax = "Mahir", gradeIIIa, gradeIIIb, 33, 52
	default:
		j.level, j.from, j.to, j.ageMin, j.ageMax = "Penyelia", gradeIIIc, gradeIIId, 41, 57
	}
	j.title = f.name + " " + j.level
	return j
}

func (f family) job(s *stream) job {
	if f.skilled && (!f.expert || s.chance(0.5)) {
		return f.skilledJob(s)
	}
	return f.expertJob(s)
}

// clerks are the jobs of pelaksana, by the schooling they ask for.
var (
	clerkGraduate = []string{"Penelaah Teknis Kebijakan", "Penata Layanan Operasional", "Penata Kelola Pemerintahan"}
	clerkDiploma  = []string{"Pengolah Data dan Informasi", "Pengelola Layanan Operasional"}
	clerkSchool   = []string{"Pengadministrasi Perkantoran", "Operator Layanan Operasional"}
)

func clerkJob(s *stream) job {
	j := job{kind: appraisal.PositionPelaksana, study: studyOffice}
	switch x := s.Float64(); {
	case x < 0.4:
		j.title, j.from, j.to, j.pppk, j.ageMin, j.ageMax = pick(s, clerkGraduate), gradeIIIa, gradeIIId, "IX", 25, 56
	case x < 0.7:
		j.title, j.from, j.to, j.pppk, j.ageMin, j.ageMax, j.skilled = pick(s, clerkDiploma), gradeIIc, gradeIIIb, "VII", 24, 55, true
	case x < 0.95:
		j.title, j.from, j.to, j.pppk, j.ageMin, j.ageMax, j.study = pick(s, clerkSchool), gradeIIa, gradeIIIa, "V", 22, 56, studyNone
	default:
		j.title, j.from, j.to, j.pppk, j.ageMin, j.ageMax, j.study = "Pengelola Umum Operasional", gradeIc, gradeIIa, "I", 30, 56, studyNone
	}
	return j
}

var clinicFamilies = []string{"Perawat", "Perawat", "Perawat", "Bidan", "Bidan", "Bidan", "Dokter", "Dokter Gigi", "Apoteker", "Asisten Apoteker",
	"Nutrisionis", "Tenaga Sanitasi Lingkungan", "Pranata Laboratorium Kesehatan", "Perekam Medis", "Epidemiolog Kesehatan", "Penyuluh Kesehatan Masyarakat"}

// staffJob draws the job of one who does not lead in a unit of that setting.
func staffJob(s *stream, w setting, jobs []string) job {
	switch w {
	case settingSchool:
		if s.chance(0.86) {
			return familyNamed("Guru").expertJob(s)
		}
	case settingHealth:
		if s.chance(0.84) {
			return familyNamed(pick(s, clinicFamilies)).job(s)
		}
	default:
		if len(jobs) > 0 && s.chance(0.45) {
			return familyNamed(pick(s, jobs)).job(s)
		}
	}
	return clerkJob(s)
}
