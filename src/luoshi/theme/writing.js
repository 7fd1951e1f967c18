// A report is saved while it is written. What could not be saved waits in this tab and comes back when the page is opened again.
"use strict";

(() => {
  const form = document.querySelector("form[data-saving]");
  if (!form) return;
  const status = document.querySelector("[data-saved]");
  const place = `unsaved:${form.dataset.saving}`;
  const expected = () => form.elements.namedItem("expected");
  let timer = 0;
  let busy = false;
  let dirty = false;

  // Fields that are typed; files, keys and buttons are none.
  const typed = () => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "once" && name !== "do") body.append(name, value);
    return body;
  };

  const keep = () => {
    const body = typed();
    body.delete("csrfmiddlewaretoken");
    body.delete("expected");
    try {
      sessionStorage.setItem(place, body.toString());
    } catch {
      // A full or forbidden store: the text is still in the page.
    }
  };

  // "saved", "refused" by a rule (the page will say so when it is sent), or "lost": signed out, or no network.
  const save = async (last = false) => {
    clearTimeout(timer);
    if (!dirty || (busy && !last)) return "saved";
    busy = true;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.saving, { method: "POST", body: typed(), keepalive: last, redirect: "manual" });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new TypeError("signed out");
      const told = await answer.json();
      status.textContent = told.saved || told.error;
      if (!answer.ok) return "refused";
      expected().value = told.expected;
      sessionStorage.removeItem(place);
      return "saved";
    } catch {
      dirty = true;
      keep();
      status.textContent = form.dataset.lost;
      return "lost";
    } finally {
      busy = false;
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 1200, false);
  };

  const restore = () => {
    const kept = sessionStorage.getItem(place);
    if (!kept) return;
    const fields = new URLSearchParams(kept);
    for (const name of new Set(fields.keys())) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "checkbox") field.checked = fields.getAll(name).includes(field.value);
        else field.value = fields.get(name);
      }
    }
    status.textContent = form.dataset.found;
    dirty = true;
    later();
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    later();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
  // What was typed last is saved before the form goes off: a session that has ended meanwhile must not swallow it.
  form.addEventListener("submit", async (event) => {
    if (!dirty && !busy) return;
    event.preventDefault();
    const pressed = event.submitter;
    while (busy) await new Promise((done) => setTimeout(done, 50));
    if ((await save()) === "lost") return;
    dirty = false;
    form.requestSubmit(pressed);
  });
  restore();
})();
