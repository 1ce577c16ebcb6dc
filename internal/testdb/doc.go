// Package testdb gives tests a real PostgreSQL with Rancak's schema.
//
// What belongs here: a server for tests, databases cloned from a migrated
// template, and transactions that are rolled back. What does not: rows (package
// fixture). It cannot be imported by tests inside package migrations; those
// that need it are in package migrations_test.
//
// The server is one per user, run by package localdb in memory (/dev/shm, if
// that has room) and without care for durability. All test processes of one
// `go test ./...` share it; it ends with the last of them and its folder stays,
// so the next one starts faster. The template is named by the hash of the
// migrations and made once. Databases of a process that was killed are dropped
// by the next process that comes.
//
// RANCAK_TEST_DATABASE_URL names another server to use, by a URL whose role may
// create databases; RANCAK_PG_BIN names the programs to use. Autovacuum is off:
// a test that depends on plans says ANALYZE.
package testdb
