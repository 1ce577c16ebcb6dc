package journey

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// guardArgument makes the test binary a guard; see guard.
const guardArgument = "guard"

// scratch is the folder of this run, with the built program in it.
var scratch, program string

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == guardArgument {
		os.Exit(guard(os.Args[2], os.Args[3:]))
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "journey:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if scratch, err = os.MkdirTemp("", "rancak-journey-"); err != nil {
		return 1, err
	}
	sweeper, err := guarded(scratch, nil, io.Discard)
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, sweeper.end()) }()
	program = filepath.Join(scratch, "rancak")
	build := exec.Command("go", "build", "-o", program, "rancak/cmd/rancak")
	if out, err := build.CombinedOutput(); err != nil {
		return 1, fmt.Errorf("building the program: %w\n%s", err, out)
	}
	defer chromium.quit()
	return m.Run(), nil
}

// process is a program under the eye of a guard.
type process struct {
	cmd   *exec.Cmd
	stdin io.Closer
}

// guarded starts a program that ends with this process, however that ends, and
// removes the folder sweep after it, where one is named.
func guarded(sweep string, env []string, out io.Writer, command ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, append([]string{guardArgument, sweep}, command...)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = out, out
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return &process{cmd, stdin}, cmd.Start()
}

// end ends the program and waits for it.
func (p *process) end() error {
	if err := p.stdin.Close(); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// guard runs a program until its own standard input ends, which it does with
// the process that started it, even where that was killed.
func guard(sweep string, command []string) int {
	gone := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(gone)
	}()
	code := 0
	if len(command) > 0 {
		code = watch(command, gone)
	} else {
		<-gone
	}
	if sweep != "" {
		for range 20 { // a browser that ends may still write
			if os.RemoveAll(sweep) == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	return code
}

func watch(command []string, gone <-chan struct{}) int {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Println(err)
		return 1
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		fmt.Println("the program ended:", err)
		return 1
	case <-gone:
	}
	_ = cmd.Process.Signal(os.Interrupt)
	select {
	case <-ended:
		return 0
	case <-time.After(10 * time.Second):
		_ = cmd.Process.Kill()
		fmt.Println("the program had to be killed:", <-ended)
		return 1
	}
}
