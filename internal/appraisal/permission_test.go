package appraisal_test

import (
	"strings"
	"testing"

	"rancak/internal/appraisal"
)

// The whole table, written a second time: a changed grant is a decision.
func TestPermissionTable(t *testing.T) {
	want := map[appraisal.Role]string{
		appraisal.RoleEmployee:   "signed_in forms",
		appraisal.RoleSupervisor: "signed_in team",
		appraisal.RoleReviewer:   "signed_in",
		appraisal.RoleHead:       "signed_in dinas_results",
		appraisal.RoleHRDinas:    "signed_in dinas_results cycle_read",
		appraisal.RoleHRCity:     "signed_in dinas_results cycle_read cycle_run any_result unsuppressed",
		appraisal.RoleAuditor:    "signed_in dinas_results cycle_read any_result unsuppressed",
		appraisal.RoleAdmin:      "signed_in",
	}
	for _, r := range append(appraisal.Roles, "") {
		var got []string
		for _, p := range appraisal.Permissions {
			if r.May(p) {
				got = append(got, string(p))
			}
		}
		if strings.Join(got, " ") != want[r] {
			t.Errorf("%q may %v, want %q", r, got, want[r])
		}
	}
}

func TestGrantedRoles(t *testing.T) {
	want := "hr_dinas hr_city auditor admin"
	var got []string
	for _, r := range appraisal.Roles {
		if r.Granted() {
			got = append(got, string(r))
		}
	}
	if strings.Join(got, " ") != want {
		t.Errorf("granted roles %v, want %q", got, want)
	}
}

func TestActor(t *testing.T) {
	head := appraisal.Actor{Roles: []appraisal.Role{appraisal.RoleEmployee, appraisal.RoleHead}, Dinas: map[appraisal.Role][]appraisal.UnitID{appraisal.RoleHead: {4}}}
	both := appraisal.Actor{Roles: []appraisal.Role{appraisal.RoleHead, appraisal.RoleHRDinas}, Dinas: map[appraisal.Role][]appraisal.UnitID{appraisal.RoleHead: {4}, appraisal.RoleHRDinas: {5, 4}}}
	apart := appraisal.Actor{Roles: both.Roles, Dinas: map[appraisal.Role][]appraisal.UnitID{appraisal.RoleHead: {4}, appraisal.RoleHRDinas: {5}}}
	city := appraisal.Actor{Roles: []appraisal.Role{appraisal.RoleHRCity}}
	auditor := appraisal.Actor{Roles: []appraisal.Role{appraisal.RoleAuditor}}
	for _, tt := range []struct {
		name      string
		actor     appraisal.Actor
		p         appraisal.Permission
		dinas     appraisal.UnitID
		can, city bool
		in        bool
	}{
		{"nobody", appraisal.Actor{}, appraisal.PermSignedIn, 4, false, false, false},
		{"head in the own dinas", head, appraisal.PermDinasResults, 4, true, false, true},
		{"head in another", head, appraisal.PermDinasResults, 5, true, false, false},
		{"head and the run", head, appraisal.PermCycleRun, 4, false, false, false},
		{"head as employee", head, appraisal.PermForms, 4, true, false, false},
		{"head of one and HR of two", both, appraisal.PermCycleRead, 4, true, false, true},
		{"HR rights do not reach the dinas one only heads", apart, appraisal.PermCycleRead, 4, true, false, false},
		{"but results do", apart, appraisal.PermDinasResults, 4, true, false, true},
		{"head and small groups", head, appraisal.PermUnsuppressed, 4, false, false, false},
		{"city everywhere", city, appraisal.PermDinasResults, 5, true, true, true},
		{"auditor everywhere", auditor, appraisal.PermDinasResults, 5, true, true, true},
		{"auditor changes nothing", auditor, appraisal.PermCycleRun, 5, false, false, false},
	} {
		a := tt.actor
		if a.Can(tt.p) != tt.can || a.WholeCity(tt.p) != tt.city || a.CanIn(tt.p, tt.dinas) != tt.in {
			t.Errorf("%s: can %v, whole city %v, in %v", tt.name, a.Can(tt.p), a.WholeCity(tt.p), a.CanIn(tt.p, tt.dinas))
		}
	}
	if !head.Has(appraisal.RoleHead) || head.Has(appraisal.RoleHRCity) {
		t.Error("roles of the head")
	}
}
