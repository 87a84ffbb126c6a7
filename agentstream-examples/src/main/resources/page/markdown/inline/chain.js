/** @typedef {import("../shapes.js").Shape} Shape */

/**
 * A text that may still become part of something else, or what has become of some.
 *
 * @typedef {{text: string, shape?: Shape, depth: number, previous: Piece | null, next: Piece | null}} Piece
 */

/** The pieces of a line of text in order, each of which can be wrapped or dropped in constant time. */
export class Chain {
  /** @type {Piece} */
  #head = { text: "", depth: 0, previous: null, next: null };
  #last = this.#head;

  /** @returns {Piece} */
  addText(text) {
    return this.#add({ text, depth: 0, previous: this.#last, next: null });
  }

  /** @param {Shape} shape */
  addShape(shape) {
    return this.#add({ text: "", shape, depth: 1, previous: this.#last, next: null });
  }

  #add(piece) {
    this.#last.next = piece;
    this.#last = piece;
    return piece;
  }

  /** @returns {number} the nesting depth between two pieces */
  depthBetween(from, to) {
    let depth = 0;
    for (let piece = from.next; piece !== to; piece = piece.next) depth = Math.max(depth, piece.depth);
    return depth;
  }

  /** Wraps everything between two pieces in one element. */
  wrap(from, to, tag) {
    const depth = this.depthBetween(from, to) + 1;
    const shape = { tag, children: shapesOf(from.next, to) };
    const piece = { text: "", shape, depth, previous: from, next: to };
    from.next = to.previous = piece;
  }

  /**
   * Takes everything from a piece to the end out of the chain.
   *
   * @param {Piece} from
   * @returns {Shape[]} what followed it
   */
  cut(from) {
    const shapes = shapesOf(from.next, null);
    this.#last = from.previous;
    this.#last.next = null;
    return shapes;
  }

  /** @returns {Shape[]} */
  shapes() {
    return shapesOf(this.#head.next, null);
  }
}

/** Joins adjacent texts. */
function shapesOf(from, to) {
  const shapes = [];
  for (let piece = from; piece !== to; piece = piece.next) {
    const shape = piece.shape ?? { text: piece.text };
    const last = shapes.at(-1);
    if (shape.text === undefined) shapes.push(shape);
    else if (last?.text !== undefined) last.text += shape.text;
    else if (shape.text) shapes.push({ text: shape.text });
  }
  return shapes;
}
