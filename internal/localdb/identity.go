package localdb

import (
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// identity is the user that the programs of PostgreSQL run as.
type identity struct {
	UID    int    `json:"uid"`
	GID    int    `json:"gid"`
	Name   string `json:"name"`
	Switch bool   `json:"switch"` // another user than this process
	Bypass bool   `json:"bypass"` // must pass folders closed to it
}

// pickIdentity chooses who runs the cluster in dir with the programs in bin.
func pickIdentity(dir, bin string) (identity, error) {
	uid := os.Geteuid()
	owner := ownerOf(clusterDir(dir))
	if uid != 0 {
		if owner >= 0 && owner != uid {
			return identity{}, failf(ErrOwner, "the database in %s belongs to %s: run Rancak as that user, or choose another folder with RANCAK_DATA", dir, ownerName(clusterDir(dir)))
		}
		u, err := user.LookupId(strconv.Itoa(uid))
		if err != nil {
			return identity{}, failf(ErrOwner, "the user id %d has no name on this system, which PostgreSQL needs: add it to /etc/passwd, or set DATABASE_URL to a server elsewhere", uid)
		}
		return identity{UID: uid, GID: os.Getegid(), Name: u.Username}, nil
	}
	if owner == 0 {
		return identity{}, failf(ErrOwner, "the database in %s belongs to root, as which PostgreSQL refuses to run: give it to its user again with: chown -R postgres %s", dir, clusterDir(dir))
	}
	u, err := serverUser(owner)
	if err != nil {
		return identity{}, err
	}
	who := identity{Name: u.Username, Switch: true}
	if who.UID, err = strconv.Atoi(u.Uid); err != nil {
		return identity{}, err
	}
	if who.GID, err = strconv.Atoi(u.Gid); err != nil {
		return identity{}, err
	}
	real, err := filepath.EvalSymlinks(bin)
	if err != nil {
		return identity{}, err
	}
	if !who.reaches(real) {
		// No capability helps: initdb asks access(2), which ignores them.
		return identity{}, failf(ErrNoPostgres, "PostgreSQL must run as the user %s here, to whom the folder of its programs, %s, is closed: put them elsewhere or open the folders above with chmod o+x", who.Name, real)
	}
	who.Bypass = !who.reaches(dir)
	return who, nil
}

// serverUser is who runs PostgreSQL for root: the owner of the cluster, or for
// a new one (owner < 0) the first of the users made for such things.
func serverUser(owner int) (*user.User, error) {
	if owner > 0 {
		u, err := user.LookupId(strconv.Itoa(owner))
		if err != nil {
			return nil, failf(ErrOwner, "the database belongs to the user id %d, which has no name on this system", owner)
		}
		return u, nil
	}
	for _, name := range []string{"postgres", "_postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil && u.Uid != "0" {
			return u, nil
		}
	}
	return nil, failf(ErrOwner, "PostgreSQL refuses to run as root, and this system has neither a user postgres nor a user nobody: run Rancak as an ordinary user")
}

// reaches tells whether the user may pass every folder down to dir.
func (who identity) reaches(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil {
			return false
		}
		stat, ok := info.Sys().(*syscall.Stat_t)
		if !ok {
			return false
		}
		mode := info.Mode().Perm()
		pass := mode&0o001 != 0
		if int(stat.Uid) == who.UID {
			pass = mode&0o100 != 0
		} else if int(stat.Gid) == who.GID {
			pass = mode&0o010 != 0
		}
		if !pass {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
		dir = filepath.Dir(dir)
	}
}

// ownerOf is the user id that path belongs to, -1 if there is none.
func ownerOf(path string) int {
	info, err := os.Stat(path)
	if err != nil {
		return -1
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Uid)
	}
	return -1
}

func ownerName(path string) string {
	uid := ownerOf(path)
	if uid < 0 {
		return "another user"
	}
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
		return u.Username
	}
	return "the user id " + strconv.Itoa(uid)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(line)
}
