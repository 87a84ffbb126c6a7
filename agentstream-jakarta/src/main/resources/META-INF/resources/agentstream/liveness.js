const ANSWER_WITHIN_MS = 10_000;

/**
 * Detects a connection that has died without a close, for example after a laptop's sleep. The timer is not
 * reset for every frame, because that would cost more than the frame; the timer checks the clock when it fires.
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
   * @param {number} options.silenceMs how long the connection may be silent before the probe
   * @param {() => void} options.probe asks the other side for a sign of life
   * @param {() => void} options.dead is called if nothing arrives after the probe
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

  /** Probes now, because the network may have changed. */
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
    // A clock that was set back says nothing about the silence.
    if (silent < 0 || silent >= this.#silenceMs) this.#ask();
    else this.#look(this.#silenceMs - silent);
  }

  #ask() {
    this.#probing = true;
    this.#look(ANSWER_WITHIN_MS);
    this.#probe();
  }
}
