/** @typedef {import("./inline/addresses.js").Target} Target */

/** The definitions of one message that links can refer to: `[label]: https://example.org`. */
export class References {
  /** @type {Map<string, Target>} */
  #targets = new Map();
  /** Labels that have become known since they were last asked for. */
  #fresh = new Set();
  /** True if formulas occur that cannot be drawn yet. */
  missFormulas = false;

  /**
   * The first definition of a label counts.
   *
   * @param {string} label
   * @param {Target} target
   */
  define(label, target) {
    const key = keyOf(label);
    if (this.#targets.has(key)) return;
    this.#targets.set(key, target);
    this.#fresh.add(key);
  }

  /**
   * @param {string} label
   * @param {Set<string>} missed takes the label where it is not known
   * @returns {Target | null}
   */
  find(label, missed) {
    const key = keyOf(label);
    const target = this.#targets.get(key);
    if (!target && key) missed.add(key);
    return target ?? null;
  }

  /**
   * Has what refers to something drawn again.
   *
   * @param {string} key
   */
  refresh(key) {
    this.#fresh.add(key);
  }

  /** @returns {string[]} the labels that have become known since this was asked for before */
  takeFresh() {
    const fresh = [...this.#fresh];
    this.#fresh.clear();
    return fresh;
  }

  /** @param {Set<string>} labels of which none was known */
  knowsOneOf(labels) {
    return [...labels].some((label) => this.#targets.has(label));
  }
}

function keyOf(label) {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}
