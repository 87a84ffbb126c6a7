/** Time that passes only when a test says so. */
export class FakeClock {
  #now = 1_700_000_000_000;
  #lastTimer = 0;
  #timers = new Map();

  now() {
    return this.#now;
  }

  setTimeout(callback, ms) {
    const timer = ++this.#lastTimer;
    this.#timers.set(timer, { callback, due: this.#now + ms });
    return timer;
  }

  clearTimeout(timer) {
    this.#timers.delete(timer);
  }

  advance(ms) {
    const until = this.#now + ms;
    for (let next = this.#nextDue(until); next; next = this.#nextDue(until)) {
      const [timer, { callback, due }] = next;
      this.#timers.delete(timer);
      this.#now = due;
      callback();
    }
    this.#now = until;
  }

  /** Sets the clock, which changes no timer. */
  set(ms) {
    const by = ms - this.#now;
    this.#now = ms;
    for (const timer of this.#timers.values()) timer.due += by;
  }

  get pending() {
    return this.#timers.size;
  }

  #nextDue(until) {
    return [...this.#timers].filter(([, { due }]) => due <= until).sort(([, a], [, b]) => a.due - b.due)[0];
  }
}
