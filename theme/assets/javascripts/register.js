// The page of the table of all problems: what it shows is in the address, the form shows it, the rows follow. Finds its parts by data
// attributes in pages/table.html. Titles are others' words: they only ever become text nodes.

import { Rows, Stale, folded } from "./register-rows.js";

const VALUES = 8, FINDABLE = 20, MOST_VALUES = 200, WAIT = 150, MOST_AHEAD = 40;
/** What a filter is called in the address, and which column it looks at, where that is another name. */
const PARAMETERS = { late: "overdue", flags: "flag" };
const COLUMNS = { disclosure: "id" };
const DAYS = ["site_as_of", "deadline", "progress", "published", "closeout"];
const TEXTS = ["title", "number", "lead", "units", "owner", "earlier", "ref"];
const FROM_CONTENT = ["title", "unit", "site", "disclosure", "group", "number", "category", "lead", "units", "owner", "inspection", "round", "inspector"];
const NAMES = ["unit", "lead", "site", "disclosure", "group", "category"];
const WIDTHS = { title: 48, site: 24, disclosure: 48, unit: 24, units: 24, group: 24, late: 9, number: 7 };

const root = document.querySelector("[data-register]");
const part = (name) => root.querySelector(`[data-register-${name}]`);
const form = part("form");
const field = form.querySelector("[type=search]");
const table = root.querySelector("table");
const templates = part("words").content;
const words = new Map(Array.from(templates.querySelectorAll("[data-word]"), (word) => [word.dataset.word, word]));
const boxes = Array.from(root.querySelectorAll("[data-column][type=checkbox]"));
const names = new Map(boxes.map((box) => [box.value, box.parentNode.textContent]));
const axes = Array.from(root.querySelectorAll("[data-axis]"), (place) => ({
  key: place.dataset.axis,
  label: place.dataset.label,
  parameter: PARAMETERS[place.dataset.axis] || place.dataset.axis,
  column: COLUMNS[place.dataset.axis] || place.dataset.axis,
  place: place.querySelector("[data-values]"),
  isClosed: ["status", "state", "flags", "priority", "late"].includes(place.dataset.axis),
  showsAll: false,
  labels: new Map(),
}));
const months = words.get("months").textContent.split(" ");
/** On what shows a text of the content, where the site is in another language. */
const asWritten = (text) => (root.dataset.content && /\p{Script=Han}/u.test(text) ? { lang: root.dataset.content } : {});
const size = Number(root.dataset.pageSize);

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A text of the page's language, in its form for a number, with its values in place of their names in braces. */
function text(name, values = {}) {
  const word = words.get(name);
  const form = values.number === 1 ? word.dataset.one : word.textContent;
  return form.replace(/\{(\w+)\}/g, (_, value) => values[value]);
}

const said = (column, key) => templates.querySelector(`[data-of="${column}"][data-key="${CSS.escape(key)}"]`);
const statuses = JSON.parse(root.dataset.statuses);
const open = (cache) => Rows.open(root.dataset.base, root.dataset.index, statuses, cache);
const listed = (one) => (Array.isArray(one) ? one : [one]);

/** The single values that a value of a column stands for, as the address has them. */
function valuesOf(axis, value) {
  if (axis.key === "late") return [value ? "1" : "0"];
  return Array.isArray(value) && !value.length ? [""] : listed(value);
}

/** What a value of a filter is called. */
function labelOf(axis, value, rows) {
  if (axis.key === "late") return text(value === "1" ? "is-late" : "not-late");
  if (value === "") return text("without");
  if (axis.key === "year") return text("year", { year: value });
  if (axis.key === "disclosure") return (rows.disclosures.find((one) => one.id === value) || { title: value }).title;
  return (said(axis.key, value) || { dataset: { label: value } }).dataset.label;
}

/** What the address asks for. */
function asked() {
  const params = new URLSearchParams(location.search);
  const sort = params.get("sort") || "";
  const columns = (params.get("columns") || "").split(",").filter((name) => names.has(name));
  const shown = boxes.filter((box) => "shown" in box.dataset).map((box) => box.value);
  return {
    q: (params.get(field.name) || "").trim().slice(0, field.maxLength),
    chosen: Object.fromEntries(axes.map((axis) => [axis.key, new Set(params.getAll(axis.parameter))])),
    sort: names.has(sort.replace(/^-/, "")) ? sort.replace(/^-/, "") : "",
    isDescending: sort.startsWith("-"),
    columns: columns.length ? Array.from(names.keys()).filter((name) => name === "title" || columns.includes(name)) : shown,
    isOwnColumns: columns.length > 0,
    page: Math.max(1, parseInt(params.get("page"), 10) || 1),
  };
}

/** The address of what is asked. */
function addressOf(query) {
  const params = new URLSearchParams();
  if (query.q) params.set(field.name, query.q);
  for (const axis of axes) for (const value of query.chosen[axis.key]) params.append(axis.parameter, value);
  if (query.sort || query.isDescending) params.set("sort", (query.isDescending ? "-" : "") + query.sort);
  if (query.isOwnColumns) params.set("columns", query.columns.join(","));
  if (query.page > 1) params.set("page", query.page);
  return location.pathname + (params.size ?? params.toString() ? `?${params}`.replace(/\?$/, "") : "");
}

function go(query, isTyping = false) {
  const address = addressOf(query);
  if (address !== location.pathname + location.search) history[isTyping ? "replaceState" : "pushState"](null, "", address);
  return update();
}

/** A title or a name whose lines end between its words. */
function inWords(text, lengths) {
  const parts = [];
  let at = 0;
  for (const length of lengths) {
    if (at) parts.push(document.createElement("wbr"));
    parts.push(text.slice(at, (at += length)));
  }
  parts.push(text.slice(at));
  return parts;
}

/** A day as it is read. Not made by Intl: a telephone is busy with its first use for longer than with a screen of rows. */
function day(value) {
  const [year, month, day] = value.split("-").map(Number);
  return element("time", { datetime: value }, text("date", { year, month: months[month - 1], day }));
}

/** What a row says in a column, for a file: a text, a number or a day. */
function plain(rows, row, name) {
  const own = TEXTS.includes(name) ? rows.row(row)[name] : rows.value(name, row);
  if (name === "late") return own || "";
  if (name === "number" && /^[1-9]\d{0,8}$/.test(own)) return Number(own); // as a spreadsheet sorts it
  if (own && own === "long-term") return said("flags", own).dataset.label;
  if (DAYS.includes(name)) return own ? { day: own } : "";
  const label = (value) => (said(name, value) || { dataset: { label: value } }).dataset.label;
  if (name === "status") return label(own);
  return Array.isArray(own) ? own.map(label).join(text("and")) : own;
}

/** A cell of the table. */
function cellOf(rows, row, name) {
  const attributes = { "data-column": name };
  if (name === "title") {
    const texts = rows.row(row);
    const link = element("a", { ...asWritten(texts.title), href: /^https?:/.test(texts.url) ? texts.url : root.dataset.base + texts.url + root.dataset.file }, ...inWords(texts.title, texts.words.title));
    return element("th", { scope: "row", ...attributes }, link);
  }
  if (!["status", "unit"].includes(name)) attributes["data-label"] = names.get(name);
  const cell = element("td", { ...attributes, ...(FROM_CONTENT.includes(name) ? asWritten(plain(rows, row, name)) : {}) });
  const late = name === "status" ? rows.value("late", row) : 0;
  if (name === "status") {
    cell.append(said("status", rows.value("status", row)).firstElementChild.cloneNode(true));
    if (late) {
      const sign = said("late", "1").firstElementChild.cloneNode(true);
      sign.lastChild.textContent = text("late", { number: late });
      cell.append(" ", sign);
    }
  } else if (name === "flags" || name === "priority") {
    for (const key of rows.value(name, row)) cell.append(said(name, key).firstElementChild.cloneNode(true), " ");
  } else if (NAMES.includes(name)) {
    const own = plain(rows, row, name);
    cell.append(...inWords(own, name === "lead" ? rows.row(row).words.lead : rows.wordsOf(own)));
  } else {
    const value = plain(rows, row, name);
    cell.append(value && value.day ? day(value.day) : name === "ref" ? element("span", { class: "rf-ref" }, value) : String(value));
  }
  return cell;
}

function showHead(query) {
  const shown = [query.sort, query.isDescending, ...query.columns].join();
  if (table.tHead.dataset.shown === shown) return;
  table.tHead.dataset.shown = shown;
  const heads = query.columns.map((name) => {
    const button = element("button", { type: "button", "data-sort": name }, names.get(name));
    const head = element("th", { scope: "col", "data-column": name }, button);
    if (name === query.sort) head.setAttribute("aria-sort", query.isDescending ? "descending" : "ascending");
    return head;
  });
  const focused = document.activeElement.dataset.sort;
  table.tHead.rows[0].replaceChildren(...heads);
  if (focused) table.tHead.querySelector(`[data-sort="${focused}"]`)?.focus();
}

/** Begins with a filter anew where the rows are new; one with a single value is not offered. */
function fit(axis, rows, chosen) {
  if (axis.rows !== rows) {
    axis.rows = rows;
    axis.labels.clear();
    axis.isSingle = new Set(rows.column(axis.column).values.flatMap((value) => valuesOf(axis, value))).size < 2;
  }
  axis.place.parentNode.hidden = axis.isSingle && !chosen.size;
}

/** The values of a filter with how many rows each would leave, in the order in which they are offered. */
function valuesIn(axis, { rows, sieve, query }) {
  const chosen = query.chosen[axis.key];
  const counts = sieve.counts(axis.column);
  const totals = new Map();
  rows.column(axis.column).values.forEach((value, n) => {
    for (const one of valuesOf(axis, value)) totals.set(one, (totals.get(one) || 0) + counts[n]);
  });
  for (const value of chosen) if (!totals.has(value)) totals.set(value, 0);
  const values = Array.from(totals).filter(([value, count]) => count || chosen.has(value) || axis.isClosed);
  if (["year", "late", "status"].includes(axis.key)) values.reverse();
  else if (!axis.isClosed) values.sort((a, b) => chosen.has(b[0]) - chosen.has(a[0]) || b[1] - a[1]);
  return values;
}

/** The choice of a value, made once. */
function choiceOf(axis, value, rows) {
  if (!axis.labels.has(value)) {
    const box = element("input", { type: "checkbox", name: axis.parameter, value, "data-axis-value": axis.key });
    const own = value !== "" && said(axis.key, value);
    const name = labelOf(axis, value, rows);
    const label = own ? [own.firstElementChild?.cloneNode(true) || own.textContent] : inWords(name, rows.wordsOf(name));
    const isWritten = !own && value !== "" && !["late", "year"].includes(axis.key);
    axis.labels.set(value, element("label", { class: "register-choice" }, box, element("span", isWritten ? asWritten(name) : {}, ...label), element("span", { class: "register-number" })));
  }
  return axis.labels.get(value);
}

/** Shows the values of a filter that is open. What had the focus keeps it. */
function showAxis(axis, state) {
  const { rows, query } = state;
  const chosen = query.chosen[axis.key];
  if (!axis.place.parentNode.open) return;
  const values = valuesIn(axis, state);
  const isMany = values.length > VALUES + 2 && !axis.isClosed;
  const canFind = axis.showsAll && values.length > FINDABLE;
  const find = canFind && (axis.place.querySelector("[data-find]") || element("input", { type: "text", autocomplete: "off", "data-find": axis.key, "aria-label": text("find", { name: axis.label }), placeholder: text("find", { name: axis.label }) }));
  const typed = find ? folded(find.value.trim()) : "";
  const most = isMany ? Math.max(axis.showsAll ? MOST_VALUES : VALUES, chosen.size) : values.length;
  const wanted = typed ? values.filter(([value]) => chosen.has(value) || folded(labelOf(axis, value, rows)).includes(typed)) : values;
  const shown = wanted.slice(0, most).map(([value, count]) => {
    const choice = choiceOf(axis, value, rows);
    choice.firstChild.checked = chosen.has(value);
    choice.lastChild.textContent = count;
    choice.classList.toggle("register-choice--none", !count);
    return choice;
  });
  if (canFind) shown.unshift(find);
  if (isMany) {
    const label = text(axis.showsAll ? "fewer-values" : "all-values", { number: axis.showsAll ? VALUES : values.length });
    const more = axis.place.querySelector("[data-all]") || element("button", { type: "button", class: "register-plain", "data-all": axis.key });
    more.textContent = label;
    more.setAttribute("aria-expanded", axis.showsAll);
    shown.push(more);
  }
  const before = axis.place.children;
  if (shown.length === before.length && shown.every((one, n) => one === before[n])) return;
  const focus = axis.place.contains(document.activeElement) ? document.activeElement : null;
  axis.place.replaceChildren(...shown);
  focus?.focus();
}

/** Shows the filters as far as they are open: closed, as a telephone has them at first, they cost nothing. */
function showAxes() {
  if (!part("filters").open) return;
  for (const axis of axes) {
    fit(axis, now.rows, now.query.chosen[axis.key]);
    showAxis(axis, now);
  }
}

/** The conditions that hold, each to be taken off. */
function showConditions(query, rows) {
  const found = axes.flatMap((axis) => Array.from(query.chosen[axis.key], (value) => [axis, value]));
  const buttons = found.map(([axis, value]) => {
    const told = { name: axis.label, value: labelOf(axis, value, rows) };
    return element("li", {}, element("button", { type: "button", "data-off": axis.key, "data-value": value, "aria-label": text("take-off", told) }, text("condition", told)));
  });
  if (query.q) {
    const told = { name: text("text"), value: query.q };
    buttons.push(element("li", {}, element("button", { type: "button", "data-off": "q", "aria-label": text("take-off", told) }, text("condition", told))));
  }
  part("conditions").replaceChildren(...buttons);
  part("conditions").hidden = !buttons.length;
  part("chosen").textContent = buttons.length ? ` (${buttons.length})` : "";
}

function showPager(query, pages) {
  const link = (page, ...rest) => element("a", { href: addressOf({ ...query, page }), "data-page": page, ...rest[0] }, rest[1]);
  const near = (page) => page <= 2 || page > pages - 2 || Math.abs(page - query.page) <= 1;
  const list = element("ol");
  for (let page = 1, isGap = false; page <= pages; page++) {
    if (near(page)) list.append(element("li", {}, page === query.page ? element("span", { "aria-current": "page" }, String(page)) : link(page, { "aria-label": text("to-page", { page }) }, String(page))));
    else if (!isGap) list.append(element("li", { "aria-hidden": "true" }, "…"));
    isGap = !near(page);
  }
  part("pager").replaceChildren(element("span", {}, text("page", { page: query.page, pages })), list);
  part("pager").hidden = pages < 2;
}

let opening = open();
let turn = 0;
let now = null;

/** What the rows are that a query asks for, and which of them one page shows. */
async function find(rows, query, isWanted) {
  const wanted = folded(query.q).split(/\s+/).filter(Boolean);
  if (wanted.length || rows.sortsByText(query.sort || "status")) {
    await rows.allTexts((share) => isWanted() && (part("said").textContent = text("reading", { share: Math.floor(100 * share) })));
  }
  const filters = {};
  for (const axis of axes) {
    const chosen = query.chosen[axis.key];
    filters[axis.column] = chosen.size ? (value) => valuesOf(axis, value).some((one) => chosen.has(one)) : null;
  }
  const sieve = rows.sift(filters, await rows.matching(wanted));
  const ordered = rows.sorted(sieve.kept, query.sort, query.isDescending);
  const pages = Math.max(1, Math.ceil(ordered.length / size));
  query.page = Math.min(query.page, pages);
  const first = (query.page - 1) * size;
  return { rows, query, sieve, ordered, pages, first, shown: ordered.subarray(first, first + size) };
}

const numberOf = ({ rows, ordered }) => text(ordered.length === rows.length ? "all" : "found", { number: ordered.length });

/** Shows the answer as far as it needs no texts: what holds, how many there are, what another filter would leave. */
function showAnswer(found) {
  const { rows, query, ordered, first, shown } = found;
  const range = shown.length < ordered.length ? text("range", { first: first + 1, last: first + shown.length }) : text("one-screen");
  part("said").textContent = ordered.length ? numberOf(found) + range : text("none");
  showConditions(query, rows);
  field.value = document.activeElement === field ? field.value : query.q;
  root.querySelector("#register-sort").value = query.sort;
  part("direction").setAttribute("aria-pressed", query.isDescending);
  for (const box of boxes) box.checked = query.columns.includes(box.value);
  // Beside the rows, where they have no line around them, they are open; above the rows they would push those away.
  if (!("ready" in root.dataset)) part("filters").open = getComputedStyle(part("filters")).borderTopWidth === "0px";
  showAxes();
}

const rowOf = ({ rows, query }, row) => element("tr", {}, ...query.columns.map((name) => cellOf(rows, row, name)));

function showRows(found) {
  const { query, ordered, pages, shown } = found;
  showHead(query);
  table.tBodies[0].replaceChildren(...Array.from(shown, (row) => rowOf(found, row)));
  showPager(query, pages);
  part("download").textContent = text("download", { number: ordered.length });
  delete document.documentElement.dataset.registerAsked;
  root.dataset.ready = "";
}

async function show(rows, query, mine) {
  const isWanted = () => mine === turn;
  const found = await find(rows, query, isWanted);
  if (!isWanted()) return;
  now = found;
  showAnswer(found);
  table.setAttribute("aria-busy", "true");
  await rows.texts(found.shown);
  if (!isWanted()) return;
  showRows(found);
  table.removeAttribute("aria-busy");
  readAhead(rows);
}

/** The other texts, so that the next filter need not wait for them; not where that is much, or the reader saves data. */
async function readAhead(rows) {
  if (rows.isReadingAhead || rows.parts.length > MOST_AHEAD || navigator.connection?.saveData) return;
  rows.isReadingAhead = true;
  try {
    for (const one of rows.parts) await rows.texts([one.first]);
  } catch {
    rows.isReadingAhead = false;
  }
}

async function update() {
  const mine = ++turn;
  try {
    for (const attempt of [1, 2]) {
      try {
        await show(await opening, asked(), mine);
        return;
      } catch (error) {
        if (!(error instanceof Stale) || attempt === 2) throw error;
        opening = open("reload");
      }
    }
  } catch (error) {
    if (mine === turn) {
      part("said").textContent = text("failed");
      table.removeAttribute("aria-busy");
    }
    opening = open("reload");
    opening.catch(() => {});
    throw error;
  }
}

async function download(kind) {
  const { rows, query, ordered } = now;
  await rows.texts(ordered);
  const files = await import("./register-files.js");
  const head = query.columns.map((name) => names.get(name));
  const cells = () => Array.from(ordered, (row) => query.columns.map((name) => plain(rows, row, name)));
  const made = {
    csv: () => files.csv(head, cells()),
    xlsx: () => files.xlsx(text("sheet"), head, cells(), query.columns.map((name) => WIDTHS[name] || 14)),
    json: () => files.json({ as_of: rows.asOf, generator: rows.generator, source: location.href }, Array.from(ordered, (row) => raw(rows, row, query.columns))),
  }[kind]();
  const link = element("a", { href: URL.createObjectURL(made), download: `${text("file", { date: rows.asOf })}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** A row as the open data have it: keys, not their names. */
function raw(rows, row, columns) {
  const texts = rows.row(row);
  const own = columns.map((name) => [name === "late" ? "overdue_days" : name, TEXTS.includes(name) ? texts[name] : rows.value(name, row)]);
  return { ref: texts.ref, ...Object.fromEntries(own), url: texts.url };
}

/** Paper turns no pages: it has all the rows that are asked for, as far as their texts are there, and then the screen is as it was. */
function spread() {
  const { rows, ordered, first, shown } = now ?? {};
  if (!("ready" in root.dataset) || shown.length === ordered.length || !rows.has(ordered)) return;
  const body = table.tBodies[0], before = [...body.rows], said = part("said").textContent;
  const made = (some) => Array.from(some, (row) => rowOf(now, row));
  body.prepend(...made(ordered.subarray(0, first)));
  body.append(...made(ordered.subarray(first + shown.length)));
  part("said").textContent = numberOf(now) + text("one-screen");
  const back = () => {
    body.replaceChildren(...before);
    part("said").textContent = said;
  };
  addEventListener("afterprint", back, { once: true });
}

const changed = (change) => go({ ...asked(), page: 1, ...change });

root.addEventListener("change", (event) => {
  const { axisValue, column } = event.target.dataset;
  const query = asked();
  if (axisValue) {
    const chosen = query.chosen[axisValue];
    if (event.target.checked) chosen.add(event.target.value);
    else chosen.delete(event.target.value);
    changed({ chosen: query.chosen });
  } else if (column !== undefined) {
    const columns = boxes.filter((box) => box.checked).map((box) => box.value);
    go({ ...query, columns, isOwnColumns: true });
  } else if (event.target.name === "sort") changed({ sort: event.target.value, isDescending: false });
});
root.addEventListener("click", (event) => {
  const button = event.target.closest("button, a[data-page]");
  if (!button) return;
  const { sort, off, value, all, page, download: kind } = button.dataset;
  const query = asked();
  if (sort) changed({ sort, isDescending: query.sort === sort && !query.isDescending });
  else if (off === "q") changed({ q: "" }).then(() => field.focus());
  else if (off) {
    query.chosen[off].delete(value);
    changed({ chosen: query.chosen }).then(() => part("conditions").querySelector("button")?.focus());
  } else if (all) {
    const axis = axes.find((one) => one.key === all);
    axis.showsAll = !axis.showsAll;
    showAxis(axis, now);
  } else if (button === part("direction")) changed({ isDescending: !query.isDescending });
  else if (kind) download(kind);
  else if (page && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go({ ...query, page: Number(page) }).then(() => {
      root.querySelector(".register-above").scrollIntoView();
      table.querySelector("tbody a")?.focus({ preventScroll: true });
    });
  }
});
root.addEventListener("toggle", () => now && showAxes(), true);
let typing = 0;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  changed({ q: field.value.trim() });
});
root.addEventListener("input", (event) => {
  const axis = axes.find((one) => one.key === event.target.dataset.find);
  if (axis) showAxis(axis, now);
  if (event.target !== field) return;
  clearTimeout(typing);
  typing = setTimeout(() => go({ ...asked(), page: 1, q: field.value.trim() }, true), WAIT);
});
window.addEventListener("beforeprint", spread);
window.addEventListener("popstate", () => {
  field.value = asked().q;
  update();
});
field.value = asked().q;
update();
