package scoring

import (
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"errors"
	"hash"

	"rancak/internal/appraisal"
)

// ErrOrder says that something was added to a digest out of its order.
var ErrOrder = errors.New("digest: out of order")

// Digest accumulates the SHA-256 of what a run has read or written: first the
// basis, then employees in ascending order of their ids, then units likewise.
// Its state can be stored between two parts of a run.
type Digest struct {
	hash    hash.Hash
	section byte
	last    int64
}

// The sections of a digest, in their order.
const (
	sectionEmployees byte = 'e'
	sectionUnits     byte = 'u'
)

// NewDigest returns a digest over a basis, such as Scorer.AppendBasis gives.
func NewDigest(basis []byte) *Digest {
	d := &Digest{hash: sha256.New(), section: sectionEmployees}
	d.write('b', 0, basis)
	return d
}

// AddEmployee adds the canonical bytes of an employee: Input.Append or
// Result.Append. It returns ErrOrder unless ids ascend.
func (d *Digest) AddEmployee(id appraisal.EmployeeID, content []byte) error {
	return d.add(sectionEmployees, int64(id), content)
}

// AddUnit adds the canonical bytes of a unit, after all employees. It returns
// ErrOrder unless ids ascend.
func (d *Digest) AddUnit(id appraisal.UnitID, content []byte) error {
	return d.add(sectionUnits, int64(id), content)
}

func (d *Digest) add(section byte, id int64, content []byte) error {
	if section < d.section || section == d.section && id <= d.last {
		return ErrOrder
	}
	d.section, d.last = section, id
	d.write(section, id, content)
	return nil
}

// write hashes one entry with its length, so that no two different sequences
// of entries give the same bytes.
func (d *Digest) write(section byte, id int64, content []byte) {
	var head [1 + 2*binary.MaxVarintLen64]byte
	h := append(head[:0], section)
	h = binary.AppendVarint(h, id)
	h = binary.AppendUvarint(h, uint64(len(content)))
	d.hash.Write(h)
	d.hash.Write(content)
}

// Sum returns the 32 bytes of the digest so far; more may be added afterwards.
func (d *Digest) Sum() []byte { return d.hash.Sum(nil) }

// MarshalBinary returns the state, from which UnmarshalBinary goes on.
func (d *Digest) MarshalBinary() ([]byte, error) {
	state := binary.AppendVarint([]byte{d.section}, d.last)
	return d.hash.(encoding.BinaryAppender).AppendBinary(state)
}

// UnmarshalBinary takes up a state that MarshalBinary returned.
func (d *Digest) UnmarshalBinary(state []byte) error {
	if len(state) < 2 || state[0] != sectionEmployees && state[0] != sectionUnits {
		return errors.New("digest: not a state")
	}
	last, n := binary.Varint(state[1:])
	if n <= 0 {
		return errors.New("digest: not a state")
	}
	h := sha256.New()
	if err := h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state[1+n:]); err != nil {
		return err
	}
	d.hash, d.section, d.last = h, state[0], last
	return nil
}

// AppendBasis appends the canonical bytes of everything but the forms that
// results depend on: the version of the rules with its numbers and the shapes
// of the instruments. It opens the digest of a run's input.
func (s *Scorer) AppendBasis(dst []byte) []byte {
	r := s.rules
	text := func(t string) { dst = append(binary.AppendUvarint(dst, uint64(len(t))), t...) }
	text(r.Version)
	text(r.Scheme.Code)
	for _, n := range []int{
		r.Scheme.Self, r.Scheme.Supervisor, r.Scheme.Peer, r.Scheme.PeerLed, r.Scheme.Subordinate,
		r.MinPeers, r.MinSubordinates, r.MinMerged, r.MinBehaviours, s.behaviours,
	} {
		dst = binary.AppendUvarint(dst, uint64(n))
	}
	for _, x := range []appraisal.Ratio{r.MinAnswered, r.Meets, r.Above} {
		dst = appendRatio(dst, x)
	}
	for _, sh := range s.shapes {
		text(sh.code)
		dst = binary.AppendUvarint(dst, uint64(sh.version))
		for _, sp := range sh.spans {
			dst = binary.AppendUvarint(dst, uint64(sp.to))
		}
	}
	return dst
}
