/** What is being written in a field, kept over a reload of the tab. */
export class Draft {
  #field;
  #key = "";

  /**
   * @param {HTMLTextAreaElement} field
   * @param {string} [purpose] as in {@link resume}
   */
  constructor(field, purpose = "") {
    this.#field = field;
    field.addEventListener("input", () => this.keep());
    this.resume(purpose);
  }

  /**
   * Goes on with what was begun for this, and for nothing else.
   *
   * @param {string} purpose
   */
  resume(purpose) {
    this.#key = `agentstream.draft.${this.#field.id}.${purpose}`;
    this.#field.value = this.#kept();
  }

  /** @param {string} text stands in the field from now on */
  replace(text) {
    this.#field.value = text;
    this.keep();
  }

  keep() {
    try {
      if (this.#field.value === "") sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, this.#field.value);
    } catch {
      // Where nothing may be kept, a reload loses the draft.
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // Then nothing was kept either.
    }
  }

  #kept() {
    try {
      return sessionStorage.getItem(this.#key) ?? "";
    } catch {
      return "";
    }
  }
}
