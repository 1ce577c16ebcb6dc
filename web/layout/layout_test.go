package layout_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"rancak/web/layout"
)

func render(t *testing.T, frame templ.Component) string {
	t.Helper()
	var b strings.Builder
	page := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return frame.Render(templ.WithChildren(ctx, templ.Raw("<h1>Isi</h1>")), w)
	})
	if err := page.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func full() layout.Chrome {
	return layout.Chrome{
		Title: "Beranda", City: "Kota Bukittinggi",
		Actor: layout.Actor{Name: "Dewi <b>", Role: "Guru", Initials: "D"},
		Menu:  []layout.MenuItem{{Text: "Beranda", Href: "/", Current: true}, {Text: "Tim", Href: "/tim", Count: "3"}},
		Flash: "Tersimpan.", Demo: true, SessionIdle: 3600, RequestID: "r-1", Version: "1",
	}
}

func TestTitle(t *testing.T) {
	for want, c := range map[string]layout.Chrome{
		"<title>Beranda – Rancak</title>":            {Title: "Beranda"},
		"<title>Kesalahan: Beranda – Rancak</title>": {Title: "Beranda", HasErrors: true},
		"<title>Rancak</title>":                      {},
	} {
		if got := render(t, layout.Bare(c)); !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestWhatIsShownToWhom(t *testing.T) {
	page, bare := render(t, layout.Page(full())), render(t, layout.Bare(full()))
	for _, part := range []string{`action="/keluar"`, `data-session-idle="3600"`, "Menu utama"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %s", part)
		}
		if strings.Contains(bare, part) {
			t.Errorf("the bare page has %s", part)
		}
	}
	for _, part := range []string{"Data demonstrasi", "Tersimpan.", "r-1", "<h1>Isi</h1>", `href="#isi"`} {
		if !strings.Contains(page, part) || !strings.Contains(bare, part) {
			t.Errorf("a frame lacks %s", part)
		}
	}
	nobody := render(t, layout.Page(layout.Chrome{Title: "Bantuan", SessionIdle: 3600}))
	for _, part := range []string{"/keluar", "data-session-idle", "Data demonstrasi", "<nav"} {
		if strings.Contains(nobody, part) {
			t.Errorf("a page for nobody has %s", part)
		}
	}
}

// TestPolicy: nothing in the frame needs more than the Content-Security-Policy allows.
func TestPolicy(t *testing.T) {
	for name, frame := range map[string]templ.Component{"page": layout.Page(full()), "bare": layout.Bare(full())} {
		root, err := html.Parse(strings.NewReader(render(t, frame)))
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for n := range root.Descendants() {
			inline := n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") && n.FirstChild != nil
			if inline {
				t.Errorf("%s: <%s> with content", name, n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: <%s %s>", name, n.Data, a.Key)
				case (a.Key == "src" || a.Key == "href") && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#"):
					t.Errorf("%s: %s leaves the server", name, a.Val)
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("%s: id %q twice", name, a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				}
			}
		}
	}
}
