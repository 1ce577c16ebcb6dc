package page

import "rancak/internal/appraisal"

// dialogueQuestion opens a talk about a behaviour, by its code: about a
// situation and what comes next, never about the person.
func dialogueQuestion(code string) string {
	switch code {
	case "BP":
		return "Kapan terakhir kali kebutuhan warga atau rekan belum terpenuhi, dan apa yang dapat dilakukan lain kali?"
	case "AK":
		return "Pekerjaan mana yang paling sulit dituntaskan tahun ini, dan dukungan apa yang akan membantu?"
	case "KM":
		return "Kemampuan apa yang paling ingin dikuatkan tahun depan, dan dengan siapa dapat dipelajari?"
	case "HR":
		return "Kapan kerja sama di unit terasa berat, dan satu hal apa yang dapat dicoba agar suasananya lebih baik?"
	case "LY":
		return "Keadaan apa yang membuat nama baik atau rahasia jabatan sulit dijaga, dan apa yang akan memudahkannya?"
	case "AD":
		return "Perubahan apa tahun ini yang paling sulit diikuti, dan langkah kecil apa yang dapat dimulai lebih awal?"
	case "KL":
		return "Siapa yang sebaiknya dilibatkan lebih awal dalam pekerjaan, dan bagaimana caranya?"
	}
	return "Contoh keadaan apa yang paling menggambarkan hal ini, dan apa yang dapat dicoba lain kali?"
}

// predikatCare is what a person reads below their predikat.
func predikatCare(p appraisal.Predikat) string {
	switch p {
	case appraisal.PredikatSangatBaik:
		return "Terima kasih atas pekerjaan tahun ini. Bicarakan dengan atasan bagaimana yang berjalan baik dapat ditularkan kepada orang lain."
	case appraisal.PredikatBaik:
		return "Inilah yang diharapkan dari setiap pegawai. Terima kasih atas pekerjaan tahun ini."
	case appraisal.PredikatButuhPerbaikan:
		return "Predikat ini tentang hasil kerja tahun ini, bukan tentang Anda sebagai pribadi. Ada waktu dan dukungan untuk memperbaikinya: mintalah waktu berbincang dengan atasan, sepakati satu atau dua hal yang paling penting, dan tentukan kapan kemajuannya dilihat bersama."
	case appraisal.PredikatKurang, appraisal.PredikatSangatKurang:
		return "Membaca predikat ini mungkin tidak mudah. Predikat ini tentang tahun ini saja dan dapat berubah tahun depan. Mintalah waktu berbincang dengan atasan untuk memahami apa yang diharapkan dan dukungan apa yang tersedia."
	}
	return ""
}
