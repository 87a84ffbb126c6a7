import { keptInTab } from "./kept.js";

/** The draft in a field, which survives a reload of the tab. */
export class Draft {
  #field;
  #purpose = "";

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
    this.#purpose = purpose;
    this.#field.value = keptInTab.get(this.#key) ?? "";
  }

  get purpose() {
    return this.#purpose;
  }

  /**
   * Puts back a text that could not be sent, before the text that has been written since.
   *
   * @param {string} purpose of that text; if the field has another one by now, the text waits for its return
   * @param {string} text
   */
  giveBack(purpose, text) {
    if (purpose === this.#purpose) return this.replace(joined(text, this.#field.value));
    keptInTab.set(this.#keyOf(purpose), joined(text, keptInTab.get(this.#keyOf(purpose))));
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

  get #key() {
    return this.#keyOf(this.#purpose);
  }

  #keyOf(purpose) {
    return `agentstream.draft.${this.#field.id}.${purpose}`;
  }
}

function joined(...texts) {
  return texts.filter(Boolean).join("\n");
}
