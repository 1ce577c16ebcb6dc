package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const noAxe = errorText("there is no axe-core; get it with `npm ci --ignore-scripts` in the folder web, or name the file axe.min.js in RANCAK_AXE")

// axeScript is the checker of accessibility.
var axeScript = sync.OnceValues(func() (string, error) {
	file := os.Getenv("RANCAK_AXE")
	if file == "" {
		file = "../../web/node_modules/axe-core/axe.min.js"
	}
	script, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%w (%w)", noAxe, err)
	}
	return string(script), nil
})

// arrived holds the page before a person to the rules of all pages.
func (p *tab) arrived() {
	p.t.Helper()
	for _, f := range p.layoutFaults() {
		p.t.Errorf("%s: %s", p.at(), f)
	}
	if p.look.scripts {
		p.checkAxe(p.at())
	}
}

// layoutFaults are what is wrong with the page at this width.
func (p *tab) layoutFaults() []string {
	p.t.Helper()
	return eval[[]string](p, `(() => {
		const list = [];
		const root = document.documentElement;
		if (root.scrollWidth > innerWidth) {
			const wide = all("body *").filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + "." + e.getAttribute("class"));
			list.push("scrolls sideways: " + root.scrollWidth + " of " + innerWidth + " " + [...new Set(wide)].slice(0, 5).join(", "));
		}
		const heads = all("h1").length;
		if (heads !== 1) list.push(heads + " visible headings of the first level");
		if (!document.title.endsWith("Rancak")) list.push("title " + document.title);
		if (!document.fonts.check("1em 'Plus Jakarta Sans'")) list.push("the font is not there");
		return list;
	})()`)
}

// checkAxe fails for every violation that axe-core finds.
func (p *tab) checkAxe(where string) {
	p.t.Helper()
	for _, v := range p.axe() {
		p.t.Errorf("%s at %d px, dark %v: %s", where, p.look.width, p.look.dark, v)
	}
}

func (p *tab) axe() []string {
	p.t.Helper()
	script, err := axeScript()
	if err != nil {
		p.t.Fatal(err)
	}
	if !eval[bool](p, "!!window.axe") {
		no := false
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		defer cancel()
		if _, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: script, ReturnByValue: &no}); err != nil {
			p.t.Fatal(err)
		}
	}
	type violation struct {
		ID, Help string
		Nodes    []struct{ HTML, FailureSummary string }
	}
	raw := eval[json.RawMessage](p, `axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }).then((r) => r.violations)`)
	var list []violation
	if err := json.Unmarshal(raw, &list); err != nil {
		p.t.Fatalf("reading what axe-core says: %v", err)
	}
	var faults []string
	for _, v := range list {
		for _, n := range v.Nodes {
			faults = append(faults, fmt.Sprintf("%s: %s\n\t%.200s\n\t%s", v.ID, v.Help, n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n\t")))
		}
	}
	return faults
}
