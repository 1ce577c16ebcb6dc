package appraisal

// UserID identifies an account.
type UserID int64

// Role is a set of permissions. Employee, supervisor, reviewing superior and
// head follow from data; the others are granted.
type Role string

// The roles.
const (
	RoleEmployee   Role = "employee"
	RoleSupervisor Role = "supervisor"
	RoleReviewer   Role = "reviewer" // Atasan Pejabat Penilai Kinerja
	RoleHead       Role = "head"     // of a dinas
	RoleHRDinas    Role = "hr_dinas"
	RoleHRCity     Role = "hr_city"
	RoleAuditor    Role = "auditor"
	RoleAdmin      Role = "admin"
)

// Roles lists the roles in the order in which pages name them.
var Roles = []Role{
	RoleEmployee, RoleSupervisor, RoleReviewer, RoleHead, RoleHRDinas, RoleHRCity, RoleAuditor, RoleAdmin,
}

// Valid reports whether r is one of Roles.
func (r Role) Valid() bool { return indexOf(Roles, r) >= 0 }

// Granted reports whether the role is given to an account by a person; the
// others follow from the organisation.
func (r Role) Granted() bool {
	return r == RoleHRDinas || r == RoleHRCity || r == RoleAuditor || r == RoleAdmin
}

// Permission is one thing a role may do.
type Permission string

// The permissions.
const (
	// PermSignedIn is what everybody with an account may do.
	PermSignedIn Permission = "signed_in"
	// PermForms: fill the forms one is asked for, read the own result.
	PermForms Permission = "forms"
	// PermTeam: see the own people's progress and evaluate them.
	PermTeam Permission = "team"
	// PermDinasResults: read results per dinas, all of them or those of Actor.Dinas.
	PermDinasResults Permission = "dinas_results"
	// PermCycleRead: see the control room.
	PermCycleRead Permission = "cycle_read"
	// PermCycleRun: move the stage, run the scoring, publish.
	PermCycleRun Permission = "cycle_run"
	// PermAnyResult: read the result of any employee.
	PermAnyResult Permission = "any_result"
	// PermUnsuppressed: read means and distributions of small groups.
	PermUnsuppressed Permission = "unsuppressed"
)

// Permissions lists the permissions.
var Permissions = []Permission{
	PermSignedIn, PermForms, PermTeam, PermDinasResults, PermCycleRead, PermCycleRun, PermAnyResult, PermUnsuppressed,
}

// grants is the one table of what each role may do.
var grants = map[Role][]Permission{
	RoleEmployee:   {PermSignedIn, PermForms},
	RoleSupervisor: {PermSignedIn, PermTeam},
	RoleReviewer:   {PermSignedIn},
	RoleHead:       {PermSignedIn, PermDinasResults},
	RoleHRDinas:    {PermSignedIn, PermDinasResults, PermCycleRead},
	RoleHRCity:     {PermSignedIn, PermDinasResults, PermCycleRead, PermCycleRun, PermAnyResult, PermUnsuppressed},
	RoleAuditor:    {PermSignedIn, PermDinasResults, PermCycleRead, PermAnyResult, PermUnsuppressed},
	RoleAdmin:      {PermSignedIn},
}

// May reports whether a role holds a permission.
func (r Role) May(p Permission) bool { return indexOf(grants[r], p) >= 0 }

// Actor is who acts: an account with the roles it holds now.
type Actor struct {
	User UserID
	// Employee is 0 for accounts that are nobody's, such as an administrator.
	Employee EmployeeID
	Name     string
	Roles    []Role
	// Dinas are the units that RoleHead and RoleHRDinas are bound to, each role
	// to its own.
	Dinas map[Role][]UnitID
}

// Has reports whether the actor holds a role.
func (a Actor) Has(r Role) bool { return indexOf(a.Roles, r) >= 0 }

// Can reports whether one of the actor's roles holds a permission.
func (a Actor) Can(p Permission) bool {
	for _, r := range a.Roles {
		if r.May(p) {
			return true
		}
	}
	return false
}

// WholeCity reports whether the actor's permission p is not bound to a dinas.
func (a Actor) WholeCity(p Permission) bool {
	for _, r := range a.Roles {
		if r.May(p) && (r == RoleHRCity || r == RoleAuditor) {
			return true
		}
	}
	return false
}

// CanIn reports whether the actor holds a permission for a dinas.
func (a Actor) CanIn(p Permission, dinas UnitID) bool {
	return a.WholeCity(p) || indexOf(a.DinasFor(p), dinas) >= 0
}

// DinasFor returns the dinas for which the actor's bound roles hold a
// permission, each once; never nil.
func (a Actor) DinasFor(p Permission) []UnitID {
	units := []UnitID{}
	for _, r := range a.Roles {
		if !r.May(p) {
			continue
		}
		for _, u := range a.Dinas[r] {
			if indexOf(units, u) < 0 {
				units = append(units, u)
			}
		}
	}
	return units
}
