package exchange

import (
	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// hidden stands for a number that rests on too few people to be shown.
const hidden = "disembunyikan"

// City is the results of units in their years as a table, one row for each.
// Numbers that were removed for resting on too few people stay removed.
func City(units []scoring.UnitYear, in appraisal.Instrument) Table {
	t := Table{Name: "Hasil", Headers: []string{"Perangkat daerah", "Tahun", "Pegawai"}}
	for _, kind := range kinds {
		t.Headers = append(t.Headers, "Diundang: "+kind, "Terkirim: "+kind)
	}
	t.Headers = append(t.Headers, "Pegawai berindeks", "Atasan di balik indeks", "Rata-rata indeks perilaku")
	for _, b := range in.Behaviours {
		t.Headers = append(t.Headers, b.Name, b.Name+": atasan")
	}
	t.Headers = append(t.Headers, "Capaian kinerja organisasi", "Capaian dari tahun")
	for _, p := range predikats {
		t.Headers = append(t.Headers, "Predikat "+p)
	}
	t.Headers = append(t.Headers, "Hal berbeda dari pola distribusi")
	for _, u := range units {
		t.Rows = append(t.Rows, unitRow(u, len(in.Behaviours)))
	}
	return t
}

// kinds, predikats and orgs are the official words in the order of the domain's lists.
var (
	kinds     = [4]string{"diri", "atasan", "rekan", "bawahan"}
	predikats = [5]string{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang"}
	orgs      = map[appraisal.OrgPredikat]string{
		appraisal.OrgIstimewa: "Istimewa", appraisal.OrgBaik: "Baik", appraisal.OrgButuhPerbaikan: "Butuh Perbaikan",
		appraisal.OrgKurang: "Kurang", appraisal.OrgSangatKurang: "Sangat Kurang",
	}
)

func unitRow(u scoring.UnitYear, behaviours int) []Cell {
	row := []Cell{Text(u.Unit.Name), Year(u.Year), Number(u.Result.People)}
	for i := range kinds {
		row = append(row, Number(u.Result.Invited[i]), Number(u.Result.Sent[i]))
	}
	row = append(row, mean(u.Result.Index, u.MeansHidden)...)
	for b := range behaviours {
		m := scoring.UnitMean{}
		if b < len(u.Result.Behaviours) {
			m = u.Result.Behaviours[b]
		}
		cells := mean(m, u.MeansHidden || u.Run != 0 && !m.Mean.Valid())
		row = append(row, cells[2], cells[1])
	}
	row = append(row, Text(orgs[u.Org]))
	if u.OrgYear != 0 {
		row = append(row, Year(u.OrgYear))
	} else {
		row = append(row, Cell{})
	}
	for _, p := range appraisal.Predikats {
		if u.DistributionHidden {
			row = append(row, Text(hidden))
		} else {
			row = append(row, Number(u.Distribution[p]))
		}
	}
	if u.DistributionHidden {
		return append(row, Text(hidden))
	}
	return append(row, Number(len(u.Unmet)))
}

// mean returns people, supervisors and the mean to two decimals.
func mean(m scoring.UnitMean, isHidden bool) []Cell {
	switch {
	case isHidden:
		return []Cell{Text(hidden), Text(hidden), Text(hidden)}
	case !m.Mean.Valid():
		return []Cell{Number(0), Number(0), {}}
	}
	return []Cell{Number(m.People), Number(m.Supervisors), Decimal(m.Mean.Round(2), 2)}
}
