package main

import (
	"testing"

	"rancak/internal/testdb"
)

func TestStatementsDoNotGrowWithTheCity(t *testing.T) {
	var columns [2][]counted
	for i, people := range []int{100, 250} {
		c, err := loadCity(t.Context(), testdb.URL(t), people, 2)
		if err != nil {
			t.Fatal(err)
		}
		columns[i], err = c.countPages(t.Context())
		c.close()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, small := range columns[0] {
		if large := columns[1][i]; small.statements != large.statements {
			t.Errorf("%s as %s: %d statements, %d in a larger city", small.pattern, small.name(), small.statements, large.statements)
		}
		t.Logf("%-11s %-46s %d", small.name(), small.pattern, small.statements)
	}
}
