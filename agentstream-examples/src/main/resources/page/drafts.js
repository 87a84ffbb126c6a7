import { keptInTab } from "./kept.js";

/** The draft in a field, which survives a reload of the tab. */
export class Draft {
  #field;
  #key = "";

  /** @param {HTMLTextAreaElement} field */
  constructor(field) {
    this.#field = field;
    field.addEventListener("input", () => this.keep());
    this.resume("");
  }

  /**
   * Goes on with what was begun for this, and for nothing else.
   *
   * @param {string} purpose
   */
  resume(purpose) {
    this.#key = `agentstream.draft.${this.#field.id}.${purpose}`;
    this.#field.value = keptInTab.get(this.#key) ?? "";
  }

  /** @param {string} text the field's new text */
  replace(text) {
    this.#field.value = text;
    this.keep();
  }

  keep() {
    if (this.#field.value === "") this.forget();
    else keptInTab.set(this.#key, this.#field.value);
  }

  forget() {
    keptInTab.remove(this.#key);
  }
}
