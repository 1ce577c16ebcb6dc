package migrations

import (
	"testing"
	"testing/fstest"
)

func TestHashChangesWithContent(t *testing.T) {
	file := func(body string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(body)} }
	base := fstest.MapFS{"000001_a.up.sql": file("CREATE"), "000001_a.down.sql": file("DROP")}
	seen := map[string]string{hashOf(base): "the base"}
	for name, files := range map[string]fstest.MapFS{
		"another body":          {"000001_a.up.sql": file("CREATE TABLE"), "000001_a.down.sql": file("DROP")},
		"bodies changed places": {"000001_a.up.sql": file("DROP"), "000001_a.down.sql": file("CREATE")},
		"another name":          {"000001_b.up.sql": file("CREATE"), "000001_b.down.sql": file("DROP")},
		"one more": {"000001_a.up.sql": file("CREATE"), "000001_a.down.sql": file("DROP"),
			"000002_b.up.sql": file("")},
	} {
		h := hashOf(files)
		if other, ok := seen[h]; ok {
			t.Errorf("%s has the hash of %s", name, other)
		}
		seen[h] = name
	}
	base["schema.sql"] = file("a dump")
	if _, same := seen[hashOf(base)]; !same {
		t.Error("the dump beside the migrations changes the hash")
	}
	if Hash() != Hash() || len(Hash()) != 16 {
		t.Errorf("Hash() = %q, not 16 letters that stay the same", Hash())
	}
}
