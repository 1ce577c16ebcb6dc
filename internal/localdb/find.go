package localdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// minMajor is the oldest major version of PostgreSQL that Rancak runs on.
const minMajor = 15

// Programs are the programs of one PostgreSQL.
type Programs struct {
	Bin   string // the folder of postgres and initdb
	Major int
}

// Find returns the programs that a new cluster would use. It fails with
// ErrNoPostgres if there are none.
func Find(ctx context.Context, o Options) (Programs, error) {
	return newSearch(o).find(ctx, "", 0)
}

// usualDirs are where the packagers of PostgreSQL put postgres and initdb.
var usualDirs = []string{
	"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
	"/usr/pgsql-*/bin",                                   // Red Hat, from the PostgreSQL project
	"/usr/bin",                                           // Red Hat, Arch
	"/usr/lib/postgresql*/bin",                           // SUSE
	"/usr/lib64/postgresql-*/bin",                        // Gentoo
	"/usr/libexec/postgresql*",                           // Alpine
	"/opt/homebrew/opt/postgresql*/bin",                  // Homebrew on Apple silicon
	"/usr/local/opt/postgresql*/bin",                     // Homebrew on Intel
	"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",     // Homebrew on Linux
	"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
	"/opt/local/lib/postgresql*/bin",                     // MacPorts
	"/usr/local/pgsql/bin",                               // built from source
	"/usr/local/bin",                                     // container images
}

// search is where programs are looked for.
type search struct {
	only  string   // RANCAK_PG_BIN: this folder and no other
	path  []string // folders of PATH
	usual []string // patterns
	cache string
}

func newSearch(o Options) search {
	s := search{only: o.BinDir, path: filepath.SplitList(os.Getenv("PATH")), usual: usualDirs, cache: o.CacheDir}
	if s.cache == "" {
		s.cache, _ = CacheDir()
	}
	return s
}

// find returns programs for the cluster in dir, which needs the major version
// want; 0 takes the first usable ones for a new cluster.
func (s search) find(ctx context.Context, dir string, want int) (Programs, error) {
	if want != 0 && want < minMajor {
		return Programs{}, failf(ErrVersion, "the data in %s is of PostgreSQL %d, but Rancak needs %d or newer: dump it with the old version and load it into a new folder; nothing was changed", dir, want, minMajor)
	}
	if s.only != "" {
		return s.findOnly(ctx, dir, want)
	}
	var seen []Programs
	for _, group := range [][]string{s.inPath(ctx), expand(s.usual), expand([]string{s.cachePattern()})} {
		var best Programs
		for _, bin := range group {
			p, err := inspect(ctx, bin)
			if ctx.Err() != nil {
				return Programs{}, fmt.Errorf("searching PostgreSQL: %w", ctx.Err())
			}
			if err != nil {
				continue
			}
			seen = append(seen, p)
			if (want == 0 && p.Major >= minMajor || p.Major == want) && p.Major > best.Major {
				best = p
			}
		}
		if best.Major != 0 {
			return best, nil
		}
	}
	return Programs{}, missing(dir, want, seen)
}

func (s search) findOnly(ctx context.Context, dir string, want int) (Programs, error) {
	p, err := inspect(ctx, s.only)
	switch {
	case err != nil:
		return Programs{}, failf(ErrNoPostgres, "RANCAK_PG_BIN names %s, but there is no PostgreSQL to run: %v", s.only, err)
	case p.Major < minMajor:
		return Programs{}, failf(ErrNoPostgres, "RANCAK_PG_BIN names %s, a PostgreSQL %d, but Rancak needs %d or newer", s.only, p.Major, minMajor)
	case want != 0 && p.Major != want:
		return Programs{}, failf(ErrVersion, "the data in %s is of PostgreSQL %d, but RANCAK_PG_BIN names %s, a PostgreSQL %d; nothing was changed", dir, want, s.only, p.Major)
	}
	return p, nil
}

// inPath lists the folders of PATH that have a postgres, and what pg_config
// names.
func (s search) inPath(ctx context.Context) []string {
	var dirs []string
	config := ""
	for _, dir := range s.path {
		if !filepath.IsAbs(dir) {
			continue
		}
		if executable(filepath.Join(dir, "postgres")) {
			dirs = append(dirs, dir)
		}
		if c := filepath.Join(dir, "pg_config"); config == "" && executable(c) {
			config = c
		}
	}
	if config != "" {
		if out, err := output(ctx, config, "--bindir"); err == nil {
			dirs = append(dirs, strings.TrimSpace(out))
		}
	}
	return dirs
}

func (s search) cachePattern() string {
	return filepath.Join(s.cache, "*", fetchedBin)
}

func expand(patterns []string) []string {
	var dirs []string
	for _, p := range patterns {
		if !filepath.IsAbs(p) {
			continue
		}
		found, _ := filepath.Glob(p)
		dirs = append(dirs, found...)
	}
	return dirs
}

var versionPattern = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

// inspect returns the programs in bin if they run.
func inspect(ctx context.Context, bin string) (Programs, error) {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return Programs{}, err
	}
	for _, name := range []string{"initdb", "postgres"} {
		if !executable(filepath.Join(bin, name)) {
			return Programs{}, fmt.Errorf("%s has no program %s", bin, name)
		}
	}
	// A link may stand in a folder without the libraries and files beside it.
	if real, err := filepath.EvalSymlinks(filepath.Join(bin, "postgres")); err == nil {
		bin = filepath.Dir(real)
	}
	out, err := output(ctx, filepath.Join(bin, "postgres"), "--version")
	if err != nil {
		return Programs{}, err
	}
	m := versionPattern.FindStringSubmatch(out)
	if m == nil {
		return Programs{}, fmt.Errorf("%s/postgres gives no version: %q", bin, out)
	}
	major, err := strconv.Atoi(m[1])
	return Programs{Bin: bin, Major: major}, err
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

func output(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = childEnv()
	out, err := cmd.Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		err = fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(exit.Stderr)))
	}
	return string(out), err
}

// childEnv is the environment of the programs of PostgreSQL: without settings
// of other servers, and with messages in English so that errors are recognised.
func childEnv() []string {
	var env []string
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "PG") || strings.HasPrefix(name, "LC_") ||
			name == "LANG" || name == "LANGUAGE" || name == "TZ" || name == "NOTIFY_SOCKET" {
			continue
		}
		env = append(env, kv)
	}
	return append(env, "LC_ALL=C", "TZ=UTC")
}
