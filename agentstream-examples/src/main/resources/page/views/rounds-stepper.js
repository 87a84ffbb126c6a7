import { byId } from "../dom.js";

/** The number of rounds, always a whole number within the field's bounds. */
export class RoundsStepper {
  #input = byId("rounds");

  constructor() {
    byId("fewer-rounds").addEventListener("click", () => this.#set(this.value - 1));
    byId("more-rounds").addEventListener("click", () => this.#set(this.value + 1));
    this.#input.addEventListener("change", () => this.#set(this.value));
  }

  get value() {
    return this.#within(Math.trunc(this.#input.valueAsNumber) || 1);
  }

  #set(value) {
    this.#input.value = String(this.#within(value));
  }

  #within(value) {
    return Math.min(Number(this.#input.max), Math.max(Number(this.#input.min), value));
  }
}
