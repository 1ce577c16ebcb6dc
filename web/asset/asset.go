package asset

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rancak/web/static"
)

// Prefix is the path below which [Handler] serves.
const Prefix = "/aset/"

// styles are the parts of css/rancak.css in the order they are joined.
// Cascade layers make the order matter little; tokens names the layers.
var styles = []string{"tokens", "reset", "base", "ui", "form", "chart", "layout", "print"}

// types are the media types of the kinds of file there are.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// file is one file as it is sent.
type file struct {
	url         string
	contentType string
	etag        string
	plain       []byte
	gzipped     []byte // nil when compression gains nothing
}

// files maps the names pages use and the addresses browsers ask for to files.
type files struct {
	byName, byURL map[string]*file
}

var all = mustLoad(static.FS)

// URL is the address of a static file, by its path below web/static, such as
// "js/form.js"; "css/rancak.css" is all style sheets in one. It panics for a
// file that does not exist: names are constants in templates.
func URL(name string) string {
	f, ok := all.byName[name]
	if !ok {
		panic("asset: no file " + name)
	}
	return f.url
}

// Handler serves every file below [Prefix].
func Handler() http.Handler { return all }

// ServeHTTP implements [http.Handler].
func (fs *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	f, ok := fs.byURL[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", f.contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	body, etag := f.plain, f.etag
	if f.gzipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body, etag = f.gzipped, strings.TrimSuffix(f.etag, `"`)+`-gz"`
		}
	}
	h.Set("ETag", etag)
	if matches(r.Header.Get("If-None-Match"), etag) {
		h.Del("Content-Encoding")
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // a client that went away is no fault of the server
	}
}

// acceptsGzip reports whether an Accept-Encoding header takes gzip.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		q, weighted := strings.CutPrefix(strings.TrimSpace(params), "q=")
		if !weighted {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}

// matches reports whether an If-None-Match header names the tag.
func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimPrefix(strings.TrimSpace(part), "W/"); part == etag || part == "*" {
			return true
		}
	}
	return false
}

func mustLoad(src fs.FS) *files {
	all, err := load(src)
	if err != nil {
		panic(err) // the files are part of the program
	}
	return all
}

// load hashes and compresses every file of src. Style sheets come last, for
// they name the addresses of others.
func load(src fs.FS) (*files, error) {
	all := &files{byName: map[string]*file{}, byURL: map[string]*file{}}
	var sheets []string
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if path.Ext(name) == ".css" {
			sheets = append(sheets, strings.TrimSuffix(path.Base(name), ".css"))
			return nil
		}
		content, err := fs.ReadFile(src, name)
		if err != nil {
			return err
		}
		return all.add(name, content)
	})
	if err != nil {
		return nil, fmt.Errorf("reading static files: %w", err)
	}
	for _, s := range sheets {
		if !slices.Contains(styles, s) {
			return nil, fmt.Errorf("style sheet %s.css has no place in the order", s)
		}
	}
	css, err := all.joinStyles(src)
	if err != nil {
		return nil, err
	}
	return all, all.add("css/rancak.css", css)
}

// add stores a file under its name and under its address.
func (fs *files) add(name string, content []byte) error {
	ext := path.Ext(name)
	contentType, ok := types[ext]
	if !ok {
		return fmt.Errorf("static file %s is of no known type", name)
	}
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:6])
	f := &file{
		url:         Prefix + strings.TrimSuffix(name, ext) + "." + hash + ext,
		contentType: contentType,
		etag:        `"` + hash + `"`,
		plain:       content,
	}
	if ext != ".woff2" {
		f.gzipped = compress(content)
	}
	fs.byName[name], fs.byURL[f.url] = f, f
	return nil
}

// compress returns nil when the result would not be smaller.
func compress(content []byte) []byte {
	var buf bytes.Buffer
	zw, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := zw.Write(content); err != nil {
		return nil
	}
	if err := zw.Close(); err != nil || buf.Len() >= len(content) {
		return nil
	}
	return buf.Bytes()
}

var (
	comment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	indent    = regexp.MustCompile(`\s*\n\s*`)
	reference = regexp.MustCompile(`url\("` + Prefix + `([^"]+)"\)`)
)

// joinStyles joins the style sheets, without comments and indentation, and
// turns the addresses they name into those with hashes.
func (fs *files) joinStyles(src fs.FS) ([]byte, error) {
	var css bytes.Buffer
	for _, name := range styles {
		part, err := readSheet(src, name)
		if err != nil {
			return nil, err
		}
		css.Write(part)
	}
	out := comment.ReplaceAll(css.Bytes(), nil)
	out = indent.ReplaceAll(out, []byte("\n"))
	var missing error
	out = reference.ReplaceAllFunc(out, func(m []byte) []byte {
		name := string(reference.FindSubmatch(m)[1])
		f, ok := fs.byName[name]
		if !ok {
			missing = fmt.Errorf("style sheet names %s, which does not exist", name)
			return m
		}
		return []byte(`url("` + f.url + `")`)
	})
	return bytes.TrimSpace(out), missing
}

func readSheet(src fs.FS, name string) ([]byte, error) {
	part, err := fs.ReadFile(src, "css/"+name+".css")
	if err != nil {
		return nil, fmt.Errorf("reading style sheet: %w", err)
	}
	return part, nil
}
