package localdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// volatileMark stands in clusters made without care for durability.
const volatileMark = "rancak-volatile"

// boot makes the cluster if there is none, starts its server and sees to role
// and database.
func (k *keeper) boot(ctx context.Context) error {
	if err := k.discard(); err != nil {
		return err
	}
	if _, err := os.Stat(clusterDir(k.Dir)); errors.Is(err, os.ErrNotExist) {
		if err := k.create(ctx); err != nil {
			return err
		}
	}
	if err := k.startPatiently(ctx); err != nil {
		return err
	}
	if err := k.ensureDatabase(ctx); err != nil {
		said := k.file.said()
		return diskFull(k.Dir, fmt.Errorf("creating role and database: %w", err), err.Error()+said)
	}
	return nil
}

// startPatiently waits for what is left of a killed server: its children notice
// only after a moment that it is gone.
func (k *keeper) startPatiently(ctx context.Context) error {
	for deadline := time.Now().Add(immediateTimeout); ; {
		err := k.start(ctx)
		if err == nil || ctx.Err() != nil || time.Now().After(deadline) ||
			!strings.Contains(k.file.said(), "shared memory block") {
			return err
		}
		k.server.stop(k.log)
		time.Sleep(10 * pollInterval)
	}
}

// discard removes what a killed keeper left: half-made clusters, and a volatile
// cluster that did not stop cleanly.
func (k *keeper) discard() error {
	left, err := filepath.Glob(filepath.Join(k.Dir, newPrefix+"*"))
	if err != nil {
		return err
	}
	for _, dir := range left {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("removing a half-made cluster: %w", err)
		}
	}
	cluster := clusterDir(k.Dir)
	if !k.Volatile || !exists(filepath.Join(cluster, volatileMark)) || !exists(filepath.Join(cluster, "postmaster.pid")) {
		return nil
	}
	if err := k.endOrphan(); err != nil {
		return err
	}
	if !exists(filepath.Join(cluster, "postmaster.pid")) {
		return nil // the orphan stopped cleanly
	}
	if err := os.RemoveAll(cluster); err != nil {
		return fmt.Errorf("removing a volatile cluster: %w", err)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// create makes the cluster beside its place and then moves it there, so that
// it is complete or missing, whenever the machine stops.
func (k *keeper) create(ctx context.Context) error {
	began := time.Now()
	made, err := os.MkdirTemp(k.Dir, newPrefix)
	if err == nil && k.As.Switch {
		err = os.Lchown(made, k.As.UID, k.As.GID)
	}
	if err != nil {
		_ = os.Remove(made)
		return diskFull(k.Dir, k.forbidden(fmt.Errorf("creating the cluster: %w", err)), "")
	}
	defer os.RemoveAll(made)
	for i, locale := range locales(k.Major) {
		var said string
		if said, err = k.initdb(ctx, made, locale); err == nil {
			if i > 0 {
				k.log.Warn("this system has no C.UTF-8; letters outside ASCII have no upper and lower case in SQL", "locale", locale)
			}
			break
		}
		if !strings.Contains(said, "invalid locale") && !strings.Contains(said, "locale name") {
			break
		}
	}
	if err != nil {
		return err
	}
	err = appendInclude(filepath.Join(made, "postgresql.conf"))
	if err == nil && k.Volatile {
		err = os.WriteFile(filepath.Join(made, volatileMark), nil, 0o600)
	}
	if err != nil {
		return diskFull(k.Dir, fmt.Errorf("creating the cluster: %w", err), "")
	}
	if err := os.Rename(made, clusterDir(k.Dir)); err != nil {
		return fmt.Errorf("moving the new cluster to its place: %w", err)
	}
	if err := syncDir(k.Dir); err != nil {
		return fmt.Errorf("moving the new cluster to its place: %w", err)
	}
	k.log.Info("created the cluster", "version", k.Major, "took", time.Since(began))
	return nil
}

// forbidden explains an error of a root that may not act as another user.
func (k *keeper) forbidden(err error) error {
	if !k.As.Switch || !errors.Is(err, syscall.EPERM) {
		return err
	}
	return failf(ErrOwner, "PostgreSQL refuses to run as root, and this root may not act as the user %s, as in a container without capabilities (%v): run Rancak as an ordinary user", k.As.Name, err)
}

// locales are arguments of initdb for an order of text by code point in UTF-8,
// best first: own rules of PostgreSQL (17 and newer), those of the C library,
// and ASCII rules where that has no C.UTF-8.
func locales(major int) [][]string {
	list := [][]string{{"--locale=C.UTF-8"}, {"--locale=C"}}
	if major >= 17 {
		builtin := []string{"--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"}
		list = append([][]string{builtin}, list...)
	}
	return list
}

// command is a program of PostgreSQL, to be run as the user of the server.
func (k *keeper) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(k.Bin, name), args...)
	cmd.Env = childEnv()
	cmd.Dir = "/"
	return cmd
}

func (k *keeper) initdb(ctx context.Context, dir string, locale []string) (said string, err error) {
	args := append([]string{"-D", dir, "-U", superuser, "-E", "UTF8", "-A", "peer", "--data-checksums", "--no-instructions"}, locale...)
	if k.Volatile {
		args = append(args, "--no-sync")
	}
	cmd := k.command(ctx, "initdb", args...)
	cmd.SysProcAttr = childAttr(k.As, syscall.SIGTERM)
	// Its children then end by themselves, without leaving shared memory.
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = immediateTimeout
	out, err := cmd.CombinedOutput()
	if err == nil {
		return "", nil
	}
	_, _ = k.file.Write(out)
	said = complaints(string(out))
	return said, diskFull(k.Dir, fmt.Errorf("initdb as %s: %w: %s", k.As.Name, err, said), string(out))
}

// configure writes the settings of this version of Rancak and who may connect.
func (k *keeper) configure() error {
	dir := clusterDir(k.Dir)
	var hba, ident strings.Builder
	hba.WriteString("local all all peer map=rancak\n")
	for _, name := range k.admitted() {
		for _, as := range []string{superuser, role} {
			fmt.Fprintf(&ident, "rancak %q %s\n", name, as)
		}
	}
	for name, text := range map[string]string{
		"rancak.conf":   settings(k.Volatile),
		"pg_hba.conf":   hba.String(),
		"pg_ident.conf": ident.String(),
	} {
		if err := writeFile(filepath.Join(dir, name), []byte(text), k.As); err != nil {
			return err
		}
	}
	return nil
}

// admitted are the users of the system who may connect: who runs this, and root.
func (k *keeper) admitted() []string {
	var names []string
	for _, id := range []string{"0", fmt.Sprint(os.Geteuid())} {
		if u, err := user.LookupId(id); err == nil {
			names = append(names, u.Username)
		}
	}
	return slices.Compact(names)
}

// settings are the defaults, which ALTER SYSTEM overrides. Logs name no values:
// they may be personal.
func settings(volatile bool) string {
	s := `# Written by Rancak at each start. To change a setting: ALTER SYSTEM SET ...
max_connections = 100
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
synchronous_commit = on
checkpoint_timeout = 15min
max_wal_size = 4GB
min_wal_size = 256MB
wal_buffers = 16MB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_error_verbosity = terse
log_min_error_statement = panic
`
	if volatile {
		s += `fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 1GB
min_wal_size = 32MB
autovacuum = off
log_checkpoints = off
`
	}
	return s
}

func appendInclude(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString("\ninclude_if_exists = 'rancak.conf'\n")
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// ensureDatabase creates Rancak's role and database where they are missing.
func (k *keeper) ensureDatabase(ctx context.Context) error {
	conn, err := k.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var hasRole, hasDatabase bool
	err = conn.QueryRow(ctx, `select exists (select from pg_roles where rolname = $1),
		exists (select from pg_database where datname = $2)`, role, database).Scan(&hasRole, &hasDatabase)
	if err == nil && !hasRole {
		_, err = conn.Exec(ctx, "create role "+role+" login")
	}
	if err == nil && !hasDatabase {
		_, err = conn.Exec(ctx, "create database "+database+" owner "+role)
	}
	return err
}
