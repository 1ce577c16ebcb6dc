package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/demo"
	"rancak/migrations"
	"rancak/web/page"
)

// demoPassword opens every account of a demonstration. It is no secret: a
// demonstration holds invented data only, and says so on every page.
const demoPassword = "rancak-bukittinggi"

// What a demonstration holds unless told otherwise.
const (
	demoPeople = 3500
	demoSeed   = 1
	demoYears  = 3
	demoFilled = 0.8
)

func demoCommand(c *config) *cobra.Command {
	var people int
	var seed uint64
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Load the demonstration city, in place of an earlier one",
		Long:  "Load the demonstration city: invented people, two finished years and a current one. It refuses a database that holds anything else than a demonstration.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			s, err := open(cmd.Context(), c, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, s.close()) }()
			if err := s.clearDemo(cmd.Context()); err != nil {
				return err
			}
			return s.loadDemo(cmd.Context(), cmd.OutOrStdout(), people, seed)
		},
	}
	cmd.Flags().IntVar(&people, "people", demoPeople, "about how many employees")
	cmd.Flags().Uint64Var(&seed, "seed", demoSeed, "the same seed gives the same city")
	return cmd
}

// demoIfEmpty loads the demonstration city where the database holds nobody.
func (s *stack) demoIfEmpty(ctx context.Context, w io.Writer) error {
	conn, err := pgx.Connect(ctx, s.direct)
	if err != nil {
		return fmt.Errorf("connecting to look for a demonstration: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	loaded, err := demo.Loaded(ctx, conn)
	if err != nil || loaded {
		return err
	}
	if err := s.loadDemo(ctx, w, demoPeople, demoSeed); err != nil && !errors.Is(err, demo.ErrLoaded) {
		return err
	}
	return nil
}

// clearDemo makes room for a demonstration: an empty database stays as it is,
// an earlier demonstration goes, anything else is refused.
func (s *stack) clearDemo(ctx context.Context) error {
	empty, err := s.store.Empty(ctx)
	if err != nil || empty {
		return err
	}
	instance, err := s.store.Instance(ctx)
	if err != nil && !errors.Is(err, appraisal.ErrNotFound) {
		return err
	}
	if !instance.Demonstration {
		return appraisal.ErrNotDemonstration
	}
	if err := migrations.Down(ctx, s.direct); err != nil {
		return err
	}
	if err := migrations.Up(ctx, s.direct); err != nil {
		return err
	}
	s.work.Reset() // statements prepared before know tables that are gone
	s.pool.Reset()
	return nil
}

func (s *stack) loadDemo(ctx context.Context, w io.Writer, people int, seed uint64) error {
	fmt.Fprintf(w, "Loading the demonstration city with about %d employees …\n", people)
	start := time.Now()
	hash, err := app.NewPasswords().Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, s.direct)
	if err != nil {
		return fmt.Errorf("connecting to load the demonstration: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = demo.Load(ctx, conn, demo.Options{
		People: people, Seed: seed, Today: s.now(), PasswordHash: hash, Years: demoYears, FilledShare: demoFilled,
	}, s.scoreByID)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Loaded in %s.\n", time.Since(start).Round(time.Millisecond))
	return nil
}

func (s *stack) scoreByID(ctx context.Context, id appraisal.CycleID) (appraisal.RunID, error) {
	c, err := s.workStore.CycleByID(ctx, id)
	if err != nil {
		return 0, err
	}
	run, err := s.score(ctx, c.Year)
	if err == nil && run.State != appraisal.RunComplete {
		err = fmt.Errorf("run %d is %s: %s", run.ID, run.State, run.Failure)
	}
	return run.ID, err
}

// demoAccounts returns an account for each role, with the password of all.
func (s *stack) demoAccounts(ctx context.Context) ([]page.DemoAccount, string, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("reading the demonstration accounts: %w", err)
	}
	defer conn.Release()
	accounts, err := demo.Accounts(ctx, conn.Conn())
	list := make([]page.DemoAccount, len(accounts))
	for i, a := range accounts {
		list[i] = page.DemoAccount{Role: a.Role, Login: a.Login, Name: a.Name, Does: a.Does}
	}
	return list, demoPassword, err
}
