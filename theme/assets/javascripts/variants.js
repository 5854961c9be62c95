// Characters that stand for one another in simplified and traditional texts, as far as this site has one of them. The format is
// that of outputs/variants.py. Read only when a query has found nothing.

export class Variants {
  static async open(url, cache = "no-cache") {
    const answer = await fetch(url, { cache });
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return new Variants((await answer.json()).classes);
  }

  constructor(classes) {
    /** For each character the ones of its class that the site has. */
    this.own = new Map();
    for (const one of classes.split(" ").filter(Boolean)) {
      const [own, others] = one.split("/");
      for (const char of own + others) this.own.set(char, own);
    }
  }

  /** The character that stands for all of a class. */
  first(char) {
    return this.own.get(char)?.[0] ?? char;
  }

  /** A term in all spellings that the site may have. */
  spellings(term) {
    return Array.from(term).reduce((made, char) => made.flatMap((begin) => Array.from(this.own.get(char) ?? char, (end) => begin + end)), [""]);
  }

  /** What finds a word in any of its spellings. */
  pattern(word) {
    return new RegExp(Array.from(word, (char) => (this.own.has(char) ? `[${this.own.get(char)}]` : char.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&"))).join(""), "u");
  }

  /** Whether a text may be written otherwise. */
  has(text) {
    return Array.from(text).some((char) => this.own.get(char) && this.own.get(char) !== char);
  }
}
