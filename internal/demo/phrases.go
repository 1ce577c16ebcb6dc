package demo

// Parts of comments: situation, behaviour, effect, suggestion. {P} are the
// people served, {D} the papers of the work, {T} the colleagues of the place.

// words of each setting, for {P}, {D} and {T}.
var settingWords = [...][3]string{
	settingOffice:  {"rekan dari perangkat daerah lain", "dokumen laporan", "tim bidang"},
	settingSchool:  {"orang tua murid", "perangkat ajar", "dewan guru"},
	settingHealth:  {"pasien dan keluarganya", "catatan pelayanan", "tim layanan"},
	settingCounter: {"warga", "berkas permohonan", "tim pelayanan"},
	settingField:   {"warga", "laporan lapangan", "regu"},
}

// place says in which situations an act is seen.
type place uint8

const (
	anywhere   place = iota
	withPublic       // with people served
	amongUs          // among colleagues
	habitual         // again and again
)

// act is what somebody did and what came of it.
type act struct {
	where  place
	did    string
	effect string
}

// wording is what is said of one behaviour in one direction. effects fit every
// act of it.
type wording struct {
	acts            []act
	effects, advice []string
}

// situations are openings of each setting: first those with people served,
// then those among colleagues.
var situations = [...][2][]string{
	settingOffice: {{
		"Waktu permintaan data mendadak dari provinsi", "Ketika tamu dari daerah lain datang belajar", "Saat kelurahan meminta penjelasan tentang aturan baru",
		"Pada hari layanan konsultasi bulan lalu", "Ketika beberapa permintaan datang bersamaan", "Saat perangkat daerah lain menanyakan berkas yang tertunda",
	}, {
		"Saat penyusunan laporan akhir triwulan", "Ketika rapat koordinasi lintas bidang bulan lalu", "Pada saat pemeriksaan dokumen anggaran", "Selama penyusunan rencana kerja tahun depan",
		"Ketika aplikasi baru mulai dipakai di kantor", "Saat tenggat laporan bersamaan dengan kegiatan lain", "Pada masa peralihan pejabat di bidang kami",
	}},
	settingSchool: {{
		"Saat penerimaan murid baru", "Pada rapat bersama komite sekolah", "Saat pembagian rapor", "Waktu seorang murid kesulitan mengikuti pelajaran", "Ketika orang tua menanyakan nilai anaknya",
		"Pada pertemuan orang tua di awal semester",
	}, {
		"Ketika asesmen akhir semester berlangsung", "Selama persiapan kegiatan tengah semester", "Ketika kelas digabung karena seorang guru sakit", "Pada kegiatan belajar bersama antarguru",
		"Ketika ruang kelas sedang diperbaiki", "Saat penyusunan program sekolah", "Pada pergantian perangkat ajar di awal tahun ajaran",
	}},
	settingHealth: {{
		"Saat antrean pagi sedang panjang", "Selama kegiatan imunisasi di sekolah", "Saat sistem pendaftaran terganggu", "Ketika keluarga pasien menyampaikan keluhan",
		"Pada kunjungan rumah bulan lalu", "Ketika kasus demam berdarah meningkat",
	}, {
		"Ketika jadwal posyandu bersamaan dengan kunjungan rumah", "Pada waktu pergantian giliran jaga", "Pada pertemuan bulanan lintas program", "Waktu persiapan penilaian mutu layanan",
		"Saat penyusunan laporan program", "Ketika dua rekan berhalangan pada hari yang sama", "Selama pencatatan beralih ke sistem elektronik",
	}},
	settingCounter: {{
		"Saat loket penuh menjelang tahun ajaran baru", "Ketika jaringan terputus pada jam pelayanan", "Pada pelayanan keliling di kelurahan", "Waktu seorang lanjut usia datang tanpa pengantar",
		"Ketika persyaratan layanan baru diberlakukan", "Saat menangani pengaduan yang belum lengkap", "Pada hari pertama sesudah libur panjang",
	}, {
		"Selama pendataan penerima bantuan", "Ketika permohonan bertumpuk di akhir bulan", "Saat penyusunan laporan pelayanan", "Pada rapat evaluasi loket", "Ketika jadwal petugas loket berubah mendadak",
		"Waktu aplikasi layanan diperbarui",
	}},
	settingField: {{
		"Saat penataan pedagang di sekitar Pasar Atas", "Pada pengamanan kegiatan di lapangan Jam Gadang", "Waktu laporan masuk pada malam hari", "Saat penertiban yang sempat memanas",
		"Pada kerja bakti bersama masyarakat", "Ketika hujan lebat dan beberapa ruas jalan tergenang",
	}, {
		"Selama piket hari libur", "Ketika peralatan di lapangan rusak", "Ketika jadwal regu berubah mendadak", "Pada apel evaluasi mingguan", "Saat persiapan operasi gabungan",
		"Waktu pembagian wilayah tugas yang baru",
	}},
}

// habits open what is seen again and again.
var habits = []string{"Dalam pekerjaan sehari-hari", "Sepanjang semester kedua", "Pada beberapa kesempatan tahun ini", "Dalam beberapa bulan terakhir", "Selama bekerja bersama tahun ini", "Di sela tugas yang padat"}

// strengths is what is said of what goes well, in the order of the core values.
var strengths = [behaviours]wording{
	{ // Berorientasi Pelayanan
		[]act{
			{withPublic, "menyapa {P} lebih dahulu dan menanyakan kebutuhannya dengan sabar", "Suasana menjadi lebih tenang dan keperluan cepat dipahami."},
			{withPublic, "menjelaskan langkah demi langkah sampai {P} benar-benar mengerti", "{P1} pulang dengan jawaban yang jelas dan tidak perlu datang dua kali."},
			{withPublic, "menyelesaikan permintaan pada hari yang sama dan memberi kabar perkembangannya", "Tidak ada pertanyaan susulan karena kabarnya sudah lengkap."},
			{withPublic, "mencarikan jalan keluar yang tetap sesuai aturan ketika syarat belum lengkap", "Urusan dapat dilanjutkan tanpa melanggar ketentuan."},
			{habitual, "menyederhanakan alur kerja tanpa mengurangi ketelitian", "Waktu tunggu menjadi lebih pendek, dan {T} pun bekerja lebih tenang."},
			{withPublic, "menampung keluhan {P} dengan tenang lalu menindaklanjutinya sampai selesai", "Keluhan yang semula keras berubah menjadi ucapan terima kasih."},
		},
		[]string{"Kepercayaan {P} kepada unit kami terasa bertambah.", "Pelayanan tetap berjalan baik meskipun keadaan tidak mudah.", "Cara ini membuat rekan lain ikut bersemangat melayani."},
		[]string{"Ke depan, alur yang sudah baik ini layak ditulis agar dapat ditiru.", "Akan baik bila pengalaman ini dibagikan pada pertemuan bulanan.", "Saran saya, pertahankan sambil mengajak rekan yang baru ikut mengamati.", "Baik juga bila masukan {P} dicatat untuk perbaikan berikutnya."},
	},
	{ // Akuntabel
		[]act{
			{amongUs, "memeriksa ulang {D} sebelum diserahkan dan mencatat perubahannya", "Pemeriksaan lanjutan tidak menemukan kekurangan pada bagian itu."},
			{amongUs, "menyampaikan kekeliruan sendiri lebih awal lalu langsung memperbaikinya", "Pekerjaan berikutnya tidak sempat terganggu."},
			{habitual, "datang tepat waktu dan menuntaskan tugas sesuai janji", "Rekan lain dapat menyusun jadwal tanpa harus menunggu."},
			{habitual, "memakai kendaraan dan peralatan kantor hanya untuk tugas serta merawatnya", "Sarana unit terpelihara dan siap dipakai kapan saja."},
			{anywhere, "menolak dengan sopan permintaan yang tidak sesuai ketentuan", "Semua pihak diperlakukan sama dan {T} merasa terlindungi."},
			{amongUs, "menyusun bukti pertanggungjawaban dengan rapi dan mudah ditelusuri", "Pertanyaan pemeriksa dapat dijawab dalam hitungan menit."},
		},
		[]string{"{T1} dapat bekerja dengan tenang karena hasilnya dapat dipercaya.", "Rekan lain ikut terdorong bekerja lebih teliti.", "Sikap ini memperkuat kepercayaan pimpinan kepada unit."},
		[]string{"Ke depan, daftar periksa yang dipakai baik dijadikan pegangan bersama.", "Akan lebih bermanfaat bila cara kerja ini diajarkan kepada rekan lain.", "Saran saya, teruskan dan bantu bagian lain yang catatannya belum serapi ini.", "Baik bila contoh baik ini disampaikan saat pembinaan pegawai."},
	},
	{ // Kompeten
		[]act{
			{amongUs, "mempelajari aturan baru lebih dahulu lalu menjelaskannya kepada {T}", "Pertanyaan yang dulu menunggu kini dapat dijawab langsung."},
			{habitual, "mendampingi rekan baru sampai mampu bekerja sendiri", "Rekan baru lebih cepat menyesuaikan diri."},
			{amongUs, "menghasilkan {D} yang lengkap sejak rancangan pertama", "Perbaikan berulang hampir tidak diperlukan."},
			{habitual, "mengikuti pelatihan dan segera menerapkan hasilnya dalam pekerjaan", "Cara kerja yang baru langsung terasa manfaatnya."},
			{habitual, "bertanya kepada yang lebih berpengalaman dan mencatat pelajarannya", "Kesalahan yang berulang jauh berkurang."},
			{habitual, "membuat panduan singkat yang sampai sekarang kami pakai", "{T1} memiliki rujukan yang sama saat bekerja."},
		},
		[]string{"Mutu pekerjaan terlihat meningkat dari bulan ke bulan.", "Pengetahuan di unit tidak lagi bertumpu pada satu orang.", "Hasil pekerjaan menjadi contoh bagi rekan yang lain."},
		[]string{"Ke depan, baik bila menjadi narasumber pada kegiatan belajar di kantor.", "Saran saya, ambil pelatihan lanjutan agar keahlian ini makin dalam.", "Akan sangat membantu bila pengetahuan ini ditulis sebagai panduan.", "Baik bila tahun depan membimbing satu atau dua rekan secara terjadwal."},
	},
	{ // Harmonis
		[]act{
			{anywhere, "menanyakan keadaan rekan yang tampak kewalahan lalu membantu tanpa diminta", "Pekerjaan yang berat terasa lebih ringan karena dikerjakan bersama."},
			{amongUs, "mendengarkan pendapat yang berbeda sampai selesai sebelum menanggapi", "Rekan yang semula ragu mulai berani menyampaikan gagasan."},
			{anywhere, "menengahi perbedaan pendapat dengan bahasa yang menyejukkan", "Perbedaan itu selesai tanpa ada yang merasa dikalahkan."},
			{habitual, "memperlakukan petugas kebersihan dan pimpinan dengan hormat yang sama", "Setiap orang merasa dihargai di tempat kerja."},
			{amongUs, "mengajak rekan yang pendiam ikut berbicara", "Masukan yang selama ini tersimpan akhirnya terdengar."},
			{habitual, "menghargai hasil kerja rekan di depan {T}", "Semangat rekan yang dipuji terlihat naik."},
		},
		[]string{"Suasana kerja menjadi lebih tenang dan terbuka.", "{T1} merasa saling menjaga.", "Hubungan antarrekan terasa makin akrab."},
		[]string{"Ke depan, kebiasaan ini baik dijaga terutama saat beban kerja tinggi.", "Saran saya, ajak juga bagian lain membangun suasana seperti ini.", "Akan baik bila rekan yang baru dapat belajar dari sikap ini.", "Baik bila diberi peran sebagai penghubung kegiatan bersama."},
	},
	{ // Loyal
		[]act{
			{habitual, "menjaga kerahasiaan data dan tidak membicarakannya di luar tugas", "Pimpinan dan {T} dapat mempercayakan urusan yang peka."},
			{withPublic, "meluruskan kabar yang keliru tentang kantor dengan santun dan berdasar data", "Kabar yang keliru tidak sempat meluas."},
			{amongUs, "menjalankan keputusan bersama sepenuh hati meskipun semula berpendapat lain", "Keputusan itu berjalan tanpa hambatan."},
			{habitual, "mendahulukan kepentingan dinas ketika jadwal pribadi berbenturan", "Tugas penting tetap ada yang menangani."},
			{habitual, "menyampaikan kritik lewat jalur yang tepat, bukan di depan umum", "Masukan diterima dengan baik dan ditindaklanjuti."},
			{habitual, "memakai media sosial dengan bijak saat isu tentang kota sedang ramai", "Unit kami tidak ikut terseret perdebatan."},
		},
		[]string{"Nama baik unit tetap terjaga.", "Rekan lain mengikuti teladan itu.", "Rasa bangga terhadap instansi ikut tumbuh."},
		[]string{"Ke depan, sikap ini baik dicontohkan kepada pegawai baru.", "Saran saya, bantu menyusun pedoman singkat tentang penanganan informasi.", "Akan baik bila berbagi pengalaman saat pembinaan pegawai.", "Baik bila tetap menjadi tempat bertanya bagi rekan yang ragu."},
	},
	{ // Adaptif
		[]act{
			{amongUs, "langsung mencoba cara baru dan melaporkan hal yang perlu diperbaiki", "{T1} lebih cepat terbiasa dengan perubahan."},
			{amongUs, "menyusun rencana cadangan sebelum kendala terjadi", "Kegiatan tetap selesai walaupun rencana semula berubah."},
			{amongUs, "mengusulkan lembar kerja bersama sehingga {D} tidak lagi tercecer", "Waktu pencarian berkas berkurang hampir setengahnya."},
			{anywhere, "menyesuaikan jadwal dalam hitungan jam tanpa menunggu perintah", "Pekerjaan tetap selesai tepat waktu."},
			{habitual, "mempelajari aplikasi sendiri lalu mengajari rekan", "Rekan yang semula enggan kini berani mencoba."},
			{habitual, "melihat peluang perbaikan dari keluhan yang masuk", "Kendala yang biasanya berulang tidak terjadi lagi."},
		},
		[]string{"Gagasan itu kini mulai dipakai juga oleh unit lain.", "Perubahan tidak lagi terasa menakutkan bagi {T}.", "Langkah kecil itu memberi hasil yang nyata."},
		[]string{"Ke depan, gagasan seperti ini baik diajukan dalam lomba inovasi.", "Saran saya, catat keadaan sebelum dan sesudah agar manfaatnya terlihat.", "Akan baik bila percobaan berikutnya melibatkan lebih banyak rekan.", "Baik bila pengalaman ini diceritakan kepada unit lain."},
	},
	{ // Kolaboratif
		[]act{
			{amongUs, "mengajak bidang lain duduk bersama sejak awal pekerjaan", "Pekerjaan selesai lebih cepat dan hasilnya diterima semua pihak."},
			{amongUs, "membagi tugas sesuai kekuatan masing-masing dan memberi ruang untuk mencoba", "Setiap orang merasa ikut memiliki hasilnya."},
			{amongUs, "menyerahkan bahan lebih awal agar rekan lain sempat mempelajarinya", "Pembahasan menjadi singkat dan langsung pada pokoknya."},
			{habitual, "menghubungkan unit kami dengan kelurahan dan komunitas yang dapat membantu", "Sarana yang terbatas dapat dipakai bersama."},
			{habitual, "menyebut jasa semua pihak ketika hasil pekerjaan dipuji", "Rekan dari unit lain bersedia membantu kembali."},
			{habitual, "memakai data yang sudah ada di unit lain sebelum meminta yang baru", "Tidak ada lagi permintaan data yang berulang."},
		},
		[]string{"Kerja sama dengan unit lain menjadi lebih lancar.", "Hasil bersama lebih baik daripada bila dikerjakan sendiri.", "{T1} merasa dilibatkan sejak awal."},
		[]string{"Ke depan, pola kerja ini baik diteruskan untuk kegiatan tahunan.", "Saran saya, tulis kesepakatan antarunit supaya tetap berjalan bila orangnya berganti.", "Akan baik bila rekan yang lebih muda diberi kesempatan memimpin.", "Baik bila jejaring yang sudah terbentuk ini terus dirawat."},
	},
}

// What people say about themselves takes the place of advice.
var ownStrengthPlans = []string{"Ke depan saya ingin menjaga kebiasaan ini.", "Saya akan membagikan caranya kepada rekan yang membutuhkan.", "Saya masih ingin belajar agar hasilnya lebih baik lagi.",
	"Saya terbuka terhadap masukan untuk memperbaikinya.", "Tahun depan saya ingin mencobanya pada pekerjaan lain."}

var ownTopicPlans = []string{"Ke depan saya akan meminta masukan lebih awal.", "Saya berencana memperbaikinya mulai triwulan pertama.", "Saya memerlukan pendampingan pada bagian ini.",
	"Saya akan mencatat dan meninjaunya setiap akhir pekan.", "Saya ingin membicarakannya dengan atasan pada dialog kinerja."}
