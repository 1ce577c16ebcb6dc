package journey

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"rancak/web/asset"
	"rancak/web/gallery"
)

// shards is how many tabs go through the gallery at once.
const shards = 2

// TestGallery holds every page in every state to the rules of all pages: in
// light and dark, on a phone and on a desktop, at the width that 400 % zoom
// leaves, and on paper.
func TestGallery(t *testing.T) {
	t.Parallel()
	states := gallery.All()
	if len(states) < 50 {
		t.Fatalf("%d states", len(states))
	}
	base := serveGallery(t, states)
	for shard := range shards {
		t.Run(fmt.Sprintf("part %d", shard+1), func(t *testing.T) {
			t.Parallel()
			p := visit(t, base, phone)
			for i := shard; i < len(states); i += shards {
				p.checkState(states[i].Name)
			}
		})
	}
}

func (p *tab) checkState(name string) {
	p.t.Helper()
	p.show(phone)
	p.open("/" + name)
	for _, l := range []look{desktop, desktop.night(), phone.night()} {
		p.show(l)
		p.arrived()
	}
	narrow := look{width: 320, scripts: true}
	p.show(narrow)
	for _, f := range p.layoutFaults() {
		p.t.Errorf("%s at 320 px: %s", name, f)
	}
	narrow.print = true
	p.show(narrow)
	if eval[bool](p, `all("header nav, .menu-phone, .account, .skip-link, .back-link, .tabs, .footer-links").length > 0`) {
		p.t.Errorf("%s prints its navigation", name)
	}
	for _, f := range p.heardFaults() {
		p.t.Errorf("%s: the browser complained: %s", name, f)
	}
}

// serveGallery serves the states with the assets and the headers of the real
// server.
func serveGallery(t *testing.T, states []gallery.State) string {
	t.Helper()
	response, err := http.Get(newCity(t).base + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.Header.Get("Content-Security-Policy") == "" {
		t.Fatal("the server sends no content security policy")
	}
	mux := http.NewServeMux()
	mux.Handle(asset.Prefix, asset.Handler())
	for _, s := range states {
		mux.HandleFunc("GET /"+s.Name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if err := s.Component.Render(r.Context(), w); err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
		})
	}
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) {}) // what pages ask for by themselves
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} {
			w.Header().Set(name, response.Header.Get(name))
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
