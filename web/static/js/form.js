// Comfort for forms: focus on the error summary, a guard against sending
// twice, passwords that can be shown, kind hints on words about a person, and
// a warning before the session ends. Every form works without it.

for (const summary of document.querySelectorAll("[data-error-summary]")) {
  summary.focus();
  summary.addEventListener("click", (e) => {
    const link = e.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    e.preventDefault();
    const group = target.closest("fieldset")?.querySelector("legend") ?? target.labels?.[0] ?? target;
    group.scrollIntoView();
    target.focus({ preventScroll: true });
  });
}

// The first press sends; further presses within a few seconds do nothing.
const sendingFor = 10_000;
const sending = new WeakMap();
document.addEventListener("submit", (e) => {
  if (e.defaultPrevented || e.submitter?.hasAttribute("data-repeatable") || e.target.method === "get") return;
  if (Date.now() - (sending.get(e.target) ?? -sendingFor) < sendingFor) {
    e.preventDefault();
    return;
  }
  sending.set(e.target, Date.now());
  e.submitter?.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", (e) => {
  if (!e.persisted) return;
  for (const form of document.forms) sending.delete(form);
  for (const b of document.querySelectorAll("button[aria-disabled]")) b.removeAttribute("aria-disabled");
});

for (const group of document.querySelectorAll("[data-password]")) {
  const input = group.querySelector("input");
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.textContent = group.dataset.show;
  toggle.setAttribute("aria-controls", input.id);
  toggle.setAttribute("aria-label", `${group.dataset.show} kata sandi`);
  const show = (on) => {
    input.type = on ? "text" : "password";
    toggle.textContent = on ? group.dataset.hide : group.dataset.show;
    toggle.setAttribute("aria-label", `${toggle.textContent} kata sandi`);
  };
  toggle.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  group.append(toggle);
}

for (const area of document.querySelectorAll("textarea[data-words]")) {
  const list = area.dataset.words.split(",").map((w) => w.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).filter(Boolean);
  if (!list.length) continue;
  const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${list.join("|")})(?![\\p{L}\\p{N}])`, "iu");
  const hint = document.createElement("p");
  hint.className = "words-hint";
  hint.hidden = true;
  const live = document.createElement("div");
  live.setAttribute("role", "status");
  live.append(hint);
  area.after(live);
  const check = () => {
    const word = found.exec(area.value)?.[0];
    if (!word) {
      hint.hidden = true;
    } else if (hint.hidden) {
      hint.textContent = area.dataset.wordsHint;
      hint.hidden = false;
    }
  };
  let timer = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, 600);
  });
  check();
}

// Menus close when one leaves them.
for (const menu of document.querySelectorAll("details.account")) {
  document.addEventListener("click", (e) => menu.contains(e.target) || (menu.open = false));
  menu.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

const warnBefore = 120_000;
const { sessionIdle, sessionRenew, sessionSignin } = document.body.dataset;
if (sessionIdle) watchSession(Number(sessionIdle) * 1000);

/** Warns two minutes before the session ends and offers to stay signed in. */
function watchSession(idle) {
  let ends = Date.now() + idle;
  let bar;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("rancak-sesi") : undefined;
  const prolong = () => {
    ends = Date.now() + idle;
    bar?.remove();
    bar = undefined;
  };
  const active = () => {
    prolong();
    channel?.postMessage("aktif");
  };
  if (channel) {
    channel.onmessage = prolong;
    channel.postMessage("aktif");
  }
  document.addEventListener("rancak:active", active);

  const renew = async () => {
    try {
      const answer = await fetch(sessionRenew, { method: "POST", headers: { Accept: "application/json" }, redirect: "manual" });
      if (answer.ok) active();
      else if (answer.status === 401 || answer.type === "opaqueredirect") ended();
      else say("Belum berhasil. Coba tekan sekali lagi.");
    } catch {
      say("Sambungan terputus. Coba tekan sekali lagi.");
    }
  };
  const say = (text) => {
    bar.querySelector("p").textContent = text;
  };
  const show = (text, action) => {
    bar?.remove();
    bar = document.createElement("div");
    bar.className = "session";
    bar.setAttribute("role", "alert");
    const row = document.createElement("div");
    row.className = "session-row";
    const p = document.createElement("p");
    p.textContent = text;
    row.append(p, action);
    bar.append(row);
    document.body.append(bar);
  };
  const warn = () => {
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "button";
    stay.textContent = "Tetap masuk";
    stay.addEventListener("click", renew);
    show("Sesi Anda berakhir kurang dari dua menit lagi.", stay);
  };
  let over = false;
  const ended = () => {
    over = true;
    const link = document.createElement("a");
    link.href = sessionSignin;
    link.textContent = "Masuk lagi";
    if (document.querySelector("form[data-autosave], textarea")) {
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = "Masuk lagi di tab baru";
    }
    show("Sesi Anda sudah berakhir.", link);
  };
  setInterval(() => {
    const left = ends - Date.now();
    if (left > warnBefore) over = false;
    else if (left <= 0 && !over) ended();
    else if (left > 0 && !bar) warn();
  }, 5000);
}
