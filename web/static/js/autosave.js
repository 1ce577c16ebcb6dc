// Saves a form field by field while it is filled in.
//
// <form data-autosave="/penilaian/123/simpan"> holds groups that carry
// data-field and data-version. A change is posted as field, version and value;
// what the page then says comes from the answer, never before it:
//
//   200 {version, saved}         stored at the time "saved"
//   409 {version, value, label}  somebody saved first: both texts are shown
//   401                          signed out: sign in elsewhere, then it goes on
//   422, 423 {message}           refused: not sent again until it is changed
//   else                         sent again, with growing pauses
//
// Each field sends one request at a time and only its newest value. Nothing is
// kept in the browser's storage: computers are shared.

const typingPause = 1200;
const longestPause = 60_000;
const flushLimit = 5000;

const words = {
  saving: "Menyimpan …",
  offline: "Belum tersimpan: sambungan terputus. Jawaban Anda tetap di halaman ini dan dikirim begitu sambungan kembali.",
  conflict: "Ada isian yang berbeda dengan yang tersimpan di tempat lain. Pilih salah satu.",
  closed: "Penilaian ini sudah ditutup. Teks Anda tetap di halaman ini; salin bila masih diperlukan.",
  refused: "Belum tersimpan. Salin teks Anda, lalu muat ulang halaman ini.",
  signedOut: "Belum tersimpan: sesi Anda sudah berakhir. Jawaban Anda tetap di halaman ini.",
  signIn: "Masuk lagi di tab baru",
  signInAfter: ", lalu kembali ke halaman ini.",
  conflictTitle: "Isian ini juga diubah di tempat lain",
  mine: "Jawaban di halaman ini",
  theirs: "Jawaban yang tersimpan di tempat lain",
  keepMine: "Pakai yang di halaman ini",
  keepTheirs: "Pakai yang tersimpan",
  nothing: "(kosong)",
};

/** One group with data-field: its value, its version, and what is unsent. */
class Field {
  constructor(saver, group) {
    this.saver = saver;
    this.group = group;
    this.id = group.dataset.field;
    this.version = group.dataset.version;
    this.text = group.querySelector("textarea, select, input[type=text]");
    this.dirty = false;
    this.sending = false;
    this.stuck = ""; // why it is not sent: conflict, signedOut, refused, closed, offline
    this.pause = 0;
    this.timer = 0;
    this.stored = this.written();
    group.addEventListener("input", (e) => this.text && e.target === this.text && this.changed(typingPause));
    group.addEventListener("change", () => this.changed(0));
    if (this.value() !== this.stored) this.changed(0); // typed before the script ran, or put back by the browser
  }

  /** The value the server wrote into the page. */
  written() {
    if (this.text?.matches("textarea, input")) return this.text.defaultValue;
    if (this.text) return [...this.text.options].find((o) => o.defaultSelected)?.value ?? this.text.value;
    return [...this.group.querySelectorAll("input[type=radio]")].find((r) => r.defaultChecked)?.value ?? "";
  }

  value() {
    return this.text ? this.text.value : (this.group.querySelector("input[type=radio]:checked")?.value ?? "");
  }

  /** Words for a value: of a radio, its label. */
  words(value, label) {
    if (this.text && !this.text.options) return value || words.nothing;
    const option = this.text?.options
      ? [...this.text.options].find((o) => o.value === value)
      : [...this.group.querySelectorAll("input[type=radio]")].find((r) => r.value === value)?.labels[0];
    return label || option?.textContent.trim() || value || words.nothing;
  }

  set(value) {
    if (this.text) {
      this.text.value = value;
      return;
    }
    for (const r of this.group.querySelectorAll("input[type=radio]")) r.checked = r.value === value;
  }

  setVersion(version) {
    this.version = String(version);
    this.group.dataset.version = this.version;
    const hidden = this.saver.form.elements.namedItem("v" + this.id);
    if (hidden) hidden.value = this.version;
  }

  changed(delay) {
    if (this.stuck === "conflict" || this.stuck === "closed") return;
    const now = this.value();
    if (!this.sending && !this.stuck && now === this.stored) {
      clearTimeout(this.timer);
      this.dirty = false;
      return;
    }
    this.dirty = true;
    this.saver.leaving = false;
    if (this.stuck === "refused") this.stuck = "";
    if (this.stuck) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  retry() {
    if (!this.dirty || (this.stuck !== "offline" && this.stuck !== "signedOut")) return;
    this.stuck = "";
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending || !this.dirty || this.stuck) return;
    const value = this.value();
    this.sending = true;
    this.saver.say();
    let response;
    let answer = {};
    try {
      response = await fetch(this.saver.url, {
        method: "POST",
        body: new URLSearchParams({ field: this.id, version: this.version, value }),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (response.headers.get("Content-Type")?.includes("json")) answer = await response.json();
    } catch {
      response = undefined;
    }
    this.sending = false;
    if (typeof answer.value === "string") answer.value = answer.value.replaceAll("\r\n", "\n");
    this.take(response, answer, value);
    this.saver.say();
  }

  take(response, answer, value) {
    const status = response?.status ?? 0;
    if (status === 200 && answer.version !== undefined) {
      this.pause = 0;
      this.lost = undefined;
      this.stored = value;
      this.setVersion(answer.version);
      this.saver.saved = answer.saved;
      document.dispatchEvent(new CustomEvent("rancak:active"));
      this.dirty = this.value() !== value;
      if (this.dirty) this.send();
    } else if (status === 409 && answer.version !== undefined) {
      if (answer.value === this.value()) {
        this.resolve(answer, false);
      } else if (answer.value === this.lost) {
        this.resolve(answer, true); // our own earlier save, whose answer never came
      } else {
        this.stuck = "conflict";
        this.showConflict(answer);
      }
    } else if (status === 401 || response?.type === "opaqueredirect") {
      this.stuck = "signedOut";
    } else if (status === 423) {
      this.stuck = "closed";
      this.saver.message = answer.message || words.closed;
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      this.stuck = "refused";
      this.saver.message = answer.message || words.refused;
    } else {
      this.stuck = "offline";
      this.lost = value;
      this.pause = Math.min(longestPause, this.pause ? this.pause * 2 : 2000);
      const asked = Number(response?.headers.get("Retry-After")) * 1000;
      this.timer = setTimeout(() => this.retry(), Math.min(longestPause, asked || this.pause) * (0.8 + Math.random() * 0.4));
    }
  }

  showConflict(answer) {
    this.box?.remove();
    const box = element("div", "conflict", { role: "group", tabindex: "-1" });
    box.setAttribute("aria-label", words.conflictTitle);
    const texts = element("dl", "conflict-texts");
    const mine = element("dd");
    mine.textContent = this.words(this.value());
    for (const [term, text] of [[words.mine, mine], [words.theirs, this.words(answer.value, answer.label)]]) {
      const pair = element("div");
      const dt = element("dt");
      dt.textContent = term;
      let dd = text;
      if (typeof text === "string") {
        dd = element("dd");
        dd.textContent = text;
      }
      pair.append(dt, dd);
      texts.append(pair);
    }
    const title = element("p", "conflict-title");
    title.textContent = words.conflictTitle;
    const buttons = element("div", "buttons");
    buttons.append(
      button(words.keepMine, () => this.resolve(answer, true)),
      button(words.keepTheirs, () => this.resolve(answer, false)),
    );
    box.append(title, texts, buttons);
    this.refresh = () => { mine.textContent = this.words(this.value()); };
    this.group.addEventListener("input", this.refresh);
    this.group.append(box);
    this.box = box;
  }

  resolve(answer, mine) {
    const hadFocus = this.box?.contains(document.activeElement);
    this.group.removeEventListener("input", this.refresh);
    this.box?.remove();
    this.box = undefined;
    this.stuck = "";
    this.stored = answer.value;
    this.setVersion(answer.version);
    if (!mine) {
      this.set(answer.value);
      this.dirty = false;
    }
    if (hadFocus) (this.text ?? this.group.querySelector("input:checked, input[type=radio]"))?.focus();
    if (mine) this.send();
    this.saver.say();
  }
}

/** One form: its fields and the line that says how things stand. */
class Saver {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.status = form.querySelector("[data-save-status]") ?? this.addStatus();
    this.saved = "";
    this.message = "";
    this.fields = [];
    for (const group of form.querySelectorAll("[data-field]")) this.fields.push(new Field(this, group));
    form.addEventListener("submit", (e) => this.submitted(e));
    addEventListener("online", () => this.retry());
    addEventListener("focus", () => this.retry());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.retry()));
    addEventListener("beforeunload", (e) => {
      if (!this.leaving && this.fields.some((f) => f.dirty)) e.preventDefault();
    });
  }

  addStatus() {
    const status = element("div", "save-status", { role: "status" });
    this.form.append(status);
    return status;
  }

  retry() {
    for (const f of this.fields) f.retry();
  }

  flush() {
    for (const f of this.fields) f.send();
  }

  /** Says the one thing that matters most. */
  say() {
    const stuck = (why) => this.fields.some((f) => f.stuck === why);
    if (stuck("closed") || stuck("refused")) this.show("trouble", this.message);
    else if (stuck("conflict")) this.show("trouble", words.conflict);
    else if (stuck("signedOut")) this.show("trouble", words.signedOut, true);
    else if (stuck("offline")) this.show("trouble", words.offline);
    else if (this.fields.some((f) => f.sending)) this.show("saving", words.saving);
    else if (this.saved) this.show("saved", `Tersimpan pukul ${this.saved}`);
    else this.show("", "");
  }

  show(state, text, signIn = false) {
    const key = state + text;
    if (key === this.shown) return;
    this.shown = key;
    const line = element("p");
    line.textContent = text;
    if (signIn) {
      const a = element("a", "", { href: document.body.dataset.sessionSignin || "/masuk", target: "_blank", rel: "noopener" });
      a.textContent = words.signIn;
      line.append(" ", a, words.signInAfter);
    }
    if (state) this.status.dataset.state = state;
    else delete this.status.dataset.state;
    this.status.replaceChildren(line);
  }

  /** Lets a form go only when what it carries is what is stored. */
  async submitted(event) {
    if (this.leaving || event.defaultPrevented) return;
    const conflict = this.fields.find((f) => f.stuck === "conflict");
    if (conflict) {
      event.preventDefault();
      conflict.box.scrollIntoView({ block: "center" });
      conflict.box.focus();
      return;
    }
    if (!this.fields.some((f) => f.dirty)) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    if (this.waiting) return;
    this.waiting = true;
    const { submitter } = event;
    this.retry();
    this.flush();
    const until = Date.now() + flushLimit;
    while (Date.now() < until && this.fields.some((f) => f.sending)) await sleep(50);
    this.waiting = false;
    if (this.fields.some((f) => f.stuck === "conflict")) return this.form.requestSubmit(submitter);
    if (this.fields.some((f) => f.stuck === "signedOut" || f.sending)) return;
    if (this.fields.some((f) => f.stuck === "offline") && !(await reachable())) return;
    this.leaving = true;
    this.form.requestSubmit(submitter);
  }
}

/** Reports whether the server answers at all, so that a submit cannot end on the browser's error page. */
async function reachable() {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function sleep(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

function element(name, className, attributes = {}) {
  const e = document.createElement(name);
  if (className) e.className = className;
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  return e;
}

function button(text, act) {
  const b = element("button", "button button-secondary", { type: "button" });
  b.textContent = text;
  b.addEventListener("click", act);
  return b;
}

const savers = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Saver(form));

// A page that comes back from the browser's memory was not left after all.
addEventListener("pageshow", () => {
  for (const s of savers) s.leaving = false;
});
