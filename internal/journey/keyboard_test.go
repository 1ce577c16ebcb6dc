package journey

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"rancak/internal/appraisal"
	"rancak/web/path"
)

// focusTools tell where the focus is and whether one sees it.
const focusTools = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return { at: "", faults: [] };
	const faults = [];
	const label = e.closest("label") ?? e.labels?.[0];
	const marked = (x) => {
		for (const pseudo of ["", "::before", "::after"]) {
			const s = getComputedStyle(x, pseudo || undefined);
			if (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) return true;
			if (s.boxShadow !== "none") return true;
		}
		return false;
	};
	if (![e, label, e.nextElementSibling].some((x) => x && marked(x))) faults.push("the focus cannot be seen");
	let box = e.getBoundingClientRect();
	if (box.width < 2 && label) box = label.getBoundingClientRect();
	if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) faults.push("the focus is off the screen");
	const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 0), innerHeight - 1);
	const top = document.elementFromPoint(x, y);
	if (top && !e.contains(top) && !top.contains(e) && !label?.contains(top)) faults.push("the focus is covered by " + top.outerHTML.slice(0, 120));
	return { at: e.tagName + "#" + e.id + " " + squash(e.textContent).slice(0, 40) + " " + (e.name ?? "") + " " + (e.value ?? "") + (e.getAttribute("href") ?? "") + [...document.querySelectorAll("*")].indexOf(e), faults };
})()`

// walk goes through the whole page with the Tab key and back to its beginning.
func (p *tab) walk() int {
	p.t.Helper()
	eval[any](p, "(() => { document.activeElement?.blur(); scrollTo(0, 0); })()")
	stops := map[string]bool{}
	for range 400 {
		p.press(kb.Tab)
		f := eval[struct {
			At     string
			Faults []string
		}](p, focusTools)
		if f.At == "" || stops[f.At] {
			break
		}
		stops[f.At] = true
		for _, fault := range f.Faults {
			p.t.Errorf("%s at %d px: %s: %s", p.at(), p.look.width, f.At, fault)
		}
	}
	if reached := eval[int](p, `all("a[href], button, summary, input:not([type=radio]), textarea, select").length`); len(stops) < reached {
		p.t.Errorf("%s: Tab reaches %d of %d", p.at(), len(stops), reached)
	}
	return len(stops)
}

func TestKeyboardAlone(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	who := c.account(appraisal.RoleEmployee)
	form := appraisal.ReviewID(c.form(who.Employee, appraisal.KindSelf))
	p := visit(t, c.base, phone)
	p.expect("status of 422")
	p.open(path.SignIn)

	// The skip link comes first, is seen, and leads past the header.
	p.press(kb.Tab)
	if !eval[bool](p, `document.activeElement.matches(".skip-link") && document.activeElement.getBoundingClientRect().top >= 0`) {
		t.Error("the skip link does not come first or is not seen")
	}
	p.press(kb.Enter)
	p.until("the focus is in the content", `document.activeElement.id === "isi"`)
	p.press(kb.Tab)
	if !eval[bool](p, `document.querySelector("main").contains(document.activeElement)`) {
		t.Error("the skip link does not lead into the content")
	}

	// A refused form puts the focus on what is to be put right.
	p.writeIn("#nip", spaced(who.Login))
	p.leads(func() { p.press(kb.Enter) })
	if !eval[bool](p, `document.activeElement.matches("[data-error-summary]")`) {
		t.Error("the error summary has no focus")
	}
	if !strings.HasPrefix(p.title(), "Kesalahan: ") {
		t.Errorf("title %q", p.title())
	}
	if got := eval[string](p, `document.querySelector("#nip").value`); got != spaced(who.Login) {
		t.Errorf("the NIP became %q", got)
	}
	p.press(kb.Tab)
	p.press(kb.Enter)
	p.until("the link leads to the field", `document.activeElement.id === "sandi"`)
	p.press(password)
	p.leads(func() { p.press(kb.Enter) })
	p.sees("Selamat datang")

	// The rating with arrows, space and nothing else.
	p.open(path.ReviewSection(form, 1))
	for range 40 {
		if eval[bool](p, `document.activeElement.name === "f0"`) {
			break
		}
		p.press(kb.Tab)
	}
	chosen := func() string { return eval[string](p, `document.querySelector("input[name=f0]:checked")?.value ?? ""`) }
	if chosen() != "" {
		t.Error("the focus alone chose an answer")
	}
	p.press(" ")
	if got := chosen(); got != "1" {
		t.Errorf("space chose %q", got)
	}
	for i, key := range []string{kb.ArrowDown, kb.ArrowRight, kb.ArrowDown, kb.ArrowDown, kb.ArrowDown, kb.ArrowUp} {
		p.press(key)
		if got, want := chosen(), []string{"2", "3", "4", "5", "x", "5"}[i]; got != want {
			t.Errorf("after arrow %d the answer is %q, not %q", i+1, got, want)
		}
	}
	p.stored()
	p.press(kb.Tab)
	if !eval[bool](p, `document.activeElement.name === "f1"`) {
		t.Error("Tab does not lead from one statement to the next")
	}
	p.press(kb.Tab, chromedp.ModifierShift)
	if !eval[bool](p, `document.activeElement.name === "f0" && document.activeElement.checked`) {
		t.Error("going back does not lead to the chosen answer")
	}
	p.until("everything is stored", `!find("[data-save-status]")?.textContent.includes("Menyimpan")`)

	for _, l := range []look{phone, desktop, desktop.night()} {
		p.show(l)
		for _, at := range []string{path.Home, path.ReviewAll(form), path.ReviewCheck(form), path.Result(2025), path.Help} {
			p.open(at)
			if n := p.walk(); n < 5 {
				t.Errorf("%s: %d stops", at, n)
			}
		}
	}

	// The menu of the account closes with Escape.
	p.show(phone)
	p.open(path.Home)
	p.click(".account summary", "")
	p.until("the menu is open", `document.querySelector(".account").open`)
	p.press(kb.Escape)
	p.until("the menu is closed", `!document.querySelector(".account").open && document.activeElement.matches(".account summary")`)
}

func TestKeyboardAloneForThoseWhoLead(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	hr := visit(t, c.base, desktop)
	hr.enter(c.account(appraisal.RoleHRCity).Login)
	for _, at := range []string{path.Cycle(c.year()), path.DinasYear(2025)} {
		hr.open(at)
		hr.walk()
	}
	hr.open(path.Cycle(c.year()))
	eval[any](hr, `find("summary", "Tutup formulir").focus()`)
	hr.press(kb.Enter)
	hr.until("the question opens", fmt.Sprintf("!!find('main button', %s)", quote("Ya, tutup formulir")))
	hr.press(kb.Tab)
	hr.leads(func() { hr.press(" ") })
	hr.sees("Hitung indeks")

	boss := visit(t, c.base, phone)
	boss.enter(c.account(appraisal.RoleSupervisor).Login)
	boss.open(path.Team)
	boss.walk()
	boss.leads(func() { boss.click("main a", "Mulai evaluasi") })
	boss.walk()
}
