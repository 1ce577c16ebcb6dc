package localdb

import (
	"bytes"
	"fmt"
	"os"
	"syscall"
)

// capDACOverride lets its holder pass folders whatever their permissions.
const capDACOverride = 1

// childAttr makes a child with a process group of its own, which gets the
// signal when the thread that started it ends, and which runs as who.
func childAttr(who identity, signal syscall.Signal) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: signal}
	if who.Switch {
		attr.Credential = &syscall.Credential{Uid: uint32(who.UID), Gid: uint32(who.GID)}
		if who.Bypass {
			attr.AmbientCaps = []uintptr{capDACOverride}
		}
	}
	return attr
}

// selfPath is this program, also after its file was replaced or removed.
func selfPath() (string, error) {
	const path = "/proc/self/exe"
	if exists(path) {
		return path, nil
	}
	return os.Executable()
}

// nameProcess sets the name that ps and top show; else it were that of selfPath.
func nameProcess(name string) { _ = os.WriteFile("/proc/self/comm", []byte(name), 0) }

// workingDir is the working directory of a process; for the main process of
// PostgreSQL that is its cluster.
func workingDir(pid int) (string, error) { return os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid)) }

func zombie(pid int) bool {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	// The state follows the name in parentheses, which may hold anything.
	fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
	return len(fields) > 0 && (fields[0][0] == 'Z' || fields[0][0] == 'X')
}
