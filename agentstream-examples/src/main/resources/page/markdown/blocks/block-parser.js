import { MESSAGE_ELEMENTS, PIECE_CHARS, TABLE_CELLS } from "../limits.js";
import { weightOf } from "../shapes.js";
import { block, copyOf, hasChildren } from "./block.js";
import { definitionOf } from "./definitions.js";
import { Line } from "./line.js";
import { continues, start } from "./starts.js";
import { cellsOf } from "./tables.js";

/** @typedef {import("./block.js").Block} Block */

/** Blocks that hold text, line by line. */
const TEXTS = new Set(["paragraph", "code", "formula", "table", "unread"]);

/**
 * Reads Markdown line by line, by CommonMark's algorithm: it holds the blocks that are open, one in the
 * other, and each line continues some of them, ends the others and begins new ones. The work for a line
 * does not depend on what was read before.
 */
export class BlockParser {
  #references;
  /** @type {Block[]} the open blocks from the outermost on */
  #spine = [block("message")];
  /** How many of the open blocks the line continues. */
  #matched = 1;
  #elements = 0;
  #isDraft = false;

  /** @param {import("../references.js").References} references takes what the text defines */
  constructor(references) {
    this.#references = references;
  }

  /** @returns {BlockParser} one that continues from here, defines nothing, and leaves this one as it is */
  draft() {
    const draft = new BlockParser(this.#references);
    draft.#spine = this.#spine.map(copyOf);
    for (const [at, open] of draft.#spine.slice(1).entries()) draft.#spine[at].children.splice(-1, 1, open);
    draft.#elements = this.#elements;
    draft.#isDraft = true;
    return draft;
  }

  /** @returns {Block[]} the open blocks, of which the first is the whole message */
  get spine() {
    return this.#spine;
  }

  /** @returns {Block} the innermost open block */
  get tip() {
    return this.#spine[this.#spine.length - 1];
  }

  /** @returns {boolean} whether the line continues all blocks that were open, and has begun none that holds others */
  get continuesText() {
    return this.#matched === this.#spine.length && TEXTS.has(this.tip.type);
  }

  /** @returns {number} the nesting depth of the next block */
  get depth() {
    return this.continuesText ? this.#matched - 1 : this.#matched;
  }

  /** @param {string} text a line without its end */
  addLine(text) {
    if (this.#elements >= MESSAGE_ELEMENTS) return this.#addUnread(`${text}\n`);
    const line = new Line(text);
    this.#match(line);
    const { type } = this.tip;
    if (this.continuesText && type === "code") this.#addCodeLine(line);
    else if (this.continuesText && type === "formula") this.#addFormulaLine(line);
    else if (this.continuesText && type === "table") this.#addTableLine(line);
    else this.#begin(line);
  }

  /**
   * Adds the rest of a line after a part that was long enough to be parsed separately.
   *
   * @param {string} text
   */
  addToLine(text) {
    if (this.#elements >= MESSAGE_ELEMENTS) return this.#addUnread(text);
    this.#matched = this.#spine.length;
    if (this.tip.type === "code") this.#addChunk(text);
    else this.open(block("paragraph", { continued: true }, text));
  }

  /** Ends all blocks. */
  end() {
    while (this.#spine.length > 1) this.closeTip();
  }

  #match(line) {
    this.#matched = 1;
    while (this.#matched < this.#spine.length && continues(this.#spine[this.#matched], line)) this.#matched++;
  }

  #begin(line) {
    const { isBlank } = line;
    let begun = start(this, line);
    while (begun === "container") begun = start(this, line);
    if (!begun && !line.isBlank) this.#addText(line);
    else this.#closeUnmatched();
    this.#markBlank(isBlank);
  }

  /** A blank line sets the items of a list apart, as soon as something follows in it. */
  #markBlank(isBlank) {
    for (let at = this.#spine.length - 1; at > 0; at--) {
      if (isBlank && this.#spine[at].type === "quote") return;
      this.#spine[at].is.blank = isBlank;
    }
  }

  #addCodeLine(line) {
    const { fence } = this.tip.is;
    const mark = fence && line.indent < 4 ? line.trimmed.trimEnd() : "";
    if (mark && mark.length >= fence.length && mark === fence[0].repeat(mark.length)) this.closeTip();
    else this.addCode(line.rest);
    if (!fence) this.#markBlank(line.isBlank);
  }

  /** @param {string} text a line of the code that is open */
  addCode(text) {
    const { is } = this.tip;
    if (!is.fence && text.trim() === "") {
      // Blank lines at the end of indented code are no part of it.
      is.blankLines = `${is.blankLines ?? ""}${text}\n`;
      return;
    }
    this.#addChunk(`${is.blankLines ?? ""}${text}\n`);
    is.blankLines = "";
  }

  #addChunk(text) {
    const { children } = this.tip;
    const last = children[children.length - 1];
    if (last && last.text.length + text.length <= PIECE_CHARS) {
      children[children.length - 1] = { ...last, text: last.text + text, shape: null };
      return;
    }
    if (last) this.#close(last);
    children.push(block("chunk", { code: this.tip.type === "code" }, text));
  }

  #addFormulaLine(line) {
    const { tip } = this;
    const text = line.trimmed.trimEnd();
    tip.text += `\n${text}`;
    tip.is.whole = text.endsWith(tip.is.closing);
    if (tip.is.whole || tip.text.length > PIECE_CHARS) this.closeTip();
  }

  /** A row, unless something else begins with the line. */
  #addTableLine(line) {
    const table = this.tip;
    this.#matched--;
    let begun = start(this, line);
    while (begun === "container") begun = start(this, line);
    if (begun) return;
    const cells = cellsOf(line.trimmed);
    table.is.cells += cells.length;
    if (table.is.cells > TABLE_CELLS) return this.#addText(line);
    const row = block("row", { cells, columns: table.is.columns, tag: "td", isDraft: this.#isDraft });
    table.children.push(row);
    this.#close(row);
  }

  #addText(line) {
    const text = line.trimmed;
    // A line may continue a paragraph without the marks of the blocks around it.
    if (this.tip.type !== "paragraph") this.#closeUnmatched();
    if (this.tip.type === "paragraph") return this.#addToParagraph(text);
    const definition = definitionOf(text);
    if (!definition) return this.open(block("paragraph", {}, text));
    if (!this.#isDraft) this.#references.define(definition.label, definition.target);
    this.add(block("definition", definition, text));
  }

  #addToParagraph(text) {
    this.#matched = this.#spine.length;
    if (this.tip.text.length + text.length < PIECE_CHARS) this.tip.text += `\n${text}`;
    else this.open(block("paragraph", { continued: true }, text));
  }

  /** @param {Block} begun in what the line continues */
  open(begun) {
    this.#closeUnmatched();
    if (TEXTS.has(this.tip.type)) this.closeTip();
    if (this.tip.type === "list" && begun.type !== "item") this.closeTip();
    const parent = this.tip;
    begun.top = this.#spine.length === 1;
    begun.is.first = parent.type === "item" && !hasChildren(parent);
    this.#loosen(parent);
    parent.children.push(begun);
    this.#spine.push(begun);
    this.#matched = this.#spine.length;
  }

  /** @param {Block} whole one that ends with its line */
  add(whole) {
    whole.is.isDraft = this.#isDraft;
    this.open(whole);
    this.closeTip();
  }

  /** @param {Block} whole in place of the text that is open */
  replaceTip(whole) {
    this.#spine.pop();
    this.tip.children.pop();
    this.#matched = this.#spine.length;
    this.add(whole);
  }

  /**
   * @param {Record<string, any>} list to which the item belongs, unless one like it is open
   * @param {Record<string, any>} item
   */
  openItem(list, item) {
    this.#closeUnmatched();
    if (TEXTS.has(this.tip.type)) this.closeTip();
    const { type, is } = this.tip;
    const isSame = type === "list" && is.ordered === list.ordered && is.kind === list.kind;
    if (!isSame) this.open(block("list", list));
    this.open(block("item", item));
  }

  #loosen(parent) {
    if (!parent.is.blank || !hasChildren(parent)) return;
    const list = parent.type === "item" ? this.#spine[this.#spine.length - 2] : parent;
    list.is.loose = true;
  }

  #closeUnmatched() {
    while (this.#spine.length > this.#matched) this.closeTip();
  }

  /** Ends the innermost open block. */
  closeTip() {
    const closed = /** @type {Block} */ (this.#spine.pop());
    this.#matched = Math.min(this.#matched, this.#spine.length);
    const last = closed.children[closed.children.length - 1];
    if (last?.open) this.#close(last);
    if (closed.type === "formula" && !closed.is.whole) closed.type = "paragraph";
    if (closed.type === "paragraph" && closed.text.trim() === "") this.tip.children.pop();
    else this.#close(closed);
  }

  #close(closed) {
    closed.open = false;
    this.#elements += weightOf(closed, this.#references);
  }

  /** The rest of a message that has enough elements. */
  #addUnread(text) {
    if (this.tip.type !== "unread") {
      this.end();
      this.open(block("unread"));
    }
    this.#addChunk(text);
  }
}
