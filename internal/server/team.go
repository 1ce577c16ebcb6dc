package server

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/path"
)

func (s *Server) showTeam(w http.ResponseWriter, r *http.Request) error {
	c, err := s.Site.CurrentCycle(r.Context())
	if err != nil {
		return err
	}
	t, err := s.Evaluations.Team(r.Context(), actorOf(r), c)
	if err != nil {
		return err
	}
	v := page.TeamView{
		Cycle: c, Rules: t.Rules, Members: t.Members, Org: t.Org, OrgYear: t.OrgYear,
		Distribution: t.Distribution, Unmet: t.Unmet, Now: s.Now(),
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Team(c, v) })
}

func (s *Server) showEvaluation(w http.ResponseWriter, r *http.Request) error {
	return s.renderEvaluation(w, r, http.StatusOK, page.EvaluationView{})
}

// renderEvaluation shows an evaluation. v holds what was typed and why it was
// refused, where it was.
func (s *Server) renderEvaluation(w http.ResponseWriter, r *http.Request, status int, v page.EvaluationView) error {
	c, a, err := s.assessment(r)
	if err != nil {
		return err
	}
	x := a.Explained
	v.Cycle, v.Person, v.Evaluation, v.Advice, v.Explained = c, x.Participant, x.Evaluation, a.Advice, x
	v.Explanation = scoring.Explain(x.Result, x.Rules, variances(x.Run))
	v.Org, v.OrgYear, v.Next, v.Done, v.Total, v.Now = a.OrgOfHead, a.OrgYear, a.Next, a.Done, a.Total, s.Now()
	return s.render(w, r, status, func(c layout.Chrome) templ.Component { return page.Evaluation(c, v) })
}

func (s *Server) assessment(r *http.Request) (appraisal.Cycle, app.Assessment, error) {
	c, id, err := s.evaluated(r)
	if err != nil {
		return c, app.Assessment{}, err
	}
	a, err := s.Evaluations.Assessment(r.Context(), actorOf(r), c, id)
	return c, a, err
}

// evaluated reads whom the address names, in the current cycle.
func (s *Server) evaluated(r *http.Request) (appraisal.Cycle, appraisal.EmployeeID, error) {
	id, err := idOf[appraisal.EmployeeID](r, "id")
	if err != nil {
		return appraisal.Cycle{}, 0, err
	}
	c, err := s.Site.CurrentCycle(r.Context())
	return c, id, err
}

// variances are those of a run where it has an estimate.
func variances(run appraisal.Run) scoring.Variances {
	v := scoring.DefaultVariances
	if run.VariancePeer > 0 {
		v.Peer = run.VariancePeer
	}
	if run.VarianceSubordinate > 0 {
		v.Subordinate = run.VarianceSubordinate
	}
	return v
}

// decide runs one act on an evaluation and shows the form again with what was
// typed where it is refused.
func (s *Server) decide(w http.ResponseWriter, r *http.Request,
	act func(c appraisal.Cycle, id appraisal.EmployeeID, version int, d appraisal.Decision) error,
) error {
	if err := parseForm(r); err != nil {
		return err
	}
	c, id, err := s.evaluated(r)
	if err != nil {
		return err
	}
	d := appraisal.Decision{
		Work:            appraisal.Level(r.PostForm.Get(page.FieldWork)),
		Behaviour:       appraisal.Level(r.PostForm.Get(page.FieldBehaviour)),
		WorkReason:      normal(r.PostForm.Get(page.FieldWorkReason)),
		BehaviourReason: normal(r.PostForm.Get(page.FieldBehaviourReason)),
		Recommendation:  normal(r.PostForm.Get(page.FieldRecommendation)),
	}
	err = act(c, id, number(r.PostForm, page.FieldVersion), d)
	var invalid *appraisal.InvalidError
	if errors.As(err, &invalid) {
		return s.renderEvaluation(w, r, http.StatusUnprocessableEntity, page.EvaluationView{Typed: &d, Faults: invalid.Faults})
	}
	if status, known := s.status(err); err != nil && status == http.StatusConflict {
		return s.renderEvaluation(w, r, status, page.EvaluationView{Typed: &d, Err: known})
	}
	if err != nil {
		return err
	}
	return redirect(w, r, path.Evaluation(id))
}

func (s *Server) enterEvaluation(w http.ResponseWriter, r *http.Request) error {
	return s.decide(w, r, func(c appraisal.Cycle, id appraisal.EmployeeID, version int, d appraisal.Decision) error {
		return s.Evaluations.Enter(r.Context(), actorOf(r), c, id, version, d.Work, d.Behaviour)
	})
}

func (s *Server) finaliseEvaluation(w http.ResponseWriter, r *http.Request) error {
	return s.decide(w, r, func(c appraisal.Cycle, id appraisal.EmployeeID, version int, d appraisal.Decision) error {
		return s.Evaluations.Finalise(r.Context(), actorOf(r), c, id, version, d)
	})
}

func (s *Server) reviseEvaluation(w http.ResponseWriter, r *http.Request) error {
	return s.decide(w, r, func(c appraisal.Cycle, id appraisal.EmployeeID, version int, _ appraisal.Decision) error {
		return s.Evaluations.Revise(r.Context(), actorOf(r), c, id, version)
	})
}
