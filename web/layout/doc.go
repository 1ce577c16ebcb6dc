// Package layout holds the frame around every page: head, header with menu,
// messages and footer. It knows who is signed in by name only and no domain.
package layout
