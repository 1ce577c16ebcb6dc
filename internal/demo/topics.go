package demo

// topics is what is said of what can become better, in the order of the core
// values.
var topics = [behaviours]wording{
	{ // Berorientasi Pelayanan
		[]act{
			{withPublic, "memberi jawaban singkat sehingga {P} perlu bertanya kembali", "Rekan lain perlu menjelaskan ulang dari awal."},
			{habitual, "baru menanggapi permintaan setelah diingatkan rekan", "Beberapa urusan selesai lebih lama dari yang dijanjikan."},
			{withPublic, "agak tergesa-gesa ketika menerima {P}", "Kesan pertama terhadap unit kami menjadi kurang baik."},
			{withPublic, "menyerahkan keluhan kepada rekan lain tanpa penjelasan lanjutan", "Keluhan kecil sempat menjadi lebih besar."},
			{habitual, "masih memakai alur lama yang cukup panjang", "Waktu tunggu menjadi lebih lama daripada yang diperlukan."},
			{habitual, "kurang memberi kabar tentang perkembangan permintaan", "Pertanyaan yang sama masuk beberapa kali."},
		},
		[]string{"Sebagian {P} belum merasa terbantu sepenuhnya.", "Kepuasan terhadap layanan kami masih dapat ditingkatkan."},
		[]string{"Ke depan, daftar permintaan yang belum selesai baik ditinjau setiap pagi.", "Saran saya, tutup setiap percakapan dengan langkah berikutnya dan waktunya.", "Akan membantu bila mengikuti pelatihan pelayanan prima yang praktis.", "Mari kita coba membagi jadwal agar ada waktu tenang untuk melayani."},
	},
	{ // Akuntabel
		[]act{
			{amongUs, "menyerahkan {D} dengan beberapa isian yang masih kosong", "{T1} harus melengkapi kekurangannya pada hari terakhir."},
			{amongUs, "menyampaikan keterlambatan setelah tenggat lewat", "Pekerjaan lanjutan ikut mundur."},
			{habitual, "belum mencatat pemakaian peralatan secara rutin", "Beberapa peralatan sulit ditemukan saat diperlukan."},
			{habitual, "hadir terlambat pada beberapa kegiatan pagi", "Pembagian tugas pada hari itu menjadi kurang seimbang."},
			{habitual, "mengandalkan ingatan untuk hal yang seharusnya tercatat", "Sulit menelusuri kembali apa yang sudah dikerjakan."},
			{amongUs, "menunda perbaikan yang sudah disepakati bersama", "Temuan yang sama muncul kembali."},
		},
		[]string{"Rekan lain perlu memeriksa dua kali sebelum melanjutkan.", "Kepercayaan yang sudah terbangun perlu dijaga."},
		[]string{"Ke depan, daftar periksa singkat sebelum penyerahan akan sangat menolong.", "Saran saya, sampaikan kendala lebih awal supaya dapat dibantu.", "Baik bila tenggat dibagi menjadi dua tahap yang lebih pendek.", "Catatan harian selama lima menit dapat menjadi awal yang mudah."},
	},
	{ // Kompeten
		[]act{
			{anywhere, "masih meminta bantuan untuk langkah yang sudah beberapa kali dijelaskan", "Waktu pengerjaan menjadi lebih panjang."},
			{anywhere, "belum sempat mempelajari ketentuan yang baru", "Beberapa bagian perlu diulang."},
			{amongUs, "menyelesaikan {D} dengan mutu yang belum merata", "Pemeriksaan akhir memerlukan waktu tambahan."},
			{habitual, "lebih sering mengerjakan sendiri daripada menjelaskan kepada rekan", "Rekan baru belum memperoleh bimbingan yang cukup."},
			{habitual, "masih ragu menggunakan fitur baru pada aplikasi", "Sebagian pekerjaan masih dilakukan dengan tangan."},
			{habitual, "belum menerapkan hasil pelatihan dalam pekerjaan", "Kesempatan memperbaiki cara kerja belum terpakai."},
		},
		[]string{"{T1} masih bergantung kepada satu dua orang saja.", "Potensi yang dimiliki belum sepenuhnya terlihat."},
		[]string{"Ke depan, satu jam belajar bersama setiap pekan dapat dicoba.", "Saran saya, ikut pelatihan yang sesuai lalu praktikkan dengan pendampingan.", "Baik bila panduan langkah kerja disusun bersama rekan yang lebih mahir.", "Kami siap mendampingi pada pekerjaan serupa berikutnya."},
	},
	{ // Harmonis
		[]act{
			{amongUs, "menanggapi pendapat rekan sebelum selesai disampaikan", "Sebagian rekan menjadi segan menyampaikan gagasan."},
			{anywhere, "lebih banyak bekerja sendiri ketika {T} sedang kewalahan", "Beban kerja pada hari itu tidak terbagi merata."},
			{anywhere, "sempat menegur rekan di depan orang lain dengan nada tinggi", "Rekan yang ditegur merasa kurang nyaman."},
			{habitual, "belum banyak menyapa rekan dari bagian lain", "Hubungan antarbagian masih terasa kaku."},
			{amongUs, "memotong pembicaraan ketika suasana menghangat", "{T1} kehilangan masukan yang sebenarnya berguna."},
			{amongUs, "memilih diam ketika terjadi beda pendapat", "Salah paham memerlukan waktu untuk diluruskan."},
		},
		[]string{"Suasana kerja pada waktu itu terasa kurang nyaman.", "Kedekatan antarrekan masih dapat ditumbuhkan."},
		[]string{"Ke depan, masukan sebaiknya disampaikan berdua dan dengan tenang.", "Saran saya, beri jeda sejenak sebelum menanggapi.", "Baik bila sesekali menanyakan kabar rekan di luar urusan pekerjaan.", "Mari bersama menjaga agar setiap orang mendapat giliran bicara."},
	},
	{ // Loyal
		[]act{
			{habitual, "beberapa kali membicarakan persoalan kantor di tempat umum", "Rekan lain perlu memberi penjelasan tambahan."},
			{anywhere, "membagikan informasi sebelum diumumkan secara resmi", "Informasi yang belum pasti sempat beredar."},
			{amongUs, "kurang yakin menjalankan keputusan bersama", "Pelaksanaan keputusan menjadi kurang serempak."},
			{habitual, "meninggalkan {D} terbuka di meja yang mudah dilihat orang", "Kerahasiaan isinya perlu lebih dijaga."},
			{amongUs, "menyampaikan keberatan di grup percakapan, bukan kepada atasan", "Pembahasan melebar dan sulit diselesaikan."},
			{habitual, "jarang mengikuti kegiatan bersama di luar tugas pokok", "Rasa kebersamaan sedikit berkurang."},
		},
		[]string{"Hal ini dapat memengaruhi nama baik unit bila berulang.", "Kepercayaan rekan perlu dijaga bersama."},
		[]string{"Ke depan, keberatan baik disampaikan langsung lebih dahulu.", "Saran saya, simpan dokumen di tempat terkunci setelah bekerja.", "Baik bila menunggu pengumuman resmi sebelum membagikan kabar.", "Mari membaca kembali pedoman penanganan informasi bersama-sama."},
	},
	{ // Adaptif
		[]act{
			{amongUs, "memilih menunggu petunjuk sebelum mencoba cara baru", "Penyesuaian {T} menjadi lebih lambat."},
			{habitual, "masih memakai formulir lama setelah aturan berganti", "Sebagian {D} perlu diketik ulang."},
			{anywhere, "kesulitan menyesuaikan langkah ketika rencana berubah", "Rekan lain mengambil alih sebagian pekerjaan pada hari itu."},
			{amongUs, "menyampaikan masalah tanpa usul penyelesaian", "Pembahasan perlu diulang pada pertemuan berikutnya."},
			{habitual, "belum mencoba aplikasi yang sudah disiapkan", "Manfaat aplikasi itu belum terasa di bagian kami."},
			{habitual, "mengulang cara lama meskipun hasilnya kurang memuaskan", "Kendala yang sama muncul kembali bulan berikutnya."},
		},
		[]string{"Gagasan yang baik belum sempat diuji.", "Perubahan masih terasa berat bagi {T}."},
		[]string{"Ke depan, mulailah dari perubahan kecil yang dapat dicoba sepekan.", "Saran saya, sertakan satu usul setiap kali menyampaikan kendala.", "Baik bila belajar aplikasi didampingi rekan yang sudah terbiasa.", "Perubahan akan kami sampaikan lebih awal supaya ada waktu bersiap."},
	},
	{ // Kolaboratif
		[]act{
			{amongUs, "menyelesaikan rancangan sendiri sebelum meminta masukan", "Beberapa masukan penting datang terlambat."},
			{amongUs, "menyerahkan bahan berdekatan dengan waktu rapat", "Pembahasan berlangsung tanpa sempat membaca."},
			{amongUs, "belum melibatkan unit lain yang berkepentingan", "Unit lain merasa belum dilibatkan."},
			{habitual, "menyimpan data yang sebenarnya dibutuhkan {T}", "Pekerjaan yang sama dikerjakan dua kali."},
			{amongUs, "menunggu diundang untuk ikut membahas", "Pengalaman yang berharga belum ikut mewarnai hasilnya."},
			{amongUs, "membagi tugas tanpa menanyakan kesanggupan rekan", "Sebagian tugas perlu dibagi ulang."},
		},
		[]string{"{T1} perlu waktu tambahan untuk menyamakan langkah.", "Potensi rekan yang lain belum terpakai."},
		[]string{"Ke depan, undang pihak terkait sejak rancangan pertama.", "Saran saya, simpan bahan di folder bersama agar semua dapat melihat.", "Baik bila pembagian tugas dibicarakan singkat di awal pekan.", "Mari mencoba satu kegiatan bersama unit lain pada triwulan depan."},
	},
}
