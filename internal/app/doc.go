// Package app holds the use cases: one exported method for each thing a user
// or operator does. The order is always permission, then the store with a
// decision of the domain. The actor is a parameter, never taken from a context.
//
// It declares the small interfaces it needs; postgres.Store satisfies them
// without knowing it. What does not belong here: SQL, HTTP, rules that need no
// storage (appraisal) and arithmetic (scoring).
package app
