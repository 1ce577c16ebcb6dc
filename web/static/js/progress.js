// Keeps a section that shows long work up to date.
//
// <section data-poll="/address" data-every="2000"> is filled again and again
// with the fragment the address returns, until the root of the fragment carries
// data-done: then the page is loaded again, or the address in data-done is.
// Without this script a link on the page does the same by hand.

const sayEvery = 15_000;
const longestPause = 30_000;

for (const section of document.querySelectorAll("[data-poll]")) {
  if (!section.querySelector("[data-done]")) watch(section);
}

function watch(section) {
  const every = Number(section.dataset.every) || 3000;
  const live = document.createElement("div");
  live.className = "hidden-visually";
  live.setAttribute("role", "status");
  section.after(live);
  let saidAt = Date.now();
  let pause = every;
  let timer = 0;

  const say = (now) => {
    const text = section.querySelector("[data-announce]")?.textContent.trim();
    if (!text || text === live.textContent || (!now && Date.now() - saidAt < sayEvery)) return;
    live.textContent = text;
    saidAt = Date.now();
  };

  const replace = (root) => {
    const focused = section.contains(document.activeElement) ? document.activeElement : undefined;
    const open = [...section.querySelectorAll("details[open][id]")].map((d) => d.id);
    section.replaceChildren(root);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (!focused) return;
    const same = (focused.id && document.getElementById(focused.id)) ||
      (focused.href && [...section.querySelectorAll("a")].find((a) => a.href === focused.href)) ||
      (focused.type === "submit" && section.querySelector("button"));
    (same || section).focus({ preventScroll: true });
  };

  const tick = async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(section.dataset.poll, { headers: { "X-Fragment": "1" }, cache: "no-store", redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 401) {
        location.reload();
        return;
      }
      if (!response.ok) throw new Error(response.statusText);
      const root = new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild;
      if (!root) throw new Error("empty fragment");
      replace(document.adoptNode(root));
      pause = every;
      if (root.hasAttribute("data-done")) {
        say(true);
        const next = root.dataset.done;
        setTimeout(() => (next.startsWith("/") ? location.assign(next) : location.reload()), 1000);
        return;
      }
      say(false);
    } catch {
      pause = Math.min(longestPause, pause * 2);
    }
    timer = setTimeout(tick, pause);
  };

  section.tabIndex = -1;
  timer = setTimeout(tick, every);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(tick, 0);
  });
}
