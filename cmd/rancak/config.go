package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"rancak/internal/postgres"
)

// config is every setting, from flags or else from the environment.
type config struct {
	Addr     string
	Database string // connection string of the application; empty: embedded
	Direct   string // connection string around PgBouncer; empty: Database
	ExecMode string
	Data     string // folder of the embedded database
	PGBin    string
	BaseURL  string
	Log      string // debug, info, warn or error
	Proxies  string
}

// setting ties a field of config to its flag and its variable.
type setting struct {
	flag, variable, fallback, usage string
	field                           func(*config) *string
}

// settings is the one list of settings. The README repeats it for people.
var settings = []setting{
	{"addr", "RANCAK_ADDR", "127.0.0.1:8080", "address to listen on", func(c *config) *string { return &c.Addr }},
	{"database-url", "DATABASE_URL", "", "connection string of PostgreSQL; empty: the embedded one", func(c *config) *string { return &c.Database }},
	{"direct-url", "RANCAK_DIRECT_URL", "", "connection string around PgBouncer, for migrations, queue and locks; empty: database-url", func(c *config) *string { return &c.Direct }},
	{"exec-mode", "RANCAK_EXEC_MODE", "cache_statement", "how statements are sent: cache_statement, or behind PgBouncer cache_describe, exec or simple_protocol", func(c *config) *string { return &c.ExecMode }},
	{"data", "RANCAK_DATA", "", "folder of the embedded database; empty: rancak in the user's data folder", func(c *config) *string { return &c.Data }},
	{"pg-bin", "RANCAK_PG_BIN", "", "folder of PostgreSQL's programs; empty: searched", func(c *config) *string { return &c.PGBin }},
	{"base-url", "RANCAK_BASE_URL", "", "where people reach the application; empty: http:// and addr", func(c *config) *string { return &c.BaseURL }},
	{"log", "RANCAK_LOG", "info", "least level to log: debug, info, warn or error", func(c *config) *string { return &c.Log }},
	{"proxies", "RANCAK_PROXIES", "", "networks of proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8,::1/128", func(c *config) *string { return &c.Proxies }},
}

// addFlags declares the settings as flags whose defaults come from the environment.
func (c *config) addFlags(flags *pflag.FlagSet, env func(string) string) {
	for _, s := range settings {
		value := env(s.variable)
		if value == "" {
			value = s.fallback
		}
		flags.StringVar(s.field(c), s.flag, value, s.usage+" ["+s.variable+"]")
	}
}

// check completes the settings and reports every problem together.
func (c *config) check() error {
	var errs []error
	_, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		errs = append(errs, fmt.Errorf("RANCAK_ADDR %q is not like 127.0.0.1:8080", c.Addr))
	}
	if c.BaseURL == "" {
		c.BaseURL = "http://" + here(c.Addr)
	}
	if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		errs = append(errs, fmt.Errorf("RANCAK_BASE_URL %q is not like https://rancak.example.go.id", c.BaseURL))
	}
	for name, value := range map[string]string{"DATABASE_URL": c.Database, "RANCAK_DIRECT_URL": c.Direct} {
		if value != "" && !strings.HasPrefix(value, "postgres://") && !strings.HasPrefix(value, "postgresql://") {
			errs = append(errs, fmt.Errorf("%s does not begin with postgres://", name))
		}
	}
	if c.Direct != "" && c.Database == "" {
		errs = append(errs, errors.New("RANCAK_DIRECT_URL is set without DATABASE_URL"))
	}
	if !postgres.ExecModeValid(c.ExecMode) {
		errs = append(errs, fmt.Errorf("RANCAK_EXEC_MODE %q is unknown or unsafe", c.ExecMode))
	}
	if _, err := c.level(); err != nil {
		errs = append(errs, err)
	}
	if _, err := c.proxies(); err != nil {
		errs = append(errs, err)
	}
	if c.Database == "" && c.Data == "" {
		if c.Data, err = dataFolder(); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// dataFolder is where the embedded database lives unless told otherwise.
func dataFolder() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "rancak"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no home folder for the embedded database; set RANCAK_DATA: %w", err)
	}
	return filepath.Join(home, ".local", "share", "rancak"), nil
}

func (c *config) level() (slog.Level, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(c.Log)); err != nil {
		return l, fmt.Errorf("RANCAK_LOG %q is not debug, info, warn or error", c.Log)
	}
	return l, nil
}

func (c *config) proxies() ([]netip.Prefix, error) {
	var list []netip.Prefix
	for part := range strings.SplitSeq(c.Proxies, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fmt.Errorf("RANCAK_PROXIES: %q is not a network like 10.0.0.0/8", part)
		}
		list = append(list, p)
	}
	return list, nil
}

// logger writes to w from the configured level on.
func (c *config) logger(w io.Writer) *slog.Logger {
	level, _ := c.level() // check has seen it
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
