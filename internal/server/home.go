package server

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
)

func (s *Server) showHome(w http.ResponseWriter, r *http.Request) error {
	ctx, a := r.Context(), actorOf(r)
	v := page.HomeView{Now: s.Now(), Name: a.Name}
	c, err := s.Site.CurrentCycle(ctx)
	switch {
	case err == nil:
		v.Cycle = &c
		if err := s.fillHome(r, &v, c); err != nil {
			return err
		}
	case !errors.Is(err, appraisal.ErrNotFound):
		return err
	}
	years, err := s.Results.Years(ctx, a)
	if err != nil {
		return err
	}
	for _, y := range years {
		v.News = append(v.News, page.HomeNews{Year: y.Year, PublishedAt: y.PublishedAt})
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Home(c, v) })
}

func (s *Server) fillHome(r *http.Request, v *page.HomeView, c appraisal.Cycle) error {
	ctx, a := r.Context(), actorOf(r)
	var err error
	if v.Tasks, err = s.Reviews.Tasks(ctx, a, c.ID); err != nil {
		return err
	}
	if a.Can(appraisal.PermTeam) && c.Stage == appraisal.StageEvaluation {
		team, err := s.Evaluations.Team(ctx, a, c)
		if err != nil {
			return err
		}
		v.People = len(team.Members)
		for _, m := range team.Members {
			if m.Evaluation == appraisal.EvaluationFinal {
				v.Evaluated++
			}
		}
	}
	if !a.Can(appraisal.PermCycleRead) {
		return nil
	}
	control, err := s.Cycles.Control(ctx, a, c.Year)
	if err != nil {
		return err
	}
	v.HR = &page.HomeHR{}
	for _, d := range control.Progress {
		invited, sent := d.Completion.Total()
		v.HR.Invited += invited
		v.HR.Sent += sent
		v.HR.People += d.People
		v.HR.Evaluated += d.Evaluated
	}
	if len(control.Runs) > 0 {
		v.HR.Run = &control.Runs[0]
	}
	return nil
}

func (s *Server) showHelp(w http.ResponseWriter, r *http.Request) error {
	v, err := s.help(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Help(c, v) })
}

func (s *Server) showPrivacy(w http.ResponseWriter, r *http.Request) error {
	v, err := s.help(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Privacy(c, v) })
}

func (s *Server) showHelpScoring(w http.ResponseWriter, r *http.Request) error {
	v, err := s.help(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component {
		return page.HelpScoring(c, page.HelpScoringView{Rules: v.Rules})
	})
}

// help returns the cycle people ask about and its rules, or the rules in force
// where there is no cycle yet.
func (s *Server) help(r *http.Request) (page.HelpView, error) {
	var v page.HelpView
	c, err := s.Site.CurrentCycle(r.Context())
	switch {
	case errors.Is(err, appraisal.ErrNotFound):
		v.Rules, err = s.Site.RulesInForce(r.Context())
		return v, err
	case err != nil:
		return v, err
	}
	v.Cycle = &c
	v.Rules, err = s.Site.Rules(r.Context(), c.RulesID)
	return v, err
}

// showHealth says that the process answers. It never asks the database.
func (s *Server) showHealth(w http.ResponseWriter, _ *http.Request) error {
	return plain(w, http.StatusOK, "ok\n")
}

// showReady says whether requests can be served: the database answers, its
// schema is new enough, and the server is not closing.
func (s *Server) showReady(w http.ResponseWriter, r *http.Request) error {
	select {
	case <-s.closing:
		return plain(w, http.StatusServiceUnavailable, "closing\n")
	default:
	}
	if err := s.Site.Ready(r.Context(), s.SchemaVersion); err != nil {
		s.Log.Warn("not ready", "error", err)
		return plain(w, http.StatusServiceUnavailable, "database not ready\n")
	}
	return plain(w, http.StatusOK, "ok\n")
}

func plain(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write([]byte(text))
	return err
}
