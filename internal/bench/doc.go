// Command bench measures Rancak against references that it measures in the
// same run on the same machine, and prints the ratios:
//
//   - a scoring run against reading the same forms once, in no order, and
//     copying the same results in, with its memory at two sizes;
//   - the page of a form and the saving of a draft under load, against the same
//     page rendered without a database and against pgbench with the statements
//     that a save sends;
//   - the number of statements of every page at two sizes of the city, which
//     must not differ.
//
// It brings up a PostgreSQL of its own with the settings of the embedded
// database, on a disk, and removes it at the end. What is measured runs in a
// process of its own; load goes to 127.0.0.1 only, bounded in number and time.
//
// What does not belong here: benchmarks of single functions, which live beside
// them (go test -bench), and goals that fail a build: times differ between
// machines.
package main
