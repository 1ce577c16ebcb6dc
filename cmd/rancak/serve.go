package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"rancak/internal/app"
	"rancak/internal/appraisal"
	"rancak/internal/jobs"
	"rancak/internal/postgres"
	"rancak/internal/server"
	"rancak/migrations"
)

// Bounds of connections, and how long the last requests and jobs may take.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	drainTimeout      = 20 * time.Second
)

func serveCommand(c *config) *cobra.Command {
	var demoIfEmpty bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the application",
		Long:  "Serve the application: brings the database to the newest schema, works on the queue, and answers requests until it is told to stop.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			s, err := open(cmd.Context(), c, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, s.close()) }()
			if demoIfEmpty {
				if err := s.demoIfEmpty(cmd.Context(), cmd.OutOrStdout()); err != nil {
					return err
				}
			}
			return s.serve(cmd.Context(), c, cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&demoIfEmpty, "demo-if-empty", false, "load the demonstration city into an empty database first")
	return cmd
}

// serve answers requests until ctx ends, then lets the last ones finish.
func (s *stack) serve(ctx context.Context, c *config, stdout io.Writer) error {
	sessions := postgres.NewSessions(s.pool, server.SessionInfo, s.now)
	worker, err := jobs.NewWorker(s.work, jobs.Work{Runner: s.runner(), Reviver: s.workStore, Sweeper: sessions}, s.log)
	if err != nil {
		return err
	}
	proxies, err := c.proxies()
	if err != nil {
		return err
	}
	results := &app.Results{Store: s.store}
	site, err := server.New(server.Config{
		Log: s.log, Now: s.now,
		Accounts:    s.accounts(),
		Reviews:     &app.Reviews{Store: s.store, Now: s.now},
		Evaluations: &app.Evaluations{Store: s.store, Results: results, Now: s.now},
		Cycles:      &app.Cycles{Store: s.store, Now: s.now},
		Results:     results,
		Site:        s.store, Sessions: sessions, Demo: s.demoAccounts,
		BaseURL: c.BaseURL, Proxies: proxies, Unavailable: postgres.Unavailable,
		SchemaVersion: migrations.Latest, Version: version(),
	})
	if err != nil {
		return err
	}
	listener, err := listen(c.Addr)
	if err != nil {
		return err
	}
	if err := worker.Start(context.WithoutCancel(ctx)); err != nil {
		return errors.Join(err, listener.Close())
	}
	web := &http.Server{
		Handler: site.Handler(), ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog:    slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	if err := s.announce(ctx, c, stdout); err != nil {
		s.log.Warn("cannot tell the accounts", "error", err)
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
		s.log.Info("stopping")
	}
	site.Closing()
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	return errors.Join(err, web.Shutdown(drain), worker.Stop(drain))
}

// firstInherited is the first file a service manager hands over (sd_listen_fds).
const firstInherited = 3

// listen opens the address, or takes the socket that a service manager hands
// over, so that an upgrade drops no request.
func listen(addr string) (net.Listener, error) {
	if pid, _ := strconv.Atoi(os.Getenv("LISTEN_PID")); pid == os.Getpid() && os.Getenv("LISTEN_FDS") == "1" {
		f := os.NewFile(firstInherited, "inherited listener")
		defer f.Close()
		l, err := net.FileListener(f)
		if err != nil {
			return nil, fmt.Errorf("taking over the inherited socket: %w", err)
		}
		return l, nil
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", addr, err)
	}
	return l, nil
}

// announce tells where the application is and, for a demonstration, who to
// sign in as.
func (s *stack) announce(ctx context.Context, c *config, w io.Writer) error {
	fmt.Fprintf(w, "\nRancak serves at %s\n", c.BaseURL)
	instance, err := s.store.Instance(ctx)
	if errors.Is(err, appraisal.ErrNotFound) || err == nil && !instance.Demonstration {
		return nil
	}
	if err != nil {
		return err
	}
	accounts, password, err := s.demoAccounts(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nDemonstration accounts of %s. All names and values are invented. Password for all: %s\n\n", instance.City, password)
	for _, a := range accounts {
		fmt.Fprintf(w, "  %-11s %-18s  %s\n", a.Role, a.Login, a.Name)
	}
	fmt.Fprintf(w, "\nPress Ctrl-C to stop.\n")
	return nil
}
