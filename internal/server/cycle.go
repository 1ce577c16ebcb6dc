package server

import (
	"net/http"

	"github.com/a-h/templ"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/path"
	"rancak/web/text"
)

func (s *Server) showCycles(w http.ResponseWriter, r *http.Request) error {
	cycles, err := s.Cycles.List(r.Context(), actorOf(r))
	if err != nil {
		return err
	}
	v := page.CyclesView{Cycles: cycles}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Cycles(c, v) })
}

func (s *Server) showCycle(w http.ResponseWriter, r *http.Request) error {
	year, err := yearOf(r)
	if err != nil {
		return err
	}
	a := actorOf(r)
	control, err := s.Cycles.Control(r.Context(), a, year)
	if err != nil {
		return err
	}
	v := page.CycleView{
		Cycle: control.Cycle, Dinas: control.Progress, Sort: page.CycleSort(r.URL.Query().Get(page.FieldSort)),
		Runs: control.Runs, CanRun: control.MayRun, WholeCity: a.WholeCity(appraisal.PermCycleRead), Now: s.Now(),
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Cycle(c, v) })
}

func (s *Server) moveCycle(w http.ResponseWriter, r *http.Request) error {
	year, err := yearOf(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	to := appraisal.Stage(r.PostForm.Get(page.FieldStage))
	if err := s.Cycles.Move(r.Context(), actorOf(r), year, number(r.PostForm, page.FieldVersion), to); err != nil {
		return err
	}
	s.flash(r, "Tahap sekarang: "+text.Stage(to)+".")
	return redirect(w, r, path.Cycle(year))
}

func (s *Server) publishCycle(w http.ResponseWriter, r *http.Request) error {
	year, err := yearOf(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	run := appraisal.RunID(max(number(r.PostForm, page.FieldRun), 0))
	if err := s.Cycles.Publish(r.Context(), actorOf(r), year, number(r.PostForm, page.FieldVersion), run); err != nil {
		return err
	}
	s.flash(r, "Hasil sudah diterbitkan. Setiap pegawai sekarang dapat membaca hasilnya.")
	return redirect(w, r, path.Cycle(year))
}

func (s *Server) startRun(w http.ResponseWriter, r *http.Request) error {
	year, err := yearOf(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	after := appraisal.LatestRun
	if seen := number(r.PostForm, page.FieldRun); seen >= 0 {
		after = appraisal.RunID(seen)
	}
	run, err := s.Cycles.StartRun(r.Context(), actorOf(r), year, after)
	if err != nil {
		return err
	}
	return redirect(w, r, path.Run(year, run.ID))
}

// runView reads the run of the address with what its page says.
func (s *Server) runView(r *http.Request) (page.RunView, error) {
	year, err := yearOf(r)
	if err != nil {
		return page.RunView{}, err
	}
	id, err := idOf[appraisal.RunID](r, "id")
	if err != nil {
		return page.RunView{}, err
	}
	ctx, a := r.Context(), actorOf(r)
	v := page.RunView{CanRun: a.Can(appraisal.PermCycleRun), Now: s.Now()}
	if v.Cycle, v.Run, err = s.Cycles.Run(ctx, a, year, id); err != nil {
		return v, err
	}
	if v.Run.State.Active() {
		return v, nil
	}
	control, err := s.Cycles.Control(ctx, a, year)
	if err != nil {
		return v, err
	}
	for _, d := range control.Progress {
		v.People += d.People
		v.Evaluated += d.Evaluated
	}
	for _, earlier := range control.Runs {
		if earlier.ID < id && earlier.State == appraisal.RunComplete {
			v.Before = earlier
			break
		}
	}
	return v, nil
}

func (s *Server) showRun(w http.ResponseWriter, r *http.Request) error {
	v, err := s.runView(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Run(c, v) })
}

func (s *Server) showRunState(w http.ResponseWriter, r *http.Request) error {
	v, err := s.runView(r)
	if err != nil {
		return err
	}
	if !wantsData(r) {
		return redirect(w, r, path.Run(v.Cycle.Year, v.Run.ID))
	}
	s.write(w, r, http.StatusOK, page.RunState(v))
	return nil
}

func (s *Server) cancelRun(w http.ResponseWriter, r *http.Request) error {
	return s.turnRun(w, r, func(year int, id appraisal.RunID) error {
		return s.Cycles.CancelRun(r.Context(), actorOf(r), year, id)
	})
}

func (s *Server) resumeRun(w http.ResponseWriter, r *http.Request) error {
	return s.turnRun(w, r, func(year int, id appraisal.RunID) error {
		return s.Cycles.ResumeRun(r.Context(), actorOf(r), year, id)
	})
}

func (s *Server) turnRun(w http.ResponseWriter, r *http.Request, turn func(year int, id appraisal.RunID) error) error {
	year, err := yearOf(r)
	if err != nil {
		return err
	}
	id, err := idOf[appraisal.RunID](r, "id")
	if err != nil {
		return err
	}
	if err := turn(year, id); err != nil {
		return err
	}
	return redirect(w, r, path.Run(year, id))
}
