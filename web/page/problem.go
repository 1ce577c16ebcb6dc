package page

import (
	"net/http"
	"strconv"

	"rancak/web/layout"
	"rancak/web/path"
	"rancak/web/text"
	"rancak/web/ui"
)

// ProblemView is what [Problem] shows.
type ProblemView struct {
	Status int
	// Title and Body say what happened and what to do; empty: what the status
	// says in general.
	Title, Body string
	RequestID   string
	// RetryAfter is how many seconds to wait before trying again; 0: nothing is said.
	RetryAfter int
	// Back is where the person came from; empty: no link.
	Back string
	// Next is where to go after signing in again, for status 401.
	Next string
}

// ProblemFor describes an error: what happened in words of package text.
func ProblemFor(status int, err error) ProblemView {
	v := ProblemView{Status: status}
	if err != nil {
		v.Title, v.Body = text.Error(err)
	}
	return v
}

func (v ProblemView) title() string {
	if v.Title != "" {
		return v.Title
	}
	title, _ := text.Status(v.Status)
	return title
}

func (v ProblemView) body() string {
	if v.Body != "" {
		return v.Body
	}
	_, body := text.Status(v.Status)
	return body
}

// next is the one thing to do from here.
func (v ProblemView) next() ui.Link {
	if v.Status == http.StatusUnauthorized {
		return ui.Link{Text: "Masuk lagi", Href: path.SignInTo(v.Next)}
	}
	return ui.Link{Text: "Ke Beranda", Href: path.Home}
}

// code tells apart what people report to the operators.
func (v ProblemView) code() string {
	if v.RequestID == "" || v.Status < http.StatusInternalServerError {
		return ""
	}
	return v.RequestID
}

func (v ProblemView) retry() string {
	switch {
	case v.RetryAfter <= 0:
		return ""
	case v.RetryAfter < 60:
		return "Anda dapat mencoba lagi dalam " + strconv.Itoa(v.RetryAfter) + " detik."
	default:
		return "Anda dapat mencoba lagi dalam " + strconv.Itoa((v.RetryAfter+59)/60) + " menit."
	}
}

// titled gives the page its title; refused says that a form on it was refused.
func titled(c layout.Chrome, title string, refused bool) layout.Chrome {
	c.Title, c.HasErrors = title, refused
	return c
}
