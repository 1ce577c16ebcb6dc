package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

// Account is one account for trying out a role.
type Account struct {
	Role appraisal.Role
	// Login is the NIP, or the username of those who are no employees.
	Login, Name string
	// Does says in Indonesian what to try with it.
	Does string
	// Employee is 0 for those who are no employees.
	Employee appraisal.EmployeeID
}

// does says what to try with an account of each role.
var does = map[appraisal.Role]string{
	appraisal.RoleEmployee:   "isi penilaian diri dan penilaian rekan kerja, baca hasil tahun lalu",
	appraisal.RoleSupervisor: "nilai bawahan, lihat kemajuan tim, tetapkan hasil kerja dan perilaku kerja",
	appraisal.RoleReviewer:   "lihat tugas atasan pejabat penilai kinerja beserta tim sendiri",
	appraisal.RoleHead:       "baca hasil tahunan perangkat daerah yang dipimpin",
	appraisal.RoleHRDinas:    "pantau kelengkapan formulir perangkat daerah sendiri",
	appraisal.RoleHRCity:     "tutup pengisian, jalankan penghitungan, terbitkan dan unduh hasil kota",
	appraisal.RoleAuditor:    "periksa kemajuan dan hasil seluruh kota tanpa dapat mengubahnya",
	appraisal.RoleAdmin:      "masuk sebagai administrator aplikasi tanpa akses ke hasil pegawai",
}

// accountQuery finds one person for each role in the latest cycle, by what
// stays the same while the accounts are used: the organisation and the roles
// granted. The supervisor is preferably one of an office that everybody knows;
// employee, head and HR of a dinas are of the same dinas where that works.
const accountQuery = `
WITH cycle AS (SELECT id FROM cycles ORDER BY year DESC LIMIT 1),
people AS (
    SELECT p.*, lead.kind AS lead_kind,
           (SELECT count(*) FROM participants b WHERE b.cycle_id = p.cycle_id AND b.supervisor_id = p.employee_id AND b.leads_unit_id IS NULL) AS staff,
           (SELECT count(*) FROM participants b WHERE b.employee_id = p.employee_id) AS cycles,
           EXISTS (SELECT FROM user_roles r JOIN users u ON u.id = r.user_id WHERE u.employee_id = p.employee_id) AS granted
    FROM participants p JOIN cycle ON p.cycle_id = cycle.id LEFT JOIN units lead ON lead.id = p.leads_unit_id
    WHERE p.leads_unit_id IS NOT NULL
),
supervisor AS (
    SELECT s.employee_id, s.dinas_id FROM people s JOIN units d ON d.id = s.dinas_id
    WHERE s.staff >= 3 AND NOT s.granted AND s.supervisor_id IS NOT NULL
    ORDER BY s.leads_unit_id = s.dinas_id, s.reviewer_id IS NULL,
        d.name = 'Dinas Kependudukan dan Pencatatan Sipil' DESC, s.lead_kind = 'division' DESC, s.cycles DESC, s.employee_id LIMIT 1
),
employee AS (
    SELECT e.employee_id FROM participants e JOIN cycle ON e.cycle_id = cycle.id JOIN supervisor s ON e.supervisor_id = s.employee_id
    WHERE e.leads_unit_id IS NULL
      AND NOT EXISTS (SELECT FROM user_roles r JOIN users u ON u.id = r.user_id WHERE u.employee_id = e.employee_id)
    ORDER BY (SELECT count(*) FROM participants b WHERE b.employee_id = e.employee_id) DESC, e.employee_id LIMIT 1
),
head AS (
    SELECT h.employee_id FROM people h, supervisor s
    WHERE h.leads_unit_id = h.dinas_id AND h.supervisor_id IS NOT NULL AND h.employee_id <> s.employee_id
    ORDER BY h.dinas_id = s.dinas_id DESC, h.employee_id LIMIT 1
),
reviewer AS (
    SELECT r.employee_id FROM people r, supervisor s, head h
    WHERE r.employee_id NOT IN (s.employee_id, h.employee_id) AND r.supervisor_id IS NOT NULL
      AND EXISTS (SELECT FROM participants p JOIN cycle ON p.cycle_id = cycle.id WHERE p.reviewer_id = r.employee_id)
    ORDER BY r.granted, r.leads_unit_id = r.dinas_id, r.employee_id LIMIT 1
),
chosen AS (
    SELECT 'employee' AS role, employee_id FROM employee
    UNION ALL SELECT 'supervisor', employee_id FROM supervisor
    UNION ALL SELECT 'reviewer', employee_id FROM reviewer
    UNION ALL SELECT 'head', employee_id FROM head
    UNION ALL (SELECT 'hr_dinas', u.employee_id FROM user_roles r JOIN users u ON u.id = r.user_id, supervisor s
        WHERE r.role = 'hr_dinas' ORDER BY r.unit_id = s.dinas_id DESC, u.id LIMIT 1)
    UNION ALL (SELECT 'hr_city', u.employee_id FROM user_roles r JOIN users u ON u.id = r.user_id
        WHERE r.role = 'hr_city' ORDER BY u.id LIMIT 1)
    UNION ALL (SELECT 'auditor', u.employee_id FROM user_roles r JOIN users u ON u.id = r.user_id
        WHERE r.role = 'auditor' ORDER BY u.id LIMIT 1)
)
SELECT c.role, e.nip, concat_ws(', ', concat_ws(' ', nullif(e.title_front, ''), e.name), nullif(e.title_back, '')), e.id
FROM chosen c JOIN employees e ON e.id = c.employee_id
UNION ALL (SELECT r.role, u.username, u.display_name, 0 FROM user_roles r JOIN users u ON u.id = r.user_id
    WHERE r.role = 'admin' AND u.employee_id IS NULL ORDER BY u.id LIMIT 1)`

// Accounts returns one account for each role, in the order of
// appraisal.Roles, of a database that holds the demonstration city.
func Accounts(ctx context.Context, conn *pgx.Conn) ([]Account, error) {
	rows, _ := conn.Query(ctx, accountQuery)
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Account, error) {
		var a Account
		err := row.Scan(&a.Role, &a.Login, &a.Name, &a.Employee)
		a.Does = does[a.Role]
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the demonstration accounts: %w", err)
	}
	slices.SortFunc(list, func(a, b Account) int {
		return cmp.Compare(slices.Index(appraisal.Roles, a.Role), slices.Index(appraisal.Roles, b.Role))
	})
	return list, nil
}

// showcase gives forms of the accounts a state in which there is something to
// try: the employee has the self-assessment and a peer form to fill and
// another begun, the supervisor one form to fill and another begun; the rest
// of theirs is sent.
func (c *city) showcase(forms []form, accounts []Account) map[form]showState {
	show := map[form]showState{}
	for _, a := range accounts {
		main := kindPeer
		switch a.Role {
		case appraisal.RoleEmployee:
		case appraisal.RoleSupervisor:
			main = kindSupervisor
		default:
			continue
		}
		var own []form
		for _, f := range forms {
			if int64(f.rater) == int64(a.Employee)-1 {
				own = append(own, f)
			}
		}
		slices.SortFunc(own, func(a, b form) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.ratee, b.ratee)) })
		n := 0
		for _, f := range own {
			show[f] = sentNow
			switch {
			case f.kind == kindSelf && main == kindPeer:
				show[f] = untouched
			case f.kind == main:
				if n++; n <= 2 {
					show[f] = showState(n)
				}
			}
		}
	}
	return show
}
