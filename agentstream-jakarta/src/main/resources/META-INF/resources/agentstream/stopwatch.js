/** @typedef {import("./conversation.js").Entry} Entry */

/**
 * Times answers as their viewer sees them come: from the speaker's change to the first token, thinking
 * included, and on to the end. An answer of which the beginning was missed is not timed at all.
 */
export class Stopwatch {
  /** @type {WeakMap<Entry, {startedAt: number, firstTokenAt?: number, pieces: number}>} */
  #running = new WeakMap();
  #now;

  /** @param {() => number} now in milliseconds */
  constructor(now) {
    this.#now = now;
  }

  /**
   * @param {Entry} entry that an event has just begun or changed
   * @param {string} type of the event
   */
  look(entry, type) {
    if (type === "speaker_change") this.#running.set(entry, { startedAt: this.#now(), pieces: 0 });
    const times = this.#running.get(entry);
    if (!times) return;
    if (type === "streaming_token" || type === "streaming_thinking") {
      times.firstTokenAt ??= this.#now();
      times.pieces++;
    }
    if (type === "streaming_complete") this.#stop(entry, times);
  }

  /** What comes now has happened before: answers under way are no longer timed. */
  discard() {
    this.#running = new WeakMap();
  }

  #stop(entry, { startedAt, firstTokenAt, pieces }) {
    this.#running.delete(entry);
    if (firstTokenAt === undefined) return;
    entry.timing = { firstTokenMs: firstTokenAt - startedAt, totalMs: this.#now() - startedAt, pieces };
  }
}
