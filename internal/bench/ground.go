package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/localdb"
	"rancak/migrations"
)

// ground is the server that everything is measured on.
type ground struct {
	dir    string
	server *localdb.Server
}

// open brings up a server in a new folder below dir.
func open(ctx context.Context, dir string) (*ground, error) {
	if dir == "" && inMemory(os.TempDir()) {
		dir = "/var/tmp"
	}
	made, err := os.MkdirTemp(dir, "rancak-bench-")
	if err != nil {
		return nil, fmt.Errorf("making the folder of the data: %w", err)
	}
	// Another user than root runs the server and must get through.
	if err := os.Chmod(made, 0o711); err != nil { //nolint:gosec // see above
		return nil, err
	}
	g := &ground{dir: made}
	g.server, err = localdb.Start(ctx, localdb.Options{Dir: filepath.Join(made, "data"), BinDir: os.Getenv("RANCAK_PG_BIN")})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(made))
	}
	return g, nil
}

// close stops the server and removes the data.
func (g *ground) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return errors.Join(g.server.Close(ctx), os.RemoveAll(g.dir))
}

// database makes a database with the schema and returns its address.
func (g *ground) database(ctx context.Context, name string) (string, error) {
	conn, err := pgx.Connect(ctx, g.server.AdminURL())
	if err != nil {
		return "", fmt.Errorf("connecting to make a database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	at, err := url.Parse(g.server.URL())
	if err != nil {
		return "", err
	}
	create := "CREATE DATABASE " + pgx.Identifier{name}.Sanitize() + " OWNER " + pgx.Identifier{at.User.Username()}.Sanitize()
	if _, err := conn.Exec(ctx, create); err != nil {
		return "", fmt.Errorf("making a database: %w", err)
	}
	at.Path = "/" + name
	return at.String(), migrations.Up(ctx, at.String())
}

// settings are those that decide what a commit costs.
var settings = []string{"fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers", "max_wal_size"}

// describe prints what the numbers depend on.
func (g *ground) describe(ctx context.Context, w io.Writer) error {
	conn, err := pgx.Connect(ctx, g.server.URL())
	if err != nil {
		return fmt.Errorf("connecting to describe the server: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var version string
	if err := conn.QueryRow(ctx, "SHOW server_version").Scan(&version); err != nil {
		return err
	}
	var list []string
	for _, name := range settings {
		var value string
		if err := conn.QueryRow(ctx, "SELECT current_setting($1)", name).Scan(&value); err != nil {
			return err
		}
		list = append(list, name+" "+value)
	}
	place := "on a disk"
	if inMemory(g.dir) {
		place = "IN MEMORY, so that nothing said about saving holds: use -dir"
	}
	fmt.Fprintf(w, "Machine     %s, %d cores, %s of memory, %s\n", processor(), runtime.NumCPU(), memory(), runtime.GOOS)
	fmt.Fprintf(w, "Programs    PostgreSQL %s, %s\n", version, runtime.Version())
	fmt.Fprintf(w, "Durability  %s; data %s\n", strings.Join(list, ", "), place)
	fmt.Fprintf(w, "            database, application and load share the machine\n")
	return nil
}

// inMemory reports whether a folder lies in a file system in memory.
func inMemory(dir string) bool {
	const tmpfs = 0x01021994
	var fs syscall.Statfs_t
	return runtime.GOOS == "linux" && syscall.Statfs(dir, &fs) == nil && int64(fs.Type) == tmpfs
}

func processor() string { return fromProc("/proc/cpuinfo", "model name", runtime.GOARCH) }

func memory() string {
	var kib int64
	if _, err := fmt.Sscan(fromProc("/proc/meminfo", "MemTotal", ""), &kib); err != nil {
		return "unknown size"
	}
	return fmt.Sprintf("%.1f GiB", float64(kib)/(1<<20))
}

// fromProc returns the value of a line like "name : value".
func fromProc(file, name, otherwise string) string {
	f, err := os.Open(file) //nolint:gosec // constant names
	if err != nil {
		return otherwise
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return otherwise
}
