// Command rancak serves the annual performance appraisal of civil servants.
// It reads configuration, wires the packages together and does nothing else.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "rancak:", err)
		os.Exit(1)
	}
}

// run is the program: arguments without its name, environment and outputs are
// given, so that tests can run it.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	root := newCommand(env)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return root.ExecuteContext(ctx)
}
