const FIRST_MS = 5_000;
const LAST_MS = 60_000;

/**
 * Decides when to poll: at once if something may have changed, soon after a reply with a change, ever less
 * often while replies bring no change, and never while the page is hidden. At most one request is in progress.
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

  /** Polls even if the page is hidden, and once more if the current request may have been too early. */
  askNow() {
    this.#wait = FIRST_MS;
    return this.#askOnce();
  }

  #askAgain() {
    this.#wait = Math.min(2 * this.#wait, LAST_MS);
    return this.#askOnce();
  }

  async #askOnce() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    if (await this.#isChanged()) this.#wait = FIRST_MS;
    if (this.#again) {
      this.#again = false;
      await this.#askOnce();
    } else {
      this.#timer = setTimeout(() => this.#isSeen() && this.#askAgain(), this.#wait);
    }
  }

  async #isChanged() {
    this.#asking = true;
    try {
      return await this.#ask();
    } finally {
      this.#asking = false;
    }
  }
}
