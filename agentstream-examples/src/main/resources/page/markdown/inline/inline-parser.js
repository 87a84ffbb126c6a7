import { formulaShape } from "../formula.js";
import { FORMULA_EXTRA_CHARS, PIECE_ELEMENTS, PIECE_FORMULA_CHARS } from "../limits.js";
import { bareLinkAt } from "./bare-links.js";
import { Brackets } from "./brackets.js";
import { Chain } from "./chain.js";
import { CodeSpans } from "./code-spans.js";
import { Delimiters, flanking } from "./delimiters.js";
import { decodeEntity, entityAt } from "./entities.js";
import { Formulas } from "./formulas.js";
import { linkShape } from "./links.js";
import { pointedAt } from "./pointed.js";

/** @typedef {import("../shapes.js").Shape} Shape */

const PLAIN = /[^\\`*_~[\]!<&$\n:@.]+/y;
const RUN = /\*+|_+|~+/y;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const LINE_END_SPACES = / *$/;

/**
 * Parses the inline content of a block: emphasis, code, links, formulas. It takes time in proportion to the
 * length of the text, for any text.
 *
 * @param {string} text
 * @param {import("../references.js").References} references
 * @param {object} [options]
 * @param {boolean} [options.breaks] whether `<br>` breaks the line, as in a cell of a table
 * @returns {{shapes: Shape[], missed: Set<string>}} and the labels of links that are not known yet
 */
export function parseInline(text, references, { breaks = false } = {}) {
  const missed = new Set();
  return { shapes: new InlineParser(text, references, missed, breaks).parse(), missed };
}

class InlineParser {
  #text;
  #breaks;
  #missed;
  #at = 0;
  /** Text that is not in the chain yet, and the source position from which it is identical to the source. */
  #buffer = "";
  #literalFrom = 0;
  #chain = new Chain();
  #delimiters = new Delimiters();
  #brackets;
  #codeSpans;
  #formulas;
  #formulaChars = 0;
  /** Those that there are, and those that there may be. */
  #elements = 0;

  constructor(text, references, missed, breaks) {
    this.#text = text;
    this.#breaks = breaks;
    this.#missed = missed;
    this.#codeSpans = new CodeSpans(text);
    this.#formulas = new Formulas(text);
    this.#brackets = new Brackets(text, references, missed, this.#chain, this.#delimiters);
  }

  /** @returns {Shape[]} */
  parse() {
    while (this.#at < this.#text.length && this.#elements < PIECE_ELEMENTS) this.#step();
    this.#literal(this.#text.slice(this.#at));
    this.#flush();
    this.#delimiters.pair(this.#chain, 0);
    return this.#chain.shapes();
  }

  #step() {
    PLAIN.lastIndex = this.#at;
    const [plain] = PLAIN.exec(this.#text) ?? [];
    if (plain) this.#literal(plain);
    else if (!this.#special(this.#text[this.#at])) this.#literal(this.#text[this.#at]);
  }

  /** @returns {boolean} whether the character meant more than itself */
  #special(character) {
    switch (character) {
      case "\\":
        return this.#formula() || this.#escape();
      case "$":
        return this.#formula();
      case "`":
        return this.#code();
      case "*":
      case "_":
      case "~":
        return this.#mark(character);
      case "!":
        return this.#text[this.#at + 1] === "[" && this.#openBracket("![");
      case "[":
        return this.#openBracket("[");
      case "]":
        return this.#closeBracket();
      case "<":
        return this.#pointed();
      case "&":
        return this.#entity();
      case "\n":
        return this.#lineEnd();
      default:
        return this.#bareLink();
    }
  }

  #literal(text) {
    this.#buffer += text;
    this.#at += text.length;
  }

  /** Text that differs from its source. */
  #meant(text, to) {
    this.#buffer += text;
    this.#literalFrom = this.#at = to;
    return true;
  }

  #shape(shape, to) {
    this.#elements++;
    this.#flush();
    this.#chain.addShape(shape);
    this.#literalFrom = this.#at = to;
    return true;
  }

  #flush() {
    if (this.#buffer) this.#chain.addText(this.#buffer);
    this.#buffer = "";
    this.#literalFrom = this.#at;
  }

  #escape() {
    const next = this.#text[this.#at + 1];
    if (next === "\n") return this.#shape({ tag: "br", children: [] }, this.#at + 2);
    return next !== undefined && ESCAPABLE.test(next) && this.#meant(next, this.#at + 2);
  }

  #formula() {
    const formula = this.#formulas.at(this.#at);
    if (!formula || this.#formulaChars > PIECE_FORMULA_CHARS) return false;
    this.#formulaChars += formula.tex.length + FORMULA_EXTRA_CHARS;
    const source = this.#text.slice(this.#at, formula.to);
    return this.#shape(formulaShape({ ...formula, source }, this.#missed), formula.to);
  }

  #code() {
    const { run, code, to } = this.#codeSpans.at(this.#at);
    if (code === undefined) return this.#meant(run, to);
    return this.#shape({ tag: "code", children: [{ text: code }] }, to);
  }

  #mark(mark) {
    RUN.lastIndex = this.#at;
    const [run] = RUN.exec(this.#text);
    const to = this.#at + run.length;
    const { opens, closes } = flanking(this.#text, this.#at, to);
    // One tilde is a range, three are none.
    if ((!opens && !closes) || (mark === "~" && run.length !== 2)) {
      this.#literal(run);
      return true;
    }
    this.#flush();
    if (closes) this.#elements++;
    const piece = this.#chain.addText(run);
    this.#delimiters.push({ mark, count: run.length, length: run.length, opens, closes, piece });
    this.#literalFrom = this.#at = to;
    return true;
  }

  #openBracket(mark) {
    this.#flush();
    this.#at = this.#literalFrom = this.#at + mark.length;
    this.#brackets.open(mark, this.#at);
    return true;
  }

  #closeBracket() {
    this.#flush();
    const link = this.#brackets.close(this.#at);
    return link !== null && this.#shape(link.shape, link.to);
  }

  #pointed() {
    const found = pointedAt(this.#text, this.#at, this.#breaks);
    if (!found) return false;
    if (found.shape) return this.#shape(found.shape, found.to);
    return this.#meant(this.#text.slice(this.#at, found.to), found.to);
  }

  #entity() {
    const entity = entityAt(this.#text, this.#at);
    return entity !== "" && this.#meant(decodeEntity(entity), this.#at + entity.length);
  }

  #lineEnd() {
    const [spaces] = LINE_END_SPACES.exec(this.#buffer);
    this.#buffer = this.#buffer.slice(0, this.#buffer.length - spaces.length);
    if (spaces.length > 1) return this.#shape({ tag: "br", children: [] }, this.#at + 1);
    return this.#meant("\n", this.#at + 1);
  }

  #bareLink() {
    const link = bareLinkAt(this.#text, this.#at, this.#literalFrom);
    if (!link) return false;
    const shape = linkShape({ href: link.href }, [{ text: this.#text.slice(link.start, link.to) }]);
    if (!shape) return this.#meant(this.#text.slice(this.#at, link.to), link.to);
    this.#buffer = this.#buffer.slice(0, this.#buffer.length - (this.#at - link.start));
    return this.#shape(shape, link.to);
  }
}
