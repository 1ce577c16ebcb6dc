package server

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/exchange"
	"rancak/internal/scoring"
	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/path"
)

func (s *Server) showResults(w http.ResponseWriter, r *http.Request) error {
	years, err := s.Results.Years(r.Context(), actorOf(r))
	if err != nil {
		return err
	}
	v := page.ResultsView{Years: years}
	c, err := s.Site.CurrentCycle(r.Context())
	if err != nil && !errors.Is(err, appraisal.ErrNotFound) {
		return err
	}
	if c.Stage != appraisal.StagePublished {
		v.Current = c
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Results(c, v) })
}

func (s *Server) showResult(w http.ResponseWriter, r *http.Request) error {
	return s.renderResult(w, r, actorOf(r).Employee)
}

func (s *Server) showResultOf(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf[appraisal.EmployeeID](r, "id")
	if err != nil {
		return err
	}
	if id == actorOf(r).Employee {
		year, err := yearOf(r)
		if err != nil {
			return err
		}
		return redirect(w, r, path.Result(year))
	}
	return s.renderResult(w, r, id)
}

func (s *Server) renderResult(w http.ResponseWriter, r *http.Request, id appraisal.EmployeeID) error {
	year, err := yearOf(r)
	if err != nil {
		return err
	}
	a := actorOf(r)
	x, err := s.Results.Of(r.Context(), a, year, id)
	if err != nil {
		return err
	}
	v := page.ResultView{Explained: x, Explanation: scoring.Explain(x.Result, x.Rules, variances(x.Run))}
	switch {
	case id == a.Employee:
		v.Viewer = page.ViewerSelf
	case a.Employee != 0 && x.Participant.Supervisor == a.Employee:
		v.Viewer = page.ViewerSupervisor
	default:
		v.Viewer = page.ViewerHR
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Result(c, v) })
}

func (s *Server) city(r *http.Request) (app.CityYear, error) {
	year, err := yearQuery(r)
	if err != nil {
		return app.CityYear{}, err
	}
	return s.Results.City(r.Context(), actorOf(r), year)
}

func (s *Server) showDinasList(w http.ResponseWriter, r *http.Request) error {
	city, err := s.city(r)
	if err != nil {
		return err
	}
	v := page.DinasListView{Year: city.Cycle.Year, Years: city.Years, City: city.City.Result.Index, Dinas: city.Units, Rules: city.Rules}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.DinasList(c, v) })
}

// dinas reads the report of the dinas of the address, up to its year, and all
// years there are.
func (s *Server) dinas(r *http.Request) (report scoring.UnitReport, years []int, err error) {
	id, err := idOf[appraisal.UnitID](r, "id")
	if err != nil {
		return report, nil, err
	}
	year, err := yearQuery(r)
	if err != nil {
		return report, nil, err
	}
	if report, err = s.Results.Dinas(r.Context(), actorOf(r), id); err != nil {
		return report, nil, err
	}
	from := 0
	for i, y := range report.Years {
		years = append(years, y.Year)
		if y.Year == year {
			from = i
		}
	}
	if year != 0 && !slices.Contains(years, year) {
		return report, nil, appraisal.ErrNotFound
	}
	report.Years = report.Years[from:]
	return report, years, nil
}

func (s *Server) showDinas(w http.ResponseWriter, r *http.Request) error {
	report, years, err := s.dinas(r)
	if err != nil {
		return err
	}
	newest := report.Years[0]
	v := page.DinasView{Year: newest.Year, Report: report, Years: years}
	if v.Units, err = s.Results.Below(r.Context(), actorOf(r), newest.Unit.ID, v.Year); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, func(c layout.Chrome) templ.Component { return page.Dinas(c, v) })
}

func (s *Server) downloadDinasListXLSX(w http.ResponseWriter, r *http.Request) error {
	return s.downloadCity(w, r, exchange.XLSX)
}

func (s *Server) downloadDinasListCSV(w http.ResponseWriter, r *http.Request) error {
	return s.downloadCity(w, r, exchange.CSV)
}

func (s *Server) downloadCity(w http.ResponseWriter, r *http.Request, f exchange.Format) error {
	city, err := s.city(r)
	if err != nil {
		return err
	}
	if city.Cycle.ID == 0 {
		return appraisal.ErrNotFound
	}
	return send(w, f, fmt.Sprintf("hasil-dinas-%d", city.Cycle.Year), exchange.City(city.Units, city.Instrument))
}

func (s *Server) downloadDinasXLSX(w http.ResponseWriter, r *http.Request) error {
	return s.downloadDinas(w, r, exchange.XLSX)
}

func (s *Server) downloadDinasCSV(w http.ResponseWriter, r *http.Request) error {
	return s.downloadDinas(w, r, exchange.CSV)
}

func (s *Server) downloadDinas(w http.ResponseWriter, r *http.Request, f exchange.Format) error {
	report, _, err := s.dinas(r)
	if err != nil {
		return err
	}
	newest := report.Years[0]
	name := fmt.Sprintf("hasil-%s-%d", slug(newest.Unit.Name), newest.Year)
	return send(w, f, name, exchange.City(report.Years, report.Instrument))
}

// send answers with a table as a file.
func send(w http.ResponseWriter, f exchange.Format, name string, t exchange.Table) error {
	body, err := t.Encode(f)
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	w.Header().Set("Content-Type", f.MediaType())
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+"."+string(f)+`"`)
	_, err = w.Write(body)
	return err
}

// slug makes a name fit for a file: small letters, digits and dashes.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
