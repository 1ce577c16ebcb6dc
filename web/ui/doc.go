// Package ui holds the parts pages are made of: buttons, form fields, tables,
// notices and charts. It knows no domain: parts take plain strings and small
// View structs and render markup that works without JavaScript, under a
// Content-Security-Policy without inline styles or scripts.
//
// # Ids
//
// A field with ID "x" has its hint at "x-hint" and its error at "x-error"; for
// a group of radios "x" is the first radio, so that a link in [ErrorSummary]
// lands on something that takes focus.
//
// # Draft saving
//
// A form with data-autosave="/address" saves each field that carries a Field
// and a Version as soon as it changes; see static/js/autosave.js for the
// protocol. Put [SaveStatus] in such a form.
//
// # Live progress
//
// A section with data-poll="/address" data-every="2000" is replaced by the
// fragment the address returns until the fragment carries data-done; see
// static/js/progress.js.
package ui
