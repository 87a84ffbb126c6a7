import { readTarget } from "./addresses.js";
import { linkShape } from "./links.js";

/** @typedef {import("../shapes.js").Shape} Shape */

/** Labels that CommonMark allows are shorter than this. */
const LABEL_CHARS = 1_000;
const LABEL = /\[((?:[^[\]\\]|\\[^]){0,999})\]/y;

/** The brackets that may turn out to be the beginning of a link or an image. */
export class Brackets {
  #text;
  #references;
  #missed;
  #chain;
  #delimiters;
  /** @type {{piece: import("./chain.js").Piece, mark: string, from: number, height: number, nested: boolean}[]} */
  #open = [];
  /** No link is in another: up to here, brackets begin none. */
  #spent = 0;

  /**
   * @param {string} text
   * @param {import("../references.js").References} references
   * @param {Set<string>} missed takes the labels that are not known
   * @param {import("./chain.js").Chain} chain
   * @param {import("./delimiters.js").Delimiters} delimiters
   */
  constructor(text, references, missed, chain, delimiters) {
    this.#text = text;
    this.#references = references;
    this.#missed = missed;
    this.#chain = chain;
    this.#delimiters = delimiters;
  }

  /**
   * @param {string} mark `[` or `![`
   * @param {number} from behind it
   */
  open(mark, from) {
    const outer = this.#open.at(-1);
    if (outer) outer.nested = true;
    const piece = this.#chain.addText(mark);
    this.#open.push({ piece, mark, from, height: this.#delimiters.height, nested: false });
  }

  /**
   * @param {number} at of a closing bracket
   * @returns {{shape: Shape, to: number} | null} the link that ends with it
   */
  close(at) {
    const opener = this.#open.pop();
    if (!opener) return null;
    const isSpent = opener.mark === "[" && this.#open.length < this.#spent;
    this.#spent = Math.min(this.#spent, this.#open.length);
    if (isSpent) return null;
    const found = this.#text[at + 1] === "(" ? readTarget(this.#text, at + 2) : null;
    const { target, to } = found ?? this.#reference(opener, at) ?? {};
    return target ? this.#link(opener, target, to) : null;
  }

  #reference({ from, nested }, at) {
    LABEL.lastIndex = at + 1;
    const [whole = "", second = ""] = LABEL.exec(this.#text) ?? [];
    if (second.trim()) return this.#known(second, at + 1 + whole.length);
    if (nested || at - from > LABEL_CHARS) return null;
    return this.#known(this.#text.slice(from, at), at + 1 + whole.length);
  }

  #known(label, to) {
    const target = this.#references.find(label, this.#missed);
    return target && { target, to };
  }

  #link({ piece, mark, height }, target, to) {
    const shell = linkShape(target, []);
    if (!shell) return null;
    this.#delimiters.pair(this.#chain, height);
    const children = this.#chain.cut(piece);
    if (mark === "![") shell.children = [{ text: `${textOf(children) || target.href} ↗` }];
    else {
      shell.children = children.flatMap(withoutLinks);
      this.#spent = this.#open.length;
    }
    return { shape: shell, to };
  }
}

/** An address in the text of a link is text. */
function withoutLinks(shape) {
  if (shape.tag === "a") return shape.children;
  if (shape.children && shape.tag !== "code") return [{ ...shape, children: shape.children.flatMap(withoutLinks) }];
  return [shape];
}

/** @param {Shape[]} shapes */
function textOf(shapes) {
  return shapes.map((shape) => shape.text ?? shape.source ?? textOf(shape.children)).join("");
}
