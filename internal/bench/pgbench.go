package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// findPgbench returns the program beside those of the server or in PATH.
func findPgbench(bin string) string {
	if p := filepath.Join(bin, "pgbench"); exec.Command(p, "--version").Run() == nil { //nolint:gosec // a program of PostgreSQL
		return p
	}
	p, err := exec.LookPath("pgbench")
	if err != nil {
		return ""
	}
	return p
}

// variable names what an argument of the recorded form stands for.
func (l *load) variable(arg any) (string, error) {
	f := l.forms[0]
	switch v := arg.(type) {
	case []byte:
		return "token", nil
	case time.Time:
		return "now", nil
	case []string:
		return "comments", nil
	case []*int16:
		return "answers", nil
	case []int16:
		return "versions", nil
	default:
		if n := reflect.ValueOf(v); n.CanInt() {
			switch n.Int() {
			case int64(f.Review):
				return "review", nil
			case int64(f.Rater):
				return "rater", nil
			case int64(f.User):
				return "account", nil
			}
		}
		return "", fmt.Errorf("no variable of pgbench for %T %v", arg, arg)
	}
}

var parameter = regexp.MustCompile(`\$(\d+)`)

// script writes statements for pgbench. Each client has forms of its own, as
// each connection to the application; what it reads of a form it writes back.
func (l *load) script(list []statement) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "\\set i :client_id + %d * random(0, %d)\n", l.conns, len(l.forms)/l.conns-1)
	for name, of := range map[string]func(formKey) int64{
		"review":  func(f formKey) int64 { return int64(f.Review) },
		"rater":   func(f formKey) int64 { return int64(f.Rater) },
		"account": func(f formKey) int64 { return int64(f.User) },
	} {
		fmt.Fprintf(&b, "\\set %s %s\n", name, choose(l.forms, 0, of))
	}
	// A text of digits is also a bytea: see addTokens.
	b.WriteString("\\set token :i\n")
	for _, s := range list {
		var failed error
		b.WriteString(parameter.ReplaceAllStringFunc(s.sql, func(p string) string {
			n, _ := strconv.Atoi(p[1:])
			name, err := l.variable(s.args[n-1])
			failed = errors.Join(failed, err)
			return ":" + name
		}))
		if failed != nil {
			return "", failed
		}
		if strings.HasPrefix(s.sql, "SELECT r.id, r.cycle_id") {
			b.WriteString("\n\\gset\n")
		} else {
			b.WriteString(";\n")
		}
	}
	return b.String(), nil
}

// choose writes an expression of pgbench that gives a number of the form :i.
func choose(forms []formKey, first int, of func(formKey) int64) string {
	if len(forms) == 1 {
		return strconv.FormatInt(of(forms[0]), 10)
	}
	half := len(forms) / 2
	return fmt.Sprintf("case when :i < %d then %s else %s end", first+half,
		choose(forms[:half], first, of), choose(forms[half:], first+half, of))
}

// addTokens gives each form a session whose token pgbench can compute.
func (l *load) addTokens(ctx context.Context) error {
	for i, f := range l.forms {
		if _, err := l.pool.Exec(ctx, `INSERT INTO sessions (token_hash, user_id, data, created_at, expires_at)
			SELECT convert_to($1::int::text, 'UTF8'), $2, s.data, s.created_at, s.expires_at FROM sessions s WHERE s.user_id = $2 LIMIT 1
			ON CONFLICT DO NOTHING`, i, f.User); err != nil {
			return fmt.Errorf("adding sessions for pgbench: %w", err)
		}
	}
	return nil
}

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

// pgbench runs statements with pgbench.
func (l *load) pgbench(ctx context.Context, program string, list []statement, lasts time.Duration) (t tally, err error) {
	script, err := l.script(list)
	if err != nil {
		return t, err
	}
	f, err := os.CreateTemp("", "rancak-bench-*.sql")
	if err != nil {
		return t, err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(script)
	if err := errors.Join(err, f.Close()); err != nil {
		return t, err
	}
	ctx, cancel := context.WithTimeout(ctx, lasts+20*time.Second)
	defer cancel()
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, program, "-n", "-M", "prepared", "-c", strconv.Itoa(l.conns), "-j", "2", //nolint:gosec // a program of PostgreSQL
		"-T", strconv.Itoa(int(lasts.Seconds())), "-D", "now="+time.Now().UTC().Format(time.RFC3339), "-f", f.Name(), l.url)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return t, fmt.Errorf("%w: %s", err, said.Bytes())
	}
	m := tps.FindSubmatch(out)
	if m == nil {
		return t, fmt.Errorf("pgbench says no rate: %s", out)
	}
	rate, err := strconv.ParseFloat(string(m[1]), 64)
	return tally{count: int(rate * lasts.Seconds()), took: lasts}, err
}

// goReference sends the same statements from Go, where there is no pgbench.
func (l *load) goReference(ctx context.Context, list []statement, lasts time.Duration) (t tally, err error) {
	config, err := pgxpool.ParseConfig(l.url)
	if err != nil {
		return t, err
	}
	config.MaxConns = int32(l.conns)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return t, err
	}
	defer pool.Close()
	ctx, cancel := context.WithTimeout(ctx, lasts)
	defer cancel()
	begin := time.Now()
	var count atomic.Int64
	errs := make([]error, l.conns)
	var wg sync.WaitGroup
	for conn := range l.conns {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil && errs[conn] == nil; n++ {
				if errs[conn] = l.transaction(ctx, pool, list, l.of(conn, n)); errs[conn] == nil {
					count.Add(1)
				}
			}
			if ctx.Err() != nil {
				errs[conn] = nil
			}
		})
	}
	wg.Wait()
	return tally{count: int(count.Load()), took: time.Since(begin)}, errors.Join(errs...)
}

// transaction sends the statements for one form and writes back what it read.
func (l *load) transaction(ctx context.Context, pool *pgxpool.Pool, list []statement, form int) error {
	f := l.forms[form]
	read := map[string]any{
		"review": f.Review, "rater": f.Rater, "account": f.User, "token": []byte(strconv.Itoa(form)), "now": time.Now(),
	}
	for _, s := range list {
		args := make([]any, len(s.args))
		for i, a := range s.args {
			name, err := l.variable(a)
			if err != nil {
				return err
			}
			args[i] = read[name]
		}
		rows, _ := pool.Query(ctx, s.sql, args...)
		found, err := pgx.CollectRows(rows, pgx.RowToMap)
		if err != nil {
			return err
		}
		for _, row := range found {
			for name, value := range row {
				read[name] = value
			}
		}
	}
	return nil
}
