// The review page: source and items select each other and scroll together; keys press the buttons of the current card.
// Everything here is also a link or a form: the page works without it.
"use strict";

(() => {
  const root = () => document.getElementById("review");
  const items = () => document.getElementById("items");
  const source = () => document.getElementById("source");
  const cards = () => [...document.querySelectorAll("#items .item")];
  const current = () => document.querySelector("#items .item[aria-current]");
  const marksOf = (card) => [...document.querySelectorAll(`#source a.s[href="#${CSS.escape(card.id)}"], #source a.s[data-s="${CSS.escape(card.id.slice(1))}"]`)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  let leading = null; // the pane that the reader moves

  const shown = (element, pane) => {
    const a = element.getBoundingClientRect();
    const b = pane.getBoundingClientRect();
    return a.top >= b.top && a.bottom <= b.bottom;
  };
  const bring = (element, pane, share = 0.25, behavior = calm) => {
    if (pane.scrollHeight <= pane.clientHeight) return;
    const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight * share, behavior });
  };

  const select = (card, { focus = true, behavior = calm } = {}) => {
    if (!card) return;
    for (const old of document.querySelectorAll("#review [aria-current=true]")) if (old !== card) old.removeAttribute("aria-current");
    card.setAttribute("aria-current", "true");
    if (focus && !card.contains(document.activeElement)) card.focus({ preventScroll: true });
    if (!shown(card, items())) bring(card, items(), 0.12, behavior);
    const marks = marksOf(card);
    for (const mark of marks) mark.setAttribute("aria-current", "true");
    if (marks.length && !shown(marks[0], source())) bring(marks[0], source(), 0.25, behavior);
  };

  const step = (by) => {
    const all = cards();
    const at = all.indexOf(current());
    const next = all[at + by];
    if (next) select(next);
    else if (by > 0) document.querySelector("[data-next-part]")?.click();
  };

  const undecided = (card) => card.dataset.state === "pending" || card.classList.contains("loose");
  const nextOpen = (from) => {
    const all = cards();
    const at = all.indexOf(from);
    return all.slice(at + 1).find(undecided) || all.slice(0, at).find(undecided);
  };

  const count = () => {
    const chosen = document.querySelectorAll("#items [data-select]:checked").length;
    for (const place of document.querySelectorAll("[data-selected]")) place.textContent = String(chosen);
  };

  const press = (key) => {
    const card = current() || cards()[0];
    if (!card) return false;
    if (key === " ") {
      const box = card.querySelector("[data-select]");
      box?.click();
      return Boolean(box);
    }
    const wanted = card.querySelector(`[data-act="${CSS.escape(key)}"]:not([disabled])`);
    if (!wanted) return false;
    wanted.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const writing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape") {
      const open = event.target.closest(".editing");
      if (open) open.querySelector('[data-act="Escape"]').click();
      return;
    }
    if (writing) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === " " && event.target.matches("button, a, summary, input")) return;
    let done = true;
    if (key === "j" || key === "ArrowDown" && event.target.closest("#items")) step(1);
    else if (key === "k" || key === "ArrowUp" && event.target.closest("#items")) step(-1);
    else if (key === "?") document.getElementById("keys").togglePopover();
    else if ("abxemsu1234 ".includes(key)) done = press(key);
    else done = false;
    if (done) event.preventDefault();
  }, true);

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("#source a.s");
    if (mark) {
      const card = document.getElementById(mark.getAttribute("href").slice(1)) || document.getElementById(`l${mark.dataset.s}`);
      event.preventDefault();
      if (card) return select(card);
      const dialog = document.getElementById("sentence");
      htmx.ajax("GET", mark.href, { target: "#sentence-body", swap: "innerHTML" }).then(() => dialog.showModal());
      return;
    }
    const doubt = event.target.closest("a.chip.doubt");
    if (doubt) {
      event.preventDefault();
      const list = document.getElementById("doubts");
      if (list) {
        list.open = true;
        bring(list, items(), 0);
      }
      return;
    }
    const near = event.target.closest("#doubts a[href*='#d']");
    if (near) {
      const card = document.getElementById(near.hash.slice(1));
      if (card) {
        event.preventDefault();
        select(card);
      }
      return;
    }
    const card = event.target.closest("#items .item");
    if (card) select(card, { focus: false });
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select]")) count();
  });

  // The pane that the reader scrolls leads; the other follows to the passage at its top.
  for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(name, (event) => {
      leading = event.target.closest?.("#items, #source");
    }, { passive: true, capture: true });
  }
  let waiting = false;
  document.addEventListener("scroll", (event) => {
    if (event.target !== leading || waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (leading === items()) {
        const top = items().getBoundingClientRect().top;
        const first = cards().find((card) => card.getBoundingClientRect().bottom > top + 8);
        const mark = first && marksOf(first)[0];
        if (mark) bring(mark, source(), 0.08, "auto");
      } else if (leading === source()) {
        const top = source().getBoundingClientRect().top;
        const mark = [...source().querySelectorAll('a.s[href^="#d"]')].find((one) => one.getBoundingClientRect().bottom > top + 8);
        const card = mark && document.getElementById(mark.hash.slice(1));
        if (card) bring(card, items(), 0.02, "auto");
      }
    });
  }, true);

  // What the server said no to is told; the card is shown as it is now.
  document.addEventListener("htmx:responseError", (event) => {
    const told = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector(".notice");
    const place = document.getElementById("problem");
    place.replaceChildren(told ? document.importNode(told, true) : document.createTextNode("×"));
    setTimeout(() => place.replaceChildren(), 9000);
    const card = event.detail.elt?.closest?.("#items .item[id^=d]");
    if (card && event.detail.xhr.status !== 404) htmx.ajax("GET", `/documents/drafts/${card.id.slice(1)}/`, { target: `#${card.id}`, swap: "outerHTML" });
  });

  let decided = null; // the act whose answer moves on to the next open card
  document.addEventListener("htmx:beforeRequest", (event) => {
    const value = event.detail.requestConfig?.parameters?.get?.("act") ?? event.detail.requestConfig?.parameters?.act;
    decided = ["accept", "reject", "basis"].includes(value) ? value : null;
    document.getElementById("problem")?.replaceChildren();
  });
  document.addEventListener("htmx:load", (event) => {
    const fresh = event.detail.elt;
    count();
    if (fresh.id === "review" || fresh.contains?.(root())) return begin();
    if (!fresh.matches?.("#items .item")) return;
    for (const mark of marksOf(fresh)) {
      mark.classList.remove("pending", "accepted", "rejected", "basis", "waits");
      mark.classList.add(fresh.dataset.state);
      if (fresh.dataset.state === "pending") mark.classList.add("waits");
    }
    const field = fresh.querySelector(".editing input:not([type=hidden])") || (fresh.classList.contains("editing") && fresh.querySelector("input:not([type=hidden], [type=checkbox]), input[type=checkbox]:not([disabled])"));
    const move = decided && !undecided(fresh);
    decided = null;
    select((move && nextOpen(fresh)) || fresh);
    if (field) field.focus({ preventScroll: true });
  });

  const begin = () => {
    if (!root()) return;
    count();
    const asked = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const card = current() || (asked?.matches(".item") ? asked : null) || cards().find(undecided) || cards()[0];
    select(card, { focus: false, behavior: "auto" });
    if (location.hash === "#doubts") document.getElementById("doubts")?.setAttribute("open", "");
    if (asked?.matches("a.s")) bring(asked, source());
  };
  begin();
})();
