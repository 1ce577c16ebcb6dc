package appraisal

import (
	"strings"
	"time"
)

// EmployeeID identifies an employee. The NIP does not: it can change.
type EmployeeID int64

// UnitID identifies a unit of the organisation.
type UnitID int64

// EmploymentKind says in which relation an employee stands to the state.
type EmploymentKind string

// The kinds of employment.
const (
	EmploymentPNS         EmploymentKind = "pns"
	EmploymentPPPK        EmploymentKind = "pppk"
	EmploymentPPPKPartial EmploymentKind = "pppk_paruh_waktu"
)

// EmploymentKinds lists the kinds.
var EmploymentKinds = []EmploymentKind{EmploymentPNS, EmploymentPPPK, EmploymentPPPKPartial}

// Valid reports whether k is one of EmploymentKinds.
func (k EmploymentKind) Valid() bool { return indexOf(EmploymentKinds, k) >= 0 }

// PositionKind is the kind of a position (jabatan).
type PositionKind string

// The kinds of positions.
const (
	PositionJPT           PositionKind = "jpt_pratama"
	PositionAdministrator PositionKind = "administrator"
	PositionPengawas      PositionKind = "pengawas"
	PositionPelaksana     PositionKind = "pelaksana"
	PositionExpert        PositionKind = "fungsional_keahlian"
	PositionSkilled       PositionKind = "fungsional_keterampilan"
)

// PositionKinds lists the kinds.
var PositionKinds = []PositionKind{
	PositionJPT, PositionAdministrator, PositionPengawas, PositionPelaksana, PositionExpert, PositionSkilled,
}

// Valid reports whether k is one of PositionKinds.
func (k PositionKind) Valid() bool { return indexOf(PositionKinds, k) >= 0 }

// UnitKind is the kind of a unit of the organisation.
type UnitKind string

// The kinds of units. A dinas is a unit of the top level, whatever its name:
// dinas, badan, sekretariat, inspektorat, kecamatan, satuan.
const (
	UnitCity       UnitKind = "city"
	UnitDinas      UnitKind = "dinas"
	UnitDivision   UnitKind = "division"   // bidang, bagian, sekretariat of a dinas
	UnitSection    UnitKind = "section"    // seksi, subbagian
	UnitSchool     UnitKind = "school"     // sekolah
	UnitHealth     UnitKind = "puskesmas"  // puskesmas
	UnitKelurahan  UnitKind = "kelurahan"  // kelurahan
	UnitOtherBlock UnitKind = "other_unit" // UPTD and the like
)

// UnitKinds lists the kinds.
var UnitKinds = []UnitKind{
	UnitCity, UnitDinas, UnitDivision, UnitSection, UnitSchool, UnitHealth, UnitKelurahan, UnitOtherBlock,
}

// Valid reports whether k is one of UnitKinds.
func (k UnitKind) Valid() bool { return indexOf(UnitKinds, k) >= 0 }

// Unit is a node of the organisation tree.
type Unit struct {
	ID     UnitID
	Name   string
	Kind   UnitKind
	Parent UnitID // 0 for the root
	Dinas  UnitID // the top-level unit it belongs to; 0 for the root
}

// Participant is an employee as they were when the cycle opened.
type Participant struct {
	CycleID    CycleID
	EmployeeID EmployeeID
	NIP        string
	Name       string // with titles
	Unit       UnitID
	UnitName   string
	Dinas      UnitID
	DinasName  string
	Position   string
	Kind       PositionKind
	Grade      string
	// Supervisor rates and evaluates; Reviewer is the supervisor's supervisor.
	// 0 where there is none: the head of the city administration is rated by
	// the kepala daerah.
	Supervisor, Reviewer EmployeeID
	// LeadsUnit is the unit the employee heads; 0 for most.
	LeadsUnit UnitID
}

// NIP is a valid number of a civil servant (NIP) or contract official (NI PPPK):
// 18 digits that tell the birth date and, for PNS, the appointment.
type NIP string

// ParseNIP reads a number as people write it, with or without spaces. It
// returns an InvalidError for field "nip" that says which part is wrong.
// Digits 13 and 14 are the month of appointment (PNS), or 21 and above the
// number of the agreement (PPPK).
func ParseNIP(s string) (NIP, error) {
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '.' || r == '-' {
			return -1
		}
		return r
	}, s)
	var e InvalidError
	if len(s) != 18 || strings.Trim(s, "0123456789") != "" {
		e.Add("nip", CodeNIPLength, 18)
		return "", e.Err()
	}
	birth, err := time.Parse("20060102", s[:8])
	if err != nil || birth.Year() < 1900 {
		e.Add("nip", CodeNIPBirthDate, 0)
	}
	year, part := number(s[8:12]), number(s[12:14])
	if err == nil && year < birth.Year()+15 || part < 1 || part > 12 && part < 21 {
		e.Add("nip", CodeNIPAppointment, 0)
	}
	if s[14] != '1' && s[14] != '2' {
		e.Add("nip", CodeNIPSex, 0)
	}
	if err := e.Err(); err != nil {
		return "", err
	}
	return NIP(s), nil
}

// Spaced returns the number as it is written on paper: 19860926 201505 1 001.
func (n NIP) Spaced() string {
	return string(n[:8] + " " + n[8:14] + " " + n[14:15] + " " + n[15:])
}

// Masked hides birth date and sex, for lists: 1986•••• •••••• • 001.
func (n NIP) Masked() string {
	if len(n) != 18 {
		return ""
	}
	return string(n[:4]) + "•••• •••••• • " + string(n[15:])
}

func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}
