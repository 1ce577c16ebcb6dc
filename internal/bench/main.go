package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options say what is measured.
type options struct {
	people  int
	seconds int
	conns   int
	raters  int
	only    string
	dir     string
	profile string
}

// parts are what can be measured, in order.
var parts = []string{"load", "score", "queries"}

func (o options) measures(part string) bool {
	return o.only == "" || slices.Contains(strings.Split(o.only, ","), part)
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == childWord {
		if err := child(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	o, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		err = bench(ctx, o, os.Stdout)
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(args []string) (options, error) {
	o := options{}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.IntVar(&o.people, "people", 100_000, "employees of the city")
	f.IntVar(&o.seconds, "seconds", 10, "how long each load lasts, 1 to 60")
	f.IntVar(&o.conns, "conns", 8, "connections of each load, 2 to 16")
	f.IntVar(&o.raters, "raters", 200, "people who fill forms at once, 16 to 1000")
	f.StringVar(&o.only, "only", "", "parts to measure, of "+strings.Join(parts, ",")+" (default all)")
	f.StringVar(&o.dir, "dir", "", "folder on a disk for the data, removed at the end (default a temporary one)")
	f.StringVar(&o.profile, "profile", "", "folder for CPU profiles of what is measured")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	for _, part := range strings.Split(o.only, ",") {
		if part != "" && !slices.Contains(parts, part) {
			return o, fmt.Errorf("there is no part %q", part)
		}
	}
	switch {
	case o.people < leastPeople:
		return o, fmt.Errorf("a city to measure has at least %d people", leastPeople)
	case o.seconds < 1 || o.seconds > 60, o.conns < 2 || o.conns > 16, o.raters < 16 || o.raters > 1000:
		return o, errors.New("a load lasts 1 to 60 seconds, over 2 to 16 connections, for 16 to 1000 raters")
	}
	return o, nil
}

// bench measures and prints. Nothing of it stays.
func bench(ctx context.Context, o options, w io.Writer) (err error) {
	g, err := open(ctx, o.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	if err := g.describe(ctx, w); err != nil {
		return err
	}
	if o.measures("load") || o.measures("score") {
		if err := benchBig(ctx, g, o, w); err != nil {
			return err
		}
	}
	if o.measures("queries") {
		return benchQueries(ctx, g, w)
	}
	return nil
}

// benchBig measures what is measured on a city of full size.
func benchBig(ctx context.Context, g *ground, o options, w io.Writer) error {
	c, err := g.city(ctx, w, "big", o.people, 1)
	if err != nil {
		return err
	}
	defer c.close()
	if o.measures("load") {
		if err := benchLoad(ctx, c, o, w); err != nil {
			return err
		}
	}
	if !o.measures("score") {
		return nil
	}
	small, err := g.city(ctx, w, "quarter", o.people/4, 1)
	if err != nil {
		return err
	}
	defer small.close()
	return benchScore(ctx, []*city{small, c}, o, w)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
