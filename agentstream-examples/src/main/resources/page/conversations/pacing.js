const FIRST_MS = 5_000;
const LAST_MS = 60_000;

/**
 * When to ask for what nobody tells of: soon after an answer that changed something, ever more seldom
 * while answers do not, and not at all while nobody looks. One question at most is under way.
 */
export class Pacing {
  #ask;
  #isSeen;
  #wait = FIRST_MS;
  #timer;
  #asking = false;
  #again = false;

  /**
   * @param {object} options
   * @param {() => Promise<boolean>} options.ask whether the answer changed something
   * @param {() => boolean} options.isSeen whether somebody looks at what the answer changes
   */
  constructor({ ask, isSeen }) {
    this.#ask = ask;
    this.#isSeen = isSeen;
  }

  /** Asks, whether or not somebody looks; once more where the question under way may have been too early. */
  async askNow() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    await this.#askOnce();
    if (this.#again) {
      this.#again = false;
      await this.askNow();
    } else {
      this.#timer = setTimeout(() => this.#isSeen() && this.askNow(), this.#wait);
    }
  }

  async #askOnce() {
    let changed = false;
    this.#asking = true;
    try {
      changed = await this.#ask();
    } finally {
      this.#asking = false;
      this.#wait = changed ? FIRST_MS : Math.min(2 * this.#wait, LAST_MS);
    }
  }
}
