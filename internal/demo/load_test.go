package demo

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
)

func options(people int) Options {
	return Options{People: people, Seed: 7, Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), PasswordHash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA", Years: 3, FilledShare: 0.8}
}

func TestTryLoad(t *testing.T) {
	url := os.Getenv("DEMO_URL")
	if url == "" {
		t.Skip()
	}
	n, _ := strconv.Atoi(os.Getenv("DEMO_PEOPLE"))
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	start := time.Now()
	accounts, err := Load(ctx, conn, options(n), func(ctx context.Context, c appraisal.CycleID) (appraisal.RunID, error) {
		var id appraisal.RunID
		err := conn.QueryRow(ctx, `INSERT INTO scoring_runs (cycle_id, rules_id, state, total, done, cycle_version, input_digest, output_digest, requested_at, finished_at)
			VALUES ($1, 1, 'complete', 0, 0, 3, '\x01', '\x02', now(), now()) RETURNING id`, c).Scan(&id)
		return id, err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start))
	for _, a := range accounts {
		t.Logf("%+v", a)
	}
}
