package scoring_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

func inputDigest(t interface{ Fatal(...any) }, s *scoring.Scorer, inputs []scoring.Input) []byte {
	d := scoring.NewDigest(s.AppendBasis(nil))
	for i := range inputs {
		if err := d.AddEmployee(inputs[i].Employee, inputs[i].Append(nil)); err != nil {
			t.Fatal(err)
		}
	}
	return d.Sum()
}

func TestInputDigest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScorer(t)
		inputs := make([]scoring.Input, rapid.IntRange(1, 4).Draw(t, "employees"))
		for i := range inputs {
			inputs[i] = scoring.Input{Employee: appraisal.EmployeeID(i + 1), Forms: drawAll(t)}
		}
		first := inputDigest(t, s, inputs)
		for i := range inputs {
			inputs[i].Forms = rapid.Permutation(inputs[i].Forms).Draw(t, "mixed")
		}
		if !bytes.Equal(first, inputDigest(t, s, inputs)) {
			t.Error("the order of forms changes the digest")
		}
		i := rapid.IntRange(0, len(inputs)-1).Draw(t, "changed")
		changed := inputs[i]
		for name, change := range map[string]func(*scoring.Input){
			"supervisor": func(in *scoring.Input) { in.Supervisor++ },
			"unit":       func(in *scoring.Input) { in.Unit++ },
			"invited":    func(in *scoring.Input) { in.Invited[3]++ },
			"a form":     func(in *scoring.Input) { in.Forms = join(in.Forms, flats(kPeer, 3)) },
		} {
			inputs[i] = changed
			change(&inputs[i])
			if bytes.Equal(first, inputDigest(t, s, inputs)) {
				t.Errorf("%s does not change the digest", name)
			}
		}
	})
}

func TestBasisIsPartOfTheDigest(t *testing.T) {
	base := scorer(t, appraisal.SchemeThreeSources)
	first := base.AppendBasis(nil)
	if bytes.Equal(first, scorer(t, appraisal.SchemeRegional).AppendBasis(nil)) {
		t.Error("the scheme is not")
	}
	in := instruments()
	in[kPeer] = instrument(3)
	other, err := scoring.New(base.Rules(), in)
	if err != nil || bytes.Equal(first, other.AppendBasis(nil)) {
		t.Errorf("the instrument is not (%v)", err)
	}
	if base.Behaviours() != 7 {
		t.Errorf("%d behaviours", base.Behaviours())
	}
}

func TestDigestIsResumed(t *testing.T) {
	whole, part := scoring.NewDigest([]byte("basis")), scoring.NewDigest([]byte("basis"))
	for id := range appraisal.EmployeeID(100) {
		state, err := part.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		part = new(scoring.Digest)
		if err := part.UnmarshalBinary(state); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(whole.AddEmployee(id+1, []byte{byte(id)}), part.AddEmployee(id+1, []byte{byte(id)})); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(whole.Sum(), part.Sum()) || len(whole.Sum()) != 32 {
		t.Errorf("%x and %x", whole.Sum(), part.Sum())
	}
	for _, state := range []string{"", "e", "x1", "e\x80", "u\x02short"} {
		if err := new(scoring.Digest).UnmarshalBinary([]byte(state)); err == nil {
			t.Errorf("state %q was taken", state)
		}
	}
}

func TestDigestRefusesAnotherOrder(t *testing.T) {
	d := scoring.NewDigest(nil)
	before := d.Sum()
	if err := d.AddEmployee(5, nil); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(before, d.Sum()) {
		t.Error("an employee without content changes nothing")
	}
	for _, id := range []appraisal.EmployeeID{5, 4} {
		if err := d.AddEmployee(id, nil); !errors.Is(err, scoring.ErrOrder) {
			t.Errorf("employee %d after 5: %v", id, err)
		}
	}
	if err := errors.Join(d.AddUnit(1, nil), d.AddUnit(2, nil)); err != nil {
		t.Fatal(err)
	}
	if err := d.AddUnit(2, nil); !errors.Is(err, scoring.ErrOrder) {
		t.Errorf("a unit twice: %v", err)
	}
	if err := d.AddEmployee(9, nil); !errors.Is(err, scoring.ErrOrder) {
		t.Errorf("an employee after units: %v", err)
	}
}
