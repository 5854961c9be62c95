// The table of all problems: reads its index and the parts with its texts, filters, counts and sorts. Knows nothing of the page.
// The format is that of outputs/problem_table.py.

const SIGNS = "BCDFGHJKLMNPRSTZbcdfghjklmnprstz";
const DIGITS = new Map(Array.from(SIGNS, (sign, digit) => [sign, digit]));
const NN = 0, TITLE = 1, WORDS = 2, NUMBER = 3, LEAD = 4, UNITS = 5, OWNER = 6, EARLIER = 7;
const OF_DISCLOSURE = ["unit", "inspector", "inspection", "round", "published", "title", "id"];

/** Index and parts are not of one site: it was published anew in between. */
export class Stale extends Error {}

function unpack({ rows, width }) {
  const numbers = new Uint32Array(rows.length / width);
  for (let at = 0, row = 0; row < numbers.length; row++) {
    let number = 0;
    for (let n = 0; n < width; n++) number = number * SIGNS.length + DIGITS.get(rows[at++]);
    numbers[row] = number;
  }
  return numbers;
}

async function read(url, cache) {
  const answer = await fetch(url, { cache });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

export const folded = (text) => text.normalize("NFKC").toLowerCase();

/** A column whose values are few: which of them each row has. */
class Coded {
  constructor(values, rows) {
    this.values = values;
    this.rows = rows;
  }
}

export class Rows {
  static async open(base, url, statuses, cache = "no-cache") {
    return new Rows(base, await read(url, cache), statuses, cache);
  }

  /** `statuses`: the state that each status counts as. */
  constructor(base, index, statuses, cache) {
    this.base = base;
    this.cache = cache;
    this.asOf = index.as_of;
    this.generator = index.generator;
    this.parts = index.parts.map((part) => ({ ...part, first: 0, texts: null, coming: null }));
    let first = 0;
    for (const part of this.parts) {
      part.first = first;
      first += part.rows;
    }
    this.length = first;
    this.coded = {};
    for (const [name, column] of Object.entries(index.columns)) this.coded[name] = new Coded(column.values, unpack(column));
    const status = this.coded.status;
    const states = Array.from(new Set(Object.values(statuses)));
    this.coded.state = new Coded(states, status.rows.map((value) => states.indexOf(statuses[status.values[value]])));
    this._countDays();
    this.disclosures = index.disclosures;
    this.disclosureOf = new Uint32Array(this.length);
    let row = 0;
    this.disclosures.forEach((disclosure, n) => {
      disclosure.first = row;
      this.disclosureOf.fill(n, row, (row += disclosure.rows));
    });
    for (const name of OF_DISCLOSURE) this._ofDisclosure(name === "title" ? "disclosure" : name, (one) => one[name]);
    this._ofDisclosure("year", (one) => one.published.slice(0, 4));
  }

  /** For how many days each row is overdue, 0 where it is not. */
  _countDays() {
    const now = Date.parse(this.asOf);
    const days = this.coded.deadline.values.map((deadline) => Math.max(0, Math.round((now - Date.parse(deadline)) / 86400000) || 0));
    const late = Array.from({ length: this.length }, (_, row) => (this.value("state", row) === "open" ? days[this.coded.deadline.rows[row]] : 0));
    const values = Array.from(new Set(late)).sort((a, b) => a - b);
    const places = new Map(values.map((value, n) => [value, n]));
    this.coded.late = new Coded(values, Uint32Array.from(late, (value) => places.get(value)));
  }

  _ofDisclosure(name, value) {
    const own = this.disclosures.map(value);
    const values = Array.from(new Set(own)).sort();
    const places = new Map(values.map((one, n) => [one, n]));
    const numbers = own.map((one) => places.get(one));
    this.coded[name] = new Coded(values, this.disclosureOf.map((n) => numbers[n]));
  }

  /** What a row has in a column of few values: a text, a number or a list. */
  value(name, row) {
    const column = this.coded[name];
    return column.values[column.rows[row]];
  }

  _part(row) {
    let low = 0, high = this.parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.parts[middle].first <= row) low = middle;
      else high = middle - 1;
    }
    return this.parts[low];
  }

  async _read(part) {
    part.coming ||= read(this.base + part.url, this.cache).then(({ stamp, rows }) => {
      if (stamp !== part.stamp || rows.length !== part.rows) throw new Stale(part.url);
      part.texts = rows;
    });
    try {
      await part.coming;
    } catch (error) {
      part.coming = null;
      throw error;
    }
  }

  /** Waits for the texts of some rows, of all without any. */
  async texts(rows) {
    const parts = rows ? new Set(Array.from(rows, (row) => this._part(row))) : this.parts;
    await Promise.all(Array.from(parts, (part) => this._read(part)));
  }

  hasTexts(rows) {
    return Array.from(rows).every((row) => this._part(row).texts);
  }

  /** The texts of a row, which are there once `texts` was waited for. */
  row(row) {
    const part = this._part(row);
    const texts = part.texts[row - part.first];
    const disclosure = this.disclosures[this.disclosureOf[row]];
    const ref = `${disclosure.id}/${texts[NN]}`;
    return {
      ref,
      url: `reports/${ref}/`,
      title: texts[TITLE],
      words: Array.from(texts[WORDS] || "", (sign) => DIGITS.get(sign)),
      number: texts[NUMBER] || "",
      lead: texts[LEAD] || "",
      units: texts[UNITS] || [],
      owner: texts[OWNER] || "",
      earlier: texts[EARLIER] || [],
    };
  }

  /** The rows that hold every one of some words in a column; null where nothing is asked. The texts must be there. */
  matching(words) {
    if (!words.length) return null;
    this.haystacks ||= Array.from({ length: this.length }, (_, row) => {
      const { ref, title, number, lead, units, owner } = this.row(row);
      const others = ["unit", "disclosure", "group", "category", "inspector", "round"].map((name) => this.value(name, row));
      return folded([ref, title, number, lead, ...units, owner, ...others].join("\n"));
    });
    const found = new Uint8Array(this.length);
    for (let row = 0; row < this.length; row++) found[row] = words.every((word) => this.haystacks[row].includes(word)) ? 1 : 0;
    return found;
  }

  /** The rows that pass all filters, and for every value of each how many rows it would leave of those that pass the others.
   *
   * `axes` has for each filter which of the values of its column pass, null for all of them.
   */
  sift(axes, found) {
    const names = Object.keys(axes);
    const columns = names.map((name) => this.coded[name]);
    const passes = names.map((name, n) => axes[name] && Uint8Array.from(columns[n].values, (value) => (axes[name](value) ? 1 : 0)));
    const counts = columns.map((column) => new Uint32Array(column.values.length));
    const set = names.map((_, n) => n).filter((n) => passes[n]);
    const kept = new Uint32Array(this.length);
    let length = 0;
    for (let row = 0; row < this.length; row++) {
      if (found && !found[row]) continue;
      let failed = -1;
      let isOut = false;
      for (const n of set)
        if (!passes[n][columns[n].rows[row]]) {
          isOut = failed >= 0;
          failed = n;
          if (isOut) break;
        }
      if (isOut) continue;
      if (failed >= 0) counts[failed][columns[failed].rows[row]]++;
      else {
        kept[length++] = row;
        for (let n = 0; n < columns.length; n++) counts[n][columns[n].rows[row]]++;
      }
    }
    return { kept: kept.subarray(0, length), counts: Object.fromEntries(names.map((name, n) => [name, counts[n]])) };
  }

  /** Whether sorting by a column needs the texts. */
  sortsByText(name) {
    return !(name in this.coded);
  }

  /** Rows in the order of a column; those in which it is empty are last either way. */
  sorted(rows, name, isDescending) {
    if (!name) return isDescending ? rows.slice().reverse() : rows;
    const ranks = this._ranks(name);
    const sign = isDescending ? -1 : 1;
    const order = (a, b) => (ranks[a] && ranks[b] ? sign * (ranks[a] - ranks[b]) : !ranks[a] - !ranks[b]);
    return rows.slice().sort((a, b) => order(a, b) || a - b);
  }

  /** The place of each row's value among those of its column, 0 for an empty one. */
  _ranks(name) {
    this.ranks ||= {};
    return (this.ranks[name] ||= this.sortsByText(name) ? this._ranksOfTexts(name) : this._ranksOfValues(this.coded[name]));
  }

  _ranksOfValues({ values, rows }) {
    // Names of units and groups as a dictionary has them; days, numbers and what the vocabulary orders are in order.
    const isName = values.some((value) => typeof value === "string" && /[^\x00-\x7f]/.test(value));
    const order = values.map((_, n) => n);
    if (isName) order.sort((a, b) => this._compare(values[a], values[b]));
    const places = [];
    order.forEach((value, place) => (places[value] = place + 1));
    return Uint32Array.from(rows, (value) => (values[value] && values[value].length !== 0 ? places[value] : 0));
  }

  _ranksOfTexts(name) {
    const texts = Array.from({ length: this.length }, (_, row) => String(this.row(row)[name]));
    const different = Array.from(new Set(texts)).sort((a, b) => this._compare(a, b));
    const places = new Map(different.map((text, place) => [text, place + 1]));
    return Uint32Array.from(texts, (text) => (text ? places.get(text) : 0));
  }

  _compare(one, other) {
    this.collator ||= new Intl.Collator("zh-CN", { numeric: true });
    return this.collator.compare(one, other);
  }
}
