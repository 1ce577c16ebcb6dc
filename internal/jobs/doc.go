// Package jobs runs background work on River, the queue in PostgreSQL: one file
// for each kind of job. Workers call use cases of package app and decide
// nothing themselves.
package jobs
