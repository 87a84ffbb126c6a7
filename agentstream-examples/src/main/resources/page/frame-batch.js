/**
 * Puts off work to the next animation frame and does each piece once, however often it was asked
 * for: tokens come many to a frame, and a tab in the back draws nothing at all.
 *
 * @template T
 */
export class FrameBatch {
  /** @type {Set<T>} */
  #waiting = new Set();
  #scheduled = false;
  #draw;

  /** @param {(items: T[]) => void} draw */
  constructor(draw) {
    this.#draw = draw;
  }

  /** @param {T} item */
  add(item) {
    this.#waiting.add(item);
    this.#schedule();
  }

  /**
   * Forgets what waits and draws this, also when it is nothing at all.
   *
   * @param {T[]} items
   */
  restart(items) {
    this.#waiting = new Set(items);
    this.#schedule();
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    const items = [...this.#waiting];
    this.#waiting.clear();
    this.#scheduled = false;
    this.#draw(items);
  }
}
