//go:build unix && !linux

package localdb

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// childAttr makes a child with a process group of its own that runs as who.
// There is no parent-death signal here; boot ends what a killed keeper left.
func childAttr(who identity, _ syscall.Signal) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if who.Switch {
		attr.Credential = &syscall.Credential{Uid: uint32(who.UID), Gid: uint32(who.GID)}
	}
	return attr
}

func selfPath() (string, error) { return os.Executable() }

func nameProcess(string) {}

// workingDir is the working directory of a process; for the main process of
// PostgreSQL that is its cluster.
func workingDir(pid int) (string, error) {
	out, err := output(context.Background(), "lsof", "-a", "-d", "cwd", "-p", strconv.Itoa(pid), "-Fn")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(out) {
		if dir, ok := strings.CutPrefix(strings.TrimSpace(line), "n"); ok {
			return dir, nil
		}
	}
	return "", fmt.Errorf("lsof names no folder: %q", out)
}

func zombie(pid int) bool {
	out, err := output(context.Background(), "ps", "-o", "stat=", "-p", strconv.Itoa(pid))
	return err == nil && strings.HasPrefix(strings.TrimSpace(out), "Z")
}
