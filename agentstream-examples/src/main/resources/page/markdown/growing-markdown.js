import { lexer } from "../libraries.js";
import { shapesOf } from "./elements.js";
import { patchChildren } from "./patch.js";
import { completed } from "./unfinished.js";

/**
 * Markdown that grows. Finished blocks are put away: each update reads and draws the last one or two
 * only, however long the text before them is. No HTML is ever parsed: elements are made one by one.
 */
export class GrowingMarkdown {
  #node;
  /** How much of the source, and how many of the node's children, are finished. */
  #finishedLength = 0;
  #finishedBlocks = 0;
  #drawn = "";

  /** @param {Element} node to fill */
  constructor(node) {
    this.#node = node;
  }

  /** Begins anew, for a source that does not go on from the one before. */
  restart() {
    this.#finishedLength = 0;
    this.#finishedBlocks = 0;
  }

  /**
   * @param {string} source goes on from the one before
   * @param {boolean} whole whether nothing more will come
   */
  show(source, whole) {
    const tail = source.slice(this.#finishedLength);
    const shown = whole ? tail : completed(tail);
    if (shown === this.#drawn && !whole) return;
    this.#drawn = shown;
    patchChildren(this.#node, shapesOf(blocksOf(shown)), this.#finishedBlocks);
    if (!whole) this.#putAway(tail);
  }

  /** A block is finished once another one has begun after it beyond doubt, which takes a whole line. */
  #putAway(tail) {
    if (!tail.includes("\n")) return;
    const tokens = blocksOf(tail);
    const starts = [...tokens.keys()].filter((index) => tokens[index].type !== "space");
    const [before = 0, last = 0] = starts.slice(-2);
    const isWhole = tokens.slice(last).some(({ raw }) => raw.includes("\n"));
    const done = tokens.slice(0, isWhole ? last : before);
    this.#finishedLength += done.reduce((sum, { raw }) => sum + raw.length, 0);
    this.#finishedBlocks += shapesOf(done).length;
  }
}

/** Blocks within blocks without end would overflow the stack: they are shown as they were written. */
function blocksOf(source) {
  try {
    return lexer(source);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ type: "code", raw: source, text: source }];
  }
}
