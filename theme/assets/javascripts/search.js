// The search page: query and filters are in the URL, the form shows them, the answer follows. Finds its parts by data
// attributes in partials/search-page.html. Titles are others' words: they only ever become text nodes.

import { IS_HAN, Index, Stale, marks, phrases, pieces, snippet, stands } from "./search-query.js";

const PAGE = 30, GROUP = 6, ENOUGH = 10, UNITS = 8, SNIPPET = 100;
const AXES = ["status", "flag", "unit", "year"];
const SWITCHES = ["overdue", "priority"];

const root = document.querySelector("[data-search]");
const part = (name) => root.querySelector(`[data-search-${name}]`);
const form = part("form");
const field = form.querySelector("[type=search]");
const base = root.dataset.searchBase;
const words = new Map(Array.from(part("words").content.children, (word) => [word.dataset.word, word]));
const months = words.get("months").textContent.split(" ");
/** On what shows a text of the content, where the site is in another language. */
const asWritten = (text) => (root.dataset.searchContent && IS_HAN.test(text) ? { lang: root.dataset.searchContent } : {});

let opening = Index.open(`${base}search/index/`);
let turn = 0;
let allUnits = false;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function fill(parent, ...children) {
  parent.textContent = "";
  parent.append(...children);
}

/** A text of the page's language, in its form for a number. */
const inForm = (name, number) => (number === 1 ? words.get(name).dataset.one : words.get(name).textContent);

/** A text with its values in place of their names in braces. */
const text = (name, values = {}) => inForm(name, values.number).replace(/\{(\w+)\}/g, (_, value) => values[value]);

/** A day as it is read. Not made by Intl: a telephone is busy with its first use for longer than with the whole answer. */
function written(date) {
  const [year, month, day] = date.split("-").map(Number);
  return text("date", { year, month: months[month - 1], day });
}

/** Pieces of a text as nodes; its lines may break where its words end, where these ends are known. */
function marked(cut, ends = []) {
  let from = 0;
  return cut.map(([text, isMarked]) => {
    const to = from + text.length;
    const inside = ends.filter((end) => end > from && end < to);
    const words = [from, ...inside].map((begin, n) => text.slice(begin - from, (inside[n] ?? to) - from));
    const nodes = words.flatMap((word, n) => (n || (from && ends.includes(from)) ? [element("wbr"), word] : [word]));
    from = to;
    return isMarked ? element("mark", {}, ...nodes) : nodes;
  }).flat();
}

/** What the URL asks for. A status or a flag may be given by its label, as a reader would type it. */
function asked() {
  const params = new URLSearchParams(location.search);
  const keys = new Map(Array.from(root.querySelectorAll("[data-label]"), (box) => [box.dataset.label, box.value]));
  return {
    q: (params.get(field.name) || "").trim().slice(0, field.maxLength),
    status: new Set(params.getAll("status").map((status) => keys.get(status) || status)),
    flag: new Set(params.getAll("flag").map((flag) => keys.get(flag) || flag)),
    unit: new Set(params.getAll("unit")),
    year: new Set(params.getAll("year")),
    ...Object.fromEntries(SWITCHES.map((name) => [name, params.get(name) === "1"])),
    disclosure: params.get("disclosure") || "",
  };
}

/** What an entry has of a filter: one value, or several. */
const values = (fact) => (Array.isArray(fact) ? fact : [fact]);

/** Those of the entries that pass all filters, and for every filter how many it would leave of those that pass the others. */
function sift(index, entries, query, within) {
  const counts = { status: new Map(), flag: new Map(), unit: new Map(), year: new Map(), overdue: 0, priority: 0 };
  const kept = [];
  for (const entry of entries) {
    if (within && (entry < within[0] || entry >= within[1])) continue;
    const facts = index.facts(entry);
    const failed = AXES.filter((axis) => query[axis].size && !values(facts[axis]).some((value) => query[axis].has(value)));
    failed.push(...SWITCHES.filter((name) => query[name] && !facts[name]));
    if (!failed.length) kept.push(entry);
    if (failed.length > 1) continue;
    for (const axis of failed.length ? failed : [...AXES, ...SWITCHES])
      if (SWITCHES.includes(axis)) counts[axis] += facts[axis] ? 1 : 0;
      else for (const value of values(facts[axis])) counts[axis].set(value, (counts[axis].get(value) || 0) + 1);
  }
  return { kept, counts };
}

/** Where the words of a unit's name end. */
const endsOf = (index, unit) => index.ends(index.labels.words[unit]);

/** A choice with its label, which is a text or nodes. */
function choice(axis, value, label, count, checked, attributes) {
  const box = element("input", { type: "checkbox", name: axis, value, form: form.id });
  box.checked = checked;
  return element("label", { class: "search-choice" }, box, element("span", attributes, ...[label].flat()), element("span", { class: "search-number" }, String(count)));
}

/** Shows the filters with their counts. What had the focus keeps it, though units and years are made anew. */
function showFilters(index, query, counts) {
  const focus = document.activeElement;
  for (const box of root.querySelectorAll("[data-search-fixed]")) {
    const isSwitch = SWITCHES.includes(box.name);
    const count = isSwitch ? counts[box.name] : counts[box.name].get(box.value) || 0;
    box.checked = isSwitch ? query[box.name] : query[box.name].has(box.value);
    box.parentNode.querySelector("[data-search-number]").textContent = count;
    box.parentNode.classList.toggle("search-choice--none", !count);
  }
  const options = (axis) => index[`${axis}s`].map((value) => [value, counts[axis].get(value) || 0]);
  const chosen = (axis) => ([value, count]) => count || query[axis].has(value);
  const boxes = (axis, some) => some.map(([value, count]) => choice(axis, value, axis === "unit" ? marked([[value]], endsOf(index, value)) : text("year", { year: value }), count, query[axis].has(value), axis === "unit" ? asWritten(value) : {}));

  fill(part("years"), ...boxes("year", options("year").filter(chosen("year")).reverse()));

  const units = options("unit").filter(chosen("unit"));
  units.sort((a, b) => query.unit.has(b[0]) - query.unit.has(a[0]) || b[1] - a[1]);
  const shown = allUnits ? units : units.slice(0, Math.max(UNITS, query.unit.size));
  fill(part("units"), ...boxes("unit", shown));
  part("units-all").hidden = units.length <= UNITS;
  part("units-all").textContent = allUnits ? text("fewer-units", { number: UNITS }) : text("all-units", { number: units.length });
  part("units-all").setAttribute("aria-expanded", allUnits);
  part("units-find").hidden = !allUnits;
  findUnits();

  const set = AXES.reduce((sum, axis) => sum + query[axis].size, 0) + SWITCHES.filter((name) => query[name]).length + Boolean(query.disclosure);
  part("chosen").textContent = set ? text("chosen", { number: set }) : "";
  part("clear").hidden = !set;
  if (focus && focus.name && !focus.isConnected) {
    const again = Array.from(root.querySelectorAll("input")).find((box) => box.name === focus.name && box.value === focus.value);
    if (again) again.focus();
  }
}

/** Hides the units that lack what is typed above them. */
function findUnits() {
  const typed = allUnits ? part("units-text").value.trim() : "";
  for (const label of part("units").children) label.hidden = !label.textContent.includes(typed) && !label.firstChild.checked;
}

/** The disclosure that the answer is limited to, as a filter that can be taken off. */
async function showDisclosure(index, query, within) {
  const known = within && within[0] < within[1];
  const { title, ends } = known ? await index.card(within[0]) : { title: query.disclosure, ends: [] };
  const label = text("only", { title });
  const before = label.indexOf(title);
  const box = choice("disclosure", query.disclosure, marked([[label]], ends.map((end) => before + end)), "", true, asWritten(title));
  fill(part("disclosure"), ...(query.disclosure ? [box] : []));
}

/** Where what was asked is the name of a choice, which many have whose text lacks it: how many these are, and the way to them. */
function showNamed(index, query) {
  const box = root.querySelector(`[data-search-fixed][data-label="${CSS.escape(query.q)}" i]`);
  if (!box || box.checked) return fill(part("named"));
  const every = sift(index, index.problems(), { ...query, ...Object.fromEntries(AXES.map((axis) => [axis, new Set()])), overdue: false, priority: false }, null).counts;
  const number = SWITCHES.includes(box.name) ? every[box.name] : every[box.name].get(box.value) || 0;
  fill(part("named"), element("a", { href: `?${box.name}=${box.value}` }, text("named", { number, name: box.dataset.label })));
}

/** For how many days something is overdue, and since which deadline. */
function lateness(label, deadline) {
  const number = Math.round((new Date(root.dataset.searchAsOf) - new Date(deadline)) / 86400000);
  label.lastChild.textContent = text("late", { number, date: written(deadline) });
}

/** Status, overdue and priority as the filters show them, or that the entry is a disclosure. */
function labels(card) {
  const shown = [["status", card.status], ...SWITCHES.map((name) => [name, card[name] ? "1" : ""])].map(([name, value]) =>
    value && root.querySelector(`[name=${name}][value="${CSS.escape(value)}"] + span > span`));
  if (!card.status) return [element("span", {}, text("disclosure"))];
  const own = shown.filter(Boolean).map((label) => label.cloneNode(true));
  if (card.overdue && card.deadline) lateness(own[1], card.deadline);
  return own;
}

/** The fields in which a phrase was found that neither title nor unit nor text has, each under its name. */
function elsewhere(index, card, wanted) {
  const seen = [card.title, card.unit, card.text];
  const missing = wanted.filter((phrase) => !seen.some((text) => stands(text, phrase)));
  const found = [];
  for (let n = 0; n < card.fields.length; n += 2) {
    const [name, value] = card.fields.slice(n, n + 2);
    const here = missing.filter((phrase) => stands(value, phrase));
    if (here.length) {
      const cut = marked(snippet(value, marks(value, here), SNIPPET));
      found.push(element("p", { class: "search-field" }, element("span", {}, text("field", { name: index.labels.field[name] || name })), element("span", asWritten(value), ...cut)));
    }
  }
  return found;
}

function hit(index, card, wanted) {
  const title = element("a", { ...asWritten(card.title), href: /^https?:/.test(card.url) ? card.url : base + card.url + root.dataset.searchFile }, ...marked(pieces(card.title, marks(card.title, wanted)), card.ends));
  const facts = element("p", { class: "search-facts" }, ...labels(card));
  facts.append(element("span", asWritten(card.unit), ...marked(pieces(card.unit, marks(card.unit, wanted)), endsOf(index, card.unit))));
  const site = card.fields.indexOf("site");
  if (site % 2 === 0) facts.append(element("span", asWritten(card.fields[site + 1]), card.fields[site + 1]));
  if (card.date) {
    facts.append(element("time", { datetime: card.date }, written(card.date)));
  }
  const cut = element("p", { ...asWritten(card.text), class: "search-snippet" }, ...marked(snippet(card.text, marks(card.text, wanted), SNIPPET)));
  return element("li", {}, element("h2", { class: "search-title" }, title), ...(card.text ? [cut] : []), ...elsewhere(index, card, wanted), facts);
}

/** Appends the next hits to a list, the first as soon as it is there. Between groups whatever else the page has to do has its turn. */
async function append(list, index, entries, wanted, mine) {
  const asked = (from) => entries.slice(from, from + GROUP).map((entry) => {
    const card = index.card(entry);
    card.catch(() => {});
    return card;
  });
  let coming = asked(0);
  for (let from = GROUP; coming.length; from += GROUP) {
    const cards = coming;
    for (const card of cards) {
      const shown = hit(index, await card, wanted);
      if (mine !== turn) return;
      if (card === cards[0]) coming = asked(from);
      list.append(shown);
    }
    if (coming.length) await new Promise((go) => setTimeout(go));
  }
}

function showMore(list, index, entries, wanted, query, all = entries.length) {
  const more = part("more");
  const rest = entries.slice(PAGE);
  more.hidden = !rest.length;
  tellPaper(query, all - rest.length, all);
  more.textContent = text("more", { number: Math.min(PAGE, rest.length), rest: rest.length });
  more.onclick = async () => {
    const before = list.children.length;
    more.onclick = null;
    await append(list, index, rest.slice(0, PAGE), wanted, turn);
    list.children[before].querySelector("a").focus();
    showMore(list, index, rest, wanted, query, all);
  };
}

/** Says how the search stands; a number in it has its own place, where scripts look for it. */
function say(name, number) {
  const [before, after = ""] = name ? inForm(name, number).split("{number}") : [""];
  part("before").textContent = before;
  part("count").textContent = number === undefined ? "" : number;
  part("after").textContent = after;
}

/** What was asked, for a sheet of paper, which has no form: the words, what is chosen, and how many of the answers stand on it. */
function tellPaper(query, shown, number) {
  const chosen = Array.from(form.elements).filter((box) => box.checked);
  const told = chosen.map((box) => box.dataset.label || element("span", asWritten(box.nextElementSibling.textContent), box.nextElementSibling.textContent));
  if (query.q) told.unshift(element("span", asWritten(query.q), `“${query.q}”`));
  const listed = told.flatMap((one, n) => [n ? text("and") : text("field", { name: text("asked") }), one]);
  fill(part("printed"), ...listed, shown < number ? text("first", { number: shown }) : "");
}

/** Answers the URL. Only the last of several answers is shown. */
async function answer(index, query, mine) {
  const hasWords = phrases(query.q).length > 0;
  const within = query.disclosure ? await index.disclosure(query.disclosure) : null;
  const isIdle = !hasWords && !AXES.some((axis) => query[axis].size) && !SWITCHES.some((name) => query[name]) && !within;
  const found = hasWords ? await index.find(query.q, ENOUGH) : { wanted: [], full: isIdle ? [] : await index.newest(), partial: [] };
  if (mine !== turn) return;

  const { wanted } = found;
  const isPartial = !found.full.length && found.partial.length > 0;
  const hits = sift(index, isPartial ? found.partial : found.full, query, within);
  const beside = isPartial ? [] : sift(index, found.partial, query, within).kept.slice(0, ENOUGH);
  showFilters(index, query, isIdle ? sift(index, index.problems(), query, null).counts : hits.counts);
  const list = element("ol", { class: "search-hits" });
  part("columns").hidden = false;
  fill(part("results"), list);
  fill(part("beside"));
  part("more").hidden = true;
  part("help").hidden = !isIdle;
  await showDisclosure(index, query, within);
  if (mine !== turn) return;
  if (isIdle) say(query.q ? "letters" : "");
  else say(isPartial ? "partial" : !hits.kept.length ? "none" : wanted.length ? "found" : "newest", hits.kept.length);
  showNamed(index, query);
  await append(list, index, hits.kept.slice(0, PAGE), wanted, mine);
  if (mine !== turn) return;
  showMore(list, index, hits.kept, wanted, query);
  if (beside.length && mine === turn) {
    const others = element("ol", { class: "search-hits" });
    fill(part("beside"), element("p", { class: "search-parting" }, text("parting")), others);
    await append(others, index, beside, wanted, mine);
  }
}

async function update() {
  const mine = ++turn;
  const query = asked();
  field.value = query.q;
  document.title = document.title.replace(/^(“.*” - )?/, query.q ? () => `“${query.q}” - ` : "");
  say("searching");
  part("results").ariaBusy = "true";
  try {
    for (const attempt of [1, 2]) {
      try {
        await answer(await opening, query, mine);
        break;
      } catch (error) {
        if (!(error instanceof Stale) || attempt === 2) throw error;
        opening = Index.open(`${base}search/index/`, "reload");
      }
    }
  } catch (error) {
    if (mine === turn) say("failed");
    opening = Index.open(`${base}search/index/`, "reload");
    opening.catch(() => {});
    throw error;
  } finally {
    if (mine === turn) part("results").ariaBusy = "false";
  }
}

/** Goes to the URL that the form asks for. */
function go() {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) params.append(name, value.trim());
  const address = `${location.pathname}${params.toString() ? `?${params}` : ""}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  update();
}

document.addEventListener("submit", (event) => {
  const other = event.target;
  if (other.getAttribute("role") !== "search" || !other.elements[field.name]) return;
  event.preventDefault();
  // The search field in the page's header asks the same page.
  if (other !== form) field.value = other.elements[field.name].value;
  go();
});
root.addEventListener("change", (event) => event.target.form === form && event.target.type === "checkbox" && go());
part("units-text").addEventListener("input", findUnits);
part("units-all").addEventListener("click", async () => {
  allUnits = !allUnits;
  await update();
});
part("clear").addEventListener("click", () => {
  for (const box of root.querySelectorAll("input[type=checkbox]")) box.checked = false;
  go();
  field.focus();
});
window.addEventListener("popstate", update);
part("still").hidden = true;
// Beside the rows, where they have no line around them, they are open; above the rows they would push those away.
part("filters").open = getComputedStyle(part("filters")).borderTopWidth === "0px";
update();
