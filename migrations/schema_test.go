package migrations_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rancak/internal/testdb"
)

var update = flag.Bool("update", false, "write schema.sql anew")

// TestSchema compares schema.sql, which is there for reading, with what the
// migrations make.
func TestSchema(t *testing.T) {
	got := dump(t, connect(t, testdb.URL(t)))
	if *update {
		if err := os.WriteFile("schema.sql", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("schema.sql is out of date, `make schema` writes it anew:\n%s", diff)
	}
}

const (
	// own leaves out what belongs to River and golang-migrate, by the name of a
	// relation, function or type.
	own = ` NOT LIKE 'river\_%' AND %[1]s <> 'schema_migrations'`

	tablesQuery = `SELECT c.oid, c.relname::text, coalesce(array_to_string(c.reloptions, ', '), ''), coalesce(obj_description(c.oid, 'pg_class'), '')
		FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname` + own + ` ORDER BY 2`

	columnsQuery = `SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
			coalesce(pg_get_expr(d.adbin, d.adrelid), ''), coalesce(col_description(a.attrelid, a.attnum), '')
		FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`

	// NOT NULL stands with its column; from version 18 on it is a constraint too.
	constraintsQuery = `SELECT conname::text, pg_get_constraintdef(oid, true) FROM pg_constraint
		WHERE conrelid = $1 AND contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY array_position('{p,u,x,f,c}', contype::text), conname`

	indexesQuery = `SELECT pg_get_indexdef(i.indexrelid, 0, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		WHERE i.indrelid = $1 AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
		ORDER BY c.relname`

	triggersQuery = `SELECT pg_get_triggerdef(oid, true) FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal ORDER BY tgname`

	functionsQuery = `SELECT p.proname::text, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), l.lanname::text, p.prosrc,
			coalesce(obj_description(p.oid, 'pg_proc'), '')
		FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
		WHERE p.pronamespace = current_schema()::regnamespace AND p.proname` + own + ` ORDER BY 1`

	// otherQuery finds what the dump does not know how to write.
	otherQuery = `SELECT 'relation ' || c.relname FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relname` + own + `
		  AND (c.relkind IN ('v', 'm', 'f', 'p') OR c.relkind = 'S' AND NOT EXISTS
		      (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'))
		UNION ALL SELECT 'type ' || typname FROM pg_type t
		WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype IN ('e', 'd', 'r') AND t.typname`
)

// ours fills the name into a query's `own`.
func ours(query, name string) string {
	return strings.ReplaceAll(query, "%[1]s", name)
}

// dump writes the schema of a connection as SQL. It asks the catalogue itself:
// what pg_dump writes differs between its versions.
func dump(t *testing.T, conn *pgx.Conn) string {
	t.Helper()
	other := collect(t, conn, ours(otherQuery, "c.relname")+ours(own, "typname"), pgx.RowTo[string])
	if len(other) > 0 {
		t.Errorf("the dump does not show %v", other)
	}
	var b strings.Builder
	b.WriteString("-- The schema that the migrations make, for reading: `make schema` writes it.\n-- River's tables are not shown.\n")
	for _, f := range functions(t, conn) {
		fmt.Fprintf(&b, "\nCREATE FUNCTION %s(%s) RETURNS %s LANGUAGE %s AS $$%s$$;\n", f.Name, f.Arguments, f.Result, f.Language, f.Source)
		fmt.Fprintf(&b, "COMMENT ON FUNCTION %s IS %s;\n", f.Name, quote(f.Comment))
	}
	for _, table := range tables(t, conn) {
		dumpTable(t, conn, &b, table)
	}
	return b.String()
}

func dumpTable(t *testing.T, conn *pgx.Conn, b *strings.Builder, table tableRow) {
	t.Helper()
	var lines, comments []string
	list := columns(t, conn, table)
	name, kind := 0, 0
	for _, c := range list {
		name, kind = max(name, len(c.Name)), max(kind, len(c.Type))
	}
	for _, c := range list {
		lines = append(lines, strings.TrimRight(fmt.Sprintf("%-*s %-*s%s", name, c.Name, kind, c.Type, c.rest()), " "))
		if c.Comment != "" {
			comments = append(comments, fmt.Sprintf("COMMENT ON COLUMN %s.%s IS %s;\n", table.Name, c.Name, quote(c.Comment)))
		}
	}
	for _, c := range constraints(t, conn, table) {
		lines = append(lines, "CONSTRAINT "+c.Name+" "+c.Definition)
	}
	options := ""
	if table.Options != "" {
		options = " WITH (" + table.Options + ")"
	}
	fmt.Fprintf(b, "\nCREATE TABLE %s (\n    %s\n)%s;\n", table.Name, strings.Join(lines, ",\n    "), options)
	for _, query := range []string{indexesQuery, triggersQuery} {
		for _, definition := range collect(t, conn, query, pgx.RowTo[string], table.OID) {
			b.WriteString(definition + ";\n")
		}
	}
	fmt.Fprintf(b, "COMMENT ON TABLE %s IS %s;\n%s", table.Name, quote(table.Comment), strings.Join(comments, ""))
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func collect[T any](t *testing.T, conn *pgx.Conn, query string, to pgx.RowToFunc[T], args ...any) []T {
	t.Helper()
	rows, _ := conn.Query(t.Context(), query, args...)
	list, err := pgx.CollectRows(rows, to)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

type tableRow struct {
	OID                    uint32
	Name, Options, Comment string
}

func tables(t *testing.T, conn *pgx.Conn) []tableRow {
	t.Helper()
	return collect(t, conn, ours(tablesQuery, "c.relname"), pgx.RowToStructByPos[tableRow])
}

type columnRow struct {
	Name, Type string
	NotNull    bool
	Identity   string
	Default    string
	Comment    string
}

func columns(t *testing.T, conn *pgx.Conn, table tableRow) []columnRow {
	t.Helper()
	return collect(t, conn, columnsQuery, pgx.RowToStructByPos[columnRow], table.OID)
}

// rest is what stands after the type.
func (c columnRow) rest() string {
	s := ""
	if c.NotNull {
		s += " NOT NULL"
	}
	if c.Default != "" {
		s += " DEFAULT " + c.Default
	}
	return s + map[string]string{"a": " GENERATED ALWAYS AS IDENTITY", "d": " GENERATED BY DEFAULT AS IDENTITY"}[c.Identity]
}

type constraintRow struct{ Name, Definition string }

func constraints(t *testing.T, conn *pgx.Conn, table tableRow) []constraintRow {
	t.Helper()
	return collect(t, conn, constraintsQuery, pgx.RowToStructByPos[constraintRow], table.OID)
}

type functionRow struct{ Name, Arguments, Result, Language, Source, Comment string }

func functions(t *testing.T, conn *pgx.Conn) []functionRow {
	t.Helper()
	return collect(t, conn, ours(functionsQuery, "p.proname"), pgx.RowToStructByPos[functionRow])
}

// Errors of the database are told by the names of constraints, so each has one
// that we gave: PostgreSQL's own begin like ours, but end in these.
func TestNames(t *testing.T) {
	conn := connect(t, testdb.URL(t))
	for _, table := range tables(t, conn) {
		for _, c := range constraints(t, conn, table) {
			last := c.Name[strings.LastIndex(c.Name, "_")+1:]
			if slices.Contains([]string{"pkey", "key", "fkey", "check", "excl"}, strings.TrimRight(last, "0123456789")) {
				t.Errorf("constraint %s of %s has no name of ours", c.Name, table.Name)
			}
			if !strings.HasPrefix(c.Name, table.Name+"_") {
				t.Errorf("constraint %s does not begin with its table %s", c.Name, table.Name)
			}
		}
	}
}

// Tables and functions say what they are, and so do columns that are not
// plain words, numbers, times or references.
func TestComments(t *testing.T) {
	conn := connect(t, testdb.URL(t))
	for _, f := range functions(t, conn) {
		if f.Comment == "" {
			t.Errorf("function %s has no comment", f.Name)
		}
	}
	for _, table := range tables(t, conn) {
		if !strings.HasSuffix(table.Comment, ".") {
			t.Errorf("table %s has the comment %q, not a sentence", table.Name, table.Comment)
		}
		for _, c := range columns(t, conn, table) {
			obvious := c.Type != "bytea" && c.Type != "jsonb" && !strings.HasSuffix(c.Type, "[]")
			if !obvious && c.Comment == "" {
				t.Errorf("column %s.%s of type %s has no comment", table.Name, c.Name, c.Type)
			}
		}
	}
}
