// Package scoring turns the sent forms of an appraisal cycle into results: the
// behaviour index of each employee with everything that explains it, and the
// means of each unit.
//
// What belongs here: pure arithmetic on values, the canonical bytes under which
// results are stored and digested, the values behind an explanation, and the
// rule which small units are hidden. What does not: ratings and predikat (a
// human sets them, package appraisal holds their rules), reading and writing,
// clocks, randomness, and sentences for people.
//
// Every stored or compared value is exact, an integer or a rational number; it
// is rounded once, where it is shown. Floating point appears only in values
// that are displayed and never stored with a result: Interval and SelfOther.
package scoring
