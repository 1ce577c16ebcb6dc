package text

import (
	"strconv"

	"rancak/internal/appraisal"
)

// Kind is the official name of a kind of form.
func Kind(k appraisal.ReviewKind) string {
	switch k {
	case appraisal.KindSelf:
		return "Penilaian Diri"
	case appraisal.KindSupervisor:
		return "Penilaian Atasan"
	case appraisal.KindPeer:
		return "Penilaian Rekan Kerja"
	case appraisal.KindSubordinate:
		return "Penilaian Bawahan"
	}
	return ""
}

// KindTask says from the rater's side what a form of the kind is about.
func KindTask(k appraisal.ReviewKind) string {
	switch k {
	case appraisal.KindSelf:
		return "Tentang diri Anda"
	case appraisal.KindSupervisor:
		return "Tentang pegawai yang Anda pimpin"
	case appraisal.KindPeer:
		return "Tentang rekan kerja"
	case appraisal.KindSubordinate:
		return "Tentang atasan Anda"
	}
	return ""
}

// KindReaders says to the rater who gets to see what of a form of the kind.
// least is how many raters of a group are needed before its values are used.
func KindReaders(k appraisal.ReviewKind, least int) string {
	others := strconv.Itoa(max(least-1, 1))
	switch k {
	case appraisal.KindSelf:
		return "Jawaban dan catatan Anda dibaca atasan langsung saat mengevaluasi, dan tampil di hasil Anda sendiri di samping pandangan orang lain."
	case appraisal.KindSupervisor:
		return "Nilai Anda tampil di hasil pegawai ini sebagai nilai atasan, dan catatan Anda dapat dibacanya setelah hasil diterbitkan."
	case appraisal.KindPeer:
		return "Jawaban Anda digabung dengan paling sedikit " + others + " orang lain. Nama Anda tidak ditampilkan kepada yang dinilai maupun atasannya. Catatan dapat mereka baca tanpa nama penulisnya."
	case appraisal.KindSubordinate:
		return "Jawaban Anda digabung dengan paling sedikit " + others + " orang lain. Nama Anda tidak ditampilkan kepada atasan yang Anda nilai maupun pimpinannya. Catatan dapat mereka baca tanpa nama penulisnya."
	}
	return ""
}

// Stage is the name of a stage of a cycle.
func Stage(s appraisal.Stage) string {
	switch s {
	case appraisal.StagePreparation:
		return "Persiapan"
	case appraisal.StageFilling:
		return "Pengisian penilaian"
	case appraisal.StageEvaluation:
		return "Evaluasi kinerja"
	case appraisal.StagePublished:
		return "Hasil terbit"
	}
	return ""
}

// StageMeaning says in one sentence what happens in a stage.
func StageMeaning(s appraisal.Stage) string {
	switch s {
	case appraisal.StagePreparation:
		return "Peserta dan para penilai sedang disiapkan."
	case appraisal.StageFilling:
		return "Formulir penilaian terbuka untuk diisi."
	case appraisal.StageEvaluation:
		return "Formulir sudah ditutup. Atasan langsung mengevaluasi kinerja pegawainya."
	case appraisal.StagePublished:
		return "Hasil sudah dapat dibaca oleh setiap pegawai."
	}
	return ""
}

// ReviewState is the state of a form.
func ReviewState(s appraisal.ReviewState) string {
	switch s {
	case appraisal.ReviewDraft:
		return "Draf"
	case appraisal.ReviewSubmitted:
		return "Terkirim"
	}
	return ""
}

// TaskState is how far a form is: "Belum mulai", "Draf 8 dari 21", "Terkirim".
func TaskState(t appraisal.Task) string {
	switch {
	case t.State == appraisal.ReviewSubmitted:
		return ReviewState(t.State)
	case t.Answered == 0:
		return "Belum mulai"
	case t.Answered >= t.Items:
		return "Terisi, belum dikirim"
	default:
		return "Draf " + strconv.Itoa(t.Answered) + " dari " + strconv.Itoa(t.Items)
	}
}

// EvaluationState is the state of an evaluation.
func EvaluationState(s appraisal.EvaluationState) string {
	switch s {
	case appraisal.EvaluationOpen:
		return "Belum mulai"
	case appraisal.EvaluationEntered:
		return "Rating awal tersimpan"
	case appraisal.EvaluationFinal:
		return "Ditetapkan"
	}
	return ""
}

// Level is the official name of a rating level.
func Level(l appraisal.Level) string {
	switch l {
	case appraisal.LevelAbove:
		return "Di Atas Ekspektasi"
	case appraisal.LevelMeets:
		return "Sesuai Ekspektasi"
	case appraisal.LevelBelow:
		return "Di Bawah Ekspektasi"
	}
	return ""
}

// LevelGuidance says when a level fits, in the words of PermenPANRB 6/2022,
// Lampiran IV.B.3: of work results, or else of work behaviour.
func LevelGuidance(work bool, l appraisal.Level) string {
	switch l {
	case appraisal.LevelAbove:
		if work {
			return "Sebagian besar atau seluruh hasil kerja di atas ekspektasi dan tidak ada hasil kerja utama yang di bawah ekspektasi. Umpan balik sebagian besar atau seluruhnya menunjukkan respons positif."
		}
		return "Secara konsisten menjalankan nilai dasar ASN untuk diri sendiri dan menjadi penjaga penerapan nilai dasar ASN di dalam atau di luar unit kerjanya."
	case appraisal.LevelMeets:
		if work {
			return "Sebagian besar atau seluruh hasil kerja sesuai ekspektasi dan hanya sebagian kecil hasil kerja utama yang di bawah ekspektasi. Umpan balik sebagian menunjukkan respons positif."
		}
		return "Secara konsisten menjalankan nilai dasar ASN untuk diri sendiri."
	case appraisal.LevelBelow:
		if work {
			return "Sebagian besar atau seluruh hasil kerja di bawah ekspektasi. Umpan balik sebagian besar atau seluruhnya tidak menunjukkan respons positif."
		}
		return "Belum secara konsisten menjalankan nilai dasar ASN."
	}
	return ""
}

// Predikat is the official name of a predikat.
func Predikat(p appraisal.Predikat) string {
	switch p {
	case appraisal.PredikatSangatBaik:
		return "Sangat Baik"
	case appraisal.PredikatBaik:
		return "Baik"
	case appraisal.PredikatButuhPerbaikan:
		return "Butuh Perbaikan"
	case appraisal.PredikatKurang:
		return "Kurang"
	case appraisal.PredikatSangatKurang:
		return "Sangat Kurang"
	}
	return ""
}

// OrgPredikat is the official name of an organisation predikat.
func OrgPredikat(o appraisal.OrgPredikat) string {
	switch o {
	case appraisal.OrgIstimewa:
		return "Istimewa"
	case appraisal.OrgBaik:
		return "Baik"
	case appraisal.OrgButuhPerbaikan:
		return "Butuh Perbaikan"
	case appraisal.OrgKurang:
		return "Kurang"
	case appraisal.OrgSangatKurang:
		return "Sangat Kurang"
	}
	return ""
}

// Role is the name of a role.
func Role(r appraisal.Role) string {
	switch r {
	case appraisal.RoleEmployee:
		return "Pegawai"
	case appraisal.RoleSupervisor:
		return "Pejabat Penilai Kinerja (atasan langsung)"
	case appraisal.RoleReviewer:
		return "Atasan Pejabat Penilai Kinerja"
	case appraisal.RoleHead:
		return "Kepala perangkat daerah"
	case appraisal.RoleHRDinas:
		return "Pengelola kinerja perangkat daerah"
	case appraisal.RoleHRCity:
		return "Pengelola kinerja BKPSDM"
	case appraisal.RoleAuditor:
		return "Inspektorat"
	case appraisal.RoleAdmin:
		return "Administrator sistem"
	}
	return ""
}

// EmploymentKind is the name of a kind of employment.
func EmploymentKind(k appraisal.EmploymentKind) string {
	switch k {
	case appraisal.EmploymentPNS:
		return "PNS"
	case appraisal.EmploymentPPPK:
		return "PPPK"
	case appraisal.EmploymentPPPKPartial:
		return "PPPK Paruh Waktu"
	}
	return ""
}

// PositionKind is the name of a kind of position.
func PositionKind(k appraisal.PositionKind) string {
	switch k {
	case appraisal.PositionJPT:
		return "JPT Pratama"
	case appraisal.PositionAdministrator:
		return "Administrator"
	case appraisal.PositionPengawas:
		return "Pengawas"
	case appraisal.PositionPelaksana:
		return "Pelaksana"
	case appraisal.PositionExpert:
		return "Fungsional keahlian"
	case appraisal.PositionSkilled:
		return "Fungsional keterampilan"
	}
	return ""
}

// UnitKind is the name of a kind of unit.
func UnitKind(k appraisal.UnitKind) string {
	switch k {
	case appraisal.UnitCity:
		return "Pemerintah kota"
	case appraisal.UnitDinas:
		return "Perangkat daerah"
	case appraisal.UnitDivision:
		return "Bidang atau bagian"
	case appraisal.UnitSection:
		return "Seksi atau subbagian"
	case appraisal.UnitSchool:
		return "Sekolah"
	case appraisal.UnitHealth:
		return "Puskesmas"
	case appraisal.UnitKelurahan:
		return "Kelurahan"
	case appraisal.UnitOtherBlock:
		return "Unit kerja lain"
	}
	return ""
}

// RunState is the state of a scoring run.
func RunState(s appraisal.RunState) string {
	switch s {
	case appraisal.RunQueued:
		return "Menunggu giliran"
	case appraisal.RunWorking:
		return "Sedang menghitung"
	case appraisal.RunCancelled:
		return "Dihentikan"
	case appraisal.RunFailed:
		return "Terhenti karena gangguan"
	case appraisal.RunComplete:
		return "Selesai"
	}
	return ""
}

// ScaleWord is what an answer says; an answer not given yet is "Belum dijawab".
func ScaleWord(a appraisal.Answer) string {
	switch a {
	case 1:
		return "Belum terlihat"
	case 2:
		return "Kadang-kadang"
	case 3:
		return "Konsisten pada diri sendiri (sesuai ekspektasi)"
	case 4:
		return "Sering menguatkan orang lain"
	case 5:
		return "Penjaga nilai bagi unit dan di luar unit"
	case appraisal.CannotRate:
		return "Tidak dapat menilai"
	default:
		return "Belum dijawab"
	}
}

// Answer is an answer with its number, where it has one: "4 – Sering
// menguatkan orang lain".
func Answer(a appraisal.Answer) string {
	if a.OnScale() {
		return strconv.Itoa(int(a)) + " – " + ScaleWord(a)
	}
	return ScaleWord(a)
}

// ScaleMeaning says when an answer fits.
func ScaleMeaning(a appraisal.Answer) string {
	switch a {
	case 1:
		return "Selama periode ini perilakunya belum tampak, walau ada kesempatan."
	case 2:
		return "Perilakunya tampak pada beberapa kesempatan, belum menetap."
	case 3:
		return "Perilakunya menetap dalam pekerjaannya sendiri. Inilah yang diharapkan dari setiap pegawai."
	case 4:
		return "Perilakunya menetap, dan ia sering membantu orang lain melakukan hal yang sama."
	case 5:
		return "Ia menjaga nilai ini bagi seluruh unit, juga di luar unitnya."
	case appraisal.CannotRate:
		return "Anda belum cukup melihat perilakunya. Jawaban ini tidak dihitung dan tidak menurunkan nilai siapa pun."
	default:
		return ""
	}
}
