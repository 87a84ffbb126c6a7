/**
 * Gives the same `request_id` to a start that is tried again unchanged: when a cut swallowed the
 * answer to the first try, the second joins its conversation and does not start another.
 */
export class StartAttempts {
  #requestId = "";
  #options = "";

  /** @param {object} options what is to be started */
  requestIdFor(options) {
    const wanted = JSON.stringify(options);
    if (wanted !== this.#options) {
      this.#options = wanted;
      this.#requestId = randomId();
    }
    return this.#requestId;
  }

  succeeded() {
    this.#options = "";
  }
}

/** Not `crypto.randomUUID`, which a page over plain http from another host does not have. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
