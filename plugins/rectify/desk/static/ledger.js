/* The ledger as a spreadsheet: cells to type over, arrows between them, columns to paste, rows to choose. */

const ledger = document.querySelector("[data-together]");
const sieve = document.querySelector("[data-sieve]");
const rows = [...ledger.querySelectorAll("tr[data-ref]")];
const boxes = rows.map((row) => row.querySelector("[name=ref]"));
const KEPT = "rectify-cells";
const PLACES = "a, input:not(.desk-pick), textarea, select";

for (const choice of document.querySelectorAll("select[form=sieve]")) choice.addEventListener("change", () => sieve.requestSubmit());

/* What was typed stays in this tab until it is saved: on other pages of the ledger, behind the back button, after a reload. */
const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
if ("saved" in ledger.dataset) {
  for (const name of Object.keys(kept)) delete kept[name];
  const address = new URL(location);
  address.searchParams.delete("saved");
  history.replaceState(null, "", address);
}

const told = ledger.querySelector("[data-told]");
const tell = (left = 0) => {
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  const chosen = boxes.filter((box) => box.checked).length;
  ledger.querySelector("[data-count]").textContent = chosen ? String(chosen) : "";
  const number = Object.keys(kept).length;
  told.parentElement.hidden = !number && !left;
  told.textContent = told.dataset.words.replace("{n}", number) + (left ? told.dataset.more.replace("{n}", left) : "");
};
const note = (field) => {
  const { stood } = field.dataset;
  if (field.value === stood) delete kept[field.dataset.cell];
  else kept[field.dataset.cell] = field.value;
  field.closest("td").classList.toggle("is-typed", field.value !== stood);
};

for (const cell of ledger.querySelectorAll("th[data-typed], td[data-typed]")) cell.hidden = false;
for (const cell of ledger.querySelectorAll("td[data-field]")) {
  const { field: name, value, label } = cell.dataset;
  const { ref } = cell.parentElement.dataset;
  const field = name === "entry_status" ? ledger.querySelector("[data-statuses]").cloneNode(true) : document.createElement("textarea");
  if (name === "entry_status") field.options[0].remove();
  else field.rows = 1;
  field.removeAttribute("name");
  field.dataset.cell = `cell|${ref}|${name}`;
  field.dataset.stood = value;
  field.value = kept[field.dataset.cell] ?? value;
  field.setAttribute("aria-label", `${ref} ${label}`);
  const [status, mark, late] = [".rf-status", ".rf-status__mark", ".desk-late"].map((part) => cell.querySelector(part) ?? "");
  if (status) status.replaceChildren(mark);
  cell.replaceChildren(status, field, late);
  if (name === "deadline") pickable(field);
  note(field);
  field.addEventListener("input", () => {
    // A cell that a spreadsheet copies ends its line, and a cell has one line.
    if (field.value.includes("\n")) field.value = field.value.replace(/\s*\n\s*/g, " ").trim();
    note(field);
    tell();
  });
  field.addEventListener("focus", () => field.select?.());
}

/* One row is one press of the tabulator less far: arrows go through the table, the tabulator through what can be typed. */
const places = (row) => [...row.querySelectorAll(PLACES)];
const go = (from, down, right) => {
  const row = from.closest("tr");
  const at = places(row).indexOf(from) + right;
  const next = rows[rows.indexOf(row) + down];
  const place = next && places(next)[at];
  place?.focus();
  place?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return Boolean(place);
};
/* Of what is seen in part, a browser counts as seen what ends at the edge of the table. */
ledger.addEventListener("keyup", ({ target, key }) => {
  if (key === "Tab" && target.closest(".desk-grid")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
const isInside = (field, key) => {
  if (field.localName !== "textarea" || (field.selectionStart === 0 && field.selectionEnd === field.value.length)) return false;
  return key === "ArrowLeft" ? field.selectionStart > 0 : field.selectionEnd < field.value.length;
};
ledger.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.closest("tr[data-ref]") || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[key];
  if (key === "Enter" && target.dataset.cell) go(target, event.shiftKey ? -1 : 1, 0);
  else if (key === "Escape" && target.dataset.cell) {
    target.value = target.dataset.stood;
    target.select?.();
    note(target);
    tell();
  } else if (step && !event.shiftKey && !(step[1] && isInside(target, key))) go(target, ...step);
  else return;
  event.preventDefault();
});

/** The cells of what a spreadsheet copies; one with a line break or a tabulator in it stands in quotes. */
const table = (text) => {
  const lines = [[]];
  for (const [, quoted, plain, end] of text.replace(/\r\n?/g, "\n").replace(/\n$/, "").matchAll(/(?:("(?:[^"]|"")*[\n\t](?:[^"]|"")*"(?=[\n\t]|$))|([^\n\t]*))([\n\t]|$)/g)) {
    lines.at(-1).push(quoted ? quoted.slice(1, -1).replaceAll('""', '"').replace(/(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])/g, "").replace(/\s*\n\s*/g, " ") : plain);
    if (end === "\n") lines.push([]);
    if (!end) break;
  }
  return lines;
};
ledger.addEventListener("paste", (event) => {
  const first = event.target;
  const text = event.clipboardData.getData("text/plain");
  if (!first.dataset.cell || !/[\n\t]/.test(text.trimEnd())) return;
  event.preventDefault();
  const lines = table(text);
  const top = rows.indexOf(first.closest("tr"));
  const left = places(rows[top]).indexOf(first);
  lines.forEach((line, down) => {
    line.forEach((value, right) => {
      const field = rows[top + down] && places(rows[top + down])[left + right];
      if (!field?.dataset.cell) return;
      const choice = field.options && [...field.options].find((one) => one.text === value.trim());
      field.value = choice ? choice.value : field.options ? field.value : value.trim();
      note(field);
    });
  });
  tell(Math.max(0, top + lines.length - rows.length));
});

let last = null;
for (const box of boxes) {
  box.addEventListener("click", (event) => {
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
      for (const between of boxes.slice(from, to)) between.checked = box.checked;
    }
    last = box;
  });
}
ledger.querySelector("[data-all]").addEventListener("change", ({ target }) => {
  for (const box of boxes) box.checked = target.checked;
});
ledger.addEventListener("change", () => tell());
ledger.querySelector("[data-discard]").addEventListener("click", () => {
  for (const field of ledger.querySelectorAll("[data-cell]")) field.value = field.dataset.stood;
  for (const name of Object.keys(kept)) delete kept[name];
  for (const cell of ledger.querySelectorAll(".is-typed")) cell.classList.remove("is-typed");
  tell();
});
ledger.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of Object.entries(kept)) formData.set(name, value);
});
tell();
