package demo

import "math/rand/v2"

// part names what a stream of random numbers is for.
type part uint64

const (
	partJobs part = iota + 1
	partPerson
	partNames
	partMoves
	partMoveDate
	partGrade
	partPeers
	partSubordinates
	partOrder
	partTalent
	partSeverity
	partDinas
	partForm
	partComment
	partEvaluation
	partOrg
	partSizes
	partState
	partRater
)

// stream is a random number generator that can be set to any named place.
type stream struct {
	pcg *rand.PCG
	*rand.Rand
}

func newStream() *stream {
	pcg := rand.NewPCG(0, 0)
	return &stream{pcg, rand.New(pcg)}
}

// at sets the stream to the beginning of what p and keys name.
func (s *stream) at(seed uint64, p part, keys ...int) *stream {
	h := mix(seed, uint64(p))
	for _, k := range keys {
		h = mix(h, uint64(k))
	}
	s.pcg.Seed(h, mix(h, 0x9e3779b97f4a7c15))
	return s
}

// chance reports true with probability p.
func (s *stream) chance(p float64) bool { return s.Float64() < p }

// between returns a whole number of lo..hi.
func (s *stream) between(lo, hi int) int { return lo + s.IntN(hi-lo+1) }

// pick returns one element.
func pick[T any](s *stream, list []T) T { return list[s.IntN(len(list))] }

// mix joins two numbers into one (the finaliser of SplitMix64).
func mix(a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 + b + 0x632be59bd9b4e019
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// permute is a permutation of 0..n-1 chosen by key: a Feistel network that is
// walked until it lands inside.
func permute(n int, key uint64, i int) int {
	half := 1
	for 1<<(2*half) < n {
		half++
	}
	mask := uint64(1)<<half - 1
	x := uint64(i)
	for {
		l, r := x>>half, x&mask
		for round := range uint64(4) {
			l, r = r, l^mix(key+round, r)&mask
		}
		if x = l<<half | r; x < uint64(n) {
			return int(x)
		}
	}
}

// split divides n into k parts that differ by at most spread from even, and add up to n.
func split(s *stream, n, k int, spread float64) []int {
	parts := make([]int, k)
	rest := n
	for i := range parts {
		parts[i] = n / k
		rest -= parts[i]
	}
	for i := 0; i < rest; i++ {
		parts[i]++
	}
	for i := 0; i+1 < k; i += 2 {
		d := int(spread * s.Float64() * float64(parts[i]))
		if s.chance(0.5) {
			d = -d
		}
		parts[i] += d
		parts[i+1] -= d
	}
	return parts
}
