// Package demo invents the demonstration city: its units, people, forms and
// the results of finished years, and loads them by COPY.
//
// Everything follows from the seed. Each part draws from its own stream, named
// by what it is about, so that a change in one part does not reshuffle the
// others, and a form can be made without making the ones before it.
//
// Names of people are invented. Names of places and offices are public facts.
//
// What does not belong here: rules of appraisal and scoring. The behaviour
// index of finished years comes from the scoring function that Load is given.
package demo
