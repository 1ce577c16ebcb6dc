package gallery

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestPages holds every state of every page to the rules of all pages.
func TestPages(t *testing.T) {
	names := map[string]bool{}
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			if names[s.Name] || !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(s.Name) {
				t.Errorf("the name %q is taken or has other signs than letters, digits, hyphens", s.Name)
			}
			names[s.Name] = true
			var buf bytes.Buffer
			if err := s.Component.Render(t.Context(), &buf); err != nil {
				t.Fatal(err)
			}
			root, err := html.Parse(&buf)
			if err != nil {
				t.Fatal(err)
			}
			p := read(root)
			p.checkStructure(t)
			p.checkForms(t)
			p.checkWords(t)
		})
	}
}

// document is what the rules ask of a page.
type document struct {
	all   []*html.Node
	ids   map[string]int
	text  string // what people read
	title string
}

func read(root *html.Node) document {
	p := document{ids: map[string]int{}}
	var text strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			p.all = append(p.all, n)
			if id := attr(n, "id"); id != "" {
				p.ids[id]++
			}
		case html.TextNode:
			text.WriteString(n.Data + " ")
			if n.Parent.Data == "title" && n.Parent.Parent.Data == "head" {
				p.title = n.Data
			}
		}
	}
	p.text = text.String()
	return p
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (p document) named(name string) []*html.Node {
	return slices.DeleteFunc(slices.Clone(p.all), func(n *html.Node) bool { return n.Data != name })
}

func (p document) checkStructure(t *testing.T) {
	if n := len(p.named("h1")); n != 1 {
		t.Errorf("%d headings h1, want 1", n)
	}
	if !strings.HasSuffix(p.title, " – Rancak") {
		t.Errorf("title %q", p.title)
	}
	refused := false
	level := 1
	for _, n := range p.all {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			}
		}
		if _, ok := dataAttr(n, "data-error-summary"); ok {
			refused = true
		}
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' && !refusedTitle(n) {
			now := int(n.Data[1] - '0')
			if now > level+1 {
				t.Errorf("heading %s after h%d", n.Data, level)
			}
			level = now
		}
	}
	if refused != strings.HasPrefix(p.title, "Kesalahan: ") {
		t.Errorf("title %q, refused %v", p.title, refused)
	}
	for id, n := range p.ids {
		if n > 1 {
			t.Errorf("%d elements with the id %q", n, id)
		}
	}
	for _, n := range p.all {
		for _, key := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "for"} {
			for id := range strings.FieldsSeq(attr(n, key)) {
				if p.ids[id] == 0 {
					t.Errorf("%s of <%s> names %q, which is not on the page", key, n.Data, id)
				}
			}
		}
		if href := attr(n, "href"); strings.HasPrefix(href, "#") && p.ids[href[1:]] == 0 {
			t.Errorf("a link leads to %q, which is not on the page", href)
		}
	}
}

// refusedTitle reports whether a heading is that of an error summary, which
// stands above the h1.
func refusedTitle(n *html.Node) bool { return attr(n, "id") == "error-summary-title" }

func dataAttr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func (p document) checkForms(t *testing.T) {
	labelled := map[string]bool{}
	for _, n := range p.named("label") {
		labelled[attr(n, "for")] = true
	}
	for _, n := range p.all {
		switch n.Data {
		case "input", "textarea", "select":
			if attr(n, "type") != "hidden" && !labelled[attr(n, "id")] && !inLabel(n) && attr(n, "aria-label") == "" {
				t.Errorf("<%s name=%q> has no label", n.Data, attr(n, "name"))
			}
		case "form":
			if attr(n, "action") == "" {
				t.Error("a form has no address")
			}
		case "fieldset":
			if n.FirstChild == nil || n.FirstChild.Data != "legend" {
				t.Error("a fieldset does not begin with its legend")
			}
		case "button":
			if attr(n, "type") == "" {
				t.Error("a button has no type")
			}
		}
	}
}

func inLabel(n *html.Node) bool {
	for a := range n.Ancestors() {
		if a.Data == "label" {
			return true
		}
	}
	return false
}

var forbidden = regexp.MustCompile(`(?i)(^|[^\pL])(maaf|tidak valid|oops|invalid|error|ppk|null|undefined|%!.)([^\pL]|$)`)

func (p document) checkWords(t *testing.T) {
	if m := forbidden.FindString(p.text); m != "" {
		t.Errorf("the page says %q", strings.TrimSpace(m))
	}
}
