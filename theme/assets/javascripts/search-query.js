// The search without a page: reads the index described in docs/search-index.md and answers queries.

const HAN =
  "\\u3005\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30fe\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
export const IS_HAN = new RegExp(`[${HAN}]`, "u");
const LETTER = new RegExp(`[\\p{L}\\p{N}${HAN}]`, "u");
const RUN = new RegExp(`(?:[0-9]\\.(?=[0-9])|[\\p{L}\\p{N}${HAN}])+`, "gu");
const WORD = new RegExp(`(?:[0-9]\\.(?=[0-9])|(?![${HAN}])[\\p{L}\\p{N}])+`, "gu");

/** The digits of packed numbers. */
const SIGNS = "BCDFGHJKLMNPRSTZbcdfghjklmnprstz";

/** Weight of a phrase in a title, in the names of units, in a body. The first two have no bit in common. */
const TITLE = 8, NAMES = 3, BODY = 1;

/** Thrown when a file belongs to another layout than the index that was read: the site was published meanwhile. */
export class Stale extends Error {}

/** The folded text, and for each of its UTF-16 units the place in `text` of the character that it comes from. `variants` makes characters one that stand for one another. */
export function fold(text, variants) {
  let folded = "";
  const at = [];
  let place = 0;
  for (const char of text) {
    const own = char >= "\u4e00" && char <= "\u9fff" ? char : char.normalize("NFKC").toLowerCase();
    const unit = variants ? variants.first(own) : own;
    folded += unit;
    for (let n = 0; n < unit.length; n++) at.push(place);
    place += char.length;
  }
  return { folded, at };
}

/** Marks that join a number or a word to the next one: 2025-shili/08, A-1, 〔2024〕5. */
const JOINT = /^[-/._:+'&]$/, BRACKET = /^[()[\]〔〕【】]$/;

/** The runs of letters of a folded query; what a mark without blanks joins is one run, the mark in it. */
function runs(folded) {
  const found = [];
  let end = -1;
  for (const match of folded.matchAll(RUN)) {
    const [before, after] = [folded[end - 1], match[0][0]];
    const mark = end < 0 ? "" : folded.slice(end, match.index);
    const isJoined = (JOINT.test(mark) && !IS_HAN.test(before) && !IS_HAN.test(after)) || (BRACKET.test(mark) && /[0-9]/.test(before + after));
    if (isJoined) found[found.length - 1] += mark + match[0];
    else found.push(match[0]);
    end = match.index + match[0].length;
  }
  return found;
}

/** The terms that together prove that a run stands somewhere, `at` and `size` in characters. */
function cover(run) {
  const chars = Array.from(run), proof = [];
  const isLetter = (at) => at in chars && (LETTER.test(chars[at]) || (chars[at] === "." && /[0-9]/.test(chars[at - 1]) && /[0-9]/.test(chars[at + 1])));
  for (let at = 0; at < chars.length; at++) {
    if (!isLetter(at)) continue;
    if (isLetter(at + 1)) proof.push({ term: chars[at] + chars[++at], at: at - 1 });
    else if (isLetter(at - 1)) proof.push({ term: chars[at - 1] + chars[at], at: at - 1 });
    // A letter by itself: what follows is known inside the run alone.
    else proof.push({ term: chars[at], at, prefix: at + 1 === chars.length });
  }
  return proof;
}

/** The words of a run, and its pairs with Han in them: what stands for it where it is nowhere as a whole. */
function terms(run) {
  const chars = Array.from(run), found = [];
  for (let at = 0; at + 1 < chars.length; at++) {
    const [first, second] = [chars[at], chars[at + 1]];
    if ((IS_HAN.test(first) || IS_HAN.test(second)) && LETTER.test(first) && LETTER.test(second)) found.push({ term: first + second, at });
  }
  for (const match of run.matchAll(WORD)) found.push({ term: match[0], at: Array.from(run.slice(0, match.index)).length, word: true });
  return found;
}

/** The phrases of a query, each with its terms, those that prove it, and its words, which may stand for parts of words. */
export function phrases(query, variants) {
  return Array.from(new Set(runs(fold(query, variants).folded)), (run) => {
    const [all, proof] = [terms(run), cover(run)];
    if (variants) for (const one of [...all, ...proof]) one.spellings = variants.spellings(one.term);
    return { run, all, proof, words: all.filter((one) => one.word), variants };
  });
}

/** Whether a phrase stands in a text as a whole. */
export const stands = (text, { run, variants }) => fold(text, variants).folded.includes(run);

/** Where the phrases stand in a text, as [start, end] pairs; the terms of a phrase where it does not stand as a whole. */
export function marks(text, wanted) {
  const { folded, at } = fold(text, wanted[0]?.variants);
  const spots = (piece, isWord) => {
    const found = [];
    const joins = (a, b) => isWord && a && b && LETTER.test(a) && LETTER.test(b) && !IS_HAN.test(a) && !IS_HAN.test(b);
    for (let from = folded.indexOf(piece); from >= 0; from = folded.indexOf(piece, from + 1)) {
      const end = from + piece.length;
      if (!joins(folded[from - 1], piece[0]) && !joins(piece[piece.length - 1], folded[end]))
        found.push([at[from], at[end - 1] + String.fromCodePoint(text.codePointAt(at[end - 1])).length]);
    }
    return found;
  };
  const found = wanted.flatMap(({ run, all }) => {
    const whole = spots(run);
    return whole.length ? whole : all.flatMap((one) => spots(one.term, one.word));
  });
  const merged = [];
  for (const [start, end] of found.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged[merged.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The part of a text with the most marks, as pieces of [text, is marked]. */
export function snippet(text, ranges, size) {
  let [from, best] = [0, 0];
  for (const [start] of ranges) {
    const begin = Math.max(0, Math.min(start - Math.floor(size / 4), text.length - size));
    const sum = ranges.reduce((n, [a, b]) => (a >= begin && b <= begin + size ? n + b - a : n), 0);
    if (sum > best) [from, best] = [begin, sum];
  }
  const isTail = (place) => /[\udc00-\udfff]/.test(text.charAt(place));
  if (isTail(from)) from += 1;
  let to = Math.min(text.length, from + size);
  if (isTail(to)) to -= 1;
  const inside = ranges.filter(([a, b]) => a < to && b > from).map(([a, b]) => [Math.max(a, from), Math.min(b, to)]);
  return [[from ? "…" : "", false], ...pieces(text, inside, from, to), [to < text.length ? "…" : "", false]];
}

/** A text from one place to another cut at its marks, as pieces of [text, is marked]. */
export function pieces(text, ranges, from = 0, to = text.length) {
  const cut = [];
  for (const [start, end] of ranges) {
    cut.push([text.slice(from, start), false], [text.slice(start, end), true]);
    from = end;
  }
  return [...cut, [text.slice(from, to), false]].filter(([piece]) => piece);
}

/** Ascending addresses from their gaps in codes of two or three bytes; the greatest code only moves on. */
function decode(bytes, width) {
  const skip = width === 2 ? 0xffff : 0xffffff;
  const places = new Uint32Array(bytes.length / width);
  let [count, place] = [0, 0];
  for (let n = 0; n < bytes.length; n += width) {
    const code = bytes[n] | (bytes[n + 1] << 8) | (width === 3 ? bytes[n + 2] << 16 : 0);
    place += code;
    if (code !== skip) places[count++] = place;
  }
  return places.subarray(0, count);
}

/** Where terms stand one after the other, of lists of [places, offset] in the phrase. */
function adjacent(lists) {
  const [first, ...others] = lists.sort((a, b) => a[0].length - b[0].length);
  let begins = Array.from(first[0], (place) => place - first[1]);
  for (const [places, offset] of others) {
    let n = 0;
    begins = begins.filter((begin) => {
      while (n < places.length && places[n] < begin + offset) n++;
      return places[n] === begin + offset;
    });
  }
  return begins;
}

/** The begins of a phrase of this size that another phrase follows at once, or after a mark or two. */
function followed(begins, size, others) {
  let n = 0;
  return begins.filter((begin) => {
    while (n < others.length && others[n] < begin + size) n++;
    return others[n] <= begin + size + 2;
  });
}

export class Index {
  /** Reads the index below `base`. The first file is always asked of the server, the others follow its id. */
  static async open(base, cache = "no-cache") {
    const response = await fetch(`${base}index.json`, { cache });
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    const index = await response.json();
    if (index.format !== "rectify-search" || index.version !== 2) throw new Error(`unknown index ${index.format} ${index.version}`);
    return new Index(base, index);
  }

  constructor(base, index) {
    Object.assign(this, index, { base, files: new Map() });
    const kinds = index.states.length;
    const packed = Array.from(index.state, (letter) => letter.charCodeAt(0) - 35);
    this.state = kinds > 9 ? packed : packed.flatMap((pair) => [Math.floor(pair / kinds), pair % kinds]);
    this.slots = new Uint32Array(this.size + 1);
    const long = new Map();
    for (let n = 0; n < index.long.length; n += 2) long.set(index.long[n], index.long[n + 1]);
    for (let n = 0; n < this.size; n++) this.slots[n + 1] = this.slots[n] + (long.get(n) || 1);
    this.entries = new Uint32Array(this.slots[this.size]);
    for (let n = 0; n < this.size; n++) this.entries.fill(n, this.slots[n], this.slots[n + 1]);
    this.unit = new Uint16Array(this.size);
    this.year = new Uint16Array(this.size);
    for (let n = 0, start = 0; n < index.runs.length; start += index.runs[n + 2], n += 3) {
      this.unit.fill(index.runs[n], start, start + index.runs[n + 2]);
      this.year.fill(index.runs[n + 1], start, start + index.runs[n + 2]);
    }
  }

  /** What the filters see of an entry. */
  facts(entry) {
    const [kind, status, overdue, priority, flag] = this.states[this.state[entry]];
    return { kind, status, overdue, priority, flag, unit: this.units[this.unit[entry]], year: this.years[this.year[entry]] };
  }

  /** A file of the index, read by `parse`, once. */
  file(path, parse) {
    if (!this.files.has(path)) {
      const read = async () => {
        const response = await fetch(`${this.base}${path}?v=${this.id}`);
        if (!response.ok) throw response.status === 404 ? new Stale(path) : new Error(`${response.status} ${path}`);
        const { stamp, value } = parse(await response.arrayBuffer());
        if (stamp !== this.stamp) throw new Stale(path);
        return value;
      };
      const reading = read();
      reading.catch(() => this.files.delete(path));
      this.files.set(path, reading);
    }
    return this.files.get(path);
  }

  /** The shard that holds a term: a map of terms to width and bytes. */
  shard(number) {
    return this.file(`terms/${number}.bin`, (buffer) => {
      const view = new DataView(buffer);
      const count = view.getUint32(4, true);
      let place = 12 + 4 * count;
      const names = new TextDecoder().decode(new Uint8Array(buffer, place, view.getUint32(8, true))).split("\n");
      place += view.getUint32(8, true);
      const value = new Map();
      for (let n = 0; n < count; n++) {
        const size = view.getUint32(12 + 4 * n, true);
        value.set(names[n], [new Uint8Array(buffer, place, size >>> 1), 2 + (size & 1)]);
        place += size >>> 1;
      }
      return { stamp: view.getUint32(0, true), value };
    });
  }

  number(key) {
    return Math.floor(((Math.imul(key, 2654435761) >>> 0) * this.shards) / 4294967296);
  }

  /** The addresses of a term in all its spellings. */
  async places({ term, spellings = [term], ...how }) {
    const lists = await Promise.all(spellings.map((one) => this.spelled({ term: one, ...how })));
    return lists.length === 1 ? lists[0] : Uint32Array.from(lists.flatMap((places) => Array.from(places))).sort();
  }

  /** The addresses of a term; of all terms that begin with it, where it is a letter of which only that is known. */
  async spelled({ term, word, prefix }) {
    const [first, second] = Array.from(term, (char) => char.codePointAt(0));
    if (prefix) {
      const shards = new Set(Array.from({ length: this.spread }, (_, n) => this.number(first * 16 + n)));
      const lists = await Promise.all(Array.from(shards, (number) => this.shard(number)));
      const found = lists.flatMap((shard) => Array.from(shard).filter(([other]) => other.startsWith(term) && Array.from(other).length < 3));
      return Uint32Array.from(found.flatMap(([, postings]) => Array.from(decode(...postings)))).sort();
    }
    const name = word ? `=${term}` : term;
    const key = word
      ? Array.from(name).reduce((sum, char) => (Math.imul(sum, 31) + char.codePointAt(0)) >>> 0, 0)
      : first * 16 + (second ? second % this.spread : 0);
    const found = (await this.shard(this.number(key))).get(name);
    return found ? decode(...found) : new Uint32Array(0);
  }

  /** The addresses where a phrase begins, and those of them where its words are no parts of words. */
  async occurrences({ proof, words }) {
    const read = (some) => Promise.all(some.map(async (one) => [await this.places(one), one.at]));
    const [begins, whole] = await Promise.all([read(proof), read(words)]);
    const all = adjacent(begins);
    return { all, whole: words.length ? adjacent([[all, 0], ...whole]) : all };
  }

  /** Entry to weight, for the entries at these addresses. */
  weigh(addresses) {
    const bodies = new Map(), best = new Map();
    for (const address of addresses) {
      const entry = this.entries[Math.floor(address / this.slot)];
      const place = address - this.slots[entry] * this.slot;
      if (place >= this.body) bodies.set(entry, (bodies.get(entry) || 0) + 1);
      const weight = place < this.names ? TITLE : place < this.body ? NAMES : 0;
      best.set(entry, (best.get(entry) || 0) | weight);
    }
    for (const [entry, count] of bodies) best.set(entry, best.get(entry) + (BODY * count) / (count + 1));
    return best;
  }

  /** What a query finds, and by which phrases. One that is nowhere as it was typed is sought in the characters that stand for its own. */
  async find(query, few) {
    const wanted = phrases(query);
    const found = await this.search(wanted, few);
    if (found.full.length || !IS_HAN.test(query)) return { wanted, ...found };
    this.variants ||= import("./variants.js").then(({ Variants }) => Variants.open(`${this.base}variants.json`)).catch(() => (this.variants = null));
    const variants = await this.variants;
    if (!variants?.has(fold(query).folded)) return { wanted, ...found };
    const others = phrases(query, variants);
    const other = await this.search(others, few);
    return other.full.length || !found.partial.length ? { wanted: others, ...other } : { wanted, ...found };
  }

  /** Entries with all phrases, best first, and where these are fewer than `few`, entries with a good part of them. */
  async search(wanted, few) {
    const occurrences = await Promise.all(wanted.map((phrase) => this.occurrences(phrase)));
    const places = occurrences.map(({ all }) => all);
    const found = places.map((begins) => this.weigh(begins));
    const whole = occurrences.map((one, n) => (one.whole === one.all ? found[n] : this.weigh(one.whole)));
    const close = wanted.slice(1).map((_, n) => this.weigh(followed(places[n], Array.from(wanted[n].run).length, places[n + 1])));
    const rarity = (map) => Math.log(1 + this.size / (map.size + 1));
    const score = (entry) =>
      found.reduce((sum, map, n) => sum + (rarity(map) * (map.get(entry) + (whole[n].get(entry) || 0))) / 2, 0) +
      close.reduce((sum, map) => sum + (map.has(entry) ? rarity(map) * (TITLE + map.get(entry)) : 0), 0);
    const [first, ...others] = [...found].sort((a, b) => a.size - b.size);
    const scores = new Map();
    for (const entry of first.keys()) if (others.every((map) => map.has(entry))) scores.set(entry, score(entry));
    const full = ranked(scores);
    return { full, partial: full.length < few ? await this.partly(wanted, scores) : [] };
  }

  /** Entries with a good part of the terms of all phrases, best first, without those that have `scores` already. */
  async partly(wanted, scores) {
    // Nothing more is loaded to follow full matches; a part must then be a good one.
    const part = scores.size ? 0.6 : 0.4;
    // A number or a word of letters is there as a whole or not at all: 30 and 00 are no part of 300.
    const sought = wanted.flatMap(({ run, all, proof }) => ((scores.size && IS_HAN.test(run)) || !all.length ? proof : all));
    const lists = await Promise.all(sought.map((one) => this.places(one)));
    // Pairs that overlap on the page as in the query vote again: words run together beat their stray characters.
    const isLinked = (n) => n && n < sought.length && sought[n].at === sought[n - 1].at + 1;
    const links = lists.map((places, n) => (isLinked(n) ? adjacent([[lists[n - 1], 0], [places, 1]]) : []));
    const votes = new Map();
    [...lists, ...links].forEach((places, n) => {
      const map = this.weigh(places);
      for (const [entry, weight] of map) {
        const vote = votes.get(entry) || { count: 0, sum: 0 };
        vote.count += n < lists.length ? 1 : 0;
        vote.sum += Math.log(1 + this.size / map.size) * (1 + weight / TITLE / 4);
        votes.set(entry, vote);
      }
    });
    const rest = new Map();
    for (const [entry, { count, sum }] of votes)
      if (!scores.has(entry) && count >= part * lists.length) rest.set(entry, (sum * count) / lists.length);
    const list = ranked(rest);
    return list.filter((entry) => rest.get(entry) >= rest.get(list[0]) / 2);
  }

  /** All problems, in the order of the register. */
  problems() {
    return Array.from({ length: this.size }, (_, entry) => entry).filter((entry) => this.facts(entry).kind === "problem");
  }

  /** All problems, newest first. */
  async newest() {
    const days = await this.file("dates.bin", (buffer) => {
      const view = new DataView(buffer);
      return { stamp: view.getUint32(0, true), value: Array.from({ length: this.size }, (_, n) => view.getUint16(4 + 2 * n, true)) };
    });
    return this.problems().sort((a, b) => days[b] - days[a] || a - b);
  }

  /** First entry and the one after the last of a disclosure. */
  async disclosure(ref) {
    const runs = await this.file("disclosures.json", (buffer) => {
      const [stamp, ...value] = JSON.parse(new TextDecoder().decode(buffer));
      return { stamp, value };
    });
    for (let n = 0, start = 0; n < runs.length; start += runs[n + 1], n += 2) if (runs[n] === ref) return [start, start + runs[n + 1]];
    return [0, 0];
  }

  /** What the result list shows of an entry. */
  async card(entry) {
    const path = `cards/${Math.floor(this.slots[entry] / this.card_slots)}.bin`;
    const { first, cards } = await this.file(path, (buffer) => {
      const [stamp, first, ...cards] = JSON.parse(new TextDecoder("utf-16le").decode(buffer));
      return { stamp, value: { first, cards } };
    });
    const [url, title, date, text, deadline, fields, words = ""] = cards[entry - first];
    return { ...this.facts(entry), url, title, ends: this.ends(words), date, text, deadline, fields };
  }

  /** Where the words of a text end, of their packed lengths. */
  ends(words = "") {
    let end = 0;
    return Array.from(words, (sign) => (end += SIGNS.indexOf(sign)));
  }
}

function ranked(scores) {
  return Array.from(scores)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([entry]) => entry);
}
