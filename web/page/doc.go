// Package page holds every page: for each one a View with what it shows, and
// a template of the same name that renders it.
//
// What belongs here: the fixed words of a page, and which part of package ui
// shows which value. What does not: loading values, deciding who may see them,
// and the words for derived values, which are in package text. Templates take
// addresses from package path only and call nothing that can fail.
package page
