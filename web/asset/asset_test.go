package asset

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func get(t *testing.T, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, res *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryFileIsServed(t *testing.T) {
	for name, f := range all.byName {
		res := get(t, URL(name))
		if res.StatusCode != http.StatusOK || !bytes.Equal(body(t, res), f.plain) {
			t.Errorf("%s: status %d or other content", name, res.StatusCode)
		}
		if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		if got := res.Header.Get("Content-Type"); got != f.contentType || got == "" {
			t.Errorf("%s: Content-Type %q", name, got)
		}
	}
}

func TestGzip(t *testing.T) {
	const name = "css/rancak.css"
	for header, want := range map[string]bool{
		"": false, "gzip": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "identity": false, "xgzip": false,
	} {
		res := get(t, URL(name), "Accept-Encoding", header)
		if got := res.Header.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("Accept-Encoding %q: gzip is %t", header, got)
		}
		if res.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: no Vary", header)
		}
		if !want {
			continue
		}
		zr, err := gzip.NewReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(zr)
		if err != nil || !bytes.Equal(plain, all.byName[name].plain) {
			t.Errorf("unpacked content differs (%v)", err)
		}
	}
}

func TestNotModified(t *testing.T) {
	first := get(t, URL("js/form.js"), "Accept-Encoding", "gzip")
	tag := first.Header.Get("ETag")
	again := get(t, URL("js/form.js"), "Accept-Encoding", "gzip", "If-None-Match", `"x", W/`+tag)
	if again.StatusCode != http.StatusNotModified || len(body(t, again)) != 0 {
		t.Errorf("status %d for the tag %s", again.StatusCode, tag)
	}
	if res := get(t, URL("js/form.js"), "If-None-Match", tag); res.StatusCode != http.StatusOK {
		t.Error("the tag of the compressed form stands for the plain form too")
	}
}

func TestUnknownAndOtherMethods(t *testing.T) {
	for _, path := range []string{Prefix, Prefix + "css/rancak.css", Prefix + "../go.mod", URL("logo.svg") + "x"} {
		if res := get(t, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, res.StatusCode)
		}
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, URL("logo.svg"), nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: status %d", w.Code)
	}
}

func TestStyles(t *testing.T) {
	css := string(all.byName["css/rancak.css"].plain)
	if !strings.Contains(css, URL("font/plus-jakarta-sans.woff2")) {
		t.Error("the style sheet does not name the font by its address")
	}
	if strings.Contains(css, "/*") || strings.Count(css, "{") != strings.Count(css, "}") {
		t.Error("comments are left or braces do not match")
	}
}

func TestLoadRefuses(t *testing.T) {
	sheets := func(more fstest.MapFS) fstest.MapFS {
		for _, name := range styles {
			if _, ok := more["css/"+name+".css"]; !ok {
				more["css/"+name+".css"] = &fstest.MapFile{}
			}
		}
		return more
	}
	for name, src := range map[string]fstest.MapFS{
		"a sheet without a place": sheets(fstest.MapFS{"css/baru.css": {}}),
		"a file of unknown type":  sheets(fstest.MapFS{"x.exe": {}}),
		"a missing sheet":         {},
		"a missing font":          sheets(fstest.MapFS{"css/tokens.css": {Data: []byte(`a{src:url("/aset/font/x.woff2")}`)}}),
	} {
		if _, err := load(src); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestBudget prints what a first visit loads; the page itself adds 2 to 5 KB.
func TestBudget(t *testing.T) {
	const limit = 50_000
	sum := 0
	for name, f := range all.byName {
		if strings.HasSuffix(name, ".txt") {
			continue
		}
		size := len(f.plain)
		if f.gzipped != nil {
			size = len(f.gzipped)
		}
		t.Logf("%-32s %6d", name, size)
		sum += size
	}
	if sum > limit {
		t.Errorf("static files need %d bytes, more than %d", sum, limit)
	}
}
