import { byId } from "../dom.js";

/**
 * The number of rounds, always a whole number from 1. More than the server takes stay as they were typed.
 *
 * Events: `change`.
 */
export class RoundsStepper extends EventTarget {
  #input = byId("rounds");
  #most = Infinity;
  #chosen = false;

  constructor() {
    super();
    byId("fewer-rounds").addEventListener("click", () => this.#step(-1));
    byId("more-rounds").addEventListener("click", () => this.#step(1));
    this.#input.addEventListener("input", () => this.#changed());
    this.#input.addEventListener("change", () => this.#set(this.value));
  }

  get value() {
    return Math.max(1, Math.trunc(this.#input.valueAsNumber) || 1);
  }

  /** @param {number} most the server's maximum number of rounds, which also bounds the initial value */
  bound(most) {
    this.#most = most;
    if (Number.isFinite(most)) this.#input.max = String(most);
    if (!this.#chosen && this.value > most) this.#input.value = String(most);
  }

  /** @param {string} fault empty where there is none */
  mark(fault) {
    this.#input.setAttribute("aria-invalid", String(fault !== ""));
  }

  /** From above the buttons lead to what the server takes. */
  #step(by) {
    this.#set(Math.min(this.value + by, this.#most));
  }

  #set(value) {
    this.#input.value = String(Math.max(1, value));
    this.#changed();
  }

  #changed() {
    this.#chosen = true;
    this.dispatchEvent(new Event("change"));
  }
}
