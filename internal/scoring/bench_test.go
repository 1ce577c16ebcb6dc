package scoring_test

import (
	"testing"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

// BenchmarkResult computes an employee who leads, with 10 forms.
func BenchmarkResult(b *testing.B) {
	s := scorer(b, appraisal.SchemeThreeSources)
	forms := join(flats(kSelf, 5), []scoring.Form{supervisor42()}, flats(kPeer, 3, 4, 4, 5, 4), flats(kSub, 3, 4, 4))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Result(forms, true); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRun does all a run does with an employee but reading and writing.
func BenchmarkRun(b *testing.B) {
	s := scorer(b, appraisal.SchemeThreeSources)
	in := scoring.Input{Supervisor: 3, Unit: 4, Invited: scoring.Counts{1, 1, 5, 3}}
	in.Forms = join(flats(kSelf, 5), []scoring.Form{supervisor42()}, flats(kPeer, 3, 4, 4, 5, 4), flats(kSub, 3, 4, 4))
	read, written := scoring.NewDigest(s.AppendBasis(nil)), scoring.NewDigest(nil)
	unit := scoring.NewUnitTally(7)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		in.Employee++
		buf = in.Append(buf[:0])
		if err := read.AddEmployee(in.Employee, buf); err != nil {
			b.Fatal(err)
		}
		r, err := s.Result(in.Forms, in.Leads())
		if err != nil {
			b.Fatal(err)
		}
		buf = r.Append(buf[:0])
		if err := written.AddEmployee(in.Employee, buf); err != nil {
			b.Fatal(err)
		}
		unit.Add(scoring.Person{Supervisor: in.Supervisor, Invited: in.Invited, Sent: in.Sent()}, r)
	}
	b.ReportMetric(float64(len(buf)), "bytes/result")
}
