import { PIECE_CHARS } from "./limits.js";

/** If a long line is cut, it is cut at a space among the last characters. */
const LOOK_BACK_CHARS = 200;

/**
 * The lines of a text that grows, each of which comes up once it is whole. One that is longer than a
 * piece comes up in pieces, the same whenever it is asked for.
 */
export class SourceLines {
  #at = 0;
  /** The position from which to search for the next line end; the text before it has none. */
  #lookedTo = 0;
  #isInLine = false;

  /** @returns {boolean} whether the rest continues a line of which a piece has already been read */
  get isInLine() {
    return this.#isInLine;
  }

  /**
   * @param {string} source
   * @returns {{text: string, continued: boolean} | null} null until there is more
   */
  next(source) {
    const continued = this.#isInLine;
    const window = source.slice(this.#lookedTo, this.#at + PIECE_CHARS + 1);
    const found = window.indexOf("\n");
    if (found >= 0) return { text: this.#take(source, this.#lookedTo + found, 1), continued };
    this.#lookedTo += window.length;
    if (this.#lookedTo - this.#at <= PIECE_CHARS) return null;
    this.#isInLine = true;
    return { text: this.#take(source, this.#at + cutOf(source.slice(this.#at, this.#at + PIECE_CHARS)), 0), continued };
  }

  /** @returns {string} what there is of a line that has no end yet */
  rest(source) {
    return source.slice(this.#at);
  }

  /** @returns {string} the same, after which there is nothing left */
  takeRest(source) {
    return this.#take(source, source.length, 0);
  }

  #take(source, end, lineEnd) {
    // Carriage returns belong to the end of a line.
    const text = source.slice(this.#at, end).replace(/\r$/, lineEnd ? "" : "\r");
    this.#at = this.#lookedTo = end + lineEnd;
    if (lineEnd) this.#isInLine = false;
    return text;
  }
}

/** Behind a space near the end, or in any case between two characters. */
function cutOf(piece) {
  const space = piece.lastIndexOf(" ");
  if (space > piece.length - LOOK_BACK_CHARS) return space + 1;
  const isPair = /[\ud800-\udbff]$/.test(piece);
  return piece.length - (isPair ? 1 : 0);
}
