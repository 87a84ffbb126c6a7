/**
 * Gives the same id to what is tried again unchanged: when a cut swallowed the answer to the first
 * try, the second does not start or say the same thing twice.
 */
export class Attempts {
  #id = "";
  #tried = "";

  /** @param {object} wanted what is to be done */
  idFor(wanted) {
    const trying = JSON.stringify(wanted);
    if (trying !== this.#tried) {
      this.#tried = trying;
      this.#id = randomId();
    }
    return this.#id;
  }

  succeeded() {
    this.#tried = "";
  }
}

/** Not `crypto.randomUUID`, which a page over plain http from another host does not have. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
