package app

import (
	"context"
	"errors"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// ResultStore reads results and what explains them.
type ResultStore interface {
	Cycle(ctx context.Context, year int) (appraisal.Cycle, error)
	Cycles(ctx context.Context) ([]appraisal.Cycle, error)
	Rules(ctx context.Context, id appraisal.RulesID) (appraisal.Rules, error)
	Instrument(ctx context.Context, id appraisal.InstrumentID) (appraisal.Instrument, error)
	Participant(ctx context.Context, cycle appraisal.CycleID, id appraisal.EmployeeID) (appraisal.Participant, error)
	LatestRun(ctx context.Context, c appraisal.Cycle) (appraisal.Run, error)
	Result(ctx context.Context, run appraisal.RunID, id appraisal.EmployeeID) (scoring.Result, error)
	Evaluation(ctx context.Context, p appraisal.Participant) (appraisal.Evaluation, error)
	EmployeeName(ctx context.Context, id appraisal.EmployeeID) (string, error)
	Comments(ctx context.Context, cycle appraisal.CycleID, ratee appraisal.EmployeeID, kinds []appraisal.ReviewKind) ([]appraisal.Comment, error)
	PublishedYears(ctx context.Context, id appraisal.EmployeeID) ([]appraisal.YearResult, error)
	OrgPredikat(ctx context.Context, unit appraisal.UnitID, year int) (appraisal.OrgPredikat, int, error)
	Unit(ctx context.Context, id appraisal.UnitID) (appraisal.Unit, error)
	UnitYears(ctx context.Context, c appraisal.Cycle, run appraisal.RunID, under appraisal.UnitID) ([]scoring.UnitYear, error)
	Predecessors(ctx context.Context, id appraisal.UnitID) ([]appraisal.Unit, error)
}

// Results is who may read which result, and what of it.
type Results struct{ Store ResultStore }

// Years returns the actor's own published years.
func (r *Results) Years(ctx context.Context, actor appraisal.Actor) ([]appraisal.YearResult, error) {
	if actor.Employee == 0 {
		return nil, nil
	}
	return r.Store.PublishedYears(ctx, actor.Employee)
}

// Of returns the result of an employee in a year. The employee reads their own
// once it is published; the supervisor of that year likewise; HR of the city
// and the auditor anybody's. For everybody else it does not exist.
func (r *Results) Of(ctx context.Context, actor appraisal.Actor, year int, id appraisal.EmployeeID) (scoring.Explained, error) {
	c, err := r.Store.Cycle(ctx, year)
	if err != nil {
		return scoring.Explained{}, err
	}
	p, err := r.Store.Participant(ctx, c.ID, id)
	if err != nil {
		return scoring.Explained{}, err
	}
	own := actor.Employee != 0 && id == actor.Employee
	team := actor.Employee != 0 && p.Supervisor == actor.Employee
	city := actor.Can(appraisal.PermAnyResult)
	switch {
	case c.Stage == appraisal.StagePublished && (own || team || city):
	case c.Stage == appraisal.StageEvaluation && city && !own && !team: // own people: the own entry comes first
	default:
		return scoring.Explained{}, appraisal.ErrNotFound
	}
	return r.explain(ctx, c, p)
}

// explain gathers a result with everything that explains it. Comments come
// from groups that the result uses only.
func (r *Results) explain(ctx context.Context, c appraisal.Cycle, p appraisal.Participant) (scoring.Explained, error) {
	x := scoring.Explained{Participant: p, Cycle: c}
	var err error
	if x.Rules, err = r.Store.Rules(ctx, c.RulesID); err != nil {
		return x, err
	}
	if x.Instrument, err = r.Store.Instrument(ctx, c.Instruments[appraisal.KindSelf]); err != nil {
		return x, err
	}
	if x.Evaluation, err = r.Store.Evaluation(ctx, p); err != nil {
		return x, err
	}
	if x.Evaluation.Evaluator != 0 {
		if x.EvaluatorName, err = r.Store.EmployeeName(ctx, x.Evaluation.Evaluator); err != nil {
			return x, err
		}
	}
	if x.Run, err = r.Store.LatestRun(ctx, c); err != nil {
		return x, ignoreNotFound(err)
	}
	if x.Result, err = r.Store.Result(ctx, x.Run.ID, p.EmployeeID); err != nil {
		return x, err
	}
	x.Comments, err = r.Store.Comments(ctx, c.ID, p.EmployeeID, kindsOf(x.Result))
	if _, merged := x.Result.Group(scoring.GroupMerged); merged {
		for i, comment := range x.Comments {
			if comment.Kind == appraisal.KindSubordinate {
				x.Comments[i].Kind = appraisal.KindPeer // which of the two it was could name the rater
			}
		}
	}
	return x, err
}

// kindsOf returns the kinds of forms behind the groups that a result uses.
func kindsOf(r scoring.Result) []appraisal.ReviewKind {
	var kinds []appraisal.ReviewKind
	for _, g := range r.Groups {
		switch g.Group {
		case scoring.GroupSelf:
			kinds = append(kinds, appraisal.KindSelf)
		case scoring.GroupSupervisor:
			kinds = append(kinds, appraisal.KindSupervisor)
		case scoring.GroupPeer:
			kinds = append(kinds, appraisal.KindPeer)
		case scoring.GroupSubordinate:
			kinds = append(kinds, appraisal.KindSubordinate)
		case scoring.GroupMerged:
			kinds = append(kinds, appraisal.KindPeer, appraisal.KindSubordinate)
		}
	}
	return kinds
}

func ignoreNotFound(err error) error {
	if errors.Is(err, appraisal.ErrNotFound) {
		return nil
	}
	return err
}

// Visible returns the cycles whose unit results the actor may read, newest
// first: published ones, and for HR of the city and the auditor also the one
// in evaluation.
func (r *Results) Visible(ctx context.Context, actor appraisal.Actor) ([]appraisal.Cycle, error) {
	if !actor.Can(appraisal.PermDinasResults) {
		return nil, appraisal.ErrForbidden
	}
	all, err := r.Store.Cycles(ctx)
	if err != nil {
		return nil, err
	}
	var visible []appraisal.Cycle
	for _, c := range all {
		if unitsVisible(actor, c) {
			visible = append(visible, c)
		}
	}
	return visible, nil
}

// unitsVisible reports whether the actor may read unit results of a cycle in
// its stage.
func unitsVisible(actor appraisal.Actor, c appraisal.Cycle) bool {
	return c.Stage == appraisal.StagePublished || c.Stage == appraisal.StageEvaluation && actor.Can(appraisal.PermUnsuppressed)
}

// CityYear is the results of every dinas that the actor may read in a year.
type CityYear struct {
	Cycle appraisal.Cycle
	Years []int
	// City is the sum of all; its Unit.ID is 0 for actors who see a dinas only.
	City       scoring.UnitYear
	Units      []scoring.UnitYear
	Instrument appraisal.Instrument
	Rules      appraisal.Rules
}

// City returns the results of all dinas the actor may read in a year; year 0
// is the newest.
func (r *Results) City(ctx context.Context, actor appraisal.Actor, year int) (CityYear, error) {
	var v CityYear
	cycles, err := r.Visible(ctx, actor)
	if err != nil {
		return v, err
	}
	for _, c := range cycles {
		v.Years = append(v.Years, c.Year)
		if c.Year == year || year == 0 && v.Cycle.ID == 0 {
			v.Cycle = c
		}
	}
	if v.Cycle.ID == 0 {
		if year == 0 {
			return v, nil
		}
		return v, appraisal.ErrNotFound
	}
	city, units, err := r.unitYears(ctx, actor, v.Cycle, 0)
	if err != nil {
		return v, err
	}
	if actor.WholeCity(appraisal.PermDinasResults) {
		v.City = city
	}
	for _, u := range units {
		if actor.CanIn(appraisal.PermDinasResults, u.Unit.ID) {
			v.Units = append(v.Units, u)
		}
	}
	v.Rules, v.Instrument, err = r.basis(ctx, v.Cycle)
	return v, err
}

func (r *Results) basis(ctx context.Context, c appraisal.Cycle) (appraisal.Rules, appraisal.Instrument, error) {
	rules, err := r.Store.Rules(ctx, c.RulesID)
	if err != nil {
		return rules, appraisal.Instrument{}, err
	}
	in, err := r.Store.Instrument(ctx, c.Instruments[appraisal.KindSelf])
	return rules, in, err
}

// Dinas returns the results of one dinas over the years in which it took part,
// newest first, and the units it came from, whose results stay with them.
func (r *Results) Dinas(ctx context.Context, actor appraisal.Actor, id appraisal.UnitID) (scoring.UnitReport, error) {
	var report scoring.UnitReport
	if !actor.CanIn(appraisal.PermDinasResults, id) {
		if actor.Can(appraisal.PermDinasResults) {
			return report, appraisal.ErrNotFound
		}
		return report, appraisal.ErrForbidden
	}
	unit, err := r.Store.Unit(ctx, id)
	if err != nil {
		return report, err
	}
	if unit.Kind != appraisal.UnitDinas {
		return report, appraisal.ErrNotFound
	}
	cycles, err := r.Visible(ctx, actor)
	if err != nil {
		return report, err
	}
	for _, c := range cycles {
		_, units, err := r.unitYears(ctx, actor, c, 0)
		if err != nil {
			return report, err
		}
		for _, u := range units {
			if u.Unit.ID == id {
				report.Years = append(report.Years, u)
			}
		}
		if len(report.Years) == 1 && report.Rules.ID == 0 {
			if report.Rules, report.Instrument, err = r.basis(ctx, c); err != nil {
				return report, err
			}
		}
	}
	if len(report.Years) == 0 {
		return report, appraisal.ErrNotFound
	}
	report.Predecessors, err = r.Store.Predecessors(ctx, id)
	return report, err
}

// Below returns the results of the units right below a dinas in a year, as the
// actor may see them.
func (r *Results) Below(ctx context.Context, actor appraisal.Actor, id appraisal.UnitID, year int) ([]scoring.UnitYear, error) {
	if !actor.CanIn(appraisal.PermDinasResults, id) {
		return nil, appraisal.ErrNotFound
	}
	c, err := r.Store.Cycle(ctx, year)
	if err != nil {
		return nil, err
	}
	if !unitsVisible(actor, c) {
		return nil, appraisal.ErrNotFound
	}
	_, dinas, err := r.unitYears(ctx, actor, c, 0)
	if err != nil {
		return nil, err
	}
	for _, d := range dinas {
		if d.Unit.ID == id && (d.MeansHidden || d.DistributionHidden) {
			return nil, nil // together they would give away the dinas
		}
	}
	_, units, err := r.unitYears(ctx, actor, c, id)
	return units, err
}

// unitYears returns the results of a unit and of those right below it, of the
// city and every dinas where top is 0, as the actor may see them: for all but
// HR of the city and the auditor numbers of small groups are removed, together
// with those from which they could be computed.
func (r *Results) unitYears(ctx context.Context, actor appraisal.Actor, c appraisal.Cycle, top appraisal.UnitID) (
	whole scoring.UnitYear, below []scoring.UnitYear, err error,
) {
	latest, err := r.Store.LatestRun(ctx, c)
	if err = ignoreNotFound(err); err != nil {
		return whole, nil, err
	}
	units, err := r.Store.UnitYears(ctx, c, latest.ID, top)
	if err != nil {
		return whole, nil, err
	}
	rules, err := r.Store.Rules(ctx, c.RulesID)
	if err != nil {
		return whole, nil, err
	}
	for _, u := range units {
		if u.Distribution.Total() >= rules.MinDistributionGroup {
			u.Unmet = rules.Patterns[u.Org].Check(u.Distribution)
		}
		if u.Unit.ID == top || top == 0 && u.Unit.Kind == appraisal.UnitCity {
			whole = u
		} else {
			below = append(below, u)
		}
	}
	if !actor.Can(appraisal.PermUnsuppressed) {
		scoring.Suppress(whole, below, rules)
	}
	return whole, below, nil
}
