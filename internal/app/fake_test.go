package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

var now = time.Date(2026, time.November, 23, 3, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// people and units of the fake.
const (
	boss     appraisal.EmployeeID = 1
	ani      appraisal.EmployeeID = 2
	budi     appraisal.EmployeeID = 3
	stranger appraisal.EmployeeID = 9

	city  appraisal.UnitID = 10
	dinas appraisal.UnitID = 11
	other appraisal.UnitID = 12
)

func employee(e appraisal.EmployeeID, roles ...appraisal.Role) appraisal.Actor {
	return appraisal.Actor{User: appraisal.UserID(100 + e), Employee: e, Roles: append([]appraisal.Role{appraisal.RoleEmployee}, roles...)}
}

func official(role appraisal.Role, dinas ...appraisal.UnitID) appraisal.Actor {
	return appraisal.Actor{User: 200, Roles: []appraisal.Role{role}, Dinas: map[appraisal.Role][]appraisal.UnitID{role: dinas}}
}

var rules = appraisal.Rules{
	ID: 1, Version: "2026.1", Scheme: appraisal.SchemeThreeSources,
	MinPeers: 3, MinSubordinates: 3, MinMerged: 3, MinAnswered: appraisal.NewRatio(2, 3), MinBehaviours: 5,
	Meets: appraisal.NewRatio(5, 2), Above: appraisal.NewRatio(7, 2), MinMeanGroup: 5, MinDistributionGroup: 10,
	Patterns: map[appraisal.OrgPredikat]appraisal.Pattern{appraisal.OrgBaik: {Largest: appraisal.PredikatBaik}},
}

// instrument has seven behaviours with so many items each.
func instrument(id appraisal.InstrumentID, items int) appraisal.Instrument {
	in := appraisal.Instrument{ID: id, Code: "test", Version: items}
	for _, code := range []string{"BP", "AK", "KM", "HR", "LY", "AD", "KL"} {
		in.Behaviours = append(in.Behaviours, appraisal.Behaviour{Code: code, Name: code, Items: make([]appraisal.Item, items)})
	}
	return in
}

// fake keeps everything in memory, in one stage of one year unless a test says
// otherwise, and remembers what it was asked.
type fake struct {
	calls []string
	err   error // of the method named by fails
	fails string

	cycle       appraisal.Cycle
	cycles      []appraisal.Cycle
	forms       map[appraisal.ReviewID]*appraisal.ReviewForm
	people      map[appraisal.EmployeeID]appraisal.Participant
	evaluations map[appraisal.EmployeeID]*appraisal.Evaluation
	run         appraisal.Run
	runs        map[appraisal.RunID]*appraisal.Run
	result      scoring.Result
	comments    []appraisal.Comment
	units       []scoring.UnitYear
	below       []scoring.UnitYear
	org         appraisal.OrgPredikat
	final       appraisal.Distribution
	progress    []appraisal.UnitID // what Progress was asked for
	progressNil bool

	users     map[string]appraisal.UserID
	hashes    map[appraisal.UserID]string
	devices   map[string]appraisal.UserID
	throttled map[string]time.Duration // by key of the bucket
	tries     []appraisal.Bucket
	cleared   []appraisal.Bucket
}

func newFake(stage appraisal.Stage) *fake {
	f := &fake{
		cycle: appraisal.Cycle{ID: 1, Year: 2026, Stage: stage, Version: 3, RulesID: 1, Instruments: map[appraisal.ReviewKind]appraisal.InstrumentID{
			appraisal.KindSelf: 1, appraisal.KindSupervisor: 1, appraisal.KindPeer: 2, appraisal.KindSubordinate: 2,
		}},
		people: map[appraisal.EmployeeID]appraisal.Participant{
			boss: {CycleID: 1, EmployeeID: boss, Name: "Atasan", Unit: dinas, Dinas: dinas, LeadsUnit: dinas},
			ani:  {CycleID: 1, EmployeeID: ani, Name: "Ani", Unit: dinas, Dinas: dinas, Supervisor: boss},
			budi: {CycleID: 1, EmployeeID: budi, Name: "Budi", Unit: dinas, Dinas: dinas, Supervisor: boss},
		},
		evaluations: map[appraisal.EmployeeID]*appraisal.Evaluation{},
		runs:        map[appraisal.RunID]*appraisal.Run{},
		run:         appraisal.Run{ID: 7, CycleID: 1, RulesID: 1, CycleVersion: 3, State: appraisal.RunComplete},
		final:       appraisal.Distribution{},
	}
	f.cycles = []appraisal.Cycle{f.cycle}
	f.runs[7] = &f.run
	form := &appraisal.ReviewForm{
		Review: appraisal.Review{ID: 5, CycleID: 1, Kind: appraisal.KindPeer, Ratee: budi, Rater: ani, Instrument: 2, State: appraisal.ReviewDraft,
			Answers: make([]appraisal.Answer, 7), Comments: make([]string, 7), Versions: make([]int, 14)},
		Instrument: instrument(2, 1), Cycle: f.cycle,
	}
	f.forms = map[appraisal.ReviewID]*appraisal.ReviewForm{5: form}
	mean := appraisal.NewRatio(4, 1)
	f.result = scoring.Result{Case: scoring.CaseComplete, Index: mean, Proposal: appraisal.LevelAbove, Groups: []scoring.GroupResult{
		{Group: scoring.GroupSelf, Weight: 10, Count: 1, Mean: mean}, {Group: scoring.GroupSupervisor, Weight: 60, Count: 1, Mean: mean},
		{Group: scoring.GroupPeer, Weight: 30, Count: 4, Mean: mean},
	}}
	for _, k := range appraisal.ReviewKinds {
		f.comments = append(f.comments, appraisal.Comment{Kind: k, Text: "catatan " + string(k)})
	}
	return f
}

// call remembers a call and returns the error that the test wants of it.
func (f *fake) call(name string) error {
	f.calls = append(f.calls, name)
	if f.fails == name {
		return f.err
	}
	return nil
}

func (f *fake) Cycles(context.Context) ([]appraisal.Cycle, error) { return f.cycles, f.call("Cycles") }

func (f *fake) Cycle(_ context.Context, year int) (appraisal.Cycle, error) {
	if err := f.call("Cycle"); err != nil {
		return appraisal.Cycle{}, err
	}
	for _, c := range f.cycles {
		if c.Year == year {
			return c, nil
		}
	}
	return appraisal.Cycle{}, appraisal.ErrNotFound
}

func (f *fake) UpdateCycle(_ context.Context, _ appraisal.UserID, year, version int, run appraisal.RunID, act string,
	change func(*appraisal.Cycle, appraisal.Run) error,
) error {
	if err := f.call("UpdateCycle " + act); err != nil {
		return err
	}
	if year != f.cycle.Year {
		return appraisal.ErrNotFound
	}
	if version != f.cycle.Version {
		return appraisal.ErrConflict
	}
	var r appraisal.Run
	if run != 0 {
		r = *f.runs[run]
	}
	return change(&f.cycle, r)
}

func (f *fake) Progress(_ context.Context, _ appraisal.CycleID, only []appraisal.UnitID) ([]appraisal.DinasProgress, error) {
	f.progress, f.progressNil = only, only == nil
	return nil, f.call("Progress")
}

func (f *fake) Runs(context.Context, appraisal.CycleID) ([]appraisal.Run, error) {
	return []appraisal.Run{f.run}, f.call("Runs")
}

func (f *fake) Run(_ context.Context, id appraisal.RunID) (appraisal.Run, error) {
	if r, ok := f.runs[id]; ok {
		return *r, f.call("Run")
	}
	return appraisal.Run{}, appraisal.ErrNotFound
}

func (f *fake) StartRun(context.Context, appraisal.UserID, int, appraisal.RunID, time.Time) (appraisal.Run, error) {
	return appraisal.Run{ID: 8}, f.call("StartRun")
}

func (f *fake) TurnRun(_ context.Context, _ appraisal.UserID, id appraisal.RunID, act string, turn func(*appraisal.Run, appraisal.Cycle) error) error {
	if err := f.call("TurnRun " + act); err != nil {
		return err
	}
	return turn(f.runs[id], f.cycle)
}

func (f *fake) ReviewForm(_ context.Context, rater appraisal.EmployeeID, id appraisal.ReviewID) (appraisal.ReviewForm, error) {
	if err := f.call("ReviewForm"); err != nil {
		return appraisal.ReviewForm{}, err
	}
	form, ok := f.forms[id]
	if !ok || form.Review.Rater != rater {
		return appraisal.ReviewForm{}, appraisal.ErrNotFound
	}
	return *form, nil
}

func (f *fake) SaveReview(ctx context.Context, rater appraisal.EmployeeID, id appraisal.ReviewID, change func(*appraisal.ReviewForm) error) (appraisal.ReviewForm, error) {
	form, err := f.ReviewForm(ctx, rater, id)
	if err != nil {
		return form, err
	}
	f.calls = append(f.calls, "SaveReview")
	form.Review.Answers, form.Review.Comments, form.Review.Versions =
		slices.Clone(form.Review.Answers), slices.Clone(form.Review.Comments), slices.Clone(form.Review.Versions)
	if err := change(&form); err != nil {
		return form, err
	}
	*f.forms[id] = form
	return form, nil
}

func (f *fake) TurnReview(ctx context.Context, actor appraisal.Actor, id appraisal.ReviewID, act string, turn func(*appraisal.ReviewForm) error) error {
	form, err := f.ReviewForm(ctx, actor.Employee, id)
	if err != nil {
		return err
	}
	f.calls = append(f.calls, "TurnReview "+act)
	if err := turn(&form); err != nil {
		return err
	}
	*f.forms[id] = form
	return nil
}

func (f *fake) Tasks(context.Context, appraisal.EmployeeID, appraisal.CycleID) ([]appraisal.Task, error) {
	return []appraisal.Task{{Review: 5}}, f.call("Tasks")
}

func (f *fake) Rules(context.Context, appraisal.RulesID) (appraisal.Rules, error) {
	return rules, f.call("Rules")
}

func (f *fake) Instrument(_ context.Context, id appraisal.InstrumentID) (appraisal.Instrument, error) {
	return instrument(id, 5-2*int(id)), f.call("Instrument") // 3 items and 1
}

func (f *fake) Participant(_ context.Context, _ appraisal.CycleID, id appraisal.EmployeeID) (appraisal.Participant, error) {
	if err := f.call("Participant"); err != nil {
		return appraisal.Participant{}, err
	}
	p, ok := f.people[id]
	if !ok {
		return p, appraisal.ErrNotFound
	}
	return p, nil
}

func (f *fake) LatestRun(context.Context, appraisal.Cycle) (appraisal.Run, error) {
	if f.run.ID == 0 {
		return f.run, appraisal.ErrNotFound
	}
	return f.run, f.call("LatestRun")
}

func (f *fake) Result(context.Context, appraisal.RunID, appraisal.EmployeeID) (scoring.Result, error) {
	return f.result, f.call("Result")
}

func (f *fake) Evaluation(_ context.Context, p appraisal.Participant) (appraisal.Evaluation, error) {
	if e, ok := f.evaluations[p.EmployeeID]; ok {
		return *e, f.call("Evaluation")
	}
	return appraisal.Evaluation{CycleID: p.CycleID, EmployeeID: p.EmployeeID, Evaluator: p.Supervisor, State: appraisal.EvaluationOpen}, f.call("Evaluation")
}

func (f *fake) EmployeeName(context.Context, appraisal.EmployeeID) (string, error) {
	return "Nama", f.call("EmployeeName")
}

func (f *fake) Comments(_ context.Context, _ appraisal.CycleID, _ appraisal.EmployeeID, kinds []appraisal.ReviewKind) ([]appraisal.Comment, error) {
	var list []appraisal.Comment
	for _, c := range f.comments {
		if slices.Contains(kinds, c.Kind) {
			list = append(list, c)
		}
	}
	return list, f.call("Comments")
}

func (f *fake) PublishedYears(context.Context, appraisal.EmployeeID) ([]appraisal.YearResult, error) {
	return []appraisal.YearResult{{Year: 2025}}, f.call("PublishedYears")
}

func (f *fake) OrgPredikat(context.Context, appraisal.UnitID, int) (appraisal.OrgPredikat, int, error) {
	return f.org, 2026, f.call("OrgPredikat")
}

func (f *fake) Unit(_ context.Context, id appraisal.UnitID) (appraisal.Unit, error) {
	for _, u := range slices.Concat(f.units, f.below) {
		if u.Unit.ID == id {
			return u.Unit, f.call("Unit")
		}
	}
	return appraisal.Unit{}, appraisal.ErrNotFound
}

// UnitYears returns copies: what is suppressed for one actor is there for the next.
func (f *fake) UnitYears(_ context.Context, c appraisal.Cycle, run appraisal.RunID, under appraisal.UnitID) ([]scoring.UnitYear, error) {
	from := f.units
	if under != 0 {
		from = f.below
	}
	list := slices.Clone(from)
	for i := range list {
		list[i].Year, list[i].Stage, list[i].Run = c.Year, c.Stage, run
		list[i].Result.Behaviours = slices.Clone(list[i].Result.Behaviours)
	}
	return list, f.call("UnitYears")
}

func (f *fake) Predecessors(context.Context, appraisal.UnitID) ([]appraisal.Unit, error) {
	return []appraisal.Unit{{Name: "Dinas Lama"}}, f.call("Predecessors")
}

func (f *fake) Team(_ context.Context, _ appraisal.CycleID, supervisor appraisal.EmployeeID) ([]appraisal.Member, error) {
	var list []appraisal.Member
	for _, id := range []appraisal.EmployeeID{boss, ani, budi} {
		if p := f.people[id]; p.Supervisor == supervisor {
			m := appraisal.Member{Participant: p, Evaluation: appraisal.EvaluationOpen}
			if e, ok := f.evaluations[id]; ok {
				m.Evaluation = e.State
			}
			list = append(list, m)
		}
	}
	return list, f.call("Team")
}

func (f *fake) Distribution(context.Context, appraisal.CycleID, appraisal.EmployeeID) (appraisal.Distribution, error) {
	return f.final, f.call("Distribution")
}

func (f *fake) UpdateEvaluation(ctx context.Context, actor appraisal.Actor, p appraisal.Participant, version int, act string, change func(*appraisal.Evaluation) error) error {
	if err := f.call("UpdateEvaluation " + act); err != nil {
		return err
	}
	e, err := f.Evaluation(ctx, p)
	if err != nil {
		return err
	}
	if e.Version != version {
		return appraisal.ErrConflict
	}
	e.Evaluator = actor.Employee
	if err := change(&e); err != nil {
		return err
	}
	f.evaluations[p.EmployeeID] = &e
	return nil
}

func (f *fake) Credential(_ context.Context, login string) (appraisal.UserID, string, error) {
	if err := f.call("Credential"); err != nil {
		return 0, "", err
	}
	id, ok := f.users[login]
	if !ok {
		return 0, "", appraisal.ErrNotFound
	}
	return id, f.hashes[id], nil
}

func (f *fake) Actor(_ context.Context, id appraisal.UserID) (appraisal.Actor, error) {
	return appraisal.Actor{User: id}, f.call("Actor")
}

func (f *fake) KnownDevice(_ context.Context, user appraisal.UserID, device string) (bool, error) {
	return user != 0 && f.devices[device] == user, f.call("KnownDevice")
}

func (f *fake) Throttle(_ context.Context, buckets []appraisal.Bucket, _ time.Time) (time.Duration, error) {
	f.tries = append(f.tries, buckets...)
	var wait time.Duration
	for _, b := range buckets {
		wait = max(wait, f.throttled[b.Key])
	}
	return wait, f.call("Throttle")
}

func (f *fake) SignedIn(_ context.Context, _ appraisal.UserID, clear []appraisal.Bucket, _ string, _ time.Time) error {
	f.cleared = append(f.cleared, clear...)
	return f.call("SignedIn")
}

func (f *fake) SignedOut(context.Context, appraisal.UserID) error { return f.call("SignedOut") }

func (f *fake) SetPassword(_ context.Context, login, hash string, _ time.Time) error {
	id, ok := f.users[login]
	if !ok {
		return appraisal.ErrNotFound
	}
	f.hashes[id] = hash
	return f.call("SetPassword")
}

func (f *fake) CreateAdmin(_ context.Context, username, _, hash string) error {
	f.users[username] = 300
	f.hashes[300] = hash
	return f.call("CreateAdmin")
}

var (
	_ app.AccountStore    = (*fake)(nil)
	_ app.CycleStore      = (*fake)(nil)
	_ app.EvaluationStore = (*fake)(nil)
	_ app.ResultStore     = (*fake)(nil)
	_ app.ReviewStore     = (*fake)(nil)
)

var errStore = errors.New("the database is away")

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// everybody has one actor for each role, none of them near the fake's people.
func everybody() map[appraisal.Role]appraisal.Actor {
	return map[appraisal.Role]appraisal.Actor{
		appraisal.RoleEmployee:   employee(stranger),
		appraisal.RoleSupervisor: employee(stranger, appraisal.RoleSupervisor),
		appraisal.RoleReviewer:   employee(stranger, appraisal.RoleReviewer),
		appraisal.RoleHead:       {User: 1, Employee: stranger, Roles: []appraisal.Role{appraisal.RoleEmployee, appraisal.RoleHead}, Dinas: map[appraisal.Role][]appraisal.UnitID{appraisal.RoleHead: {other}}},
		appraisal.RoleHRDinas:    official(appraisal.RoleHRDinas, other),
		appraisal.RoleHRCity:     official(appraisal.RoleHRCity),
		appraisal.RoleAuditor:    official(appraisal.RoleAuditor),
		appraisal.RoleAdmin:      official(appraisal.RoleAdmin),
	}
}

func asInvalid(err error, target **appraisal.InvalidError) bool { return errors.As(err, target) }
