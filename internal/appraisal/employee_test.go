package appraisal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"rancak/internal/appraisal"
)

// faults returns what an InvalidError says as "field:code(number) …".
func faults(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var invalid *appraisal.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("%v is no InvalidError", err)
	}
	var parts []string
	for _, f := range invalid.Faults {
		parts = append(parts, fmt.Sprintf("%s:%s(%d)", f.Field, f.Code, f.Number))
	}
	return strings.Join(parts, " ")
}

func TestParseNIP(t *testing.T) {
	for _, tt := range []struct{ in, want, fault string }{
		{"198609262015051001", "198609262015051001", ""},
		{"19860926 201505 1 001", "198609262015051001", ""},
		{"19860926\u00a0201505.1-001", "198609262015051001", ""},
		{"199002292015051001", "", "nip:nip_birth_date(0)"}, // 1990 is no leap year
		{"199202292015051001", "199202292015051001", ""},
		{"198809122023211004", "198809122023211004", ""}, // PPPK
		{"198609262015131001", "", "nip:nip_appointment(0)"},
		{"198609262015201001", "", "nip:nip_appointment(0)"},
		{"198609262015001001", "", "nip:nip_appointment(0)"},
		{"198609262000051001", "", "nip:nip_appointment(0)"}, // at 14
		{"198609262001051001", "198609262001051001", ""},
		{"189909262001051001", "", "nip:nip_birth_date(0)"},
		{"198609262015050001", "", "nip:nip_sex(0)"},
		{"198609262015053001", "", "nip:nip_sex(0)"},
		{"198613322015133001", "", "nip:nip_birth_date(0) nip:nip_appointment(0) nip:nip_sex(0)"},
		{"", "", "nip:nip_length(18)"},
		{"19860926201505100", "", "nip:nip_length(18)"},
		{"1986092620150510011", "", "nip:nip_length(18)"},
		{"1986092620150510O1", "", "nip:nip_length(18)"},
		{"１９８６０９", "", "nip:nip_length(18)"}, // 18 bytes, but no ASCII digits
	} {
		got, err := appraisal.ParseNIP(tt.in)
		if string(got) != tt.want || faults(t, err) != tt.fault {
			t.Errorf("%q = %q, %q, want %q, %q", tt.in, got, faults(t, err), tt.want, tt.fault)
		}
	}
}

func TestNIPForms(t *testing.T) {
	n := appraisal.NIP("198609262015051001")
	if got := n.Spaced(); got != "19860926 201505 1 001" {
		t.Errorf("spaced %q", got)
	}
	if got := n.Masked(); got != "1986•••• •••••• • 001" {
		t.Errorf("masked %q", got)
	}
	if appraisal.NIP("").Masked() != "" {
		t.Error("masked none")
	}
}
