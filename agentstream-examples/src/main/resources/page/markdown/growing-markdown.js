import { BlockParser } from "./blocks/block-parser.js";
import { FORMULAS, whenFormulas } from "./formula.js";
import { contentOf, waitingLeaves } from "./leaves.js";
import { patch, patchChildren } from "./patch.js";
import { References } from "./references.js";
import { shapeOf } from "./shapes.js";
import { SourceLines } from "./source-lines.js";
import { isUnfinished } from "./unfinished.js";

/** Characters between two looks at the clock; a line counts for some of them in any case. */
const CHARS_AT_ONCE = 2_048;
const CHARS_A_LINE = 64;

/**
 * Markdown that grows. Each line is read once, when it is whole; what it ends is drawn for good and
 * forgotten. An update reads what there is of the last line, and draws the blocks that are open:
 * however long the text is, and however long a block of it, an update takes the same time.
 *
 * The result depends only on the text, not on the pieces in which it arrived. No HTML is ever parsed: elements
 * are created one by one.
 */
export class GrowingMarkdown {
  #node;
  #onMore;
  #lines;
  #references;
  #parser;
  /** @type {Map<string, import("./leaves.js").Leaf[]>} by the labels that they refer to and that are not known */
  #waiting;
  /** @type {import("./leaves.js").Leaf[]} */
  #outdated;
  /** The shown text; undefined while only a part of it is shown. */
  #shown;
  #isOver = false;
  /** True if formulas have become drawable since the last time. */
  #hasNews = false;
  #awaitsFormulas = false;

  /**
   * @param {Element} node to fill
   * @param {() => void} onMore called when the same text can be shown better than before
   */
  constructor(node, onMore) {
    this.#node = node;
    this.#onMore = onMore;
    this.restart();
  }

  /** Starts again, for a source that does not continue the previous one. */
  restart() {
    this.#lines = new SourceLines();
    this.#references = new References();
    this.#parser = new BlockParser(this.#references);
    this.#waiting = new Map();
    this.#outdated = [];
    this.#shown = undefined;
    this.#isOver = false;
  }

  /**
   * @param {string} source continues the one before
   * @param {boolean} whole whether nothing more will come
   * @param {import("./frame-time.js").FrameTime} time
   * @returns {boolean} whether all of it is shown; if not, it is to be called again in the next frame
   */
  show(source, whole, time) {
    if (!time.beginMessage()) return false;
    if (this.#isShown(source, whole) && this.#outdated.length === 0 && !this.#hasNews) return true;
    try {
      this.#read(source, whole, time);
      this.#redraw(time);
    } catch (error) {
      // Whatever is wrong with the reading, the words are there.
      this.restart();
      this.#node.textContent = source;
      this.#shown = { source, whole };
      reportError(error);
    }
    return this.#shown !== undefined && this.#outdated.length === 0;
  }

  #isShown(source, whole) {
    return source === this.#shown?.source && whole === this.#shown.whole;
  }

  #read(source, whole, time) {
    if (this.#isShown(source, whole)) return;
    if (this.#isOver) this.restart();
    const isAll = this.#readLines(source, time);
    if (isAll && whole) this.#readEnd(source);
    const draft = isAll && !whole ? this.#withRest(source) : this.#parser;
    const [message] = draft.spine;
    patchChildren(this.#node, message.children.map((block) => shapeOf(block, this.#references)), message.drawn);
    this.#forgetFinished();
    this.#awaitFormulas();
    this.#shown = isAll ? { source, whole } : undefined;
  }

  /** @returns {boolean} whether there was time for all lines that are whole */
  #readLines(source, time) {
    let chars = 0;
    for (let line = this.#lines.next(source); line; line = this.#lines.next(source)) {
      if (line.continued) this.#parser.addToLine(line.text);
      else this.#parser.addLine(line.text);
      chars += line.text.length + CHARS_A_LINE;
      if (chars < CHARS_AT_ONCE) continue;
      if (time.isUpAfter(chars)) return false;
      chars = 0;
    }
    return true;
  }

  #readEnd(source) {
    this.#readRest(this.#parser, this.#lines.takeRest(source));
    this.#parser.end();
    this.#isOver = true;
  }

  #withRest(source) {
    const rest = this.#lines.rest(source);
    if (isUnfinished(rest, this.#parser.tip.type === "code")) return this.#parser;
    const draft = this.#parser.draft();
    this.#readRest(draft, rest);
    return draft;
  }

  #readRest(parser, rest) {
    if (!rest) return;
    if (this.#lines.isInLine) parser.addToLine(rest);
    else parser.addLine(rest);
  }

  /** Finished blocks are drawn by now; only those are kept that something later may change. */
  #forgetFinished() {
    let content = this.#node;
    for (const open of this.#parser.spine) {
      const finished = open.children.filter((child) => !child.open);
      for (const [at, block] of finished.entries()) {
        for (const leaf of waitingLeaves(block, content.childNodes[open.drawn + at])) this.#await(leaf);
      }
      open.children = open.children.slice(finished.length);
      open.drawn += finished.length;
      const [next] = open.children;
      if (next && this.#parser.spine.includes(next)) content = contentOf(next, content.childNodes[open.drawn]);
    }
  }

  #await(leaf) {
    for (const label of leaf.block.missed) {
      const leaves = this.#waiting.get(label);
      if (leaves) leaves.push(leaf);
      else this.#waiting.set(label, [leaf]);
    }
  }

  #awaitFormulas() {
    if (!this.#references.missFormulas || this.#awaitsFormulas) return;
    this.#awaitsFormulas = true;
    whenFormulas(() => {
      this.#references.refresh(FORMULAS);
      this.#hasNews = true;
      // Draws open blocks again, and separates finished ones from them.
      if (!this.#isOver) this.#shown = undefined;
      this.#onMore();
    });
  }

  #redraw(time) {
    this.#hasNews = false;
    for (const label of this.#references.takeFresh()) {
      this.#outdated.push(...(this.#waiting.get(label) ?? []));
      this.#waiting.delete(label);
    }
    while (this.#outdated.length > 0 && !time.isUpAfter(CHARS_A_LINE)) {
      const { block, node } = this.#outdated.pop();
      block.shape = null;
      patch(node.parentElement, node, shapeOf(block, this.#references));
    }
  }
}
