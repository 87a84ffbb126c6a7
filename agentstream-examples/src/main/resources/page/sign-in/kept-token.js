import { keptHere, keptInTab } from "../kept.js";

const KEY = "agentstream.token";

/** The reader's token: kept for this tab, or in this browser where the reader has asked for that. */
export class KeptToken {
  /** If the browser stores nothing, the token lasts as long as the page. */
  #value = keptInTab.get(KEY) ?? keptHere.get(KEY) ?? "";

  /** @returns {string} empty where there is none */
  get value() {
    return this.#value;
  }

  /**
   * @param {string} token
   * @param {boolean} stay whether it outlives the tab
   */
  keep(token, stay) {
    this.clear();
    this.#value = token;
    (stay ? keptHere : keptInTab).set(KEY, token);
  }

  /** Removes only this page's token, because another tab may have stored a newer one meanwhile. */
  forget() {
    for (const kept of [keptInTab, keptHere]) {
      if (kept.get(KEY) === this.#value) kept.remove(KEY);
    }
    this.#value = "";
  }

  /** Forgets every token, that of other tabs too. */
  clear() {
    this.#value = "";
    keptInTab.remove(KEY);
    keptHere.remove(KEY);
  }

  /**
   * Calls `listener` when another tab has signed in or out for this browser.
   *
   * @param {(token: string) => void} listener
   */
  onOtherTab(listener) {
    addEventListener("storage", ({ key, newValue, storageArea }) => {
      const here = storageArea !== null && key === KEY && keptInTab.get(KEY) === null;
      if (!here || (newValue ?? "") === this.#value) return;
      this.#value = newValue ?? "";
      listener(this.#value);
    });
  }
}
