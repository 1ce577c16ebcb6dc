package app

import (
	"context"
	"errors"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// EvaluationStore keeps evaluations and what supervisors see of their people.
type EvaluationStore interface {
	Team(ctx context.Context, cycle appraisal.CycleID, supervisor appraisal.EmployeeID) ([]appraisal.Member, error)
	Distribution(ctx context.Context, cycle appraisal.CycleID, supervisor appraisal.EmployeeID) (appraisal.Distribution, error)
	UpdateEvaluation(ctx context.Context, actor appraisal.Actor, p appraisal.Participant, version int, act string,
		change func(*appraisal.Evaluation) error) error
}

// Evaluations is what supervisors do after the forms are closed.
type Evaluations struct {
	Store   EvaluationStore
	Results *Results
	Now     func() time.Time
}

// Team is a supervisor's people with how their predikat are distributed.
type Team struct {
	Cycle   appraisal.Cycle
	Members []appraisal.Member
	// Org is the organisation predikat of the unit that the supervisor leads.
	Distribution appraisal.Distribution
	Org          appraisal.OrgPredikat
	OrgYear      int
	Rules        appraisal.Rules
	// Unmet is empty for a group too small to be checked.
	Unmet []appraisal.Unmet
}

// Team returns the actor's people in a cycle.
func (e *Evaluations) Team(ctx context.Context, actor appraisal.Actor, c appraisal.Cycle) (Team, error) {
	t := Team{Cycle: c}
	if !actor.Can(appraisal.PermTeam) {
		return t, appraisal.ErrForbidden
	}
	var err error
	if t.Members, err = e.Store.Team(ctx, c.ID, actor.Employee); err != nil {
		return t, err
	}
	if t.Distribution, err = e.Store.Distribution(ctx, c.ID, actor.Employee); err != nil {
		return t, err
	}
	if t.Rules, err = e.Results.Store.Rules(ctx, c.RulesID); err != nil {
		return t, err
	}
	own, err := e.Results.Store.Participant(ctx, c.ID, actor.Employee)
	if err == nil {
		if t.Org, t.OrgYear, err = e.pattern(ctx, own, c.Year); err != nil {
			return t, err
		}
	} else if !errors.Is(err, appraisal.ErrNotFound) {
		return t, err
	}
	if t.Distribution.Total() >= t.Rules.MinDistributionGroup {
		t.Unmet = t.Rules.Patterns[t.Org].Check(t.Distribution)
	}
	return t, nil
}

// pattern returns the organisation predikat that the distribution of a
// supervisor's people is held against: of the unit they lead, or of its dinas
// where the unit has none of its own.
func (e *Evaluations) pattern(ctx context.Context, p appraisal.Participant, year int) (org appraisal.OrgPredikat, of int, err error) {
	for _, unit := range []appraisal.UnitID{p.LeadsUnit, p.Dinas} {
		if unit == 0 || org != "" {
			continue
		}
		if org, of, err = e.Results.Store.OrgPredikat(ctx, unit, year); err != nil {
			return "", 0, err
		}
	}
	return org, of, nil
}

// Assessment is what a supervisor sees of one of their people while evaluating.
type Assessment struct {
	Explained scoring.Explained
	Advice    appraisal.Advice
	// OrgOfHead is the organisation predikat of the unit the person heads, and
	// its year; "" for people who head none.
	OrgOfHead appraisal.OrgPredikat
	OrgYear   int
	// Next is another of the supervisor's people without a final evaluation; 0
	// when all are done.
	Next appraisal.EmployeeID
	// Done of Total people have a final evaluation.
	Done, Total int
}

// Assessment returns the evaluation of one of the actor's people. Before the
// own entry, index, groups and comments are left out of what is returned.
func (e *Evaluations) Assessment(ctx context.Context, actor appraisal.Actor, c appraisal.Cycle, id appraisal.EmployeeID) (Assessment, error) {
	var a Assessment
	p, err := e.own(ctx, actor, c, id)
	if err != nil {
		return a, err
	}
	if a.Explained, err = e.Results.explain(ctx, c, p); err != nil {
		return a, err
	}
	a.Advice, a.OrgOfHead, a.OrgYear, err = e.advice(ctx, a.Explained)
	if err != nil {
		return a, err
	}
	if a.Explained.Evaluation.State == appraisal.EvaluationOpen {
		a.Explained.Result, a.Explained.Comments, a.Advice = scoring.Result{}, nil, appraisal.Advice{}
	}
	team, err := e.Store.Team(ctx, c.ID, actor.Employee)
	if err != nil {
		return a, err
	}
	a.Next, a.Done, a.Total = next(team, id)
	return a, nil
}

// next returns the first of a team after id, in its order and around its end,
// who has no final evaluation.
func next(team []appraisal.Member, id appraisal.EmployeeID) (following appraisal.EmployeeID, done, total int) {
	at := 0
	for i, m := range team {
		if m.Participant.EmployeeID == id {
			at = i
		}
		if m.Evaluation == appraisal.EvaluationFinal {
			done++
		}
	}
	for i := range team {
		m := team[(at+1+i)%len(team)]
		if m.Participant.EmployeeID != id && m.Evaluation != appraisal.EvaluationFinal {
			return m.Participant.EmployeeID, done, len(team)
		}
	}
	return 0, done, len(team)
}

// own returns one of the actor's people; anybody else is ErrNotFound.
func (e *Evaluations) own(ctx context.Context, actor appraisal.Actor, c appraisal.Cycle, id appraisal.EmployeeID) (appraisal.Participant, error) {
	if !actor.Can(appraisal.PermTeam) {
		return appraisal.Participant{}, appraisal.ErrForbidden
	}
	p, err := e.Results.Store.Participant(ctx, c.ID, id)
	if err != nil {
		return p, err
	}
	if p.Supervisor != actor.Employee || id == actor.Employee {
		return p, appraisal.ErrNotFound
	}
	return p, nil
}

// advice returns what is proposed: the behaviour level from the index, and for
// the head of a unit the work level from the unit's organisation predikat.
func (e *Evaluations) advice(ctx context.Context, x scoring.Explained) (appraisal.Advice, appraisal.OrgPredikat, int, error) {
	a := appraisal.Advice{Run: x.Run.ID, Behaviour: x.Result.Proposal}
	if x.Participant.LeadsUnit == 0 {
		return a, "", 0, nil
	}
	org, year, err := e.Results.Store.OrgPredikat(ctx, x.Participant.LeadsUnit, x.Cycle.Year)
	a.Work = org.WorkLevel()
	return a, org, year, err
}

// Enter records the supervisor's own entry.
func (e *Evaluations) Enter(ctx context.Context, actor appraisal.Actor, c appraisal.Cycle, id appraisal.EmployeeID, version int,
	work, behaviour appraisal.Level,
) error {
	p, err := e.own(ctx, actor, c, id)
	if err != nil {
		return err
	}
	return e.Store.UpdateEvaluation(ctx, actor, p, version, "enter_evaluation", func(ev *appraisal.Evaluation) error {
		return ev.Enter(work, behaviour, e.Now())
	})
}

// Finalise sets both ratings and with them the predikat.
func (e *Evaluations) Finalise(ctx context.Context, actor appraisal.Actor, c appraisal.Cycle, id appraisal.EmployeeID, version int,
	d appraisal.Decision,
) error {
	p, err := e.own(ctx, actor, c, id)
	if err != nil {
		return err
	}
	x, err := e.Results.explain(ctx, c, p)
	if err != nil {
		return err
	}
	advice, _, _, err := e.advice(ctx, x)
	if err != nil {
		return err
	}
	return e.Store.UpdateEvaluation(ctx, actor, p, version, "finalise_evaluation", func(ev *appraisal.Evaluation) error {
		return ev.Finalise(d, advice, e.Now())
	})
}

// Revise opens a final evaluation again, until publication.
func (e *Evaluations) Revise(ctx context.Context, actor appraisal.Actor, c appraisal.Cycle, id appraisal.EmployeeID, version int) error {
	p, err := e.own(ctx, actor, c, id)
	if err != nil {
		return err
	}
	return e.Store.UpdateEvaluation(ctx, actor, p, version, "revise_evaluation", (*appraisal.Evaluation).Revise)
}
