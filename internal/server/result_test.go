package server

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

// TestResult: what the employee, the supervisor and HR read of a result.
func TestResult(t *testing.T) {
	w := filling()
	m := w.as(t, appraisal.RoleEmployee)
	year := strconv.Itoa(w.year - 1)
	m.get(t, path.Results).want(t, 200).says(t, "Hasil penilaian "+year, path.Result(w.year-1)).lacks(t, `href="`+path.Result(w.year)+`"`)
	m.get(t, path.Result(w.year-1)).want(t, 200).says(t, "Hasil penilaian Anda "+year)
	m.get(t, path.ResultOf(w.year-1, m.Employee)).leads(t, path.Result(w.year-1))
	m.get(t, path.ResultOf(2001, m.Employee)).leads(t, path.Result(2001))

	name := scalar[string](t, w, "SELECT name FROM employees WHERE id = $1", m.Employee)
	boss := w.employee(t, scalar[appraisal.EmployeeID](t, w, `SELECT p.supervisor_id FROM participants p JOIN cycles c ON c.id = p.cycle_id
		WHERE p.employee_id = $1 AND c.year = $2`, m.Employee, w.year-1))
	boss.get(t, path.ResultOf(w.year-1, m.Employee)).want(t, 200).says(t, name).lacks(t, "Hasil penilaian Anda")
	w.as(t, appraisal.RoleHRCity).get(t, path.ResultOf(w.year-1, m.Employee)).want(t, 200).says(t, name).lacks(t, "Hasil penilaian Anda")
}

// TestResultAnonymous: nobody but HR of the city, the auditor, the supervisor
// and the person can tell whether a result exists.
func TestResultAnonymous(t *testing.T) {
	w := filling()
	same := func(r appraisal.Role, one, two string) {
		t.Helper()
		m := w.as(t, r)
		a, b := m.get(t, one).want(t, 404), m.get(t, two).want(t, 404)
		if unnumbered(a) != unnumbered(b) {
			t.Errorf("%s tells %s from %s", r, one, two)
		}
	}
	stranger := w.stranger(t)
	form := w.form(t, stranger, appraisal.KindSelf)
	for _, r := range []appraisal.Role{appraisal.RoleEmployee, appraisal.RoleSupervisor, appraisal.RoleHRDinas, appraisal.RoleHead} {
		same(r, path.ResultOf(w.year-1, stranger), path.ResultOf(w.year-1, 1<<40))
		same(r, path.Review(form), path.Review(1<<40))
		same(r, path.ReviewCheck(form), path.ReviewCheck(1<<40))
	}
	same(appraisal.RoleSupervisor, path.Evaluation(stranger), path.Evaluation(1<<40))
	other := appraisal.UnitID(w.otherDinas(t, w.as(t, appraisal.RoleHead)))
	same(appraisal.RoleHead, path.Dinas(other, w.year-1), path.Dinas(1<<40, w.year-1))
}

// unnumbered is an answer without its request id.
func unnumbered(a *answer) string {
	return strings.ReplaceAll(a.text, a.Header().Get("X-Request-Id"), "")
}

func TestDinas(t *testing.T) {
	w := filling()
	m := w.as(t, appraisal.RoleHRDinas)
	own, others := w.dinasOf(t, m), w.otherDinas(t, m)
	name := func(id int64) string { return scalar[string](t, w, "SELECT name FROM units WHERE id = $1", id) }
	m.get(t, path.DinasList).want(t, 200).says(t, name(own)).lacks(t, name(others))
	city := w.as(t, appraisal.RoleHRCity)
	city.get(t, path.DinasList).want(t, 200).says(t, name(own), name(others))
	city.get(t, path.Dinas(appraisal.UnitID(own), w.year-1)).want(t, 200).says(t, name(own))
	for _, year := range []string{"x", "02025", "99999999999999999999", "2025.0", "-1", "2201"} {
		city.get(t, path.DinasList+"?tahun="+year).want(t, 404)
		city.get(t, path.DinasList+"/"+strconv.FormatInt(own, 10)+"?tahun="+year).want(t, 404)
		city.get(t, path.DinasList+".csv?tahun="+year).want(t, 404)
	}
}

func TestDownload(t *testing.T) {
	w := filling()
	year := w.year - 1
	city, m := w.as(t, appraisal.RoleHRCity), w.as(t, appraisal.RoleHRDinas)
	own := appraisal.UnitID(w.dinasOf(t, m))
	name := scalar[string](t, w, "SELECT name FROM units WHERE id = $1", own)
	dinas := scalar[int](t, w, "SELECT count(DISTINCT dinas_id) FROM participants p JOIN cycles c ON c.id = p.cycle_id WHERE c.year = $1", year)

	csvOf := func(a *answer, file string) [][]string {
		t.Helper()
		a.want(t, 200)
		wantFile(t, a, "text/csv; charset=utf-8", file)
		body, ok := strings.CutPrefix(a.text, "\ufeff")
		if !ok {
			t.Errorf("%s: no byte order mark", a.request)
		}
		r := csv.NewReader(strings.NewReader(body))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", a.request, err)
		}
		return rows
	}
	list := "hasil-dinas-" + strconv.Itoa(year)
	rows := csvOf(city.get(t, path.DinasFile(year, "csv")), list+".csv")
	if len(rows) != dinas+1 || rows[0][0] != "Perangkat daerah" {
		t.Errorf("%d rows for %d dinas: %v", len(rows), dinas, rows[0])
	}
	rows = csvOf(m.get(t, path.DinasFile(year, "csv")), list+".csv")
	if len(rows) != 2 || rows[1][0] != name {
		t.Errorf("HR of %s gets %v", name, rows)
	}
	one := "hasil-" + slug(name) + "-" + strconv.Itoa(year)
	rows = csvOf(m.get(t, path.DinasOneFile(own, year, "csv")), one+".csv")
	if len(rows) != 2 || rows[1][0] != name || rows[1][1] != strconv.Itoa(year) {
		t.Errorf("%v", rows)
	}

	for at, file := range map[string]string{path.DinasFile(year, "xlsx"): list, path.DinasOneFile(own, year, "xlsx"): one} {
		a := city.get(t, at).want(t, 200)
		wantFile(t, a, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file+".xlsx")
		f, err := excelize.OpenReader(bytes.NewReader(a.Body.Bytes()))
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		if got, err := f.GetRows("Hasil"); err != nil || len(got) < 2 || got[0][0] != "Perangkat daerah" {
			t.Errorf("%s: %d rows, %v", at, len(got), err)
		}
		f.Close()
	}
}

func wantFile(t *testing.T, a *answer, media, name string) {
	t.Helper()
	h := a.Header()
	for header, want := range map[string]string{
		"Content-Type": media, "Content-Disposition": `attachment; filename="` + name + `"`,
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
	} {
		if got := h.Get(header); got != want {
			t.Errorf("%s: %s is %q, want %q", a.request, header, got, want)
		}
	}
	if a.Code != http.StatusOK {
		t.Errorf("%s: %d", a.request, a.Code)
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Dinas Kependudukan dan Pencatatan Sipil": "dinas-kependudukan-dan-pencatatan-sipil",
		`UPT "Pasar" / Ateh; \r\nX-Evil: 1`:       "upt-pasar-ateh-r-nx-evil-1",
		"":                                        "",
	} {
		if got := slug(name); got != want {
			t.Errorf("slug(%q) = %q, want %q", name, got, want)
		}
	}
}
