// Behaviour that native elements do not have. Pages work without it.
"use strict";

(() => {
  const writing = (target) => target.matches?.("input, textarea, select, [contenteditable]");

  // Keys: an element with data-key is focused or pressed by its key, while nobody is writing.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        if (menu.contains(event.target)) menu.querySelector("summary").focus();
      }
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (writing(wanted)) {
      wanted.focus();
      wanted.select?.();
    } else {
      wanted.click();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    if (event.target.closest("[data-print]")) window.print();
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  });

  // A menu opens beside its button, and is moved sideways as far as it must be to lie inside the window.
  const settle = (menu) => {
    const card = menu.querySelector(":scope > .card");
    if (!menu.open || !card) return;
    card.style.translate = "";
    const { left, right } = card.getBoundingClientRect();
    const room = document.documentElement.clientWidth - 8;
    const over = left < 8 ? 8 - left : Math.max(Math.min(0, room - right), 8 - left);
    if (over) card.style.translate = `${over}px`;
  };
  document.addEventListener("toggle", (event) => event.target.matches?.("details.menu") && settle(event.target), true);
  window.addEventListener("resize", () => document.querySelectorAll("details.menu[open]").forEach(settle));

  // Columns in one row, as on a phone: the one the page stands in is brought into sight.
  const here = document.querySelector("nav.side a[aria-current]");
  const row = here?.closest("nav");
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - row.clientWidth / 2;

  // A chart that is wider than its box shows its latest value, not its beginning.
  for (const box of document.querySelectorAll(".scroll:has(> svg.chart)")) {
    const last = [...box.querySelectorAll("circle.reached")].at(-1)?.getBoundingClientRect();
    const { left, width } = box.getBoundingClientRect();
    if (last && last.right > left + width) box.scrollLeft = last.left - left - width / 2;
  }

  // A form with data-submit is sent as soon as something in it is chosen; without this its button does it.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit]");
    if (form && !event.target.matches("[type=search], [type=text], [type=date]")) form.requestSubmit();
    if (event.target.matches("[data-all]")) {
      for (const box of document.querySelectorAll(`input[name="${CSS.escape(event.target.dataset.all)}"]`)) box.checked = event.target.checked;
    }
    if (event.target.matches("[data-all], [data-counted]")) count();
  });

  // How many rows are chosen; what is done with them shows once one is.
  const count = () => {
    for (const bar of document.querySelectorAll("[data-chosen]")) {
      const chosen = document.querySelectorAll(`input[name="${CSS.escape(bar.dataset.chosen)}"]:checked`).length;
      bar.hidden = chosen === 0;
      for (const place of bar.querySelectorAll("[data-count]")) place.textContent = String(chosen);
    }
  };
  count();

  // A form that is under way is not sent twice by an impatient click; the server would refuse the second anyway.
  document.addEventListener("submit", (event) => {
    if (event.target.method === "dialog" || event.defaultPrevented) return;
    for (const button of event.target.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
  });
  // After a row was added to a table that is typed: on to the next row, or to the field that was refused.
  document.addEventListener("htmx:afterSettle", (event) => {
    (event.target.querySelector?.("[aria-invalid=true]") ?? event.target.querySelector?.("[data-next]"))?.focus();
  });

  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    count();
  });
})();
