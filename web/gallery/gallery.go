// Package gallery shows every page in every state without a database: for
// review by eye, for screenshots and for the accessibility check. The program
// does not import it.
//
// What belongs here: names of states and invented values, marked as samples.
// What does not: anything a page needs to work.
package gallery

import "github.com/a-h/templ"

// State is a page in one state.
type State struct {
	// Name tells states apart; it holds letters, digits and hyphens only.
	Name      string
	Component templ.Component
}

// All lists every state of every page.
func All() []State {
	var all []State
	for _, states := range [][]State{
		signInStates(), homeStates(), reviewStates(), problemStates(), helpStates(), hrStates(),
	} {
		all = append(all, states...)
	}
	return all
}
