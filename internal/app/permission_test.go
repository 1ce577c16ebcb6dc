package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"rancak/internal/app"
	"rancak/internal/appraisal"
)

// Every use case asks for the permission before anything else: whoever lacks
// it gets ErrForbidden, and the store is not even asked.
func TestPermissionFirst(t *testing.T) {
	const (
		hrCity, auditor, hrDinas, head = appraisal.RoleHRCity, appraisal.RoleAuditor, appraisal.RoleHRDinas, appraisal.RoleHead
	)
	filler := []appraisal.Role{appraisal.RoleEmployee, appraisal.RoleSupervisor, appraisal.RoleReviewer, head} // who are employees here
	lead := []appraisal.Role{appraisal.RoleSupervisor}
	reader := []appraisal.Role{hrDinas, hrCity, auditor}
	results := []appraisal.Role{head, hrDinas, hrCity, auditor}
	run := []appraisal.Role{hrCity}
	ctx := context.Background()
	type act struct {
		allowed []appraisal.Role
		do      func(f *fake, a appraisal.Actor) error
	}
	cycles := func(f *fake) *app.Cycles { return &app.Cycles{Store: f, Now: clock} }
	reviews := func(f *fake) *app.Reviews { return &app.Reviews{Store: f, Now: clock} }
	evaluations := func(f *fake) *app.Evaluations {
		return &app.Evaluations{Store: f, Results: &app.Results{Store: f}, Now: clock}
	}
	for name, x := range map[string]act{
		"list cycles":  {reader, func(f *fake, a appraisal.Actor) error { _, err := cycles(f).List(ctx, a); return err }},
		"control room": {reader, func(f *fake, a appraisal.Actor) error { _, err := cycles(f).Control(ctx, a, 2026); return err }},
		"see a run":    {reader, func(f *fake, a appraisal.Actor) error { _, _, err := cycles(f).Run(ctx, a, 2026, 7); return err }},
		"move":         {run, func(f *fake, a appraisal.Actor) error { return cycles(f).Move(ctx, a, 2026, 3, appraisal.StageFilling) }},
		"publish":      {run, func(f *fake, a appraisal.Actor) error { return cycles(f).Publish(ctx, a, 2026, 3, 7) }},
		"start a run":  {run, func(f *fake, a appraisal.Actor) error { _, err := cycles(f).StartRun(ctx, a, 2026, 0); return err }},
		"cancel a run": {run, func(f *fake, a appraisal.Actor) error { return cycles(f).CancelRun(ctx, a, 2026, 7) }},
		"resume a run": {run, func(f *fake, a appraisal.Actor) error { return cycles(f).ResumeRun(ctx, a, 2026, 7) }},
		"form":         {filler, func(f *fake, a appraisal.Actor) error { _, err := reviews(f).Form(ctx, a, 5); return err }},
		"save":         {filler, func(f *fake, a appraisal.Actor) error { _, err := reviews(f).Save(ctx, a, 5, nil); return err }},
		"submit":       {filler, func(f *fake, a appraisal.Actor) error { return reviews(f).Submit(ctx, a, 5) }},
		"reopen":       {filler, func(f *fake, a appraisal.Actor) error { return reviews(f).Reopen(ctx, a, 5) }},
		"team":         {lead, func(f *fake, a appraisal.Actor) error { _, err := evaluations(f).Team(ctx, a, f.cycle); return err }},
		"assessment": {lead, func(f *fake, a appraisal.Actor) error {
			_, err := evaluations(f).Assessment(ctx, a, f.cycle, ani)
			return err
		}},
		"enter": {lead, func(f *fake, a appraisal.Actor) error {
			return evaluations(f).Enter(ctx, a, f.cycle, ani, 0, appraisal.LevelMeets, appraisal.LevelMeets)
		}},
		"finalise": {lead, func(f *fake, a appraisal.Actor) error {
			return evaluations(f).Finalise(ctx, a, f.cycle, ani, 0, appraisal.Decision{})
		}},
		"revise":     {lead, func(f *fake, a appraisal.Actor) error { return evaluations(f).Revise(ctx, a, f.cycle, ani, 0) }},
		"unit years": {results, func(f *fake, a appraisal.Actor) error { _, err := (&app.Results{Store: f}).Visible(ctx, a); return err }},
		"city":       {results, func(f *fake, a appraisal.Actor) error { _, err := (&app.Results{Store: f}).City(ctx, a, 0); return err }},
		"other dinas": {results, func(f *fake, a appraisal.Actor) error {
			_, err := (&app.Results{Store: f}).Dinas(ctx, a, other)
			return err
		}},
	} {
		for role, a := range everybody() {
			f := newFake(appraisal.StageEvaluation)
			err := x.do(f, a)
			allowed := slices.Contains(x.allowed, role)
			if forbidden := errors.Is(err, appraisal.ErrForbidden); forbidden == allowed {
				t.Errorf("%s as %s: %v", name, role, err)
			}
			if !allowed && len(f.calls) > 0 {
				t.Errorf("%s as %s: forbidden, yet the store was asked %v", name, role, f.calls)
			}
		}
	}
}

// What the store says is passed on, not swallowed.
func TestStoreErrorsPass(t *testing.T) {
	ctx := context.Background()
	hr, lead := official(appraisal.RoleHRCity), employee(boss, appraisal.RoleSupervisor)
	for name, do := range map[string]func(f *fake) error{
		"Cycles":       func(f *fake) error { _, err := (&app.Results{Store: f}).City(ctx, hr, 0); return err },
		"Cycle":        func(f *fake) error { _, err := (&app.Cycles{Store: f}).Control(ctx, hr, 2026); return err },
		"Progress":     func(f *fake) error { _, err := (&app.Cycles{Store: f}).Control(ctx, hr, 2026); return err },
		"Runs":         func(f *fake) error { _, err := (&app.Cycles{Store: f}).Control(ctx, hr, 2026); return err },
		"LatestRun":    func(f *fake) error { _, err := (&app.Results{Store: f}).Of(ctx, hr, 2026, ani); return err },
		"Rules":        func(f *fake) error { _, err := (&app.Results{Store: f}).Of(ctx, hr, 2026, ani); return err },
		"Instrument":   func(f *fake) error { _, err := (&app.Results{Store: f}).Of(ctx, hr, 2026, ani); return err },
		"Evaluation":   func(f *fake) error { _, err := (&app.Results{Store: f}).Of(ctx, hr, 2026, ani); return err },
		"EmployeeName": func(f *fake) error { _, err := (&app.Results{Store: f}).Of(ctx, hr, 2026, ani); return err },
		"Result":       func(f *fake) error { _, err := (&app.Results{Store: f}).Of(ctx, hr, 2026, ani); return err },
		"Comments":     func(f *fake) error { _, err := (&app.Results{Store: f}).Of(ctx, hr, 2026, ani); return err },
		"Participant": func(f *fake) error {
			_, err := (&app.Evaluations{Store: f, Results: &app.Results{Store: f}}).Team(ctx, lead, f.cycle)
			return err
		},
		"UnitYears": func(f *fake) error { _, err := (&app.Results{Store: f}).City(ctx, hr, 2026); return err },
		"Team": func(f *fake) error {
			_, err := (&app.Evaluations{Store: f, Results: &app.Results{Store: f}}).Assessment(ctx, lead, f.cycle, ani)
			return err
		},
		"Distribution": func(f *fake) error {
			_, err := (&app.Evaluations{Store: f, Results: &app.Results{Store: f}}).Team(ctx, lead, f.cycle)
			return err
		},
		"OrgPredikat": func(f *fake) error {
			_, err := (&app.Evaluations{Store: f, Results: &app.Results{Store: f}}).Team(ctx, lead, f.cycle)
			return err
		},
		"ReviewForm": func(f *fake) error {
			_, err := (&app.Reviews{Store: f, Now: clock}).Save(ctx, employee(ani), 5, nil)
			return err
		},
	} {
		f := newFake(appraisal.StageEvaluation)
		f.fails, f.err = name, errStore
		if err := do(f); !errors.Is(err, errStore) {
			t.Errorf("%s failed, the use case says %v", name, err)
		}
	}
}
