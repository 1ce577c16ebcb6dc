package localdb

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const (
	lockName    = "lock"
	recordName  = "server.json"
	logName     = "postgres.log"
	clusterName = "postgres"
	newPrefix   = "postgres.new-"
	keeperSock  = "keeper.sock"
	port        = "5432" // only a part of the name of the socket

	// maxSocketPath is the longest path of a unix socket that every system
	// takes: 103 bytes on macOS, 107 on Linux.
	maxSocketPath = 103
)

func clusterDir(dir string) string { return filepath.Join(dir, clusterName) }
func socketDir(run string) string  { return filepath.Join(run, "pg") }

// lockDir takes the lock of the folder; nil means that a keeper has it. The
// lock goes with the file to the keeper and ends with that process.
func lockDir(dir string) (*os.File, error) {
	f, err := openOwned(filepath.Join(dir, lockName), os.O_RDWR)
	if errors.Is(err, os.ErrPermission) {
		return nil, failf(ErrOwner, "the data folder %s belongs to %s: run Rancak as that user, or choose another folder with RANCAK_DATA", dir, ownerName(dir))
	}
	if err != nil {
		return nil, diskFull(dir, fmt.Errorf("locking the data folder: %w", err), "")
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	_ = f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return nil, fmt.Errorf("locking the data folder %s: %w", dir, err)
}

// openOwned opens a file of the data folder, made if missing. Root may work in
// the folder of another user: it follows no link of theirs and leaves them what
// it makes.
func openOwned(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, flag|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err == nil && os.Geteuid() == 0 {
		if owner := ownerOf(filepath.Dir(path)); owner > 0 {
			_ = f.Chown(owner, -1)
		}
	}
	return f, err
}

// record is what others need to reach the keeper of a folder.
type record struct {
	Run string `json:"run"`
	PID int    `json:"pid"`
}

func readRecord(dir string) (record, error) {
	var r record
	data, err := os.ReadFile(filepath.Join(dir, recordName))
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(data, &r)
}

func writeRecord(dir string, r record) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, recordName), append(data, '\n'), identity{})
}

// writeFile puts data at path in one step. It follows no link there, as the
// folder may belong to a less trusted user.
func writeFile(path string, data []byte, owner identity) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err == nil && owner.Switch {
		err = f.Chown(owner.UID, owner.GID)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}

// makeRunDir creates the folder of the sockets, if possible at last.
func makeRunDir(dir, last string) (string, error) {
	sum := sha256.Sum256([]byte(dir))
	name := hex.EncodeToString(sum[:8])
	uid := strconv.Itoa(os.Geteuid())
	bases := []string{filepath.Join(os.TempDir(), "rancak-"+uid), "/tmp/rancak-" + uid}
	if os.Geteuid() == 0 {
		bases = append([]string{"/run/rancak", "/var/run/rancak"}, bases...)
	}
	if last != "" {
		bases = append([]string{filepath.Dir(last)}, bases...)
	}
	var problem error
	for _, base := range bases {
		run := filepath.Join(base, name)
		err := errors.Join(privateDir(base), privateDir(run))
		if err == nil && strings.ContainsAny(run, `,"`) {
			err = fmt.Errorf("%s cannot be the folder of a socket", run) // where a list of them is set
		}
		if err == nil && len(filepath.Join(socketDir(run), ".s.PGSQL."+port)) > maxSocketPath {
			err = fmt.Errorf("%s is too long for a socket", run)
		}
		if err == nil {
			return run, nil
		}
		problem = errors.Join(problem, err)
	}
	// Another user may have taken all these names; nobody can take this one.
	run, err := os.MkdirTemp("/tmp", "rancak-"+name+"-")
	if err == nil {
		err = privateDir(run)
	}
	if err != nil {
		return "", fmt.Errorf("no folder for the socket of PostgreSQL: %w", errors.Join(problem, err))
	}
	return run, nil
}

// privateDir makes sure that path is a folder of this user that no other user
// can write, or, unless this is root, read.
func privateDir(path string) error {
	// For root the server is another user and passes through.
	mode := os.FileMode(0o700)
	if os.Geteuid() == 0 {
		mode = 0o711
	}
	if err := os.Mkdir(path, mode); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(stat.Uid) != os.Geteuid() {
		return fmt.Errorf("%s is not a folder of this user", path)
	}
	if info.Mode().Perm() != mode {
		return os.Chmod(path, mode)
	}
	return nil
}

// clusterMajor is the major version of the cluster in dir, 0 if there is none.
func clusterMajor(dir string) (int, error) {
	data, err := os.ReadFile(filepath.Join(dir, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
			return 0, nil
		}
		return 0, fmt.Errorf("%s is not a PostgreSQL cluster, as it has no PG_VERSION: move it away; nothing was changed", dir)
	}
	if errors.Is(err, os.ErrPermission) {
		return 0, failf(ErrOwner, "the database in %s belongs to %s: run Rancak as that user, or choose another folder with RANCAK_DATA", dir, ownerName(dir))
	}
	if err != nil {
		return 0, fmt.Errorf("reading the version of the cluster: %w", err)
	}
	major, err := strconv.Atoi(firstLine(string(data)))
	if err != nil {
		return 0, failf(ErrVersion, "%s/PG_VERSION says %q, which is no version that Rancak knows; nothing was changed", dir, firstLine(string(data)))
	}
	return major, nil
}
