package appraisal_test

import (
	"testing"

	"rancak/internal/appraisal"
)

func TestInvalidError(t *testing.T) {
	var e *appraisal.InvalidError
	if e.Err() != nil || new(appraisal.InvalidError).Err() != nil {
		t.Error("nothing wrong is an error")
	}
	e = new(appraisal.InvalidError)
	e.Add("f0", appraisal.CodeAnswerMissing, 1)
	e.Add("nip", appraisal.CodeNIPLength, 18)
	if got := e.Err().Error(); got != "invalid input: f0: answer_missing, nip: nip_length" {
		t.Errorf("error %q", got)
	}
	if faults(t, e.Err()) != "f0:answer_missing(1) nip:nip_length(18)" {
		t.Errorf("faults %q", faults(t, e.Err()))
	}
	if (&appraisal.ThrottledError{Seconds: 3}).Error() == "" {
		t.Error("no text")
	}
}
