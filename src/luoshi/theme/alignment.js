/* The page of an alignment. It stands without this; this adds: one view at a time, both texts at the same place, filters, search, keys. No network. */
(() => {
  "use strict";
  const $ = (query, root = document) => root.querySelector(query);
  const $$ = (query, root = document) => [...root.querySelectorAll(query)];
  const words = JSON.parse($("#words").textContent);
  const say = (word, values) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const root = document.documentElement, help = $("#help"), form = $(".filters"), find = $("#find"), panes = $(".panes");
  const tabs = $$("[data-tab]"), items = $$(".item"), picks = $$("[data-pick]"), turns = $$("[data-side]", $(".turns"));
  const FILTERS = { matrix: "dbr", items: "dbr", targets: "dc", lists: "dbr" };
  let view = "overview";

  function show(name) {
    view = name;
    for (const button of tabs) {
      const chosen = button.dataset.tab === name;
      button.setAttribute("aria-selected", chosen);
      button.tabIndex = chosen ? 0 : -1;
      $("#panel-" + button.dataset.tab).hidden = !chosen;
    }
    const minds = FILTERS[name];
    form.hidden = !minds;
    if (minds) {
      for (const each of "dbrc") { const field = $("#f-" + each); if (field) field.hidden = !minds.includes(each); }
      filter();
    }
  }

  // Which lower text stands beside the upper one, and on a narrow screen which side is seen.
  function pick(document) {
    for (const button of picks) button.setAttribute("aria-pressed", button.dataset.pick === String(document));
    for (const text of $$(".text", panes)) text.hidden = text.dataset.document !== "0" && text.dataset.document !== String(document);
  }
  function turn(side) {
    panes.dataset.side = side;
    for (const button of turns) button.setAttribute("aria-pressed", button.dataset.side === side);
  }

  // Places: #i3 an item, #i3-1 what one document has beside it, #k1-5 a passage, #u… and #d1-… a stretch of a text, others a list or a view.
  function go(hash, other, replace) {
    history[replace ? "replaceState" : "pushState"]({ other, view }, "", hash);
    arrive(hash, other);
  }

  function arrive(hash, other) {
    for (const element of $$("[aria-current], .hit")) { element.removeAttribute("aria-current"); element.classList.remove("hit"); }
    $("#where").textContent = "";
    const stretch = hash.match(/^#(u|d(\d+)-)(\d+)-(\d+)$/);
    if (stretch) { texts([hash.slice(1), other].filter(Boolean)); return; }
    const target = hash.length > 1 && document.getElementById(hash.slice(1));
    if (!target) { if (!hash) show("overview"); return; }
    const panel = target.closest(".view");
    if (!panel) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    show(panel.id.slice(6));
    if (target === panel) { scrollTo(0, 0); return; }
    const item = target.closest(".item");
    if (item && (item.hidden || target.closest("[hidden]"))) clear();
    if (item) item.setAttribute("aria-current", "true");
    if (target !== item) target.setAttribute("aria-current", "true");
    reveal(target, target.matches(".pair, .beside") ? "center" : "start");
    (item || target).focus({ preventScroll: true });
  }

  function texts(places) {
    show("texts");
    const below = places.find(place => place[0] === "d"), document = below ? /^d(\d+)/.exec(below)[1] : null;
    if (document) pick(document);
    turn(places[0][0] === "u" ? "upper" : "lower");
    for (const place of places) {
      const [, own, a, b] = /^(u|d\d+)-?(\d+)-(\d+)$/.exec(place), text = $("#text-" + (own === "u" ? 0 : own.slice(1)));
      const pieces = $$("[data-o]", text).filter(piece => +piece.dataset.o >= +a && +piece.dataset.o < +b);
      for (const piece of pieces) piece.classList.add("hit");
      if (pieces[0]) within($(".source", text), pieces[0]);
    }
    if (places.length > 1) $("#where").textContent = words.where;
    scrollTo(0, 0);
  }

  // Heights of what is not yet drawn are guesses: look again when it is.
  function within(box, element) {
    const centre = () => { box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3; };
    centre();
    requestAnimationFrame(() => { centre(); requestAnimationFrame(centre); });
  }
  function reveal(element, block) {
    const fits = element.getBoundingClientRect().height < innerHeight * .7;
    const look = () => element.scrollIntoView({ block: fits ? block : "start" });
    look();
    requestAnimationFrame(() => { look(); requestAnimationFrame(look); });
  }

  // Filters and search. Folding is one to one, so that a hit has the same place in the text that is shown.
  const fold = text => text.toLowerCase().replace(/[\uff01-\uff5e]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const folded = new Map();
  const textOf = element => folded.get(element) || folded.set(element, fold(element.textContent)).get(element);
  const chosen = name => { const field = $("#f-" + name); return field && FILTERS[view].includes(name) ? field.value : ""; };

  // What a row says of itself: document:band:relations, or document:comparison, one for each document.
  function fits(told, d, second, r) {
    return told.split(" ").some(each => {
      const [document, band, relations = ""] = each.split(":");
      return (!d || document === d) && (!second || band === second) && (!r || relations.split(",").includes(r));
    });
  }

  function filter() {
    const needle = fold(find.value.trim()), [d, b, r, c] = [..."dbrc"].map(chosen), panel = $("#panel-" + view);
    let shown = 0, all = 0;
    if (view === "items") {
      for (const item of items) {
        let any = false;
        for (const beside of $$(".beside", item)) {
          const own = fits(`${beside.dataset.d}:${beside.dataset.b}:${beside.dataset.r.replaceAll(" ", ",")}`, d, b, r);
          beside.hidden = !own;
          any = any || own;
        }
        item.hidden = !any || Boolean(needle && !textOf(item).includes(needle));
        if (needle && !item.hidden) for (const more of $$(".others", item)) more.open = textOf(more).includes(needle);
        all += 1;
        shown += !item.hidden;
      }
      if ($("#none")) $("#none").hidden = shown > 0;
    } else {
      for (const row of $$("[data-f]", panel)) {
        row.hidden = !fits(row.dataset.f, d, b || c, r) || Boolean(needle && !textOf(row).includes(needle));
        all += 1;
        shown += !row.hidden;
      }
    }
    $("#shown").textContent = say(view === "items" ? "items" : "rows", { n: shown, all });
    $("[data-act=clear]", form).hidden = !(needle || d || b || r || c);
    mark(needle, panel);
  }

  function clear() { form.reset(); if (FILTERS[view]) filter(); }

  // Hits of the search, drawn by the browser over the text, where it can.
  function mark(needle, panel) {
    if (!("highlights" in CSS)) return;
    const ranges = [];
    if (needle) for (const row of view === "items" ? items : $$("[data-f]", panel)) if (!row.hidden && ranges.length < 2000) hits(row, needle, ranges);
    CSS.highlights.set("find", new Highlight(...ranges));
  }
  function hits(element, needle, ranges) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [], starts = [];
    let text = "";
    while (walker.nextNode()) { nodes.push(walker.currentNode); starts.push(text.length); text += walker.currentNode.data; }
    text = fold(text);
    const place = (offset, last) => {
      let n = starts.length - 1;
      while (n > 0 && (starts[n] > offset || (last && starts[n] === offset))) n -= 1;
      return [nodes[n], offset - starts[n]];
    };
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      const range = new Range();
      range.setStart(...place(at, false));
      range.setEnd(...place(at + needle.length, true));
      ranges.push(range);
    }
  }

  // Light and dark: as the system says, until the button says otherwise. A browser may forbid a page from a file to remember it.
  const remember = (name, text) => { try { localStorage.setItem(name, text); } catch { /* forbidden */ } };
  const recall = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const dark = matchMedia("(prefers-color-scheme: dark)"), isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  function nameTheme() { $("[data-act=theme]").textContent = isDark() ? words.light : words.dark; }
  if (recall("luoshi:theme")) root.dataset.theme = recall("luoshi:theme");
  dark.addEventListener("change", nameTheme);
  nameTheme();

  const acts = {
    theme() { root.dataset.theme = isDark() ? "light" : "dark"; remember("luoshi:theme", root.dataset.theme); nameTheme(); },
    help() { help.showModal(); },
    clear,
  };

  function step(by) {
    if (view !== "items") show("items");
    const seen = items.filter(item => !item.hidden);
    if (!seen.length) return;
    const at = seen.findIndex(item => item.hasAttribute("aria-current"));
    const next = seen[at < 0 ? (by > 0 ? 0 : seen.length - 1) : Math.min(seen.length - 1, Math.max(0, at + by))];
    go("#" + next.id, null, true);
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const target = event.target, typing = target.matches("input, select, textarea");
    if (event.key === "Escape") { clear(); if (typing) target.blur(); return; }
    if (typing) return;
    if (target.matches("[role=tab]") && /^(Arrow(Left|Right)|Home|End)$/.test(event.key)) {
      const at = tabs.indexOf(target), next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
      const button = tabs[(next + tabs.length) % tabs.length];
      event.preventDefault();
      go("#panel-" + button.dataset.tab, null, true);
      button.focus();
      return;
    }
    const list = target === document.body || target.matches(".item, .view");
    const act = {
      j: () => step(1), k: () => step(-1), "?": acts.help, "/": () => { if (!FILTERS[view]) show("items"); find.focus(); find.select(); },
      ArrowDown: list && view === "items" && (() => step(1)), ArrowUp: list && view === "items" && (() => step(-1)),
      Enter: target.matches(".item") && (() => $("blockquote a, .quote a", target).click()),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
    else if (/^[1-7]$/.test(event.key)) { const button = tabs[+event.key - 1]; go("#panel-" + button.dataset.tab); button.focus({ preventScroll: true }); }
  });

  document.addEventListener("click", event => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = target.closest("[data-act]"), tab = target.closest("[data-tab]"), picked = target.closest("[data-pick]"), side = target.closest(".turns [data-side]"), link = target.closest('a[href^="#"]');
    if (act) acts[act.dataset.act]();
    else if (tab) go("#panel-" + tab.dataset.tab);
    else if (picked) pick(picked.dataset.pick);
    else if (side) turn(side.dataset.side);
    else if (link && !String(getSelection())) {
      event.preventDefault();
      if (link.dataset.set) narrow(link);
      else go(link.getAttribute("href"), link.dataset.with || null);
    }
  });

  // A count leads to what was counted: relations and bands among the items, comparisons among the targets.
  function narrow(link) {
    const wanted = Object.fromEntries(new URLSearchParams(link.dataset.set));
    form.reset();
    for (const [name, value] of Object.entries(wanted)) { const field = $("#f-" + name); if (field) field.value = value; }
    go(wanted.c ? "#panel-targets" : "#panel-items");
  }

  let waiting = 0;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { filter(); scrollTo(0, 0); }, 80); });
  addEventListener("popstate", event => arrive(location.hash, event.state && event.state.other));

  // The bars may take one line or two: what sticks below them must know.
  new ResizeObserver(([bars]) => root.style.setProperty("--bars", Math.round(bars.borderBoxSize[0].blockSize) - 1 + "px")).observe($(".bars"));

  root.classList.add("js");
  pick(1);
  show("overview");
  if (location.hash) arrive(location.hash);
})();
