// Package appraisal holds the domain: the words, values and rules of the
// annual performance appraisal of civil servants (ASN) as laid down in
// PermenPANRB 6/2022.
//
// What belongs here: plain types, the rules that hold between them, who may do
// what, and the vocabulary of errors. Everything takes the time as an argument
// and does no input or output. What does not: arithmetic of results (package
// scoring), use cases (app), SQL (postgres), HTTP (server), and sentences for
// people (web/text).
package appraisal
