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
  #press;

  /**
   * @param {(items: T[]) => void} draw
   * @param {import("./press.js").Press} [press] drawing waits for its end
   */
  constructor(draw, press) {
    this.#draw = draw;
    this.#press = press;
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
    this.#awaitFrame();
  }

  #awaitFrame() {
    requestAnimationFrame(() => {
      if (this.#press?.isHeld) this.#press.addEventListener("released", () => this.#awaitFrame(), { once: true });
      else this.#flush();
    });
  }

  #flush() {
    const items = [...this.#waiting];
    this.#waiting.clear();
    this.#scheduled = false;
    this.#draw(items);
  }
}
