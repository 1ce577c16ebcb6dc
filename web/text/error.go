package text

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"rancak/internal/appraisal"
)

// Fault is the sentence for one thing wrong with a field.
func Fault(f appraisal.Fault) string {
	n := Int(f.Number)
	switch f.Code {
	case appraisal.CodeRequired:
		return required(f.Field)
	case appraisal.CodeNIPLength:
		return "NIP terdiri atas tepat " + n + " angka. Periksa kembali; spasi boleh ditulis."
	case appraisal.CodeNIPBirthDate:
		return "Angka 1 sampai 8 pada NIP bukan tanggal lahir (tahun, bulan, hari). Periksa kembali."
	case appraisal.CodeNIPAppointment:
		return "Angka 9 sampai 14 pada NIP bukan tahun dan bulan pengangkatan. Periksa kembali."
	case appraisal.CodeNIPSex:
		return "Angka ke-15 pada NIP adalah 1 atau 2. Periksa kembali."
	case appraisal.CodeAnswerMissing:
		return "Pernyataan " + n + " belum dijawab."
	case appraisal.CodeAnswerRange:
		return "Pilih salah satu jawaban yang tersedia."
	case appraisal.CodeCommentNeeded:
		return "Tulis satu kejadian nyata, karena ada nilai 1 atau 5."
	case appraisal.CodeCommentLong:
		return "Catatan paling panjang " + n + " huruf. Ringkas sedikit lagi."
	case appraisal.CodeReasonNeeded:
		return reasonNeeded(f.Field)
	case appraisal.CodeReasonLong:
		return "Isian ini paling panjang " + n + " huruf. Ringkas sedikit lagi."
	case appraisal.CodeLevel:
		return level(f.Field)
	case appraisal.CodePasswordShort:
		return "Kata sandi paling sedikit " + n + " huruf atau angka. Kalimat pendek mudah diingat."
	case appraisal.CodePasswordLong:
		return "Kata sandi paling panjang " + n + " huruf atau angka. Ringkas sedikit lagi."
	case appraisal.CodeWeights:
		return "Jumlah bobot perlu tepat " + n + ", dengan bobot atasan paling sedikit 50."
	}
	return ""
}

func required(field string) string {
	switch field {
	case "nip":
		return "Isi NIP atau nama pengguna Anda."
	case "sandi":
		return "Isi kata sandi Anda."
	default:
		return "Bagian ini perlu diisi."
	}
}

func level(field string) string {
	switch field {
	case "hasil":
		return "Pilih rating hasil kerja."
	case "perilaku":
		return "Pilih rating perilaku kerja."
	default:
		return "Pilih salah satu rating."
	}
}

func reasonNeeded(field string) string {
	switch field {
	case "alasan_hasil":
		return "Tulis alasan mengapa rating hasil kerja berbeda dengan usulan."
	case "alasan_perilaku":
		return "Tulis alasan mengapa rating perilaku kerja berbeda dengan usulan."
	default:
		return "Tulis alasannya."
	}
}

// ReviewFault is the sentence for a fault of a form, with the behaviour it
// belongs to: "Harmonis: pernyataan 2 belum dijawab."
func ReviewFault(in appraisal.Instrument, f appraisal.Fault) string {
	b, ok := FaultBehaviour(in, f)
	if !ok {
		return Fault(f)
	}
	name := in.Behaviours[b].Name
	if f.Code == appraisal.CodeAnswerMissing && len(in.Behaviours[b].Items) == 1 {
		return name + " belum dijawab."
	}
	s := Fault(f)
	return name + ": " + strings.ToLower(s[:1]) + s[1:]
}

// FaultBehaviour returns the index of the behaviour that a fault of a form
// belongs to.
func FaultBehaviour(in appraisal.Instrument, f appraisal.Fault) (int, bool) {
	field, err := strconv.Atoi(strings.TrimPrefix(f.Field, "f"))
	if err != nil || !strings.HasPrefix(f.Field, "f") || field < 0 || field >= in.Fields() {
		return 0, false
	}
	if field >= in.Len() {
		return field - in.Len(), true
	}
	return in.BehaviourOf(field), true
}

// Error says what happened and what to do next. What is not in the vocabulary
// of package appraisal is told as an interruption on our side.
func Error(err error) (title, body string) {
	var throttled *appraisal.ThrottledError
	var invalid *appraisal.InvalidError
	switch {
	case errors.As(err, &throttled):
		return "Tunggu sebentar", "Sudah beberapa kali kata sandi belum cocok. Coba lagi dalam " + wait(throttled.Seconds) + "."
	case errors.As(err, &invalid):
		return Status(http.StatusUnprocessableEntity)
	}
	for _, known := range sentences {
		if errors.Is(err, known.err) {
			return known.title, known.body
		}
	}
	return Status(http.StatusInternalServerError)
}

func wait(seconds int) string {
	if seconds < 60 {
		return strconv.Itoa(max(seconds, 1)) + " detik"
	}
	return strconv.Itoa((seconds+59)/60) + " menit"
}

var sentences = []struct {
	err         error
	title, body string
}{
	{
		appraisal.ErrNotFound, "Halaman tidak ditemukan",
		"Alamatnya mungkin sudah berubah, atau halaman ini bukan untuk akun Anda. Mulailah dari Beranda.",
	},
	{
		appraisal.ErrForbidden, "Halaman ini untuk peran lain",
		"Akun Anda tidak mempunyai tugas di halaman ini. Bila menurut Anda seharusnya ada, hubungi pengelola kinerja perangkat daerah Anda.",
	},
	{
		appraisal.ErrConflict, "Sudah ada perubahan yang lebih baru",
		"Seseorang menyimpan perubahan sebelum Anda, jadi perubahan Anda belum disimpan. Muat ulang halaman untuk melihat keadaan terbaru, lalu ulangi bila masih perlu.",
	},
	{
		appraisal.ErrCredentials, "NIP atau kata sandi belum cocok",
		"Periksa keduanya lalu coba lagi. Huruf besar dan kecil pada kata sandi dibedakan.",
	},
	{
		appraisal.ErrBusy, "Sedang banyak yang memakai Rancak",
		"Permintaan Anda belum dapat dikerjakan. Tunggu sekitar satu menit, lalu coba lagi.",
	},
	{
		appraisal.ErrFormsClosed, "Masa pengisian sudah ditutup",
		"Formulir penilaian tidak dapat diubah lagi. Bila ada yang belum sempat terisi, bicarakan dengan pengelola kinerja perangkat daerah Anda.",
	},
	{
		appraisal.ErrAlreadySubmitted, "Penilaian ini sudah terkirim",
		"Untuk mengubahnya, buka penilaian itu dan pilih Ubah jawaban. Ini dapat dilakukan sampai masa pengisian ditutup.",
	},
	{
		appraisal.ErrNotEvaluating, "Evaluasi belum dibuka",
		"Evaluasi kinerja dapat diisi setelah masa pengisian penilaian ditutup dan sebelum hasil diterbitkan.",
	},
	{
		appraisal.ErrOwnEntryFirst, "Isi rating awal Anda dulu",
		"Tentukan rating menurut Anda sendiri lebih dulu. Sesudah itu usulan dan umpan balik ditampilkan, dan Anda dapat menetapkannya.",
	},
	{
		appraisal.ErrEvaluationFinal, "Evaluasi ini sudah ditetapkan",
		"Untuk mengubahnya, buka evaluasi itu dan pilih Ubah. Ini dapat dilakukan sampai hasil diterbitkan.",
	},
	{
		appraisal.ErrNoProposal, "Penghitungan belum selesai",
		"Usulan baru ada setelah BKPSDM menjalankan penghitungan. Rating awal Anda tetap tersimpan; lanjutkan setelah penghitungan selesai.",
	},
	{
		appraisal.ErrStageMove, "Tahap tidak dapat dipindahkan ke sana",
		"Tahap berjalan berurutan: persiapan, pengisian, evaluasi, hasil terbit. Muat ulang halaman untuk melihat tahap saat ini.",
	},
	{
		appraisal.ErrRunActive, "Penghitungan sedang berjalan",
		"Tunggu sampai selesai, atau hentikan dulu penghitungan yang berjalan.",
	},
	{
		appraisal.ErrRunState, "Keadaan penghitungan sudah berubah",
		"Langkah ini tidak sesuai lagi dengan keadaan penghitungan. Muat ulang halaman untuk melihat keadaannya sekarang.",
	},
	{
		appraisal.ErrRunStale, "Ada penilaian yang berubah setelah penghitungan",
		"Jalankan penghitungan sekali lagi agar semua penilaian terhitung, lalu terbitkan hasilnya.",
	},
	{
		appraisal.ErrNotDemonstration, "Basis data ini bukan demonstrasi",
		"Data demonstrasi hanya dimuat ke basis data yang kosong. Pakai basis data lain.",
	},
}

// Status says what a status of the protocol means for a person who has no
// more precise sentence.
func Status(code int) (title, body string) {
	switch code {
	case http.StatusBadRequest:
		return "Permintaan tidak terbaca", "Sebagian isian tidak sampai dengan utuh. Kembali ke halaman sebelumnya, muat ulang, lalu coba lagi."
	case http.StatusUnauthorized:
		return "Sesi Anda berakhir", "Masuk lagi untuk melanjutkan."
	case http.StatusForbidden:
		return Error(appraisal.ErrForbidden)
	case http.StatusNotFound:
		return Error(appraisal.ErrNotFound)
	case http.StatusMethodNotAllowed:
		return "Halaman ini dibuka dengan cara lain", "Alamat ini menerima kiriman formulir saja. Buka dari Beranda atau dari halaman formulirnya."
	case http.StatusConflict:
		return Error(appraisal.ErrConflict)
	case http.StatusRequestEntityTooLarge:
		return "Kiriman terlalu besar", "Ringkas tulisan Anda atau pilih berkas yang lebih kecil, lalu kirim lagi."
	case http.StatusUnprocessableEntity:
		return "Ada yang perlu diperbaiki", "Kembali ke halaman sebelumnya, periksa isian yang ditandai, lalu kirim lagi."
	case http.StatusTooManyRequests:
		return "Tunggu sebentar", "Terlalu banyak permintaan dalam waktu singkat. Tunggu sekitar satu menit, lalu coba lagi."
	case http.StatusServiceUnavailable:
		return "Rancak belum siap", "Layanan sedang dimulai atau dirawat. Yang sudah tersimpan tetap aman. Coba lagi beberapa menit lagi."
	default:
		return "Ada gangguan di pihak kami", "Langkah terakhir mungkin belum tersimpan; yang tersimpan sebelumnya tetap aman. Coba lagi beberapa saat lagi. Bila tetap terjadi, sampaikan kode di bawah ini kepada pengelola."
	}
}

// Unmet is the sentence for a rule of the distribution pattern that is not met.
func Unmet(u appraisal.Unmet) string {
	names := make([]string, len(u.Predikats))
	for i, p := range u.Predikats {
		names[i] = Predikat(p)
	}
	who := Either(names...)
	have := Int(u.People) + " dari " + Int(u.Total) + " orang"
	switch u.Kind {
	case appraisal.UnmetLargest:
		return "Kelompok terbesar diharapkan berpredikat " + who + "; saat ini " + have + " dan bukan yang terbanyak."
	case appraisal.UnmetMax:
		return who + " diharapkan paling banyak " + Int(u.Bound) + "%; saat ini " + have + " (" + Percent(u.People, u.Total) + ")."
	case appraisal.UnmetMin:
		return who + " diharapkan paling sedikit " + Int(u.Bound) + "%; saat ini " + have + " (" + Percent(u.People, u.Total) + ")."
	case appraisal.UnmetPeople:
		return who + " diharapkan paling sedikit " + Int(u.Bound) + " orang; saat ini " + have + "."
	}
	return ""
}
