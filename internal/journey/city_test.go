package journey

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rancak/internal/appraisal"
	"rancak/internal/demo"
	"rancak/internal/testdb"
)

// password opens every account of a demonstration.
const password = "rancak-bukittinggi"

// patience bounds each wait. It is long, as machines that test are busy; a test
// that passes does not wait it out.
const patience = time.Minute

// city is a demonstration city of its own that the program serves.
type city struct {
	t        *testing.T
	database string
	addr     string
	base     string
	accounts map[appraisal.Role]demo.Account
	server   *process
	log      *logBook
}

// newCity loads a city in the stage of filling and serves it.
func newCity(t *testing.T) *city {
	t.Helper()
	c := &city{t: t, database: testdb.URL(t), accounts: map[appraisal.Role]demo.Account{}}
	load := exec.Command(program, "demo", "--people", "150", "--seed", "1")
	load.Env = append(os.Environ(), "DATABASE_URL="+c.database, "RANCAK_LOG=error")
	if out, err := load.CombinedOutput(); err != nil {
		t.Fatalf("loading the city: %v\n%s", err, out)
	}
	conn := c.connect()
	list, err := demo.Accounts(context.Background(), conn)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		c.accounts[a.Role] = a
	}
	c.addr = freeAddress(t)
	c.base = "http://" + c.addr
	c.start()
	t.Cleanup(c.stop)
	return c
}

// connect returns a connection to the city's database.
func (c *city) connect() *pgx.Conn {
	c.t.Helper()
	conn, err := pgx.Connect(context.Background(), c.database)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func (c *city) start() {
	c.t.Helper()
	c.log = &logBook{}
	var err error
	c.server, err = guarded("", []string{"DATABASE_URL=" + c.database, "RANCAK_ADDR=" + c.addr, "RANCAK_LOG=warn"}, c.log, program, "serve")
	if err != nil {
		c.t.Fatal(err)
	}
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		response, err := http.Get(c.base + "/readyz")
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(end) {
			c.t.Fatalf("the server is not ready: %v\n%s", err, c.log)
		}
	}
}

// stop ends the server; what it had to complain about fails the test.
func (c *city) stop() {
	if c.server == nil {
		return
	}
	if err := c.server.end(); err != nil {
		c.t.Errorf("ending the server: %v", err)
	}
	c.server = nil
	if text := c.log.String(); strings.Contains(text, "level=ERROR") || strings.Contains(text, "panic") {
		c.t.Errorf("the server complained:\n%s", text)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// account returns the demonstration account of a role.
func (c *city) account(r appraisal.Role) demo.Account {
	c.t.Helper()
	a, ok := c.accounts[r]
	if !ok {
		c.t.Fatalf("the city has no account for %s", r)
	}
	return a
}

// year is the year of the current cycle.
func (c *city) year() int {
	var year int
	c.row(&year, "SELECT max(year) FROM cycles")
	return year
}

// row reads one value from the database.
func (c *city) row(into any, sql string, args ...any) {
	c.t.Helper()
	conn, err := pgx.Connect(context.Background(), c.database)
	if err != nil {
		c.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(context.Background(), sql, args...).Scan(into); err != nil {
		c.t.Fatalf("%s: %v", sql, err)
	}
}

// form returns the form of a kind that an employee has not sent: the first
// untouched one.
func (c *city) form(who appraisal.EmployeeID, k appraisal.ReviewKind) (id int64) {
	c.t.Helper()
	c.row(&id, `SELECT r.id FROM reviews r JOIN cycles c ON c.id = r.cycle_id AND c.year = $1
		WHERE r.rater_id = $2 AND r.kind = $3 AND r.state = 'draft' ORDER BY 0 = ALL (r.versions) DESC, r.id LIMIT 1`, c.year(), who, k)
	return id
}

// spaced writes a NIP as people read it.
func spaced(nip string) string {
	if len(nip) != 18 {
		return nip
	}
	return fmt.Sprintf("%s %s %s %s", nip[:8], nip[8:14], nip[14:15], nip[15:])
}

// logBook keeps what a program writes.
type logBook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
