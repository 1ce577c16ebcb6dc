package localdb

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
)

var (
	// ErrNoPostgres means that no PostgreSQL of a usable version is on the machine.
	ErrNoPostgres = errors.New("no usable PostgreSQL")
	// ErrVersion means that the data folder needs another PostgreSQL than there is. The folder is untouched.
	ErrVersion = errors.New("PostgreSQL version does not fit the data folder")
	// ErrDiskFull means that the file system of the data folder has no room.
	ErrDiskFull = errors.New("disk full")
	// ErrOwner means that the data folder belongs to another user.
	ErrOwner = errors.New("data folder belongs to another user")
)

// kinds are the errors that keep their identity on the way from the keeper to
// the process that asked.
var kinds = map[string]error{
	"version":   ErrVersion,
	"disk-full": ErrDiskFull,
	"owner":     ErrOwner,
}

// opError is a sentence for the operator with the sentinel it stands for.
type opError struct {
	text string
	kind error
}

func (e *opError) Error() string { return e.text }
func (e *opError) Unwrap() error { return e.kind }

func failf(kind error, format string, args ...any) error {
	return &opError{text: fmt.Sprintf(format, args...), kind: kind}
}

// reply is what the keeper tells its lease holders once it is known whether
// the server runs.
type reply struct {
	Ready bool   `json:"ready"`
	Kind  string `json:"kind,omitempty"`
	Text  string `json:"text,omitempty"`
}

func newReply(err error) reply {
	if err == nil {
		return reply{Ready: true}
	}
	r := reply{Text: err.Error()}
	for name, kind := range kinds {
		if errors.Is(err, kind) {
			r.Kind = name
		}
	}
	return r
}

func (r reply) err() error {
	if r.Ready {
		return nil
	}
	return &opError{text: r.Text, kind: kinds[r.Kind]}
}

// diskFull turns err into ErrDiskFull if err or the output of a program says
// that the file system of dir has no room, and is err otherwise.
func diskFull(dir string, err error, output string) error {
	if err == nil {
		return nil
	}
	full := errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		strings.Contains(output, syscall.ENOSPC.Error()) || strings.Contains(output, syscall.EDQUOT.Error()) ||
		strings.Contains(output, "No space left on device") || strings.Contains(output, "Disk quota exceeded")
	if !full {
		return err
	}
	return failf(ErrDiskFull, "no space is left for the database in %s: free some (a new database takes about 60 MB) and start again", dir)
}
