package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"syscall"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/postgres"
)

// childWord is the first argument of a process that bench starts of itself, so
// that what is measured has the memory and the clock of a process of its own.
const childWord = "child"

// Tasks of such a process.
const (
	taskScore = "score" // work on a run, then end
	taskServe = "serve" // serve the application until the input ends
	taskPage  = "page"  // serve one page without a database
)

// order is what a child is to do. It comes as JSON on its input.
type order struct {
	Task    string
	URL     string // of the database
	Run     appraisal.RunID
	Form    formKey // of the page
	Profile string  // file for a CPU profile; empty for none
}

// report is what a child answers as JSON on its output, once it is ready or done.
type report struct {
	Addr    string
	Took    time.Duration
	HeapMiB float64 // most memory that Go has had for the heap
}

// process is a child under way.
type process struct {
	cmd    *exec.Cmd
	input  io.Closer
	report report
}

// start starts a child and waits for its report.
func start(ctx context.Context, o order) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, childWord) //nolint:gosec // this program
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting a child: %w", err)
	}
	p := &process{cmd: cmd, input: in}
	err = json.NewEncoder(in).Encode(o)
	if err == nil {
		err = json.NewDecoder(out).Decode(&p.report)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("child %s: %w", o.Task, err), p.end())
	}
	return p, nil
}

// end lets the child end and waits for it.
func (p *process) end() error {
	_ = p.input.Close()
	return p.cmd.Wait()
}

// peakMiB is the most memory that an ended child has had resident.
func (p *process) peakMiB() float64 {
	use, ok := p.cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return float64(use.Maxrss) / (1 << 20)
	}
	return float64(use.Maxrss) / (1 << 10)
}

// child is the main function of a child.
func child([]string) error {
	var o order
	in := json.NewDecoder(os.Stdin)
	if err := in.Decode(&o); err != nil {
		return fmt.Errorf("reading the order: %w", err)
	}
	if o.Profile != "" {
		f, err := os.Create(o.Profile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if o.Task == taskScore {
		return childScore(ctx, o)
	}
	pool, err := postgres.Open(ctx, postgres.Config{URL: o.URL, StatementTimeout: 5 * time.Second, LockTimeout: 2 * time.Second})
	if err != nil {
		return err
	}
	defer pool.Close()
	addr, done, err := serve(ctx, func(baseURL string) (http.Handler, error) {
		if o.Task == taskPage {
			return barePage(ctx, postgres.New(pool, nil), o.Form)
		}
		s, err := newSite(pool, baseURL)
		if err != nil {
			return nil, err
		}
		return s.Handler(), nil
	})
	if err != nil {
		return err
	}
	if err := answer(report{Addr: addr}); err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, io.MultiReader(in.Buffered(), os.Stdin)) // until the parent ends
	cancel()
	return <-done
}

func childScore(ctx context.Context, o order) error {
	start := time.Now()
	pool, err := postgres.Open(ctx, postgres.Config{URL: o.URL})
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := score(ctx, postgres.New(pool, nil), o.Run); err != nil {
		return err
	}
	took := time.Since(start)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return answer(report{Took: took, HeapMiB: float64(m.HeapSys) / (1 << 20)})
}

// answer writes in one piece, so that the parent reads it whole.
func answer(r report) error {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(r); err != nil {
		return err
	}
	_, err := os.Stdout.Write(b.Bytes())
	return err
}

// profileIn names a file for a profile; empty where none is wanted.
func profileIn(dir, name string) string {
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, name+".cpu")
}
