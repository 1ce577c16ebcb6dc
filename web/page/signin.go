package page

import (
	"errors"
	"net/url"

	"rancak/internal/appraisal"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// Names of the fields of [SignIn]. Next is also the parameter that brings
// people to the page they wanted.
const (
	FieldLogin    = "nip"
	FieldPassword = "sandi"
	FieldNext     = "ke"
)

// SignInView is what [SignIn] shows.
type SignInView struct {
	Login string // as typed
	Next  string // where to go afterwards; empty: Beranda
	// Faults are of the fields FieldLogin and FieldPassword.
	Faults []appraisal.Fault
	// Err is why signing in was refused: ErrCredentials, ThrottledError, ErrBusy.
	Err error
	// Ended says that the session has ended while the person was at work.
	Ended bool
	// Held is what the person had sent when the session had already ended.
	Held Held
	// Demo are the accounts to try, with their common password; only in a demonstration.
	Demo         []DemoAccount
	DemoPassword string
}

// Held is a form that was sent after the session had ended: it is carried
// through signing in, so that nothing typed is lost. The zero value holds nothing.
type Held struct {
	To     string // where the form goes
	Fields []HeldField
}

// HeldField is one field of a held form.
type HeldField struct{ Name, Value string }

// Names of the fields that carry a held form: where it goes, and its own
// fields behind a prefix.
const (
	FieldHeldTo = "kirim"
	PrefixHeld  = "isi."
)

// ResumeView is what [Resume] shows.
type ResumeView struct{ Held Held }

// DemoAccount is an account of a demonstration, one for each role.
type DemoAccount struct {
	Role  appraisal.Role
	Login string
	Name  string
	Does  string // what this account has to do or to see
}

func (v SignInView) refused() bool { return v.Err != nil || len(v.Faults) > 0 }

func (v SignInView) errors() []ui.FieldError {
	var list []ui.FieldError
	if v.Err != nil {
		title, body := text.Error(v.Err)
		line := ui.FieldError{Text: title + ". " + body}
		if errors.Is(v.Err, appraisal.ErrCredentials) {
			line.ID = FieldLogin
		}
		list = append(list, line)
	}
	for _, f := range v.Faults {
		list = append(list, ui.FieldError{ID: f.Field, Text: text.Fault(f)})
	}
	return list
}

func (v SignInView) login() ui.InputView {
	return ui.InputView{
		ID: FieldLogin, Name: FieldLogin, Label: "NIP atau nama pengguna",
		Hint: "NIP terdiri atas 18 angka. Spasi boleh ditulis.", Error: faultOf(v.Faults, FieldLogin),
		Value: v.Login, Autocomplete: "username", MaxLength: "64",
	}
}

func (v SignInView) password() ui.InputView {
	return ui.InputView{
		ID: FieldPassword, Name: FieldPassword, Label: "Kata sandi",
		Error: faultOf(v.Faults, FieldPassword), Autocomplete: "current-password", MaxLength: "256",
	}
}

// faultOf is the sentence for the first fault of a field.
func faultOf(faults []appraisal.Fault, field string) string {
	for _, f := range faults {
		if f.Field == field {
			return text.Fault(f)
		}
	}
	return ""
}

// accounts lists the accounts of a demonstration; each link fills in its login.
func (v SignInView) accounts() []ui.Task {
	tasks := make([]ui.Task, len(v.Demo))
	for i, a := range v.Demo {
		tasks[i] = ui.Task{Title: text.Role(a.Role), Href: v.fill(a), Hint: "Untuk mencoba: " + a.Does + ". " + a.Name, Due: spacedLogin(a.Login)}
	}
	return tasks
}

// spacedLogin writes a NIP as it is read; a username stays as it is.
func spacedLogin(login string) string {
	if nip, err := appraisal.ParseNIP(login); err == nil {
		return nip.Spaced()
	}
	return login
}

// fill is the same page with the login of an account filled in.
func (v SignInView) fill(a DemoAccount) string {
	q := url.Values{FieldLogin: {a.Login}}
	if v.Next != "" {
		q.Set(FieldNext, v.Next)
	}
	return path.SignIn + "?" + q.Encode()
}
