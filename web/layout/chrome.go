package layout

import "strconv"

// Chrome is everything around the content of a page. It is built once for each
// response.
type Chrome struct {
	Title       string // of the page, without the name of the application
	HasErrors   bool   // the form on the page was refused
	City        string // such as "Kota Bukittinggi"
	Actor       Actor  // zero value: nobody is signed in
	Menu        []MenuItem
	Account     []MenuItem // links above the sign-out button
	Flash       string     // what the request before this one did
	Demo        bool       // the data are invented
	SessionIdle int        // seconds until an idle session ends; 0: no warning
	RequestID   string     // shown in the footer so that a report can be matched with the log
	Version     string     // of the application
	Wide        bool       // the page uses the whole width, for tables of many columns
}

// Actor is who is signed in.
type Actor struct {
	Name     string
	Role     string // or position, in words
	Initials string
}

// MenuItem is one entry of the main menu.
type MenuItem struct {
	Text, Href string
	Count      string // how many things wait there; empty: not shown
	Current    bool
}

// heading is the title shown by the browser.
func (c Chrome) heading() string {
	title := c.Title + " – Rancak"
	if c.Title == "" {
		title = "Rancak"
	}
	if c.HasErrors {
		return "Kesalahan: " + title
	}
	return title
}

func (c Chrome) signedIn() bool { return c.Actor.Name != "" }

func (c Chrome) idle() string { return strconv.Itoa(c.SessionIdle) }

func (c Chrome) mainClass() string {
	if c.Wide {
		return "main main-wide stack"
	}
	return "main stack"
}

// demoText stands on every page of a demonstration.
const demoText = "Data demonstrasi: semua nama dan nilai di sini rekaan."
