package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"rancak/internal/appraisal"
	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/text"
)

// Errors of HTTP itself, beside the vocabulary of the domain.
var (
	errSignIn = errors.New("nobody is signed in")
	errMethod = errors.New("method not allowed")
	errOrigin = errors.New("request from another site")
	errForm   = errors.New("form cannot be read")
)

// statuses is the one place that says which error is which status.
var statuses = []struct {
	err    error
	status int
}{
	{appraisal.ErrNotFound, http.StatusNotFound},
	{appraisal.ErrForbidden, http.StatusForbidden},
	{errOrigin, http.StatusForbidden},
	{errSignIn, http.StatusUnauthorized},
	{errMethod, http.StatusMethodNotAllowed},
	{errForm, http.StatusUnprocessableEntity},
	{appraisal.ErrCredentials, http.StatusUnprocessableEntity},
	{appraisal.ErrConflict, http.StatusConflict},
	{appraisal.ErrFormsClosed, http.StatusConflict},
	{appraisal.ErrAlreadySubmitted, http.StatusConflict},
	{appraisal.ErrNotEvaluating, http.StatusConflict},
	{appraisal.ErrOwnEntryFirst, http.StatusConflict},
	{appraisal.ErrEvaluationFinal, http.StatusConflict},
	{appraisal.ErrNoProposal, http.StatusConflict},
	{appraisal.ErrStageMove, http.StatusConflict},
	{appraisal.ErrRunActive, http.StatusConflict},
	{appraisal.ErrRunState, http.StatusConflict},
	{appraisal.ErrRunStale, http.StatusConflict},
	{appraisal.ErrNotDemonstration, http.StatusConflict},
	{appraisal.ErrBusy, http.StatusServiceUnavailable},
	{context.DeadlineExceeded, http.StatusServiceUnavailable},
}

// status returns the status of an error, and the error in the domain's words
// where it has some.
func (s *Server) status(err error) (int, error) {
	for _, x := range statuses {
		if errors.Is(err, x.err) {
			return x.status, x.err
		}
	}
	var throttled *appraisal.ThrottledError
	var invalid *appraisal.InvalidError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &throttled):
		return http.StatusTooManyRequests, throttled
	case errors.As(err, &invalid):
		return http.StatusUnprocessableEntity, nil
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, nil
	case s.Unavailable != nil && s.Unavailable(err):
		return http.StatusServiceUnavailable, nil
	}
	return http.StatusInternalServerError, nil
}

// page turns a handler into an http.Handler.
func (s *Server) page(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}

// fail answers with the page of an error and logs what is not a person's.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the browser went away
	}
	status, known := s.status(err)
	switch {
	case status >= http.StatusInternalServerError:
		s.Log.Error("request failed", "error", err, "method", r.Method, "route", routeOf(r), "request", requestID(r))
	case status == http.StatusForbidden:
		s.Log.Info("request refused", "reason", err, "user", actorOf(r).User, "method", r.Method, "route", routeOf(r), "request", requestID(r))
	}
	for _, ofAnotherAnswer := range []string{"Content-Disposition", "Content-Encoding", "Content-Length", "Location"} {
		w.Header().Del(ofAnotherAnswer)
	}
	v := page.ProblemFor(status, domain(known))
	v.RequestID = requestID(r)
	v.RetryAfter = retryLater(w, status, err)
	if status == http.StatusUnauthorized {
		v.Next = refererPath(r)
	}
	if wantsData(r) {
		title, body := text.Status(status)
		if domain(known) != nil {
			title, body = text.Error(known)
		}
		s.writeJSON(w, status, map[string]any{"message": title + ". " + body})
		return
	}
	c := layout.Chrome{RequestID: v.RequestID, Version: s.Version}
	i := s.instance.last()
	if status < http.StatusInternalServerError { // else the database may be the reason
		i = s.site(r.Context())
	}
	c.City, c.Demo = i.City, i.Demonstration
	s.write(w, r, status, page.Problem(c, v))
}

// retryLater tells in how many seconds to try again; 0 where that would not help.
func retryLater(w http.ResponseWriter, status int, err error) int {
	seconds := 0
	var throttled *appraisal.ThrottledError
	switch {
	case errors.As(err, &throttled):
		seconds = throttled.Seconds
	case status == http.StatusServiceUnavailable:
		seconds = retryAfter
	}
	if seconds > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
	}
	return seconds
}

// domain returns err where it is of the domain's vocabulary.
func domain(err error) error {
	for _, ofHTTP := range []error{errSignIn, errMethod, errOrigin, errForm, context.DeadlineExceeded} {
		if errors.Is(err, ofHTTP) {
			return nil
		}
	}
	return err
}

func (s *Server) writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.Log.Debug("writing an answer", "error", err)
	}
}
