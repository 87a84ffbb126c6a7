const ANSWER_WITHIN_MS = 10_000;

/**
 * Notices a connection that has died without a close, as after a laptop's sleep. The timer is not set
 * anew for every frame, which would cost more than the frames do: it looks at the clock when it rings.
 */
export class Liveness {
  #environment;
  #silenceMs;
  #probe;
  #dead;
  #heardAt;
  #probing = false;
  #timer;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {object} options
   * @param {number} options.silenceMs how long nothing may be heard before asking
   * @param {() => void} options.probe asks the other side for a sign of life
   * @param {() => void} options.dead nothing came back
   */
  constructor(environment, { silenceMs, probe, dead }) {
    this.#environment = environment;
    this.#silenceMs = silenceMs;
    this.#probe = probe;
    this.#dead = dead;
    this.#heardAt = environment.now();
    this.#look(silenceMs);
  }

  heard() {
    this.#heardAt = this.#environment.now();
    this.#probing = false;
  }

  /** Asks now, because something hints that the network may have changed. */
  suspect() {
    if (!this.#probing) this.#ask();
  }

  stop() {
    this.#environment.clearTimeout(this.#timer);
  }

  #look(ms) {
    this.stop();
    this.#timer = this.#environment.setTimeout(() => this.#ring(), ms);
  }

  #ring() {
    if (this.#probing) return this.#dead();
    const silent = this.#environment.now() - this.#heardAt;
    if (silent < this.#silenceMs) return this.#look(this.#silenceMs - silent);
    this.#ask();
  }

  #ask() {
    this.#probing = true;
    this.#look(ANSWER_WITHIN_MS);
    this.#probe();
  }
}
