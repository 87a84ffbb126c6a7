/**
 * Puts off work to the next animation frame and does each piece once, however often it was asked
 * for: tokens come many to a frame, and a tab in the back draws nothing at all.
 *
 * @template T
 */
export class FrameBatch {
  /** @type {Set<T>} */
  #waiting = new Set();
  #draw;

  /** @param {(items: T[]) => void} draw */
  constructor(draw) {
    this.#draw = draw;
  }

  /** @param {T} item */
  add(item) {
    if (this.#waiting.size === 0) requestAnimationFrame(() => this.#flush());
    this.#waiting.add(item);
  }

  #flush() {
    const items = [...this.#waiting];
    this.#waiting.clear();
    this.#draw(items);
  }
}
