package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"rancak/web/path"
)

// healthTimeout is how long a living server may take to say so.
const healthTimeout = 2 * time.Second

// healthCommand asks the server on this machine whether it lives, for
// containers, which hold no other program that could. It opens no database.
func healthCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use:    "health",
		Short:  "Ask the server at addr whether it lives",
		Args:   cobra.NoArgs,
		Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), healthTimeout)
			defer cancel()
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+here(c.Addr)+path.Healthz, nil)
			if err != nil {
				return fmt.Errorf("asking for health: %w", err)
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				return fmt.Errorf("asking for health: %w", err)
			}
			defer answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				return fmt.Errorf("the server answers %s", answer.Status)
			}
			return nil
		},
	}
}

// here is the address at which this machine reaches a server that listens on addr.
func here(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr // check has seen it
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
