package server

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parse reads a page.
func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// elements calls do for every element of a page.
func elements(n *html.Node, do func(*html.Node)) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode {
			do(c)
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf is the words in an element.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// hrefs are the addresses of the links of a page with some words; all of them
// for no words.
func hrefs(t testing.TB, page, words string) []string {
	t.Helper()
	var list []string
	elements(parse(t, page), func(n *html.Node) {
		if n.Data == "a" && (words == "" || textOf(n) == words) {
			list = append(list, attr(n, "href"))
		}
	})
	return list
}
