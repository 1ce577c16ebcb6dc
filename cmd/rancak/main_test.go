package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rancak/internal/testdb"
)

// command runs the program and returns what it wrote.
func command(t *testing.T, env map[string]string, stdin string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := newCommand(func(name string) string { return env[name] })
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetIn(strings.NewReader(stdin))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{
		{"--help"}, {"serve", "--help"}, {"migrate", "--help"}, {"demo", "--help"}, {"score", "--help"},
		{"user", "--help"}, {"user", "create-admin", "--help"}, {"user", "set-password", "--help"},
	} {
		out, err := command(t, nil, "", args...)
		if err != nil || !strings.Contains(out, "Usage:") {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}

func TestEveryProblemIsReportedAtOnce(t *testing.T) {
	_, err := command(t, map[string]string{
		"RANCAK_ADDR": "nowhere", "DATABASE_URL": "mysql://x", "RANCAK_BASE_URL": "ftp://x",
		"RANCAK_LOG": "loud", "RANCAK_EXEC_MODE": "describe_exec", "RANCAK_PROXIES": "everybody",
	}, "", "migrate")
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"RANCAK_ADDR", "DATABASE_URL", "RANCAK_BASE_URL", "RANCAK_LOG", "RANCAK_EXEC_MODE", "RANCAK_PROXIES"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("the error does not speak of %s:\n%v", name, err)
		}
	}
}

func TestFlagsWinOverTheEnvironment(t *testing.T) {
	_, err := command(t, map[string]string{"RANCAK_LOG": "loud"}, "", "migrate", "--log", "info", "--addr", "nowhere")
	if err == nil || strings.Contains(err.Error(), "RANCAK_LOG") {
		t.Errorf("the flag was not used: %v", err)
	}
}

func TestDemo(t *testing.T) {
	env := map[string]string{"DATABASE_URL": testdb.EmptyURL(t), "RANCAK_LOG": "error"}
	for range 2 { // the second takes the place of the first
		if out, err := command(t, env, "", "demo", "--people", "60", "--seed", "7"); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	_, err := command(t, env, "", "score", "--cycle", "2001")
	if err == nil {
		t.Error("a year that does not exist was scored")
	}
}

func TestDemoRefusesOtherData(t *testing.T) {
	env := map[string]string{"DATABASE_URL": testdb.EmptyURL(t), "RANCAK_LOG": "error"}
	const password = "a password that is long enough"
	if out, err := command(t, env, password+"\n", "user", "create-admin", "operator", "--name", "Operator"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := command(t, env, "", "demo", "--people", "60"); err == nil {
		t.Error("the demonstration took the place of other data")
	}
	if _, err := command(t, env, "short\n", "user", "set-password", "operator"); err == nil {
		t.Error("a short password was taken")
	}
	if _, err := command(t, env, password+"\n", "user", "set-password", "nobody"); err == nil {
		t.Error("the password of nobody was set")
	}
	if out, err := command(t, env, password+"!\n", "user", "set-password", "operator"); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	env := map[string]string{"DATABASE_URL": testdb.EmptyURL(t), "RANCAK_LOG": "error", "RANCAK_ADDR": "127.0.0.1:0"}
	done := make(chan error, 1)
	var out bytes.Buffer
	go func() {
		root := newCommand(func(name string) string { return env[name] })
		root.SetArgs([]string{"serve"})
		root.SetOut(&out)
		root.SetErr(&out)
		done <- root.ExecuteContext(ctx)
	}()
	time.AfterFunc(time.Second, cancel)
	if err := <-done; err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
}

func TestHealth(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"RANCAK_ADDR": "0.0.0.0:" + port}
	if out, err := command(t, env, "", "health"); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	status = http.StatusServiceUnavailable
	if _, err := command(t, env, "", "health"); err == nil {
		t.Error("a failing server is healthy")
	}
	server.Close()
	if _, err := command(t, env, "", "health"); err == nil {
		t.Error("a server that is gone is healthy")
	}
}
