// Package postgres keeps domain values in PostgreSQL: SQL on one side, types of
// packages appraisal and scoring on the other.
//
// One exported method of Store is one transaction. A decision between reading
// and writing comes in as a function, so that rules stay in the domain and the
// row stays locked, or is compared, while they are applied. Every write that a
// person causes stores its audit entry in the same transaction. Saving a draft
// is the exception: its versions are its record.
//
// What does not belong here: rules, permissions, and anything that knows HTTP.
package postgres
