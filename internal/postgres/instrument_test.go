package postgres_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rancak/internal/appraisal"
	"rancak/internal/fixture"
)

func TestStore_Instrument(t *testing.T) {
	s, _ := office(t)
	long, err := s.Instrument(t.Context(), 1)
	check(t, err)
	short, err := s.Instrument(t.Context(), 2)
	check(t, err)
	if long.Code != "berakhlak-21" || long.Version != 1 || long.Len() != 21 || short.Code != "berakhlak-7" || short.Len() != 7 {
		t.Errorf("%s with %d items, %s with %d", long.Code, long.Len(), short.Code, short.Len())
	}
	for i, b := range long.Behaviours {
		// The short form shows the three statements of the long one as anchors.
		var statements []string
		for _, item := range b.Items {
			statements = append(statements, item.Text)
		}
		other := short.Behaviours[i]
		if b.Code != other.Code || b.Name != other.Name || !cmp.Equal(statements, other.Anchors) || other.Items[0].Text != b.Name {
			t.Errorf("behaviour %d: %+v and %+v", i, b, other)
		}
	}
	again, err := s.Instrument(t.Context(), 1)
	check(t, err)
	equal(t, again, long)
	_, err = s.Instrument(t.Context(), 99)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestStore_Rules(t *testing.T) {
	s, _ := office(t)
	r, err := s.Rules(t.Context(), 1)
	check(t, err)
	patterns := r.Patterns
	r.Patterns = nil
	equal(t, r, appraisal.Rules{
		ID: 1, Version: "2024.1", Scheme: appraisal.SchemeThreeSources, MinPeers: 3, MinSubordinates: 3, MinMerged: 3,
		InvitedPeers: 5, MaxPeers: 6, MinAnswered: appraisal.NewRatio(2, 3), MinBehaviours: 5,
		Meets: appraisal.NewRatio(5, 2), Above: appraisal.NewRatio(7, 2), MinMeanGroup: 5, MinDistributionGroup: 10,
	})
	if len(patterns) != len(appraisal.OrgPredikats) {
		t.Errorf("%d patterns", len(patterns))
	}
	for org, p := range patterns {
		if !org.Valid() || !p.Largest.Valid() {
			t.Errorf("pattern of %q: largest %q", org, p.Largest)
		}
		for _, l := range p.Limits {
			if l.MinPercent > l.MaxPercent || len(l.Predikats) == 0 {
				t.Errorf("pattern of %s: limit %+v", org, l)
			}
			for _, x := range l.Predikats {
				if !x.Valid() {
					t.Errorf("pattern of %s speaks of %q", org, x)
				}
			}
		}
	}
	equal(t, patterns[appraisal.OrgIstimewa].Limits, []appraisal.Limit{
		{Predikats: []appraisal.Predikat{appraisal.PredikatSangatBaik}, MaxPercent: 70}})
	equal(t, patterns[appraisal.OrgBaik].Limits[1], appraisal.Limit{
		Predikats: []appraisal.Predikat{appraisal.PredikatButuhPerbaikan, appraisal.PredikatKurang}, MaxPercent: 100, MinPeople: 1})
	equal(t, patterns[appraisal.OrgSangatKurang].Limits[0].MaxPercent, 0)
	_, err = s.Rules(t.Context(), 99)
	wantErr(t, err, appraisal.ErrNotFound)
}

func TestStore_RulesInForce(t *testing.T) {
	s, tx := office(t)
	fixture.Exec(t, tx, `INSERT INTO rules (id, version, valid_from, valid_to, definition)
		SELECT 1002, 'ended', '2026-01-01', '2027-01-01', definition FROM rules WHERE id = 1`)
	r, err := s.RulesInForce(t.Context())
	check(t, err)
	equal(t, r.ID, appraisal.RulesID(1))
	fixture.Exec(t, tx, `INSERT INTO rules (id, version, valid_from, definition) SELECT 1003, 'new', '2026-01-01', definition FROM rules WHERE id = 1`)
	r, err = s.RulesInForce(t.Context())
	check(t, err)
	equal(t, r.Version, "new")
}
