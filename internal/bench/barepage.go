package main

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"sync"

	"github.com/go-chi/chi/v5/middleware"

	"rancak/internal/appraisal"
	"rancak/internal/postgres"
	"rancak/web/layout"
	"rancak/web/page"
	"rancak/web/path"
	"rancak/web/text"
)

// barePage serves the page of one form, read once, with the headers that the
// application sends and without everything else it does.
func barePage(ctx context.Context, store *postgres.Store, key formKey) (http.Handler, error) {
	f, err := store.ReviewForm(ctx, key.Rater, key.Review)
	if err != nil {
		return nil, err
	}
	instance, err := store.Instance(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := store.RulesInForce(ctx)
	if err != nil {
		return nil, err
	}
	actor, err := store.Actor(ctx, key.User)
	if err != nil {
		return nil, err
	}
	chrome := layout.Chrome{
		City: instance.City, Demo: instance.Demonstration, RequestID: "0123456789ab", Version: "bench", SessionIdle: 3540,
		Actor: layout.Actor{Name: actor.Name, Role: text.Role(appraisal.RoleEmployee), Initials: text.Initials(actor.Name)},
		Menu:  []layout.MenuItem{{Text: "Beranda", Href: path.Home}, {Text: "Hasil saya", Href: path.Results}},
	}
	view := page.ReviewView{Form: f, LeastRaters: rules.MinPeers, Now: now()}
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	render := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		buf := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buf)
		buf.Reset()
		if err := page.Review(chrome, view).Render(r.Context(), buf); err != nil {
			http.Error(w, strconv.Quote(err.Error()), http.StatusInternalServerError)
			return
		}
		h := w.Header()
		for name, value := range headers {
			h.Set(name, value)
		}
		_, _ = w.Write(buf.Bytes())
	})
	return middleware.Compress(2, "text/html")(render), nil
}

// headers are those of every page of the application.
var headers = map[string]string{
	"Content-Type": "text/html; charset=utf-8",
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control":                "no-store",
	"Vary":                         "Cookie",
	"X-Request-Id":                 "0123456789ab",
}
