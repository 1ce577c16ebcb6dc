package testdb

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rancak/internal/localdb"
	"rancak/migrations"
)

const (
	serverVariable = "RANCAK_TEST_DATABASE_URL"

	testPrefix     = "rancak_test_"
	templatePrefix = "rancak_template_"
	newSuffix      = "_new"

	keptTemplates = 3
	minRoom       = 512 << 20 // of a memory file system, to be used
)

// schema is what databases are made with.
type schema struct {
	hash string
	up   func(ctx context.Context, url string) error
}

var rancak = schema{hash: migrations.Hash(), up: migrations.Up}

// cluster is the server of this process's tests.
type cluster struct {
	admin  *pgxpool.Pool // may create databases
	app    url.URL       // of the role that owns them
	token  string        // names the databases of this process
	schema schema
	count  atomic.Int64

	// strategy is how databases are cloned. file_copy takes half the time of
	// wal_log in memory, but on a disk it waits for checkpoints.
	strategy string

	mu       sync.Mutex
	template string // once it exists
	shared   *pgxpool.Pool
	holder   *pgx.Conn // holds the lock that tells others that this process lives
}

var process struct {
	sync.Mutex
	cluster *cluster
}

// connect returns the cluster, brought up by the first test that asks.
func connect(ctx context.Context) (*cluster, error) {
	process.Lock()
	defer process.Unlock()
	if process.cluster != nil {
		return process.cluster, nil
	}
	adminURL, appURL, err := serverURLs(ctx)
	if err != nil {
		return nil, err
	}
	c, err := open(ctx, adminURL, appURL, rancak)
	if err != nil {
		return nil, err
	}
	process.cluster = c
	return c, nil
}

// serverURLs brings a server up. It is used until this process ends.
func serverURLs(ctx context.Context) (admin, app string, err error) {
	if given := os.Getenv(serverVariable); given != "" {
		return given, given, nil
	}
	o := localdb.Options{BinDir: os.Getenv("RANCAK_PG_BIN"), Volatile: true}
	programs, err := localdb.Find(ctx, o)
	if err != nil {
		return "", "", err
	}
	o.BinDir = programs.Bin
	o.Dir = filepath.Join(memoryDir(), fmt.Sprintf("rancak-test-%d-pg%d", os.Getuid(), programs.Major))
	s, err := localdb.Start(ctx, o)
	if err != nil {
		return "", "", err
	}
	return s.AdminURL(), s.URL(), nil
}

// memoryDir is a folder in memory, if the system has one with room.
func memoryDir() string {
	const dir = "/dev/shm"
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil || uint64(fs.Bavail)*uint64(fs.Bsize) < minRoom {
		return os.TempDir()
	}
	return dir
}

func open(ctx context.Context, adminURL, appURL string, s schema) (*cluster, error) {
	app, err := url.Parse(appURL)
	if err != nil || !strings.HasPrefix(app.Scheme, "postgres") {
		return nil, fmt.Errorf("the address of the test server must be a URL that begins with postgres://")
	}
	token := make([]byte, 6)
	_, _ = rand.Read(token)
	c := &cluster{app: *app, token: hex.EncodeToString(token), schema: s, strategy: "file_copy"}
	if os.Getenv(serverVariable) != "" {
		c.strategy = "wal_log"
	}
	if c.admin, err = pgxpool.New(ctx, adminURL); err != nil {
		return nil, fmt.Errorf("connecting to the test server: %w", err)
	}
	if c.holder, err = pgx.Connect(ctx, adminURL); err != nil {
		return nil, fmt.Errorf("connecting to the test server: %w", err)
	}
	if _, err := c.holder.Exec(ctx, "select pg_advisory_lock("+lockOf+")", testPrefix+c.token); err != nil {
		return nil, fmt.Errorf("locking the databases of this process: %w", err)
	}
	if err := c.dropStale(ctx); err != nil {
		return nil, fmt.Errorf("dropping databases of earlier tests: %w", err)
	}
	return c, nil
}

// lockOf is the number of an advisory lock for the name $1.
const lockOf = "hashtextextended($1, 0)"

var testName = regexp.MustCompile(`^` + testPrefix + `[0-9a-f]{12}_`)

// dropStale drops the databases of processes that live no more.
func (c *cluster) dropStale(ctx context.Context) error {
	rows, err := c.admin.Query(ctx, "select datname from pg_database where datname like $1", testPrefix+"%")
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	stale := map[string][]string{} // by prefix with the token
	for _, name := range names {
		if m := testName.FindString(name); m != "" && m != testPrefix+c.token+"_" {
			stale[strings.TrimSuffix(m, "_")] = append(stale[strings.TrimSuffix(m, "_")], name)
		}
	}
	for owner, names := range stale {
		if err := c.dropOf(ctx, owner, names); err != nil {
			return err
		}
	}
	return nil
}

// dropOf drops the databases of one process, unless it lives or another
// process drops them.
func (c *cluster) dropOf(ctx context.Context, owner string, names []string) error {
	conn, err := c.admin.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	var free bool
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock("+lockOf+")", owner).Scan(&free); err != nil || !free {
		return err
	}
	for _, name := range names {
		if _, err = conn.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
			break
		}
	}
	_, unlock := conn.Exec(ctx, "select pg_advisory_unlock("+lockOf+")", owner)
	if err == nil {
		err = unlock
	}
	return err
}

// create makes a database of this process.
func (c *cluster) create(ctx context.Context, migrated bool) (name string, err error) {
	template := "template0"
	if migrated {
		if template, err = c.migratedTemplate(ctx); err != nil {
			return "", err
		}
	}
	name = fmt.Sprintf("%s%s_%d", testPrefix, c.token, c.count.Add(1))
	if err := c.createFrom(ctx, name, template); err != nil {
		return "", fmt.Errorf("creating a database: %w", err)
	}
	return name, nil
}

func (c *cluster) createFrom(ctx context.Context, name, template string) error {
	sql := "create database " + name + " template " + template + " strategy " + c.strategy
	if owner := c.app.User.Username(); owner != "" {
		sql += " owner " + pgx.Identifier{owner}.Sanitize()
	}
	_, err := c.admin.Exec(ctx, sql)
	return err
}

func (c *cluster) drop(ctx context.Context, name string) error {
	if _, err := c.admin.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return fmt.Errorf("dropping database %s: %w", name, err)
	}
	return nil
}

func (c *cluster) url(name string) string {
	u := c.app
	u.Path = "/" + name
	return u.String()
}

// migratedTemplate returns the name of the template, making it if no process
// has.
func (c *cluster) migratedTemplate(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.template != "" {
		return c.template, nil
	}
	name := templatePrefix + c.schema.hash
	conn, err := c.admin.Acquire(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Release()
	// One lock for all templates, as making one also drops old ones. Shared
	// until the end of the process by all who use one.
	if _, err := conn.Exec(ctx, "select pg_advisory_lock("+lockOf+")", templatePrefix); err != nil {
		return "", err
	}
	err = c.makeTemplate(ctx, name)
	if _, unlock := conn.Exec(ctx, "select pg_advisory_unlock("+lockOf+")", templatePrefix); err == nil {
		err = unlock
	}
	if err != nil {
		return "", fmt.Errorf("making the template database: %w", err)
	}
	c.template = name
	return name, nil
}

// makeTemplate makes the template beside its name and renames it, so that it is
// complete or missing.
func (c *cluster) makeTemplate(ctx context.Context, name string) error {
	if _, err := c.holder.Exec(ctx, "select pg_advisory_lock_shared("+lockOf+")", name); err != nil {
		return err
	}
	var done bool
	err := c.admin.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&done)
	if err != nil || done {
		return err
	}
	made := name + newSuffix
	if err := c.drop(ctx, made); err != nil {
		return err
	}
	if err := c.createFrom(ctx, made, "template0"); err != nil {
		return err
	}
	if err := c.schema.up(ctx, c.url(made)); err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	for _, sql := range []string{
		"alter database " + made + " with allow_connections false",
		"alter database " + made + " rename to " + name,
	} {
		if _, err := c.admin.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return c.dropOldTemplates(ctx)
}

// dropOldTemplates keeps the newest templates and those in use.
func (c *cluster) dropOldTemplates(ctx context.Context) error {
	rows, err := c.admin.Query(ctx, "select datname from pg_database where datname like $1 order by oid desc offset $2",
		templatePrefix+"%", keptTemplates)
	if err != nil {
		return err
	}
	old, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := c.dropOf(ctx, name, []string{name}); err != nil {
			return err
		}
	}
	return nil
}

// sharedPool is on one database for all transactions of this process. It is
// dropped as stale by a later process.
func sharedPool(ctx context.Context) (*pgxpool.Pool, error) {
	c, err := connect(ctx)
	if err != nil {
		return nil, err
	}
	return c.sharedPool(ctx)
}

func (c *cluster) sharedPool(ctx context.Context) (*pgxpool.Pool, error) {
	c.mu.Lock()
	shared := c.shared
	c.mu.Unlock()
	if shared != nil {
		return shared, nil
	}
	name, err := c.create(ctx, true)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.New(ctx, c.url(name))
	if err != nil {
		return nil, fmt.Errorf("connecting to the shared database: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shared != nil {
		pool.Close()
		return c.shared, c.drop(ctx, name)
	}
	c.shared = pool
	return pool, nil
}
