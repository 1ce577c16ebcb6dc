package postgres_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"rancak/internal/postgres"
)

// Every exported method has a test on a real database, named after it.
func TestEveryMethodHasATest(t *testing.T) {
	tests := map[string]bool{}
	names, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				tests[f.Name.Name] = true
			}
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[*postgres.Store](), reflect.TypeFor[*postgres.Sessions]()} {
		for m := range typ.Methods() {
			// Test<Type>_<Method>, with more after another "_" where it has several.
			want := "Test" + typ.Elem().Name() + "_" + m.Name
			found := tests[want]
			for name := range tests {
				found = found || strings.HasPrefix(name, want+"_")
			}
			if !found {
				t.Errorf("no test %s", want)
			}
		}
	}
}
