// The desk of drafts and the form of a draft: keys between rows, suggestions taken by a click. Without this every row still has its own page.
"use strict";

(() => {
  // Enter leads to the same column of the next row, Shift+Enter to the one before: the row that was left saves itself.
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("[data-desk] [data-column]");
    if (!cell || event.key !== "Enter" || event.isComposing || event.ctrlKey) return;
    event.preventDefault();
    let row = cell.closest("tr");
    row = event.shiftKey ? row.previousElementSibling : row.nextElementSibling;
    const next = row?.querySelector(`[data-column="${CSS.escape(cell.dataset.column)}"]`);
    if (next) {
      next.focus();
      next.select?.();
    } else {
      cell.blur();
    }
  });

  // A suggestion on the page of a draft: into a field, or into the first free line of a list.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill], [data-line]");
    if (!button) return;
    const field = button.dataset.fill
      ? document.getElementById(button.dataset.fill)
      : [...document.querySelectorAll(`#lines-${CSS.escape(button.dataset.line)} input[list]`)].find((input) => input.value === "");
    if (!field) return;
    field.value = button.dataset.value;
    field.focus();
  });
})();
