// The table of all problems: reads its index and the parts with its texts, filters, counts and sorts. Knows nothing of the page.
// The format is that of outputs/problem_table.py.

const SIGNS = "BCDFGHJKLMNPRSTZbcdfghjklmnprstz";
const DIGITS = new Uint8Array(128);
for (let digit = 0; digit < SIGNS.length; digit++) DIGITS[SIGNS.charCodeAt(digit)] = digit;
const NN = 0, TITLE = 1, WORDS = 2, NUMBER = 3, LEAD = 4, UNITS = 5, OWNER = 6, EARLIER = 7;
/** Columns of which all rows of a disclosure have one value, and that value. */
const OF_DISCLOSURE = {
  unit: (one) => one.unit,
  inspector: (one) => one.inspector,
  inspection: (one) => one.inspection,
  round: (one) => one.round,
  published: (one) => one.published,
  disclosure: (one) => one.title,
  id: (one) => one.id,
  year: (one) => one.published.slice(0, 4),
  site: (one) => one.site || "",
  site_as_of: (one) => one.site_as_of || "",
};
const SEARCHED = ["unit", "site", "disclosure", "group", "category", "inspector", "round"];
const SEVERAL = 255;

/** Index and parts are not of one site: it was published anew in between. */
export class Stale extends Error {}

/** How long the words of a text are. */
const lengths = (packed) => Array.from(packed || "", (sign) => DIGITS[sign.charCodeAt()]);

/** Room for so many numbers, each below a limit. */
const numbers = (length, limit) => new (limit <= 256 ? Uint8Array : limit <= 65536 ? Uint16Array : Uint32Array)(length);

function unpack({ values, rows, width }) {
  const unpacked = numbers(rows.length / width, values.length);
  for (let at = 0, row = 0; row < unpacked.length; row++) {
    let number = 0;
    for (let n = 0; n < width; n++) number = number * SIGNS.length + DIGITS[rows.charCodeAt(at++)];
    unpacked[row] = number;
  }
  return unpacked;
}

const FIGURES = "零一二三四五六七八九";

/** A text with the numbers by which it is counted in digits, as a collator sorts them: 第二 before 第三. */
const numbered = (text) => text.replace(/(第|^|[（(])([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])/g, (whole, before, number, at) => {
  if (before !== "第" && !/[、）)]/.test(text[at + whole.length])) return whole;
  const [tens, ones] = number.includes("十") ? number.split("十") : ["零", number];
  return before + (10 * (tens ? FIGURES.indexOf(tens) : 1) + (ones ? FIGURES.indexOf(ones) : 0));
});

/** Some values that occur, in order, and which of them each thing has. `placeOf` is what they are sorted by, where that is not they themselves. */
function coded(own, placeOf = (value) => value) {
  const values = Array.from(new Set(own)).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const places = new Map(values.map((value, n) => [value, n]));
  const which = numbers(own.length, values.length);
  for (let n = 0; n < own.length; n++) which[n] = places.get(own[n]);
  return { values, which };
}

async function read(url, cache) {
  const answer = await fetch(url, { cache });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

export const folded = (text) => text.normalize("NFKC").toLowerCase();

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
    this.disclosures = index.disclosures;
    this.disclosureOf = numbers(this.length, this.disclosures.length);
    let row = 0;
    this.disclosures.forEach((disclosure, n) => {
      disclosure.first = row;
      this.disclosureOf.fill(n, row, (row += disclosure.rows));
    });
    this.packed = index.columns;
    this.statuses = statuses;
    this.columns = {};
  }

  /** A column of few values: these, and which of them each row has, or each disclosure. Unpacked when it is asked for first. */
  column(name) {
    return (this.columns[name] ||= this._column(name));
  }

  _column(name) {
    if (name in OF_DISCLOSURE) {
      const own = this.disclosures.map(OF_DISCLOSURE[name]);
      const places = name === "unit" ? new Map(this.disclosures.map((one) => [one.unit, one.unit_place])) : null;
      const { values, which } = coded(own, places ? (value) => places.get(value) : undefined);
      return { values, ofDisclosures: which, isInOrder: Boolean(places) };
    }
    if (name === "state") {
      const values = Array.from(new Set(Object.values(this.statuses)));
      const status = this.column("status");
      const states = status.values.map((one) => values.indexOf(this.statuses[one]));
      return { values, rows: status.rows.map((value) => states[value]) };
    }
    if (name === "late") return this._days();
    return name in this.packed ? { values: this.packed[name].values, rows: unpack(this.packed[name]), isInOrder: true } : null;
  }

  /** For how many days each row is overdue, 0 where it is not. */
  _days() {
    // Each site of a portal speaks for a day of its own.
    const now = this.disclosures.map((one) => Date.parse(one.site_as_of || this.asOf) / 86400000);
    const deadline = this.column("deadline"), state = this.column("state");
    const last = deadline.values.map((one) => Date.parse(one) / 86400000);
    const open = state.values.indexOf("open");
    const days = new Uint32Array(this.length);
    for (let row = 0; row < days.length; row++)
      if (state.rows[row] === open) days[row] = Math.max(0, Math.round(now[this.disclosureOf[row]] - last[deadline.rows[row]]) || 0);
    const { values, which } = coded(days);
    return { values, rows: which };
  }

  /** Which of a column's values a row has. */
  _place(column, row) {
    return column.rows ? column.rows[row] : column.ofDisclosures[this.disclosureOf[row]];
  }

  /** What a row has in a column of few values: a text, a number or a list. */
  value(name, row) {
    const column = this.column(name);
    return column.values[this._place(column, row)];
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
      part.folded = this._folded(part);
    });
    try {
      await part.coming;
    } catch (error) {
      part.coming = null;
      throw error;
    }
  }

  /** Waits for the texts of some rows. */
  async texts(rows) {
    const parts = new Set(Array.from(rows, (row) => this._part(row)));
    await Promise.all(Array.from(parts, (part) => this._read(part)));
  }

  /** Whether the texts of some rows are there. */
  has(rows) {
    return rows.every((row) => this._part(row).texts);
  }

  /** Waits for all texts; `report` is called with the share that is there whenever that grows. */
  async allTexts(report) {
    const missing = this.parts.filter((part) => !part.texts);
    let number = this.parts.length - missing.length;
    if (missing.length) report(number / this.parts.length);
    await Promise.all(missing.map((part) => this._read(part).then(() => report(++number / this.parts.length))));
  }

  /** The texts of a row, which are there once `texts` was waited for. */
  row(row) {
    const part = this._part(row);
    const texts = part.texts[row - part.first];
    const disclosure = this.disclosures[this.disclosureOf[row]];
    return {
      ref: `${disclosure.ref || disclosure.id}/${texts[NN]}`,
      /** Relative to the register, but for a problem of another site. */
      url: disclosure.url ? `${disclosure.url}${texts[NN]}/` : `reports/${disclosure.id}/${texts[NN]}/`,
      title: texts[TITLE],
      /** For a row that is shown; the others are read by thousands. */
      get words() {
        const [title, lead] = (texts[WORDS] || "").split(".");
        return { title: lengths(title), lead: lengths(lead) };
      },
      number: texts[NUMBER] || "",
      lead: texts[LEAD] || "",
      units: texts[UNITS] || [],
      owner: texts[OWNER] || "",
      earlier: texts[EARLIER] || [],
    };
  }

  /** How long the words of a name are that many rows have; nothing where they are not known. */
  wordsOf(name) {
    if (!this.words) {
      this.words = new Map(this.disclosures.flatMap((one) => [[one.unit, one.words], [one.title, one.title_words], [one.site, one.site_words]]));
      for (const { values, words = [] } of Object.values(this.packed)) words.forEach((own, n) => this.words.set(values[n], own));
    }
    return lengths(this.words.get(name));
  }

  /** What is searched of each row of a part, as it is compared. */
  _folded(part) {
    const texts = part.texts.map((own, n) => {
      const ref = `${this.disclosures[this.disclosureOf[part.first + n]].id}/${own[NN]}`;
      return [ref, own[TITLE], own[NUMBER], own[LEAD], ...(own[UNITS] || []), own[OWNER]].join("\n");
    });
    return folded(texts.join("\0")).split("\0");
  }

  /** The rows that hold every one of some words in a column, as they are typed, or else in the characters that stand for these; null where nothing is asked. The texts must be there. */
  async matching(words) {
    if (!words.length) return null;
    const found = this._holding(words.map((word) => (text) => text.includes(word)));
    if (found.includes(1)) return found;
    this.variants ||= import("./variants.js").then(({ Variants }) => Variants.open(`${this.base}search/index/variants.json`, this.cache)).catch(() => (this.variants = null));
    const variants = await this.variants;
    if (!variants || !words.some((word) => variants.has(word))) return found;
    const patterns = words.map((word) => variants.pattern(word));
    return this._holding(patterns.map((pattern) => (text) => pattern.test(text)));
  }

  _holding(tests) {
    const columns = SEARCHED.map((name) => this.column(name));
    const found = new Uint8Array(this.length).fill(1);
    for (const test of tests) {
      const holds = columns.map((column) => Uint8Array.from(column.values, (value) => (test(folded(value)) ? 1 : 0)));
      const some = columns.map((_, n) => n).filter((n) => holds[n].includes(1));
      for (const part of this.parts)
        for (let n = 0, row = part.first; n < part.rows; n++, row++)
          if (found[row] && !test(part.folded[n]) && !some.some((one) => holds[one][this._place(columns[one], row)])) found[row] = 0;
    }
    return found;
  }

  /** The rows that pass all filters. `filters` has for each column which of its values pass, null for all of them. */
  sift(filters, found) {
    return new Sieve(this, filters, found);
  }

  /** Whether sorting by a column needs the texts. */
  sortsByText(name) {
    return !this.column(name);
  }

  /** Rows in the order of a column; those in which it is empty are last either way. */
  sorted(rows, name, isDescending) {
    if (!name) return isDescending ? rows.slice().reverse() : rows;
    const { ranks, most } = this._ranks(name);
    const rankOf = (row) => (ranks[row] && isDescending ? most + 1 - ranks[row] : ranks[row] || most + 1);
    const ends = new Uint32Array(most + 3);
    for (const row of rows) ends[rankOf(row) + 1]++;
    for (let rank = 1; rank < ends.length; rank++) ends[rank] += ends[rank - 1];
    const ordered = new Uint32Array(rows.length);
    for (const row of rows) ordered[ends[rankOf(row)]++] = row;
    return ordered;
  }

  /** The place of each row's value among those of its column, from 1, 0 for an empty one, and the last place. */
  _ranks(name) {
    this.ranks ||= {};
    return (this.ranks[name] ||= this.sortsByText(name) ? this._ranksOfTexts(name) : this._ranksOfValues(this.column(name)));
  }

  _ranksOfValues(column) {
    // Names as a dictionary has them; those of units and groups, days, numbers and what the vocabulary orders are in order.
    const { values, isInOrder } = column;
    const isName = !isInOrder && values.some((value) => typeof value === "string" && /[^\x00-\x7f]/.test(value));
    const order = values.map((_, n) => n);
    if (isName) order.sort((a, b) => this._compare(values[a], values[b]));
    const places = [];
    order.forEach((value, place) => (places[value] = values[value] && values[value].length !== 0 ? place + 1 : 0));
    return { ranks: Uint32Array.from({ length: this.length }, (_, row) => places[this._place(column, row)]), most: values.length };
  }

  _ranksOfTexts(name) {
    const texts = Array.from({ length: this.length }, (_, row) => String(this.row(row)[name]));
    const different = Array.from(new Set(texts)).sort((a, b) => this._compare(a, b));
    const places = new Map(different.map((text, place) => [text, place + 1]));
    return { ranks: Uint32Array.from(texts, (text) => (text ? places.get(text) : 0)), most: different.length };
  }

  _compare(one, other) {
    this.collator ||= new Intl.Collator("zh-CN", { numeric: true });
    return this.collator.compare(numbered(one), numbered(other));
  }
}

/** The rows that pass some filters, and what each other value of a filter would leave. */
class Sieve {
  constructor(rows, filters, found) {
    this.rows = rows;
    this.set = Object.keys(filters).filter((name) => filters[name]);
    // For each row the one filter that it fails, from 1; 0 where it passes all of them.
    this.fails = new Uint8Array(rows.length);
    if (found) for (let row = 0; row < rows.length; row++) if (!found[row]) this.fails[row] = SEVERAL;
    this.set.forEach((name, n) => this._try(rows.column(name), filters[name], n + 1));
    const kept = new Uint32Array(rows.length);
    let length = 0;
    for (let row = 0; row < rows.length; row++) if (!this.fails[row]) kept[length++] = row;
    this.kept = kept.subarray(0, length);
  }

  _try(column, passes, number) {
    const { fails } = this;
    const isOut = Uint8Array.from(column.values, (value) => (passes(value) ? 0 : 1));
    const fail = (row) => (fails[row] = fails[row] ? SEVERAL : number);
    if (column.rows) {
      for (let row = 0; row < fails.length; row++) if (isOut[column.rows[row]]) fail(row);
    } else {
      this.rows.disclosures.forEach(({ first, rows }, n) => {
        if (isOut[column.ofDisclosures[n]]) for (let row = first; row < first + rows; row++) fail(row);
      });
    }
  }

  /** How many rows each value of a column has among those that pass all filters but its own. */
  counts(name) {
    const column = this.rows.column(name);
    const counts = new Uint32Array(column.values.length);
    const own = this.set.indexOf(name) + 1;
    const { fails } = this;
    if (column.rows) {
      for (let row = 0; row < fails.length; row++) if (!fails[row] || fails[row] === own) counts[column.rows[row]]++;
    } else {
      this.rows.disclosures.forEach(({ first, rows }, n) => {
        let number = 0;
        for (let row = first; row < first + rows; row++) if (!fails[row] || fails[row] === own) number++;
        counts[column.ofDisclosures[n]] += number;
      });
    }
    return counts;
  }
}
