package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"rancak/internal/appraisal"
	"rancak/web/asset"
	"rancak/web/path"
)

// The tables say who gets what from which address: 303 leads on (nobody to the
// sign-in page), 401 asks to sign in, 403 is for other roles, 404 is not
// theirs, 409 and 422 passed every check of who may. A dash: there is no such
// thing for that role. What an object means is in objects.
//
// matrixFilling is the city with open forms; the year before is published.
const matrixFilling = `
                                                 object        nobody employee supervisor reviewer head hr_dinas hr_city auditor admin
GET  /healthz                                    -                200      200        200      200  200      200     200     200   200
GET  /readyz                                     -                200      200        200      200  200      200     200     200   200
*    /aset/*                                     file             200      200        200      200  200      200     200     200   200
GET  /masuk                                      -                200      303        303      303  303      303     303     303   303
POST /masuk                                      -                422      422        422      422  422      422     422     422   422
POST /keluar                                     -                303      303        303      303  303      303     303     303   303
GET  /masuk/lanjutkan                            -                303      303        303      303  303      303     303     303   303
POST /sesi/perpanjang                            -                401      303        303      303  303      303     303     303   303
GET  /bantuan                                    -                200      200        200      200  200      200     200     200   200
GET  /bantuan/penghitungan                       -                200      200        200      200  200      200     200     200   200
GET  /privasi                                    -                200      200        200      200  200      200     200     200   200
GET  /                                           -                303      200        200      200  200      200     200     200   200

GET  /penilaian/{id}                             own-form           -      200        200      200  200      200     200     200     -
GET  /penilaian/{id}                             other-form       303      404        404      404  404      404     404     404   403
GET  /penilaian/{id}                             form-about-me      -      404        404      404  404      404     404     404     -
POST /penilaian/{id}                             own-form           -      303        303      303  303      303     303     303     -
POST /penilaian/{id}                             other-form       401      404        404      404  404      404     404     404   403
POST /penilaian/{id}/simpan                      own-form           -      404        404      404  404      404     404     404     -
POST /penilaian/{id}/simpan                      other-form       401      404        404      404  404      404     404     404   403
GET  /penilaian/{id}/periksa                     own-form           -      200        200      200  200      200     200     200     -
GET  /penilaian/{id}/periksa                     other-form       303      404        404      404  404      404     404     404   403
GET  /penilaian/{id}/periksa                     form-about-me      -      404        404      404  404      404     404     404     -
POST /penilaian/{id}/kirim                       own-form           -      422        422      422  422      422     422     422     -
POST /penilaian/{id}/kirim                       other-form       401      404        404      404  404      404     404     404   403
POST /penilaian/{id}/ubah                        own-form           -      303        303      303  303      303     303     303     -
POST /penilaian/{id}/ubah                        other-form       401      404        404      404  404      404     404     404   403
GET  /penilaian/{id}/terkirim                    own-form           -      303        303      303  303      303     303     303     -
GET  /penilaian/{id}/terkirim                    other-form       303      404        404      404  404      404     404     404   403

GET  /hasil                                      -                303      200        200      200  200      200     200     200   403
GET  /hasil/{tahun}                              published        303      200        200      200  200      200     200     200   403
GET  /hasil/{tahun}                              current          303      404        404      404  404      404     404     404   403
GET  /hasil/{tahun}                              never            303      404        404      404  404      404     404     404   403
GET  /hasil/{tahun}/pegawai/{id}                 self               -      303        303      303  303      303     303     303     -
GET  /hasil/{tahun}/pegawai/{id}                 team               -        -        200      200  200        -       -       -     -
GET  /hasil/{tahun}/pegawai/{id}                 stranger         303      404        404      404  404      404     200     200   404
GET  /hasil/{tahun}/pegawai/{id}                 stranger-now     303      404        404      404  404      404     404     404   404

GET  /tim                                        -                303      403        200      200  200      403     403     403   403
GET  /tim/{id}/evaluasi                          team-now           -        -        200      200  200        -       -       -     -
GET  /tim/{id}/evaluasi                          stranger-now     303      403        404      404  404      403     403     403   403
GET  /tim/{id}/evaluasi                          self-now           -      403        404      404  404      403     403     403     -
POST /tim/{id}/evaluasi/awal                     team-now           -        -        409      409  409        -       -       -     -
POST /tim/{id}/evaluasi/awal                     stranger-now     401      403        404      404  404      403     403     403   403
POST /tim/{id}/evaluasi/tetapkan                 team-now           -        -        409      409  409        -       -       -     -
POST /tim/{id}/evaluasi/tetapkan                 stranger-now     401      403        404      404  404      403     403     403   403
POST /tim/{id}/evaluasi/ubah                     team-now           -        -        409      409  409        -       -       -     -
POST /tim/{id}/evaluasi/ubah                     stranger-now     401      403        404      404  404      403     403     403   403

GET  /siklus                                     -                303      403        403      403  403      200     200     200   403
GET  /siklus/{tahun}                             current          303      403        403      403  403      200     200     200   403
GET  /siklus/{tahun}                             published        303      403        403      403  403      200     200     200   403
GET  /siklus/{tahun}                             never            303      403        403      403  403      404     404     404   403
POST /siklus/{tahun}/tahap                       current          401      403        403      403  403      403     409     403   403
POST /siklus/{tahun}/terbitkan                   current          401      403        403      403  403      403     409     403   403
POST /siklus/{tahun}/penghitungan                current          401      403        403      403  403      403     409     403   403
POST /siklus/{tahun}/penghitungan                published        401      403        403      403  403      403     409     403   403
GET  /siklus/{tahun}/penghitungan/{id}           run              303      403        403      403  403      200     200     200   403
GET  /siklus/{tahun}/penghitungan/{id}           run-astray       303      403        403      403  403      404     404     404   403
GET  /siklus/{tahun}/penghitungan/{id}/keadaan   run              303      403        403      403  403      303     303     303   403
GET  /siklus/{tahun}/penghitungan/{id}/keadaan   run-astray       303      403        403      403  403      404     404     404   403
POST /siklus/{tahun}/penghitungan/{id}/batalkan  run              401      403        403      403  403      403     409     403   403
POST /siklus/{tahun}/penghitungan/{id}/batalkan  run-astray       401      403        403      403  403      403     404     403   403
POST /siklus/{tahun}/penghitungan/{id}/lanjutkan run              401      403        403      403  403      403     409     403   403
POST /siklus/{tahun}/penghitungan/{id}/lanjutkan run-astray       401      403        403      403  403      403     404     403   403

GET  /hasil/dinas                                -                303      403        403      403  200      200     200     200   403
GET  /hasil/dinas                                published        303      403        403      403  200      200     200     200   403
GET  /hasil/dinas                                current          303      403        403      403  404      404     404     404   403
GET  /hasil/dinas.xlsx                           -                303      403        403      403  200      200     200     200   403
GET  /hasil/dinas.csv                            -                303      403        403      403  200      200     200     200   403
GET  /hasil/dinas.csv                            current          303      403        403      403  404      404     404     404   403
GET  /hasil/dinas/{id}                           dinas              -        -          -        -  200      200     200     200     -
GET  /hasil/dinas/{id}                           other-dinas      303      403        403      403  404      404     200     200   403
GET  /hasil/dinas/{id}                           division         303      403        403      403  404      404     404     404   403
GET  /hasil/dinas/{id}/unduh.xlsx                dinas              -        -          -        -  200      200     200     200     -
GET  /hasil/dinas/{id}/unduh.xlsx                other-dinas      303      403        403      403  404      404     200     200   403
GET  /hasil/dinas/{id}/unduh.csv                 dinas              -        -          -        -  200      200     200     200     -
GET  /hasil/dinas/{id}/unduh.csv                 other-dinas      303      403        403      403  404      404     200     200   403
`

// matrixEvaluating is what is otherwise once the forms are closed and a run is
// complete.
const matrixEvaluating = `
                                                 object        nobody employee supervisor reviewer head hr_dinas hr_city auditor admin
GET  /penilaian/{id}                             own-form           -      303        303      303  303      303     303     303     -
POST /penilaian/{id}                             own-form           -      409        409      409  409      409     409     409     -
GET  /penilaian/{id}/periksa                     own-form           -      200        200      200  200      200     200     200     -
POST /penilaian/{id}/kirim                       own-form           -      409        409      409  409      409     409     409     -
POST /penilaian/{id}/ubah                        own-form           -      409        409      409  409      409     409     409     -
GET  /hasil/{tahun}                              current          303      404        404      404  404      404     404     404   403
GET  /hasil/{tahun}/pegawai/{id}                 self-now           -      303        303      303  303      303     303     303     -
GET  /hasil/{tahun}/pegawai/{id}                 team-now           -        -        404      404  404        -       -       -     -
GET  /hasil/{tahun}/pegawai/{id}                 stranger-now     303      404        404      404  404      404     200     200   404
GET  /tim/{id}/evaluasi                          team-now           -        -        200      200  200        -       -       -     -
GET  /tim/{id}/evaluasi                          stranger-now     303      403        404      404  404      403     403     403   403
GET  /tim/{id}/evaluasi                          self-now           -      403        404      404  404      403     403     403     -
POST /tim/{id}/evaluasi/awal                     team-now           -        -        409      409  409        -       -       -     -
POST /tim/{id}/evaluasi/awal                     stranger-now     401      403        404      404  404      403     403     403   403
POST /tim/{id}/evaluasi/awal                     self-now           -      403        404      404  404      403     403     403     -
POST /tim/{id}/evaluasi/tetapkan                 team-now           -        -        409      409  409        -       -       -     -
POST /tim/{id}/evaluasi/tetapkan                 stranger-now     401      403        404      404  404      403     403     403   403
POST /tim/{id}/evaluasi/tetapkan                 self-now           -      403        404      404  404      403     403     403     -
POST /tim/{id}/evaluasi/ubah                     team-now           -        -        409      409  409        -       -       -     -
POST /tim/{id}/evaluasi/ubah                     stranger-now     401      403        404      404  404      403     403     403   403
GET  /siklus/{tahun}                             current          303      403        403      403  403      200     200     200   403
POST /siklus/{tahun}/tahap                       current          401      403        403      403  403      403     409     403   403
POST /siklus/{tahun}/terbitkan                   current          401      403        403      403  403      403     409     403   403
GET  /siklus/{tahun}/penghitungan/{id}           run-now          303      403        403      403  403      200     200     200   403
POST /siklus/{tahun}/penghitungan/{id}/batalkan  run-now          401      403        403      403  403      403     409     403   403
POST /siklus/{tahun}/penghitungan/{id}/lanjutkan run-now          401      403        403      403  403      403     409     403   403
GET  /hasil/dinas                                current          303      403        403      403  404      404     200     200   403
GET  /hasil/dinas.csv                            current          303      403        403      403  404      404     200     200   403
GET  /hasil/dinas/{id}                           dinas-now          -        -          -        -  404      404     200     200     -
GET  /hasil/dinas/{id}/unduh.csv                 dinas-now          -        -          -        -  404      404     200     200     -
`

// objects turn what a row is about into the values of {id} and {tahun}; id 0
// says that the role has no such thing.
var objects = map[string]func(t *testing.T, w *world, m *member) (id int64, year int){
	"-":    func(*testing.T, *world, *member) (int64, int) { return none, 0 },
	"file": func(*testing.T, *world, *member) (int64, int) { return none, 0 },

	// Forms: about oneself, of a stranger, and about oneself by another.
	"own-form": func(t *testing.T, w *world, m *member) (int64, int) {
		return int64(w.form(t, m.Employee, appraisal.KindSelf)), 0
	},
	"other-form": func(t *testing.T, w *world, _ *member) (int64, int) {
		return int64(w.form(t, w.stranger(t), appraisal.KindSelf)), 0
	},
	"form-about-me": func(t *testing.T, w *world, m *member) (int64, int) {
		return scalar[int64](t, w, `SELECT coalesce(min(r.id), 0) FROM reviews r JOIN cycles c ON c.id = r.cycle_id AND c.year = $2
			WHERE r.ratee_id = $1 AND r.rater_id <> $1`, m.Employee, w.year), 0
	},

	// People: oneself, one of the own team, one of nobody's team here. In the
	// published year, and now.
	"self":         func(_ *testing.T, w *world, m *member) (int64, int) { return int64(m.Employee), w.year - 1 },
	"self-now":     func(_ *testing.T, w *world, m *member) (int64, int) { return int64(m.Employee), w.year },
	"team":         func(t *testing.T, w *world, m *member) (int64, int) { return w.team(t, m, w.year-1), w.year - 1 },
	"team-now":     func(t *testing.T, w *world, m *member) (int64, int) { return w.team(t, m, w.year), w.year },
	"stranger":     func(t *testing.T, w *world, _ *member) (int64, int) { return int64(w.stranger(t)), w.year - 1 },
	"stranger-now": func(t *testing.T, w *world, _ *member) (int64, int) { return int64(w.stranger(t)), w.year },

	"current":   func(_ *testing.T, w *world, _ *member) (int64, int) { return none, w.year },
	"published": func(_ *testing.T, w *world, _ *member) (int64, int) { return none, w.year - 1 },
	"never":     func(*testing.T, *world, *member) (int64, int) { return none, 2001 },

	// Runs: of the published year, of this one, and below a year it is not of.
	"run":        func(t *testing.T, w *world, _ *member) (int64, int) { return w.run(t, w.year-1), w.year - 1 },
	"run-now":    func(t *testing.T, w *world, _ *member) (int64, int) { return w.run(t, w.year), w.year },
	"run-astray": func(t *testing.T, w *world, _ *member) (int64, int) { return w.run(t, w.year-1), w.year },

	// Units: the dinas one is bound to, one that is others', and one that is no dinas.
	"dinas":       func(t *testing.T, w *world, m *member) (int64, int) { return w.dinasOf(t, m), w.year - 1 },
	"dinas-now":   func(t *testing.T, w *world, m *member) (int64, int) { return w.dinasOf(t, m), w.year },
	"other-dinas": func(t *testing.T, w *world, m *member) (int64, int) { return w.otherDinas(t, m), w.year - 1 },
	"division": func(t *testing.T, w *world, _ *member) (int64, int) {
		return scalar[int64](t, w, "SELECT min(id) FROM units WHERE kind NOT IN ('city', 'dinas')"), w.year - 1
	},
}

// none is the id where an address has none.
const none = -1

// form is the form of somebody about themselves in the current year.
func (w *world) form(t testing.TB, rater appraisal.EmployeeID, k appraisal.ReviewKind) appraisal.ReviewID {
	t.Helper()
	return scalar[appraisal.ReviewID](t, w, `SELECT coalesce(min(r.id), 0) FROM reviews r JOIN cycles c ON c.id = r.cycle_id AND c.year = $3
		WHERE r.rater_id = $1 AND r.kind = $2`, rater, k, w.year)
}

// team is one of the people of a supervisor in a year.
func (w *world) team(t testing.TB, m *member, year int) int64 {
	t.Helper()
	return scalar[int64](t, w, `SELECT coalesce(min(p.employee_id), 0) FROM participants p JOIN cycles c ON c.id = p.cycle_id AND c.year = $2
		WHERE p.supervisor_id = $1`, m.Employee, year)
}

// stranger is an employee of both years who is no member and whom no member leads.
func (w *world) stranger(t testing.TB) appraisal.EmployeeID {
	t.Helper()
	var ids []appraisal.EmployeeID
	for _, m := range w.members {
		ids = append(ids, m.Employee)
	}
	return scalar[appraisal.EmployeeID](t, w, `SELECT max(p.employee_id) FROM participants p
		JOIN participants b ON b.employee_id = p.employee_id AND b.cycle_id <> p.cycle_id
		WHERE p.employee_id <> ALL ($1) AND p.supervisor_id <> ALL ($1) AND b.supervisor_id <> ALL ($1)`, ids)
}

func (w *world) run(t testing.TB, year int) int64 {
	t.Helper()
	return scalar[int64](t, w, "SELECT max(r.id) FROM scoring_runs r JOIN cycles c ON c.id = r.cycle_id WHERE c.year = $1", year)
}

// dinasOf is the dinas that a head or HR of a dinas is bound to, for those who
// see the whole city any.
func (w *world) dinasOf(t testing.TB, m *member) int64 {
	t.Helper()
	a := w.actor(t, m)
	if a.WholeCity(appraisal.PermDinasResults) {
		return w.otherDinas(t, m)
	}
	for _, dinas := range a.DinasFor(appraisal.PermDinasResults) {
		return int64(dinas)
	}
	return 0
}

// otherDinas is a dinas of both years that a member is not bound to.
func (w *world) otherDinas(t testing.TB, m *member) int64 {
	t.Helper()
	bound := w.actor(t, m).DinasFor(appraisal.PermDinasResults)
	return scalar[int64](t, w, "SELECT min(a.dinas_id) FROM participants a JOIN participants b ON a.dinas_id = b.dinas_id AND a.cycle_id < b.cycle_id WHERE a.dinas_id <> ALL ($1)", bound)
}

func (w *world) actor(t testing.TB, m *member) appraisal.Actor {
	t.Helper()
	if m.Login == "" {
		return appraisal.Actor{}
	}
	id := scalar[appraisal.UserID](t, w, "SELECT u.id FROM users u LEFT JOIN employees e ON e.id = u.employee_id WHERE $1 IN (e.nip, u.username)", m.Login)
	a, err := w.store.Actor(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// row is one line of a matrix.
type row struct {
	method, pattern, object string
	want                    []string // by column
}

func (r row) String() string { return r.method + " " + r.pattern + " " + r.object }

// address fills in what the row is about; "" where the role has no such thing.
func (r row) address(t *testing.T, w *world, m *member) string {
	t.Helper()
	find, ok := objects[r.object]
	if !ok {
		t.Fatalf("%v: no such object", r)
	}
	id, year := find(t, w, m)
	if id == 0 {
		return ""
	}
	at := strings.NewReplacer("{id}", strconv.FormatInt(id, 10), "{tahun}", strconv.Itoa(year), asset.Prefix+"*", asset.URL("logo.svg")).Replace(r.pattern)
	if strings.HasPrefix(at, path.DinasList) && year != 0 {
		at += "?tahun=" + strconv.Itoa(year)
	}
	return at
}

// parseMatrix reads the columns and rows of a table.
func parseMatrix(t *testing.T, table string) (columns []appraisal.Role, rows []row) {
	t.Helper()
	for line := range strings.Lines(table) {
		cells := strings.Fields(line)
		switch {
		case len(cells) == 0:
		case cells[0] == "object":
			for _, c := range cells[1:] {
				columns = append(columns, appraisal.Role(c))
			}
		case len(cells) != 3+len(columns):
			t.Fatalf("a row has %d cells: %s", len(cells), line)
		default:
			rows = append(rows, row{cells[0], cells[1], cells[2], cells[3:]})
		}
	}
	return columns, rows
}

const roleNobody appraisal.Role = "nobody"

func TestMatrix(t *testing.T) {
	t.Run("filling", func(t *testing.T) { checkMatrix(t, filling(), matrixFilling) })
	t.Run("evaluating", func(t *testing.T) { checkMatrix(t, evaluating(), matrixEvaluating) })
}

func checkMatrix(t *testing.T, w *world, table string) {
	columns, rows := parseMatrix(t, table)
	for i, role := range columns {
		m := w.nobody()
		if role != roleNobody {
			m = w.as(t, role)
		}
		for _, r := range rows {
			b := m.again() // an own browser, for one of the rows signs out
			if r.pattern == path.SignOut && role != roleNobody {
				b.cookies = nil // signing in would end the session of m
				b.signIn(t)
			}
			at := r.address(t, w, m)
			if r.want[i] == "-" && (role == roleNobody || at == "") {
				continue
			}
			if at == "" {
				t.Errorf("%v: %s has no such thing", r, role)
				continue
			}
			got := b.send(t, httptest.NewRequest(strings.Replace(r.method, "*", http.MethodGet, 1), at, nil))
			if strconv.Itoa(got.Code) != r.want[i] {
				t.Errorf("%v: %s gets %d, want %s (%s)\n%s", r, role, got.Code, r.want[i], at, got.excerpt()[:min(200, len(got.excerpt()))])
			}
			if to := got.Header().Get("Location"); role == roleNobody && got.Code == http.StatusSeeOther && r.pattern != path.SignOut &&
				to != path.SignIn+"?ke="+url.QueryEscape(at) {
				t.Errorf("%v: nobody is led to %s", r, to)
			}
		}
	}
}

// TestMatrixComplete: every route is in the table, for every role, and every
// row is a route. What has an id is asked for with an own and with another.
func TestMatrixComplete(t *testing.T) {
	columns, rows := parseMatrix(t, matrixFilling)
	if want := append([]appraisal.Role{roleNobody}, appraisal.Roles...); !slices.Equal(columns, want) {
		t.Errorf("columns %v, want %v", columns, want)
	}
	inTable := map[string][]string{}
	for _, r := range rows {
		inTable[r.method+" "+r.pattern] = append(inTable[r.method+" "+r.pattern], r.object)
	}
	routes := map[string]bool{}
	err := chi.Walk(filling().handler.(chi.Routes), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if strings.HasSuffix(pattern, "*") {
			method = "*"
		}
		routes[method+" "+pattern] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for r := range routes {
		if objects := inTable[r]; len(objects) == 0 {
			t.Errorf("%s is not in the table", r)
		} else if strings.Contains(r, "{id}") && len(objects) < 2 {
			t.Errorf("%s is asked for with %v only", r, objects)
		}
	}
	for r := range inTable {
		if !routes[r] {
			t.Errorf("%s is in the table and no route", r)
		}
	}
}
