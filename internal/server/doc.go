// Package server speaks HTTP: one flat table of routes with the permission
// beside each, middleware, handlers, and the one place that turns errors into
// pages.
//
// A handler does five steps: read ids, read the form, call one use case, show
// the form again with what was typed where something is wrong, else redirect.
// Only render writes a body. GET never writes. What does not belong here:
// rules, SQL, and words (web/text, web/page).
package server
