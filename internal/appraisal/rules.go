package appraisal

// RulesID identifies one immutable version of the rules.
type RulesID int64

// Rules is everything numeric that turns forms into results. A cycle refers to
// one version, which never changes after the cycle has opened.
type Rules struct {
	ID      RulesID
	Version string // "2026.1"
	Scheme  Scheme
	// MinPeers and MinSubordinates are how many valid raters make their group
	// usable; below them, and together at least MinMerged, the groups are merged.
	MinPeers, MinSubordinates, MinMerged int
	// InvitedPeers are asked by default; MaxPeers is the most for one employee
	// and the most one person rates.
	InvitedPeers, MaxPeers int
	// MinAnswered is the share of a behaviour's items that must be answered,
	// rounded up to whole items: 2/3 asks 2 of 3 and 1 of 1.
	MinAnswered Ratio
	// MinBehaviours is how many valid behaviours make a rater valid.
	MinBehaviours int
	// From Meets on, the proposal is "sesuai"; from Above on, "di atas".
	// Inclusive lower bounds on the unrounded index.
	Meets, Above Ratio
	// MinMeanGroup and MinDistributionGroup are the least numbers of people
	// for which a mean and a distribution are shown.
	MinMeanGroup, MinDistributionGroup int
	// Patterns is what distribution of predikat each organisation predikat expects.
	Patterns map[OrgPredikat]Pattern
}

// Proposal returns the level of work behaviour that an index proposes.
func (r Rules) Proposal(index Ratio) Level {
	switch {
	case index.Cmp(r.Meets) < 0:
		return LevelBelow
	case index.Cmp(r.Above) < 0:
		return LevelMeets
	default:
		return LevelAbove
	}
}

// AnswersNeeded returns how many of a behaviour's items must be answered.
func (r Rules) AnswersNeeded(items int) int {
	n := int64(items) * r.MinAnswered.Num
	return int((n + r.MinAnswered.Den - 1) / r.MinAnswered.Den)
}

// Scheme is the weights of the groups, integers that add up to 100. Subordinates,
// where there are any, take their weight from the peers.
type Scheme struct {
	Code       string
	Self       int
	Supervisor int
	// Peer holds for people without subordinates.
	Peer int
	// PeerLed and Subordinate hold for people who lead: together they are Peer.
	PeerLed, Subordinate int
}

// Validate returns an InvalidError where the weights do not make a scheme:
// they must add up to 100, with at least 50 for the supervisor.
func (s Scheme) Validate() error {
	var e InvalidError
	if s.Self < 0 || s.Peer < 0 || s.PeerLed < 0 || s.Subordinate < 0 ||
		s.Supervisor < 50 || s.Self+s.Supervisor+s.Peer != 100 || s.PeerLed+s.Subordinate != s.Peer {
		e.Add("weights", CodeWeights, 100)
	}
	return e.Err()
}

// The schemes a cycle can choose from, beside its own.
var (
	SchemeThreeSources = Scheme{Code: "tiga_sumber", Self: 10, Supervisor: 60, Peer: 30, PeerLed: 15, Subordinate: 15}
	SchemeRegional     = Scheme{Code: "praktik_daerah", Self: 0, Supervisor: 60, Peer: 40, PeerLed: 20, Subordinate: 20}
	SchemeSupervisor   = Scheme{Code: "atasan_saja", Self: 0, Supervisor: 100}
)
