package demo

import (
	"errors"
	"time"
)

// Options says which city to invent.
type Options struct {
	// People is the number of employees of the current cycle: 60 to a few million.
	People int
	Seed   uint64
	// Today is the business date. The current cycle is that of its year, in
	// January and February that of the year before.
	Today time.Time
	// PasswordHash is given to all accounts, in PHC format.
	PasswordHash string
	// Years is the number of cycles, the current one included.
	Years int
	// FilledShare of the forms of the current cycle are sent.
	FilledShare float64
}

// LeastPeople is the smallest city that has all roles.
const LeastPeople = 60

func (o Options) validate() error {
	switch {
	case o.People < LeastPeople:
		return errors.New("the demonstration city needs at least 60 people")
	case o.Years < 1 || o.Years > 10:
		return errors.New("the demonstration city has 1 to 10 years")
	case o.FilledShare < 0 || o.FilledShare > 1:
		return errors.New("the share of filled forms is between 0 and 1")
	case o.Today.IsZero():
		return errors.New("the demonstration city needs a date")
	}
	return nil
}
