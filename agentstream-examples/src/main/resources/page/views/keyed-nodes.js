import { placeChildren } from "../dom.js";

/**
 * A node, and its key among the children of its parent.
 *
 * @typedef {object} KeyedNode
 * @property {string} key
 * @property {() => Node} make called where there is no node of this key
 */

/**
 * The children of a node, each with a key. Drawing again keeps existing nodes in place, so that selections, and
 * parts that the reader has opened, stay.
 */
export class KeyedNodes {
  #parent;
  /** @type {Map<string, Node>} */
  #nodes = new Map();

  /** @param {Element} parent of these nodes and of no others */
  constructor(parent) {
    this.#parent = parent;
  }

  /** @param {KeyedNode[]} added to the end */
  append(added) {
    for (const { key, make } of added) {
      const node = this.#nodes.get(key) ?? make();
      this.#nodes.set(key, node);
      this.#parent.append(node);
    }
  }

  /** @param {KeyedNode[]} all in order, and no others */
  replace(all) {
    const before = this.#nodes;
    this.#nodes = new Map(all.map(({ key, make }) => [key, before.get(key) ?? make()]));
    placeChildren(this.#parent, [...this.#nodes.values()]);
  }
}
