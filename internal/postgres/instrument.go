package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

// Instrument returns one version of an instrument.
func (s *Store) Instrument(ctx context.Context, id appraisal.InstrumentID) (appraisal.Instrument, error) {
	return s.instrument(ctx, s.db, id)
}

// instrument reads on db, the connection that the caller already holds: one
// that waits for a second while others do the same may wait for ever.
func (s *Store) instrument(ctx context.Context, db database, id appraisal.InstrumentID) (appraisal.Instrument, error) {
	if in, ok := s.instruments.Load(id); ok {
		return in.(appraisal.Instrument), nil
	}
	in := appraisal.Instrument{ID: id}
	err := db.QueryRow(ctx, "SELECT code, version FROM instruments WHERE id = $1", id).Scan(&in.Code, &in.Version)
	if err != nil {
		return in, fmt.Errorf("reading instrument %d: %w", id, toError(err))
	}
	rows, _ := db.Query(ctx, `SELECT b.code, b.name, b.anchors,
			ARRAY(SELECT i.statement FROM instrument_items i
			      WHERE i.instrument_id = b.instrument_id AND i.behaviour = b.ordinal ORDER BY i.ordinal)
		FROM instrument_behaviours b WHERE b.instrument_id = $1 ORDER BY b.ordinal`, id)
	in.Behaviours, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (appraisal.Behaviour, error) {
		var b appraisal.Behaviour
		var statements []string
		err := row.Scan(&b.Code, &b.Name, &b.Anchors, &statements)
		for _, text := range statements {
			b.Items = append(b.Items, appraisal.Item{Text: text})
		}
		return b, err
	})
	if err != nil {
		return in, fmt.Errorf("reading behaviours of instrument %d: %w", id, err)
	}
	s.instruments.Store(id, in)
	return in, nil
}

// rulesBody is the stored form of appraisal.Rules.
type rulesBody struct {
	Scheme struct {
		Code        string `json:"code"`
		Self        int    `json:"self"`
		Supervisor  int    `json:"supervisor"`
		Peer        int    `json:"peer"`
		PeerLed     int    `json:"peer_led"`
		Subordinate int    `json:"subordinate"`
	} `json:"scheme"`
	MinPeers             int                    `json:"min_peers"`
	MinSubordinates      int                    `json:"min_subordinates"`
	MinMerged            int                    `json:"min_merged"`
	InvitedPeers         int                    `json:"invited_peers"`
	MaxPeers             int                    `json:"max_peers"`
	MinAnswered          [2]int64               `json:"min_answered"`
	MinBehaviours        int                    `json:"min_behaviours"`
	Meets                [2]int64               `json:"meets"`
	Above                [2]int64               `json:"above"`
	MinMeanGroup         int                    `json:"min_mean_group"`
	MinDistributionGroup int                    `json:"min_distribution_group"`
	Patterns             map[string]patternBody `json:"patterns"`
}

type patternBody struct {
	Largest string      `json:"largest"`
	Limits  []limitBody `json:"limits"`
}

type limitBody struct {
	Predikats  []appraisal.Predikat `json:"predikats"`
	MinPercent int                  `json:"min_percent"`
	MaxPercent *int                 `json:"max_percent"`
	MinPeople  int                  `json:"min_people"`
}

// Rules returns one version of the rules.
func (s *Store) Rules(ctx context.Context, id appraisal.RulesID) (appraisal.Rules, error) {
	if r, ok := s.rules.Load(id); ok {
		return r.(appraisal.Rules), nil
	}
	r := appraisal.Rules{ID: id}
	var definition []byte
	err := s.db.QueryRow(ctx, "SELECT version, definition::text FROM rules WHERE id = $1", id).Scan(&r.Version, &definition)
	if err != nil {
		return r, fmt.Errorf("reading rules %d: %w", id, toError(err))
	}
	var b rulesBody
	if err := json.Unmarshal(definition, &b); err != nil {
		return r, fmt.Errorf("decoding rules %d: %w", id, err)
	}
	r.Scheme = appraisal.Scheme(b.Scheme)
	r.MinPeers, r.MinSubordinates, r.MinMerged = b.MinPeers, b.MinSubordinates, b.MinMerged
	r.InvitedPeers, r.MaxPeers, r.MinBehaviours = b.InvitedPeers, b.MaxPeers, b.MinBehaviours
	r.MinMeanGroup, r.MinDistributionGroup = b.MinMeanGroup, b.MinDistributionGroup
	r.MinAnswered = appraisal.NewRatio(b.MinAnswered[0], b.MinAnswered[1])
	r.Meets = appraisal.NewRatio(b.Meets[0], b.Meets[1])
	r.Above = appraisal.NewRatio(b.Above[0], b.Above[1])
	r.Patterns = make(map[appraisal.OrgPredikat]appraisal.Pattern, len(b.Patterns))
	for org, p := range b.Patterns {
		r.Patterns[appraisal.OrgPredikat(org)] = p.pattern()
	}
	s.rules.Store(id, r)
	return r, nil
}

func (b patternBody) pattern() appraisal.Pattern {
	p := appraisal.Pattern{Largest: appraisal.Predikat(b.Largest)}
	for _, l := range b.Limits {
		limit := appraisal.Limit{Predikats: l.Predikats, MinPercent: l.MinPercent, MaxPercent: 100, MinPeople: l.MinPeople}
		if l.MaxPercent != nil {
			limit.MaxPercent = *l.MaxPercent
		}
		p.Limits = append(p.Limits, limit)
	}
	return p
}

// RulesInForce returns the newest version of the rules.
func (s *Store) RulesInForce(ctx context.Context) (appraisal.Rules, error) {
	var id appraisal.RulesID
	err := s.db.QueryRow(ctx, "SELECT id FROM rules WHERE valid_to IS NULL ORDER BY valid_from DESC, id DESC LIMIT 1").Scan(&id)
	if err != nil {
		return appraisal.Rules{}, fmt.Errorf("reading the rules in force: %w", toError(err))
	}
	return s.Rules(ctx, id)
}
