/* The report page. The page stands without it; this adds: views, jumping between item and sentence, filters, search, keys. No network. */
(() => {
  "use strict";
  const $ = (query, root = document) => root.querySelector(query);
  const $$ = (query, root = document) => [...root.querySelectorAll(query)];
  const words = JSON.parse($("#words").textContent);
  const say = (word, values) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const main = $("main"), source = $(".source"), help = $("#help"), form = $(".filters"), find = $("#find");
  const items = $$(".item"), sentences = $$(".s[id]"), tabs = $$("[data-tab]"), keys = $$("[data-key]"), paper = $$(".printed tbody tr");
  const narrow = matchMedia("(max-width: 1000px)");
  let tab = "items", panel = "items";

  // Views: on a wide screen the source stands beside one list; on a narrow one it is a view like the others.
  function show(name) {
    if (name === "source" && !narrow.matches) name = panel;
    tab = name;
    if (name !== "source") panel = name;
    main.dataset.view = name;
    for (const button of tabs) {
      const chosen = button.dataset.tab === name;
      button.setAttribute("aria-selected", chosen);
      button.tabIndex = chosen ? 0 : -1;
      if (button.dataset.tab !== "source") $("#panel-" + button.dataset.tab).hidden = button.dataset.tab !== panel;
    }
  }

  // Places: #i3 an item, #s12 a sentence, #o120-135 a stretch of the source, #panel-… a view.
  function go(hash, { replace = false, from = null, focus = false } = {}) {
    const view = from === "source" ? "panel" : "source";
    history[replace ? "replaceState" : "pushState"]({ view }, "", hash);
    arrive(hash, view, focus);
  }

  function arrive(hash, view = "source", focus = false) {
    const [, kind, a, b] = /^#(i|s|o|sec-|panel-|d)(\w+)(?:-(\d+))?$/.exec(hash) || [];
    for (const element of $$("[aria-current], .hit")) { element.removeAttribute("aria-current"); element.classList.remove("hit"); }
    $("#where").textContent = "";
    if (!kind) return;
    if (kind === "panel-") { const button = $("#tab-" + a); if (button) { show(a); button.focus({ preventScroll: true }); } return; }
    let item = null, parts = [], target = null;
    if (kind === "i") { item = $("#i" + a); if (item) parts = sentenceParts(item.dataset.sentence); }
    else if (kind === "s") parts = sentenceParts(a);
    else if (kind === "o") {
      const pieces = $$("[data-o]", source).filter(piece => +piece.dataset.o >= +a && +piece.dataset.o < +b);
      for (const piece of pieces) piece.classList.add("hit");
      target = pieces[0] || $("#s1");
      const sentence = target && target.closest(".s");
      if (sentence) parts = sentenceParts(sentence.dataset.s);
    } else target = document.getElementById(hash.slice(1));
    const sentence = parts[0];
    if (!item && sentence && sentence.dataset.i) item = $("#i" + sentence.dataset.i);
    for (const element of [...parts, item]) if (element) element.setAttribute("aria-current", "true");
    if (sentence) {
      $("#where").textContent = say("sentence", { n: sentence.dataset.s, all: sentences.length }) + " · " + sentence.dataset.k;
      rove(sentence);
    }
    if (item && item.hidden && view === "panel") clear();
    if (kind === "i" || (view === "panel" && item)) { if (panel !== "items") show("items"); }
    if (narrow.matches) show(view === "panel" && item ? "items" : "source");
    const there = view === "panel" ? item || sentence : target || sentence || item;
    reveal(target || sentence, "center");
    reveal(item, view === "panel" ? "center" : "nearest");
    if (focus && there) there.focus({ preventScroll: true });
  }

  const sentenceParts = numbers => (numbers ? numbers.split(" ").flatMap(number => $$(`[data-s="${number}"]`, source)) : []);

  // Heights of what is not yet drawn are guesses: look again when it is.
  function reveal(element, block) {
    if (!element || !element.getClientRects().length) return;
    element.scrollIntoView({ block });
    requestAnimationFrame(() => element.scrollIntoView({ block }));
  }

  // One sentence at a time is a stop of the Tab key.
  let stop = null;
  function rove(sentence) {
    if (stop) stop.tabIndex = -1;
    stop = sentence;
    if (stop) stop.tabIndex = 0;
  }
  for (const part of $$(".s", source)) part.tabIndex = -1;
  rove(sentences[0]);

  // Filters and search. Folding is one to one, so that a hit has the same place in the text that is shown.
  const fold = text => text.toLowerCase().replace(/[\uff01-\uff5e]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const folded = new Map();
  const textOf = item => folded.get(item) || folded.set(item, fold(item.textContent)).get(item);
  const value = name => $("#f-" + name).value;

  function filter() {
    const needle = fold(find.value.trim());
    const kinds = new Set(keys.filter(key => key.getAttribute("aria-pressed") === "true").map(key => key.dataset.key));
    const [grade, unit, due, doubtful] = [value("grade"), value("unit"), value("due"), $("#f-doubt").checked];
    let shown = 0;
    items.forEach((item, n) => {
      const data = item.dataset;
      const fits = (!kinds.size || kinds.has(data.kind)) && (!grade || data.grade === grade) && (!unit || data.units.split("|").includes(unit))
        && (!due || data.due === due) && (!doubtful || data.doubt === "1") && (!needle || textOf(item).includes(needle));
      item.hidden = !fits;
      if (paper[n]) paper[n].hidden = !fits;
      shown += fits;
    });
    for (const row of $$(".rest > li")) row.hidden = Boolean(kinds.size && !kinds.has(row.dataset.kind));
    for (const key of keys) source.classList.toggle("off-" + key.dataset.key, Boolean(kinds.size && !kinds.has(key.dataset.key)));
    const active = Boolean(needle || kinds.size || grade || unit || due || doubtful);
    const hits = mark(needle);
    $("#shown").textContent = say("shown", { n: shown, all: items.length }) + (needle ? " · " + say("hits", { n: hits }) : "");
    $("#printed-what").textContent = active ? say("filtered", { n: shown, all: items.length }) : "";
    $("[data-act=clear]", form).hidden = !active;
    if ($("#none")) $("#none").hidden = shown > 0;
  }

  function clear() {
    form.reset();
    for (const key of keys) key.setAttribute("aria-pressed", "false");
    filter();
  }

  // Hits of the search, drawn by the browser over the text; an old browser only counts them.
  function mark(needle) {
    const ranges = needle ? hitsIn(source, needle) : [];
    const found = ranges.length;
    if (!("highlights" in CSS)) return found;
    if (needle) for (const item of items) if (!item.hidden) ranges.push(...hitsIn(item, needle));
    CSS.highlights.set("find", new Highlight(...ranges.slice(0, 4000)));
    return found;
  }

  function hitsIn(root, needle) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = [], starts = [];
    let text = "";
    while (walker.nextNode()) { nodes.push(walker.currentNode); starts.push(text.length); text += walker.currentNode.data; }
    text = fold(text);
    const ranges = [];
    const place = (offset, last) => {
      let low = 0, high = nodes.length - 1;
      while (low < high) { const mid = (low + high + 1) >> 1; if (starts[mid] < offset || (!last && starts[mid] === offset)) low = mid; else high = mid - 1; }
      return [nodes[low], offset - starts[low]];
    };
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      const range = new Range();
      range.setStart(...place(at, false));
      range.setEnd(...place(at + needle.length, true));
      ranges.push(range);
    }
    return ranges;
  }

  // Doubts ticked off, remembered by this browser alone. A browser may forbid it to a page from a file: then they last as long as the page.
  const memory = "luoshi:" + document.body.dataset.document;
  const remember = (name, text) => { try { localStorage.setItem(name, text); } catch { /* forbidden */ } };
  const recall = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const ticks = $$("input[data-doubt]");
  function countTicks() {
    if ($("#doubts-left")) $("#doubts-left").textContent = say("left", { n: ticks.filter(tick => !tick.checked).length, all: ticks.length });
  }
  const ticked = new Set((recall(memory) || "").split("\n"));
  for (const tick of ticks) {
    tick.checked = ticked.has(tick.dataset.doubt);
    tick.addEventListener("change", () => {
      remember(memory, ticks.filter(each => each.checked).map(each => each.dataset.doubt).join("\n"));
      countTicks();
    });
  }
  countTicks();

  // Light and dark: as the system says, until the button says otherwise.
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  function nameTheme() { $("[data-act=theme]").textContent = isDark() ? words.light : words.dark; }
  if (recall("luoshi:theme")) root.dataset.theme = recall("luoshi:theme");
  dark.addEventListener("change", nameTheme);
  nameTheme();

  const acts = {
    theme() { root.dataset.theme = isDark() ? "light" : "dark"; remember("luoshi:theme", root.dataset.theme); nameTheme(); },
    help() { help.showModal(); },
    clear,
  };

  // Keys. What is typed into a field is typed into the field.
  function step(by) {
    const shown = items.filter(item => !item.hidden);
    if (!shown.length) return;
    const at = shown.findIndex(item => item.hasAttribute("aria-current"));
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))];
    if (panel !== "items") show("items");
    go("#" + next.id, { replace: true, from: narrow.matches ? "source" : null });
    reveal(next, "nearest");
    next.focus({ preventScroll: true });
  }

  function stepSentence(by) {
    const at = sentences.findIndex(sentence => sentence.id === (stop && stop.id));
    const next = sentences[Math.min(sentences.length - 1, Math.max(0, at + by))];
    if (next) { go("#" + next.id, { replace: true }); next.focus({ preventScroll: true }); }
  }

  function enter(target) {
    if (target.matches(".item")) go("#" + target.id, { focus: true });
    else if (target.matches(".s[data-i]")) go("#i" + target.dataset.i, { from: "source", focus: true });
    else return false;
    return true;
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const target = event.target, typing = target.matches("input:not([type=checkbox]), select, textarea");
    if (target === find && event.key === "Enter") { event.preventDefault(); step(1); find.focus(); return; }
    if (event.key === "Escape") {
      if (typing) { find.value = ""; filter(); target.blur(); }
      else { history.replaceState({}, "", location.pathname + location.search); arrive(""); }
      return;
    }
    if (typing) return;
    if (target.matches("[role=tab]") && /^(Arrow(Left|Right)|Home|End)$/.test(event.key)) return turn(event);
    const inList = target === document.body || target.matches(".item, .view");
    const act = {
      j: () => step(1), k: () => step(-1), n: () => stepSentence(1), p: () => stepSentence(-1), "?": acts.help,
      "/": () => { show("items"); find.focus(); find.select(); },
      ArrowDown: inList && (() => step(1)), ArrowUp: inList && (() => step(-1)), Enter: target.matches(".item, .s[data-i]") && (() => enter(target)),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
    else if (/^[1-6]$/.test(event.key)) { const name = tabs[+event.key].dataset.tab; show(name); $("#tab-" + name).focus({ preventScroll: true }); }
  });

  function turn(event) {
    const seen = tabs.filter(button => button.getClientRects().length), at = seen.indexOf(event.target);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: seen.length - 1 }[event.key];
    const button = seen[(next + seen.length) % seen.length];
    event.preventDefault();
    show(button.dataset.tab);
    button.focus();
  }

  document.addEventListener("click", event => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = target.closest('a[href^="#"]'), act = target.closest("[data-act]"), key = target.closest("[data-key]"), button = target.closest("[data-tab]");
    const from = target.closest(".source-pane") ? "source" : null;
    if (act) acts[act.dataset.act]();
    else if (button) {
      show(button.dataset.tab);
      if (narrow.matches) scrollTo(0, Math.min(scrollY, main.offsetTop));
    } else if (key) { key.setAttribute("aria-pressed", key.getAttribute("aria-pressed") !== "true"); filter(); }
    else if (link) {
      event.preventDefault();
      const toc = link.closest(".toc");
      if (toc) toc.open = false;
      go(link.getAttribute("href"), { from: toc ? null : from, focus: Boolean(toc) });
    } else if (!String(getSelection()) && !target.closest("summary, label, button, input, select")) {
      const item = target.closest(".item"), sentence = target.closest(".s");
      if (item) go("#" + item.id);
      else if (sentence && from) go("#s" + sentence.dataset.s, { from });
    }
    const open = $(".toc[open]");
    if (open && !target.closest(".toc")) open.open = false;
  });

  let waiting = 0;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { filter(); $("#panel-items").scrollTop = 0; }, 80); });
  addEventListener("popstate", event => arrive(location.hash, event.state && event.state.view));
  narrow.addEventListener("change", () => show(narrow.matches ? tab : panel));

  root.classList.add("js");
  show("items");
  filter();
  if (location.hash) arrive(location.hash, "source");
})();
