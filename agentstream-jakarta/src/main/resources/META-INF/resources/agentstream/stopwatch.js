/** @typedef {import("./conversation.js").Entry} Entry */

/**
 * Measures messages as the viewer sees them: from the change of speaker to the first token, thinking included,
 * and to the end. A message whose beginning was missed is not measured.
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
   * @param {Entry} entry that an event has just created or changed
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

  /** Stops measuring current messages, because the following events are a replay. */
  discard() {
    this.#running = new WeakMap();
  }

  #stop(entry, { startedAt, firstTokenAt, pieces }) {
    this.#running.delete(entry);
    if (firstTokenAt === undefined) return;
    entry.timing = { firstTokenMs: firstTokenAt - startedAt, totalMs: this.#now() - startedAt, pieces };
  }
}
