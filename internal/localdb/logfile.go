package localdb

import (
	"os"
	"strings"
	"sync"
)

const (
	maxLogSize = 8 << 20
	tailSize   = 8 << 10
)

// logFile is the log of the keeper and its server. It is renewed when it is
// full, keeping one older file, and remembers what came last, for messages
// also where the disk is full. Writing never fails.
type logFile struct {
	path string

	mu   sync.Mutex
	file *os.File
	size int64
	tail []byte
}

func openLog(path string) *logFile {
	l := &logFile{path: path}
	l.open()
	return l
}

func (l *logFile) open() {
	l.file, l.size = nil, 0
	f, err := openOwned(l.path, os.O_WRONLY|os.O_APPEND)
	if err != nil {
		return
	}
	l.file = f
	if info, err := f.Stat(); err == nil {
		l.size = info.Size()
	}
}

func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, p...)
	if n := len(l.tail); n > tailSize {
		l.tail = append([]byte(nil), l.tail[n-tailSize:]...)
	}
	if l.size+int64(len(p)) > maxLogSize && l.file != nil {
		_ = l.file.Close()
		_ = os.Rename(l.path, l.path+".1")
		l.open()
	}
	if l.file != nil {
		n, _ := l.file.Write(p)
		l.size += int64(n)
	}
	return len(p), nil
}

// forget starts a new tail.
func (l *logFile) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = nil
}

// said is what the server complained about since forget.
func (l *logFile) said() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return complaints(string(l.tail))
}

// complaints picks from the output of PostgreSQL what tells of an error.
func complaints(out string) string {
	var lines []string
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		for _, mark := range []string{"FATAL: ", "PANIC: ", "ERROR: ", "HINT: ", "error: ", "hint: ", "could not"} {
			if i := strings.Index(line, mark); i >= 0 {
				lines = append(lines, strings.Join(strings.Fields(line[i:]), " "))
				break
			}
		}
	}
	if len(lines) == 0 {
		all := strings.Split(strings.TrimSpace(out), "\n")
		lines = all[max(0, len(all)-3):]
	}
	return strings.Join(lines, "; ")
}
