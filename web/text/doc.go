// Package text holds the Indonesian words for everything derived: names of
// kinds, states and levels, sentences for faults and errors, dates and numbers.
//
// What belongs here: functions from a domain value to the words a person
// reads. What does not: fixed copy, which stands in the templates of the page
// it belongs to, and rules, which are in package appraisal.
package text
