package journey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab is a page before a person. Tabs made by another share its cookies.
type tab struct {
	t     *testing.T
	ctx   context.Context
	close context.CancelFunc
	base  string
	look  look

	mu       sync.Mutex
	faults   []string
	expected []string
}

// visit opens a tab of a person who has never been here.
func visit(t *testing.T, base string, l look) *tab {
	t.Helper()
	return newTab(t, chromium.context(t), base, l, chromedp.WithNewBrowserContext())
}

// another opens a further tab of the same person.
func (p *tab) another() *tab {
	p.t.Helper()
	return newTab(p.t, p.ctx, p.base, p.look)
}

func newTab(t *testing.T, parent context.Context, base string, l look, o ...chromedp.ContextOption) *tab {
	t.Helper()
	p := &tab{t: t, base: base}
	chromium.mu.Lock() // tabs made at once may end up in one another's context
	defer chromium.mu.Unlock()
	p.ctx, p.close = chromedp.NewContext(parent, append(o, chromedp.WithListener(p.heard))...)
	t.Cleanup(p.close)
	if err := chromedp.Do(p.ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	p.show(l)
	t.Cleanup(func() {
		for _, f := range p.heardFaults() {
			t.Errorf("the browser complained: %s", f)
		}
	})
	return p
}

// expect lets the browser complain with these words.
func (p *tab) expect(words ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expected = append(p.expected, words...)
}

func (p *tab) fault(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, words := range p.expected {
		if strings.Contains(text, words) {
			return
		}
	}
	p.faults = append(p.faults, text)
}

func (p *tab) heardFaults() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.faults
	p.faults = nil
	return f
}

// heard notes what the browser complains about: violations of the content
// security policy, errors of scripts, resources that are missing.
func (p *tab) heard(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			p.fault(fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *runtime.EventExceptionThrown:
		p.fault("exception: " + e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value))
			}
			p.fault("console: " + strings.Join(words, " "))
		}
	case *page.EventJavascriptDialogOpening:
		p.fault("dialog: " + string(e.Type) + " " + e.Message)
		go func() {
			_, _ = chromedp.Call(p.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	}
}

// call sends a command to the tab.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return r
}

// tools are what expressions may use.
const tools = `
const squash = (s) => s.replace(/\s+/g, " ").trim();
const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
const find = (selector, text = "") => {
  const list = all(selector);
  return list.find((e) => squash(e.textContent) === text) ?? list.find((e) => squash(e.textContent).startsWith(text)) ??
    list.find((e) => squash(e.textContent).includes(text));
};
const words = () => squash(document.body.innerText);
`

// try evaluates an expression. The content security policy of the page does not
// bind it, and it works where the page may not run scripts.
func try[T any](p *tab, expression string) (value T, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	wait := true
	r, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{
		Expression: "(() => {" + tools + "return (" + expression + ")})()", ReturnByValue: &wait, AwaitPromise: &wait, UserGesture: &wait,
	})
	if err != nil {
		return value, err
	}
	if r.ExceptionDetails != nil {
		text := r.ExceptionDetails.Text
		if r.ExceptionDetails.Exception != nil {
			text += " " + r.ExceptionDetails.Exception.Description
		}
		return value, errors.New(text)
	}
	if len(r.Result.Value) == 0 {
		return value, nil
	}
	return value, json.Unmarshal(r.Result.Value, &value)
}

func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := try[T](p, expression)
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to be true.
func (p *tab) until(what, expression string) {
	p.t.Helper()
	var ok bool
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok, err = try[bool](p, expression); err == nil && ok {
			return
		}
	}
	text, _ := try[string](p, "location.pathname + location.search + ': ' + words()")
	p.t.Fatalf("waited in vain until %s (%v)\n%s", what, err, text)
}

// sees waits for words anywhere on the page.
func (p *tab) sees(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.until("the page says "+text, "words().includes("+quote(text)+")")
	}
}

// misses fails where the page says some words.
func (p *tab) misses(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if eval[bool](p, "words().includes("+quote(text)+")") {
			p.t.Errorf("the page says %q", text)
		}
	}
}

// at returns the path the tab is at.
func (p *tab) at() string { return eval[string](p, "location.pathname") }

// title returns the title of the page.
func (p *tab) title() string { return eval[string](p, "document.title") }

// open goes to an address of the application.
func (p *tab) open(address string) {
	p.t.Helper()
	p.leads(func() {
		r := call(p, page.Navigate, page.NavigateParams{URL: p.base + address})
		if r.ErrorText != "" {
			p.t.Fatalf("opening %s: %s", address, r.ErrorText)
		}
	})
}

func (p *tab) reload() {
	p.t.Helper()
	p.leads(func() { call(p, page.Reload, page.ReloadParams{}) })
}

// leads acts and waits for the page that this leads to.
func (p *tab) leads(act func()) {
	p.t.Helper()
	before := eval[float64](p, "performance.timeOrigin")
	act()
	p.until("another page has come", fmt.Sprintf("performance.timeOrigin !== %f && document.readyState === 'complete'", before))
	p.arrived()
}

// click presses what is found by selector and text, as a person does: what lies
// under something else cannot be pressed.
func (p *tab) click(selector, text string) {
	p.t.Helper()
	what := fmt.Sprintf("find(%s, %s)", quote(selector), quote(text))
	p.until("there is "+selector+" "+text, "!!"+what)
	place := eval[struct {
		X, Y    float64
		Covered string
	}](p, `(() => {
		const e = `+what+`;
		e.scrollIntoView({ block: "center", behavior: "instant" });
		const r = e.getClientRects()[0];
		const x = r.x + r.width / 2, y = r.y + r.height / 2;
		const top = document.elementFromPoint(x, y);
		const ok = top && (e.contains(top) || top.contains(e));
		return { x, y, covered: ok ? "" : (top?.outerHTML ?? "nothing").slice(0, 200) };
	})()`)
	if place.Covered != "" {
		p.t.Fatalf("%s %q is covered by %s", selector, text, place.Covered)
	}
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		m := input.DispatchMouseEventParams{Type: kind, X: place.X, Y: place.Y}
		if kind != input.DispatchMouseEventTypeMouseMoved {
			m.Button, m.ClickCount = input.MouseButtonLeft, 1
		}
		call(p, input.DispatchMouseEvent, m)
	}
}

// follow presses a link or a button and waits for the page it leads to.
func (p *tab) follow(text string) {
	p.t.Helper()
	p.leads(func() { p.click("main a, main button", text) })
}

// write replaces the text of the field with a label.
func (p *tab) write(label, text string) {
	p.t.Helper()
	id := eval[string](p, "find('label', "+quote(label)+")?.htmlFor ?? ''")
	if id == "" {
		p.t.Fatalf("no field %q on %s", label, p.at())
	}
	p.writeIn("#"+id, text)
}

func (p *tab) writeIn(selector, text string) {
	p.t.Helper()
	eval[any](p, fmt.Sprintf("(() => { const e = document.querySelector(%s); e.scrollIntoView({ block: 'center', behavior: 'instant' }); e.focus(); e.select(); })()", quote(selector)))
	if text == "" {
		p.press("\b")
	} else {
		call(p, input.InsertText, input.InsertTextParams{Text: text})
	}
}

// choose answers an item of a form.
func (p *tab) choose(field int, value string) {
	p.t.Helper()
	p.click(fmt.Sprintf("label:has(> input[name=f%d][value='%s'])", field, value), "")
	p.until("the answer is chosen", fmt.Sprintf("document.querySelector(\"input[name=f%d]:checked\")?.value === %s", field, quote(value)))
}

// press sends keys, such as kb.Tab, as a keyboard does: a key that a page has
// acted on types nothing.
func (p *tab) press(keys string, with ...chromedp.Modifier) {
	p.t.Helper()
	for _, r := range keys {
		for _, k := range kb.Encode(r) {
			if k.Type == kb.KeyDown {
				k.Type = kb.KeyRawDown
			}
			for _, m := range with {
				k.Modifiers |= int64(m)
			}
			call(p, input.DispatchKeyEvent, *k)
		}
	}
}

// signIn signs a person in at the page where the tab is.
func (p *tab) signIn(login string) {
	p.t.Helper()
	p.write("NIP atau nama pengguna", login)
	p.write("Kata sandi", password)
	p.leads(func() { p.click("main button", "Masuk") })
}

// enter opens the application and signs a person in.
func (p *tab) enter(login string) {
	p.t.Helper()
	p.open("/")
	p.signIn(login)
	p.sees("Selamat datang")
}

func quote(s string) string {
	b, _ := json.Marshal(s) // a string always can
	return string(b)
}
