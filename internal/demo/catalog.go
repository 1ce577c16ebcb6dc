package demo

// setting is the kind of work place, which comments and jobs fit.
type setting uint8

const (
	settingOffice setting = iota
	settingSchool
	settingHealth
	settingCounter
	settingField
)

// shape is how the units below a dinas are laid out.
type shape uint8

const (
	shapeOffice shape = iota
	shapeSecretariat
	shapeEducation
	shapeHealth
	shapeDistrict
)

// dinasSpec describes one unit of the top level.
type dinasSpec struct {
	name     string
	head     string // title of its head
	weight   int    // people in a city of 3,520
	shape    shape
	setting  setting
	bidang   []string // what its divisions are about
	division string   // what a division is called: Bidang, Bagian, Inspektur Pembantu
	section  string   // what a section is called
	jobs     []string // functional positions typical for it, see jobs.go
}

// dinasSpecs lists the units in the order in which a growing city gets them.
var dinasSpecs = []dinasSpec{
	{name: "Sekretariat Daerah", head: "Sekretaris Daerah", weight: 130, shape: shapeSecretariat, division: "Bagian", section: "Subbagian",
		bidang: []string{"Tata Pemerintahan", "Kesejahteraan Rakyat", "Hukum", "Perekonomian", "Administrasi Pembangunan", "Pengadaan Barang dan Jasa", "Umum", "Organisasi", "Protokol dan Komunikasi Pimpinan"},
		jobs:   []string{"Analis Kebijakan", "Perancang Peraturan Perundang-undangan", "Pengelola Pengadaan Barang/Jasa", "Pranata Hubungan Masyarakat"}},
	{name: "Inspektorat", head: "Inspektur", weight: 45, division: "Inspektur Pembantu", section: "Tim",
		bidang: []string{"Wilayah I", "Wilayah II", "Wilayah III", "Khusus"},
		jobs:   []string{"Auditor", "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah", "Auditor"}},
	{name: "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", weight: 50,
		bidang: []string{"Pengadaan, Pemberhentian dan Informasi", "Mutasi dan Promosi", "Pengembangan Kompetensi Aparatur", "Penilaian Kinerja Aparatur dan Penghargaan"},
		jobs:   []string{"Analis Sumber Daya Manusia Aparatur", "Asesor Sumber Daya Manusia Aparatur", "Analis Sumber Daya Manusia Aparatur"}},
	{name: "Dinas Pendidikan dan Kebudayaan", weight: 1200, shape: shapeEducation,
		bidang: []string{"Pembinaan SD", "Pembinaan SMP", "Pembinaan PAUD dan Pendidikan Nonformal", "Kebudayaan"},
		jobs:   []string{"Analis Kebijakan", "Pamong Budaya", "Pengembang Teknologi Pembelajaran"}},
	{name: "Dinas Kesehatan", weight: 560, shape: shapeHealth,
		bidang: []string{"Kesehatan Masyarakat", "Pencegahan dan Pengendalian Penyakit", "Pelayanan Kesehatan", "Sumber Daya Kesehatan"},
		jobs:   []string{"Administrator Kesehatan", "Epidemiolog Kesehatan", "Penyuluh Kesehatan Masyarakat"}},
	{name: "Dinas Koperasi, UKM dan Tenaga Kerja", weight: 60,
		bidang: []string{"Kelembagaan dan Pengawasan Koperasi", "Penempatan dan Pelatihan Tenaga Kerja", "Pemberdayaan Usaha Mikro", "Hubungan Industrial"},
		jobs:   []string{"Pengawas Koperasi", "Pengantar Kerja", "Mediator Hubungan Industrial"}},
	{name: "Kecamatan Guguk Panjang", head: "Camat Guguk Panjang", weight: 90, shape: shapeDistrict, setting: settingCounter},
	{name: "Dinas Kependudukan dan Pencatatan Sipil", weight: 45, setting: settingCounter,
		bidang: []string{"Pelayanan Pendaftaran Penduduk", "Pelayanan Pencatatan Sipil", "Pengelolaan Informasi Administrasi Kependudukan"},
		jobs:   []string{"Administrator Database Kependudukan", "Pranata Komputer"}},
	{name: "Dinas Komunikasi dan Informatika", weight: 45,
		bidang: []string{"Informasi dan Komunikasi Publik", "Aplikasi Informatika", "Statistik dan Persandian"},
		jobs:   []string{"Pranata Komputer", "Pranata Hubungan Masyarakat", "Statistisi"}},
	{name: "Satuan Polisi Pamong Praja", head: "Kepala Satuan Polisi Pamong Praja", weight: 140, setting: settingField, section: "Peleton",
		bidang: []string{"Penegakan Peraturan Daerah", "Ketertiban Umum dan Ketenteraman Masyarakat", "Pelindungan Masyarakat"},
		jobs:   []string{"Polisi Pamong Praja"}},
	{name: "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", weight: 40, setting: settingCounter,
		bidang: []string{"Penanaman Modal", "Pelayanan Perizinan", "Pengaduan, Kebijakan dan Pelaporan Layanan"},
		jobs:   []string{"Penata Perizinan", "Analis Kebijakan"}},
	{name: "Kecamatan Mandiangin Koto Selayan", head: "Camat Mandiangin Koto Selayan", weight: 105, shape: shapeDistrict, setting: settingCounter},
	{name: "Kecamatan Aur Birugo Tigo Baleh", head: "Camat Aur Birugo Tigo Baleh", weight: 90, shape: shapeDistrict, setting: settingCounter},
	{name: "Badan Keuangan", weight: 75,
		bidang: []string{"Anggaran", "Perbendaharaan dan Akuntansi", "Pendapatan", "Pengelolaan Barang Milik Daerah"},
		jobs:   []string{"Analis Keuangan Pusat dan Daerah", "Pemeriksa Pajak Daerah", "Pranata Keuangan"}},
	{name: "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah", weight: 50,
		bidang: []string{"Perencanaan, Pengendalian dan Evaluasi", "Pemerintahan dan Pembangunan Manusia", "Perekonomian, Infrastruktur dan Kewilayahan", "Penelitian dan Pengembangan"},
		jobs:   []string{"Perencana", "Analis Kebijakan"}},
	{name: "Dinas Pekerjaan Umum dan Penataan Ruang", weight: 80,
		bidang: []string{"Bina Marga", "Sumber Daya Air", "Cipta Karya", "Penataan Ruang"},
		jobs:   []string{"Teknik Jalan dan Jembatan", "Teknik Pengairan", "Penata Ruang"}},
	{name: "Dinas Perumahan dan Kawasan Permukiman", weight: 50,
		bidang: []string{"Perumahan", "Kawasan Permukiman", "Pertanahan"},
		jobs:   []string{"Teknik Tata Bangunan dan Perumahan", "Penata Ruang"}},
	{name: "Dinas Pemadam Kebakaran dan Penyelamatan", weight: 85, setting: settingField, section: "Regu",
		bidang: []string{"Pencegahan Kebakaran", "Pemadaman dan Penyelamatan", "Sarana dan Prasarana"},
		jobs:   []string{"Pemadam Kebakaran", "Analis Kebakaran"}},
	{name: "Dinas Sosial", weight: 40,
		bidang: []string{"Pemberdayaan Sosial", "Rehabilitasi Sosial", "Perlindungan dan Jaminan Sosial"},
		jobs:   []string{"Pekerja Sosial", "Penyuluh Sosial"}},
	{name: "Dinas Pemberdayaan Perempuan dan Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana", weight: 50,
		bidang: []string{"Pemberdayaan Perempuan", "Perlindungan Anak", "Pengendalian Penduduk", "Keluarga Berencana"},
		jobs:   []string{"Penyuluh Keluarga Berencana", "Pekerja Sosial"}},
	{name: "Dinas Pertanian dan Pangan", weight: 60,
		bidang: []string{"Tanaman Pangan dan Hortikultura", "Peternakan dan Kesehatan Hewan", "Perikanan", "Ketahanan Pangan"},
		jobs:   []string{"Penyuluh Pertanian", "Medik Veteriner", "Analis Ketahanan Pangan"}},
	{name: "Dinas Lingkungan Hidup", weight: 110, setting: settingField,
		bidang: []string{"Penataan dan Penaatan Lingkungan", "Pengelolaan Sampah", "Pengendalian Pencemaran", "Pertamanan"},
		jobs:   []string{"Pengendali Dampak Lingkungan", "Pengawas Lingkungan Hidup"}},
	{name: "Dinas Perhubungan", weight: 75, setting: settingField,
		bidang: []string{"Lalu Lintas", "Angkutan", "Prasarana dan Keselamatan"},
		jobs:   []string{"Penguji Kendaraan Bermotor", "Analis Kebijakan"}},
	{name: "Dinas Pariwisata", weight: 50,
		bidang: []string{"Destinasi Pariwisata", "Pemasaran Pariwisata", "Ekonomi Kreatif"},
		jobs:   []string{"Adyatama Kepariwisataan dan Ekonomi Kreatif", "Analis Kebijakan"}},
	{name: "Dinas Perdagangan dan Perindustrian", weight: 60, setting: settingField,
		bidang: []string{"Pengelolaan Pasar", "Perdagangan", "Perindustrian", "Kemetrologian"},
		jobs:   []string{"Pengawas Perdagangan", "Penera", "Penyuluh Perindustrian dan Perdagangan"}},
	{name: "Sekretariat DPRD", head: "Sekretaris DPRD", weight: 45, division: "Bagian", section: "Subbagian",
		bidang: []string{"Persidangan dan Perundang-undangan", "Fasilitasi Penganggaran dan Pengawasan", "Program dan Keuangan"},
		jobs:   []string{"Perisalah Legislatif", "Perancang Peraturan Perundang-undangan"}},
	{name: "Dinas Perpustakaan dan Kearsipan", weight: 35,
		bidang: []string{"Perpustakaan", "Kearsipan"},
		jobs:   []string{"Pustakawan", "Arsiparis"}},
	{name: "Dinas Pemuda dan Olahraga", weight: 35,
		bidang: []string{"Kepemudaan", "Olahraga"},
		jobs:   []string{"Analis Kebijakan", "Pelatih Olahraga"}},
	{name: "Badan Kesatuan Bangsa dan Politik", weight: 30,
		bidang: []string{"Ideologi dan Wawasan Kebangsaan", "Politik Dalam Negeri dan Organisasi Kemasyarakatan"},
		jobs:   []string{"Analis Kebijakan", "Pranata Hubungan Masyarakat"}},
}

// kelurahan lists the kelurahan of each kecamatan.
var kelurahan = []struct {
	kecamatan string
	names     []string
}{
	{"Guguk Panjang", []string{"Aur Tajungkang Tengah Sawah", "Benteng Pasar Atas", "Bukit Apit Puhun", "Bukit Cangang Kayu Ramang", "Kayu Kubu", "Pakan Kurai", "Tarok Dipo"}},
	{"Mandiangin Koto Selayan", []string{"Campago Guguk Bulek", "Campago Ipuh", "Garegeh", "Koto Selayan", "Kubu Gulai Bancah", "Manggis Ganting", "Pulai Anak Air", "Puhun Pintu Kabun", "Puhun Tembok"}},
	{"Aur Birugo Tigo Baleh", []string{"Aur Kuning", "Belakang Balok", "Birugo", "Ladang Cakiah", "Kubu Tanjung", "Pakan Labuah", "Parit Antang", "Sapiran"}},
}

var puskesmasNames = []string{"Guguk Panjang", "Mandiangin", "Gulai Bancah", "Tigo Baleh", "Tarok", "Campago", "Birugo"}

var sekretariatParts = []string{"Umum dan Kepegawaian", "Keuangan", "Perencanaan, Evaluasi dan Pelaporan"}

var districtParts = []string{"Pemerintahan", "Ketenteraman dan Ketertiban", "Pemberdayaan Masyarakat", "Pelayanan Umum"}

var assistants = []string{"Pemerintahan dan Kesejahteraan Rakyat", "Perekonomian dan Pembangunan", "Administrasi Umum"}

var clinicParts = []string{"Subbagian Tata Usaha", "Klaster Ibu dan Anak", "Klaster Usia Dewasa dan Lanjut Usia", "Klaster Penanggulangan Penyakit Menular", "Klaster Lintas Layanan"}

var hospitalParts = []string{"Bagian Tata Usaha", "Instalasi Gawat Darurat", "Instalasi Rawat Inap", "Instalasi Rawat Jalan", "Instalasi Farmasi", "Instalasi Laboratorium", "Instalasi Bedah Sentral", "Instalasi Radiologi"}
