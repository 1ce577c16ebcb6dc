package localdb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLogFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	l := openLog(path)
	line := strings.Repeat("x", 1023) + "\n"
	for range maxLogSize/len(line) + 10 {
		_, err := l.Write([]byte(line))
		check(t, err)
	}
	for _, p := range []string{path, path + ".1"} {
		if info, err := os.Stat(p); err != nil || info.Size() > maxLogSize {
			t.Errorf("%s: %v, %v", p, info, err)
		}
	}
	l.forget()
	_, err := l.Write([]byte("2026-01-01 UTC [7] LOG:  starting\n2026-01-01 UTC [7] FATAL:  no space\n"))
	check(t, err)
	if got := l.said(); got != "FATAL: no space" {
		t.Errorf("said %q", got)
	}
	lost := openLog(filepath.Join(t.TempDir(), "none", "log"))
	if n, err := lost.Write([]byte("gone\n")); n != 5 || err != nil {
		t.Errorf("without a file: %d, %v", n, err)
	}
	if got := lost.said(); got != "gone" {
		t.Errorf("said %q", got)
	}
}
