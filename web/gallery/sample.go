package gallery

import (
	"time"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/path"
)

// All people here are invented samples for review.

// sampleNow is the moment at which every state is shown.
var sampleNow = time.Date(2026, time.December, 2, 7, 3, 0, 0, time.UTC)

func sampleChrome() layout.Chrome {
	return layout.Chrome{
		City:  "Kota Bukittinggi",
		Actor: layout.Actor{Name: "Rina Marlina, S.Kom.", Role: "Pranata Komputer Ahli Muda", Initials: "RM"},
		Menu: []layout.MenuItem{
			{Text: "Beranda", Href: path.Home, Count: "4", Current: true},
			{Text: "Hasil saya", Href: path.Results},
			{Text: "Tim saya", Href: path.Team},
		},
		Demo: true, Version: "0.1.0",
	}
}

// sampleVisitor is the frame for those who have not signed in.
func sampleVisitor() layout.Chrome {
	return layout.Chrome{City: "Kota Bukittinggi", Demo: true, Version: "0.1.0"}
}

func sampleCycle(stage appraisal.Stage) appraisal.Cycle {
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	c := appraisal.Cycle{
		ID: 3, Year: 2026, Stage: stage, Version: 1,
		Opens: day(time.November, 9), FormsDue: day(time.December, 5), EvaluationDue: day(time.December, 19),
	}
	if stage == appraisal.StagePublished {
		c.PublishedRun, c.PublishedAt = 7, day(time.December, 22)
	}
	return c
}

// sampleRules are rules as they may be; no page depends on these numbers.
var sampleRules = appraisal.Rules{
	ID: 1, Version: "2024.1", Scheme: appraisal.SchemeThreeSources,
	MinPeers: 3, MinSubordinates: 3, MinMerged: 3, InvitedPeers: 5, MaxPeers: 6,
	MinAnswered: appraisal.NewRatio(2, 3), MinBehaviours: 5,
	Meets: appraisal.NewRatio(5, 2), Above: appraisal.NewRatio(7, 2),
	MinMeanGroup: 5, MinDistributionGroup: 10,
}

// sampleBehaviours are the core values with their statements.
var sampleBehaviours = []struct {
	code, name string
	statements []string
}{
	{"BP", "Berorientasi Pelayanan", []string{
		"Memahami dan memenuhi kebutuhan masyarakat",
		"Ramah, cekatan, solutif, dan dapat diandalkan",
		"Melakukan perbaikan tiada henti",
	}},
	{"AK", "Akuntabel", []string{
		"Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
		"Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
		"Tidak menyalahgunakan kewenangan jabatan",
	}},
	{"KM", "Kompeten", []string{
		"Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
		"Membantu orang lain belajar",
		"Melaksanakan tugas dengan kualitas terbaik",
	}},
	{"HR", "Harmonis", []string{
		"Menghargai setiap orang apa pun latar belakangnya",
		"Suka menolong orang lain",
		"Membangun lingkungan kerja yang kondusif",
	}},
	{"LY", "Loyal", []string{
		"Memegang teguh ideologi Pancasila, Undang-Undang Dasar Negara Republik Indonesia Tahun 1945, setia kepada Negara Kesatuan Republik Indonesia serta pemerintahan yang sah",
		"Menjaga nama baik sesama ASN, Pimpinan, Instansi, dan Negara",
		"Menjaga rahasia jabatan dan negara",
	}},
	{"AD", "Adaptif", []string{
		"Cepat menyesuaikan diri menghadapi perubahan",
		"Terus berinovasi dan mengembangkan kreativitas",
		"Bertindak proaktif",
	}},
	{"KL", "Kolaboratif", []string{
		"Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
		"Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
		"Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
	}},
}

// sampleInstrument is the instrument of 21 statements.
func sampleInstrument() appraisal.Instrument {
	in := appraisal.Instrument{ID: 1, Code: "berakhlak-21", Version: 1}
	for _, b := range sampleBehaviours {
		x := appraisal.Behaviour{Code: b.code, Name: b.name}
		for _, s := range b.statements {
			x.Items = append(x.Items, appraisal.Item{Text: s})
		}
		in.Behaviours = append(in.Behaviours, x)
	}
	return in
}

// sampleShortInstrument is the instrument of 7 values.
func sampleShortInstrument() appraisal.Instrument {
	in := appraisal.Instrument{ID: 2, Code: "berakhlak-7", Version: 1}
	for _, b := range sampleBehaviours {
		in.Behaviours = append(in.Behaviours, appraisal.Behaviour{
			Code: b.code, Name: b.name, Items: []appraisal.Item{{Text: b.name}}, Anchors: b.statements,
		})
	}
	return in
}
