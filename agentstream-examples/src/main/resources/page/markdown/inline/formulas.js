import { FORMULA_CHARS } from "../limits.js";

/** @typedef {{tex: string, display: boolean, to: number}} FormulaSource */

const PAIRS = [
  { opening: "\\(", closing: "\\)", display: false },
  { opening: "\\[", closing: "\\]", display: true },
  { opening: "$$", closing: "$$", display: true },
];

/** A single dollar is more often a price, so the text between two dollars must look like a formula. */
const DOLLARS = /\$(?![\s$])((?:[^$\\\n]|\\[^\n]){1,1000})\$(?![\w$])/y;
const FORMULA_LIKE = /[\\^_={}<>+]|^\s*[a-zA-Z]\s*$/;

/** Escaped parentheses may surround ordinary words. */
const WORDS = /[a-zA-Z]{3,}\s+[a-zA-Z]{3,}/;

/**
 * Returns whether the text between two marks is meant as a formula, because brackets and parentheses can also
 * be escaped.
 *
 * @param {string} opening
 * @param {string} tex
 */
export function isFormula(opening, tex) {
  if (!tex.trim()) return false;
  if (opening === "$$" || FORMULA_LIKE.test(tex)) return true;
  return opening === "\\(" && !WORDS.test(tex);
}

/** The formulas of one text, found on one way through it. */
export class Formulas {
  #text;
  /** @type {Map<string, number>} the next position of each mark that ends a formula */
  #ends = new Map();

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * @param {number} at not before where it was asked for last
   * @returns {FormulaSource | null} the formula that begins at this mark, if it ends soon enough
   */
  at(at) {
    for (const { opening, closing, display } of PAIRS) {
      if (!this.#text.startsWith(opening, at)) continue;
      const from = at + opening.length;
      const end = this.#next(closing, from);
      if (end < 0 || end - from > FORMULA_CHARS) return null;
      const tex = this.#text.slice(from, end);
      return isFormula(opening, tex) ? { tex, display, to: end + closing.length } : null;
    }
    return this.#text[at] === "$" ? this.#betweenDollars(at) : null;
  }

  #next(closing, from) {
    let end = this.#ends.get(closing) ?? 0;
    if (end >= 0 && end < from) end = this.#text.indexOf(closing, from);
    this.#ends.set(closing, end);
    return end;
  }

  #betweenDollars(at) {
    if (at > 0 && /[\w$\\]/.test(this.#text[at - 1])) return null;
    DOLLARS.lastIndex = at;
    const [whole, tex] = DOLLARS.exec(this.#text) ?? [];
    if (!tex || /\s$/.test(tex) || !FORMULA_LIKE.test(tex)) return null;
    return { tex, display: false, to: at + whole.length };
  }
}
