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

var situations = [...][]string{
	settingOffice: {
		"Saat penyusunan laporan akhir triwulan", "Ketika rapat koordinasi lintas bidang bulan lalu", "Pada saat pemeriksaan dokumen anggaran",
		"Waktu permintaan data mendadak dari provinsi", "Selama penyusunan rencana kerja tahun depan", "Ketika aplikasi baru mulai dipakai di kantor",
		"Saat tenggat laporan bersamaan dengan kegiatan lain", "Pada masa peralihan pejabat di bidang kami", "Ketika tamu dari daerah lain datang belajar",
	},
	settingSchool: {
		"Saat penerimaan murid baru", "Ketika asesmen akhir semester berlangsung", "Pada rapat bersama komite sekolah", "Waktu seorang murid kesulitan mengikuti pelajaran",
		"Selama persiapan kegiatan tengah semester", "Ketika kelas digabung karena seorang guru sakit", "Saat pembagian rapor", "Pada kegiatan belajar bersama antarguru",
		"Ketika ruang kelas sedang diperbaiki",
	},
	settingHealth: {
		"Saat antrean pagi sedang panjang", "Ketika jadwal posyandu bersamaan dengan kunjungan rumah", "Pada waktu pergantian giliran jaga",
		"Ketika kasus demam berdarah meningkat", "Selama kegiatan imunisasi di sekolah", "Saat sistem pendaftaran terganggu", "Pada pertemuan bulanan lintas program",
		"Ketika keluarga pasien menyampaikan keluhan", "Waktu persiapan penilaian mutu layanan",
	},
	settingCounter: {
		"Saat loket penuh menjelang tahun ajaran baru", "Ketika jaringan terputus pada jam pelayanan", "Pada pelayanan keliling di kelurahan", "Waktu seorang lanjut usia datang tanpa pengantar",
		"Ketika persyaratan layanan baru diberlakukan", "Selama pendataan warga penerima bantuan", "Saat menangani pengaduan yang belum lengkap", "Pada hari pertama sesudah libur panjang",
		"Ketika permohonan datang bertumpuk di akhir bulan",
	},
	settingField: {
		"Saat penataan pedagang di sekitar Pasar Atas", "Ketika hujan lebat dan beberapa ruas jalan tergenang", "Pada pengamanan kegiatan di lapangan Jam Gadang",
		"Waktu laporan warga masuk pada malam hari", "Selama piket hari libur", "Ketika peralatan di lapangan rusak", "Saat penertiban yang sempat memanas",
		"Pada kerja bakti bersama warga", "Ketika jadwal regu berubah mendadak",
	},
}

// wording is what is said of one behaviour in one direction.
type wording struct{ acts, effects, advice []string }

// strengths and topics hold the wordings in the order of the core values.
var strengths = [behaviours]wording{
	{ // Berorientasi Pelayanan
		[]string{"menyapa {P} lebih dahulu dan menanyakan kebutuhannya dengan sabar", "menjelaskan langkah demi langkah sampai {P} benar-benar mengerti",
			"menyelesaikan permintaan pada hari yang sama dan memberi kabar perkembangannya", "mencarikan jalan keluar yang tetap sesuai aturan ketika syarat belum lengkap",
			"menyiapkan alur yang lebih singkat tanpa mengurangi ketelitian", "menampung keluhan {P} dengan tenang lalu menindaklanjutinya sampai selesai"},
		[]string{"{P1} pulang dengan jawaban yang jelas dan tidak perlu datang dua kali.", "Keluhan yang semula keras berubah menjadi ucapan terima kasih.",
			"Waktu tunggu menjadi lebih pendek, dan {T} pun bekerja lebih tenang.", "Kepercayaan {P} kepada unit kami terasa bertambah.", "Pelayanan tetap berjalan baik meskipun keadaan tidak mudah."},
		[]string{"Ke depan, alur yang sudah baik ini layak ditulis agar dapat ditiru.", "Akan baik bila pengalaman ini dibagikan pada pertemuan bulanan.", "Saran saya, pertahankan sambil mengajak rekan yang baru ikut mengamati."},
	},
	{ // Akuntabel
		[]string{"memeriksa ulang {D} sebelum diserahkan dan mencatat perubahannya", "menyampaikan kekeliruan sendiri lebih awal lalu langsung memperbaikinya",
			"datang tepat waktu dan menuntaskan tugas sesuai janji", "menggunakan kendaraan dan peralatan kantor hanya untuk tugas serta merawatnya",
			"menolak dengan sopan permintaan yang tidak sesuai ketentuan", "menyusun bukti pertanggungjawaban dengan rapi dan mudah ditelusuri"},
		[]string{"Hasil pemeriksaan tidak menemukan kekurangan pada bagian itu.", "{T1} dapat bekerja dengan data yang dapat dipercaya.", "Pekerjaan lanjutan tidak perlu menunggu perbaikan.",
			"Rekan lain ikut terdorong bekerja lebih teliti.", "Aset unit terpelihara dan siap dipakai kapan saja."},
		[]string{"Ke depan, daftar periksa yang dipakai baik dijadikan pegangan bersama.", "Akan lebih bermanfaat bila cara mencatat ini diajarkan kepada rekan lain.", "Saran saya, teruskan dan bantu bagian lain yang catatannya belum serapi ini."},
	},
	{ // Kompeten
		[]string{"mempelajari aturan baru lebih dahulu lalu menjelaskannya kepada {T}", "mendampingi rekan baru sampai mampu bekerja sendiri", "menghasilkan {D} yang lengkap sejak rancangan pertama",
			"mengikuti pelatihan dan segera menerapkan hasilnya dalam pekerjaan", "bertanya kepada yang lebih berpengalaman dan mencatat pelajarannya", "membuat panduan singkat yang sampai sekarang kami pakai"},
		[]string{"Mutu pekerjaan terlihat meningkat dari bulan ke bulan.", "Rekan baru lebih cepat menyesuaikan diri.", "Kesalahan yang berulang jauh berkurang.", "Pertanyaan yang dulu menunggu kini dapat dijawab langsung.",
			"{T1} memiliki rujukan yang sama saat bekerja."},
		[]string{"Ke depan, baik bila menjadi narasumber pada kegiatan belajar di kantor.", "Saran saya, ambil pelatihan lanjutan agar keahlian ini makin dalam.", "Akan sangat membantu bila panduannya diperbarui setiap tahun."},
	},
	{ // Harmonis
		[]string{"menanyakan keadaan rekan yang tampak kewalahan lalu membantu tanpa diminta", "mendengarkan pendapat yang berbeda sampai selesai sebelum menanggapi", "menengahi perbedaan pendapat dengan bahasa yang menyejukkan",
			"memperlakukan petugas kebersihan dan pimpinan dengan hormat yang sama", "mengajak rekan yang pendiam ikut berbicara", "menghargai hasil kerja rekan di depan {T}"},
		[]string{"Suasana kerja menjadi lebih tenang dan terbuka.", "Rekan yang semula ragu mulai berani menyampaikan gagasan.", "Perbedaan pendapat selesai tanpa ada yang merasa dikalahkan.", "{T1} merasa saling menjaga.",
			"Pekerjaan yang berat terasa lebih ringan karena dikerjakan bersama."},
		[]string{"Ke depan, kebiasaan ini baik dijaga terutama saat beban kerja tinggi.", "Saran saya, ajak juga bagian lain membangun suasana seperti ini.", "Akan baik bila rekan yang baru dipasangkan dengannya."},
	},
	{ // Loyal
		[]string{"menjaga kerahasiaan data dan tidak membicarakannya di luar tugas", "meluruskan kabar yang keliru tentang kantor dengan santun dan berdasar data", "menjalankan keputusan bersama sepenuh hati meskipun semula berpendapat lain",
			"mendahulukan kepentingan dinas ketika jadwal pribadi berbenturan", "menyampaikan kritik lewat jalur yang tepat, bukan di depan umum", "memakai media sosial dengan bijak saat isu tentang kota sedang ramai"},
		[]string{"Nama baik unit tetap terjaga.", "Pimpinan dan {T} dapat mempercayakan urusan yang peka.", "Kabar yang keliru tidak sempat meluas.", "Keputusan bersama dapat berjalan tanpa hambatan.", "{P1} melihat kantor kami satu suara."},
		[]string{"Ke depan, sikap ini baik dicontohkan kepada pegawai baru.", "Saran saya, bantu menyusun pedoman singkat tentang penanganan data.", "Akan baik bila berbagi pengalaman saat pembinaan pegawai."},
	},
	{ // Adaptif
		[]string{"langsung mencoba cara baru dan melaporkan hal yang perlu diperbaiki", "menyusun rencana cadangan sebelum kendala terjadi", "mengusulkan lembar kerja bersama sehingga {D} tidak lagi tercecer",
			"menyesuaikan jadwal dalam hitungan jam tanpa menunggu perintah", "mempelajari aplikasi sendiri lalu mengajari rekan", "melihat peluang perbaikan dari keluhan yang masuk"},
		[]string{"Pekerjaan tetap selesai tepat waktu walaupun rencana berubah.", "{T1} lebih cepat terbiasa dengan perubahan.", "Waktu pengerjaan berkurang hampir setengahnya.", "Kendala yang biasanya berulang tidak terjadi lagi.",
			"Gagasannya kini dipakai juga oleh unit lain."},
		[]string{"Ke depan, gagasan seperti ini baik diajukan dalam lomba inovasi.", "Saran saya, catat hasilnya sebelum dan sesudah agar manfaatnya terlihat.", "Akan baik bila percobaan berikutnya melibatkan lebih banyak rekan."},
	},
	{ // Kolaboratif
		[]string{"mengajak bidang lain duduk bersama sejak awal pekerjaan", "membagi tugas sesuai kekuatan masing-masing dan memberi ruang untuk mencoba", "menyerahkan bahan lebih awal agar rekan lain sempat mempelajarinya",
			"menghubungkan kami dengan kelurahan dan komunitas yang dapat membantu", "menyebut jasa semua pihak ketika hasil pekerjaan dipuji", "menggunakan data yang sudah ada di unit lain sebelum meminta yang baru"},
		[]string{"Pekerjaan selesai lebih cepat dan hasilnya diterima semua pihak.", "Tidak ada lagi permintaan data yang berulang.", "Rekan dari unit lain bersedia membantu kembali.", "Setiap orang merasa ikut memiliki hasilnya.", "Sarana yang terbatas dapat dipakai bersama."},
		[]string{"Ke depan, pola kerja ini baik diteruskan untuk kegiatan tahunan.", "Saran saya, tulis kesepakatan antarunit supaya tetap berjalan bila orangnya berganti.", "Akan baik bila rekan yang lebih muda diberi kesempatan memimpin."},
	},
}

var topics = [behaviours]wording{
	{ // Berorientasi Pelayanan
		[]string{"memberi jawaban singkat sehingga {P} perlu bertanya kembali", "baru menanggapi permintaan setelah diingatkan rekan", "terlihat tergesa-gesa ketika menerima {P}", "menyerahkan keluhan kepada rekan lain tanpa penjelasan lanjutan",
			"masih memakai alur lama yang cukup panjang", "kurang memberi kabar tentang perkembangan permintaan"},
		[]string{"Beberapa {P} datang kembali untuk hal yang sama.", "Antrean menjadi lebih lama dari biasanya.", "Rekan lain perlu menjelaskan ulang dari awal.", "Keluhan kecil sempat menjadi lebih besar.", "Kesan pertama terhadap unit kami menjadi kurang baik."},
		[]string{"Ke depan, daftar permintaan yang belum selesai baik ditinjau setiap pagi.", "Saran saya, tutup setiap percakapan dengan langkah berikutnya dan waktunya.", "Akan membantu bila mengikuti pelatihan pelayanan prima yang praktis.", "Mari kita coba membagi jadwal agar ada waktu tenang untuk melayani."},
	},
	{ // Akuntabel
		[]string{"menyerahkan {D} dengan beberapa isian yang masih kosong", "menyampaikan keterlambatan setelah tenggat lewat", "belum mencatat pemakaian peralatan secara rutin", "hadir terlambat pada beberapa kegiatan pagi", "mengandalkan ingatan untuk hal yang seharusnya tercatat", "menunda perbaikan yang sudah disepakati bersama"},
		[]string{"{T1} harus melengkapi kekurangannya pada hari terakhir.", "Data perlu diperiksa dua kali sebelum dapat dipakai.", "Pekerjaan lanjutan ikut mundur.", "Sulit menelusuri kembali apa yang sudah dikerjakan.", "Pembagian tugas menjadi kurang seimbang."},
		[]string{"Ke depan, daftar periksa singkat sebelum penyerahan akan sangat menolong.", "Saran saya, sampaikan kendala lebih awal supaya dapat dibantu.", "Baik bila tenggat dibagi menjadi dua tahap yang lebih pendek.", "Catatan harian selama lima menit dapat menjadi awal yang mudah."},
	},
	{ // Kompeten
		[]string{"masih meminta bantuan untuk langkah yang sudah beberapa kali dijelaskan", "belum sempat mempelajari ketentuan yang baru", "menyelesaikan {D} dengan mutu yang belum merata", "lebih sering mengerjakan sendiri daripada menjelaskan kepada rekan", "ragu menggunakan fitur baru pada aplikasi", "belum menerapkan hasil pelatihan dalam pekerjaan"},
		[]string{"Waktu pengerjaan menjadi lebih panjang.", "Beberapa bagian perlu diulang.", "{T1} bergantung kepada satu dua orang saja.", "Kesempatan memperbaiki cara kerja belum terpakai.", "Rekan baru belum memperoleh bimbingan yang cukup."},
		[]string{"Ke depan, satu jam belajar bersama setiap pekan dapat dicoba.", "Saran saya, ikut pelatihan yang sesuai lalu praktikkan dengan pendampingan.", "Baik bila panduan langkah kerja disusun bersama rekan yang lebih mahir.", "Kami siap mendampingi pada pekerjaan serupa berikutnya."},
	},
	{ // Harmonis
		[]string{"menanggapi pendapat rekan sebelum selesai disampaikan", "lebih banyak bekerja sendiri ketika {T} sedang kewalahan", "menegur rekan di depan orang lain dengan nada tinggi", "belum banyak menyapa rekan dari bagian lain", "memotong pembicaraan ketika suasana menghangat", "menjauh sejenak ketika terjadi beda pendapat"},
		[]string{"Sebagian rekan menjadi segan menyampaikan gagasan.", "Suasana rapat terasa kurang nyaman.", "Beban kerja pada hari itu tidak terbagi merata.", "Salah paham memerlukan waktu untuk diluruskan.", "{T1} kehilangan masukan yang sebenarnya berguna."},
		[]string{"Ke depan, masukan sebaiknya disampaikan berdua dan dengan tenang.", "Saran saya, beri jeda sejenak sebelum menanggapi.", "Baik bila sesekali menanyakan kabar rekan di luar urusan pekerjaan.", "Mari bersama menjaga agar setiap orang mendapat giliran bicara."},
	},
	{ // Loyal
		[]string{"membicarakan persoalan kantor di tempat umum", "membagikan informasi sebelum diumumkan secara resmi", "menjalankan keputusan bersama dengan setengah hati", "meninggalkan {D} terbuka di meja yang mudah dilihat orang", "menyampaikan keberatan di grup percakapan, bukan kepada atasan", "jarang mengikuti kegiatan bersama di luar tugas pokok"},
		[]string{"Informasi yang belum pasti sempat beredar.", "Rekan lain perlu memberi penjelasan tambahan.", "Pelaksanaan keputusan menjadi kurang serempak.", "Kerahasiaan data {P} perlu lebih dijaga.", "Rasa kebersamaan sedikit berkurang."},
		[]string{"Ke depan, keberatan baik disampaikan langsung lebih dahulu.", "Saran saya, simpan dokumen di lemari terkunci setelah bekerja.", "Baik bila menunggu pengumuman resmi sebelum membagikan kabar.", "Mari membaca kembali pedoman penanganan data bersama-sama."},
	},
	{ // Adaptif
		[]string{"memilih menunggu petunjuk sebelum mencoba cara baru", "masih memakai formulir lama setelah aturan berganti", "terlihat kesulitan ketika jadwal berubah mendadak", "menyampaikan masalah tanpa usul penyelesaian", "belum mencoba aplikasi yang sudah disiapkan", "mengulang cara lama meskipun hasilnya kurang memuaskan"},
		[]string{"Penyesuaian {T} menjadi lebih lambat.", "Sebagian {D} perlu diketik ulang.", "Kendala yang sama muncul kembali bulan berikutnya.", "Rekan lain mengambil alih pekerjaan pada hari itu.", "Gagasan yang baik belum sempat diuji."},
		[]string{"Ke depan, mulailah dari perubahan kecil yang dapat dicoba sepekan.", "Saran saya, sertakan satu usul setiap kali menyampaikan kendala.", "Baik bila belajar aplikasi didampingi rekan yang sudah terbiasa.", "Kami akan memberi tahu perubahan lebih awal supaya ada waktu bersiap."},
	},
	{ // Kolaboratif
		[]string{"menyelesaikan rancangan sendiri sebelum meminta masukan", "menyerahkan bahan berdekatan dengan waktu rapat", "belum melibatkan unit lain yang berkepentingan", "menyimpan data yang sebenarnya dibutuhkan {T}", "menunggu diundang untuk ikut membahas", "membagi tugas tanpa menanyakan kesanggupan rekan"},
		[]string{"Beberapa masukan penting datang terlambat.", "Pekerjaan yang sama dikerjakan dua kali.", "Unit lain merasa belum dilibatkan.", "{T1} perlu waktu tambahan untuk menyamakan data.", "Potensi rekan yang lain belum terpakai."},
		[]string{"Ke depan, undang pihak terkait sejak rancangan pertama.", "Saran saya, simpan bahan di folder bersama agar semua dapat melihat.", "Baik bila pembagian tugas dibicarakan singkat di awal pekan.", "Mari mencoba satu kegiatan bersama unit lain pada triwulan depan."},
	},
}

// What people say about themselves takes the place of advice.
var ownStrengthPlans = []string{"Ke depan saya ingin menjaga kebiasaan ini.", "Saya akan membagikan caranya kepada rekan yang membutuhkan.", "Saya masih ingin belajar agar hasilnya lebih baik lagi.",
	"Saya terbuka terhadap masukan untuk memperbaikinya.", "Tahun depan saya ingin mencobanya pada pekerjaan lain."}

var ownTopicPlans = []string{"Ke depan saya akan meminta masukan lebih awal.", "Saya berencana memperbaikinya mulai triwulan pertama.", "Saya memerlukan pendampingan pada bagian ini.",
	"Saya akan mencatat dan meninjaunya setiap akhir pekan.", "Saya ingin membicarakannya dengan atasan pada dialog kinerja."}
