package text

import (
	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// Group is the name of a group of raters.
func Group(g scoring.Group) string {
	switch g {
	case scoring.GroupSelf:
		return "Diri sendiri"
	case scoring.GroupSupervisor:
		return "Atasan"
	case scoring.GroupPeer:
		return "Rekan kerja"
	case scoring.GroupSubordinate:
		return "Bawahan"
	case scoring.GroupMerged:
		return "Rekan kerja dan bawahan"
	}
	return ""
}

// Case says which groups made an index.
func Case(c scoring.Case) string {
	switch c {
	case scoring.CaseComplete:
		return "Semua kelompok penilai terhitung."
	case scoring.CaseMerged:
		return "Rekan kerja dan bawahan dihitung sebagai satu kelompok karena masing-masing belum cukup."
	case scoring.CaseMergedWithoutSelf:
		return "Rekan kerja dan bawahan dihitung sebagai satu kelompok karena masing-masing belum cukup. Penilaian diri tidak ada."
	case scoring.CaseWithoutSelf:
		return "Penilaian diri tidak ada; bobotnya terbagi kepada kelompok lain."
	case scoring.CaseWithoutPeers:
		return "Umpan balik rekan kerja belum cukup, jadi tidak dipakai dan tidak ditampilkan."
	case scoring.CaseWithoutSubordinates:
		return "Umpan balik bawahan belum cukup, jadi tidak dipakai dan tidak ditampilkan."
	case scoring.CaseWithoutSeveral:
		return "Beberapa kelompok penilai belum cukup, jadi tidak dipakai dan tidak ditampilkan."
	case scoring.CaseNoSupervisor:
		return "Penilaian atasan belum ada, jadi indeks belum dapat dihitung. Atasan Pejabat Penilai Kinerja mengambil alih."
	}
	return ""
}

// Gap says how the own view lies to that of the others; "" where one is missing.
func Gap(g scoring.Gap) string {
	switch g {
	case scoring.GapHigher:
		return "Anda memandang diri lebih tinggi daripada orang lain memandang Anda"
	case scoring.GapAligned:
		return "Pandangan sejalan"
	case scoring.GapLower:
		return "Orang lain memandang Anda lebih tinggi daripada Anda sendiri"
	}
	return ""
}

// Scheme is the name of a scheme of weights.
func Scheme(s appraisal.Scheme) string {
	switch s.Code {
	case appraisal.SchemeThreeSources.Code:
		return "Tiga sumber"
	case appraisal.SchemeRegional.Code:
		return "Praktik daerah 60/40"
	case appraisal.SchemeSupervisor.Code:
		return "Atasan saja"
	default:
		return "Skema sendiri"
	}
}
