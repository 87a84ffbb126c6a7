/**
 * A block of a message: a container of others, or a text. Those of its children that are drawn for good
 * are dropped; `drawn` says how many they were.
 *
 * @typedef {object} Block
 * @property {string} type
 * @property {boolean} open whether it may still grow
 * @property {boolean} top true if it is in no other block
 * @property {Block[]} children
 * @property {number} drawn
 * @property {string} text
 * @property {Record<string, any>} is what distinguishes it from others of its type
 * @property {import("../shapes.js").Shape | null} shape of a text, once known
 * @property {Set<string> | null} missed labels of links in it that are not known yet
 */

/**
 * @param {string} type
 * @param {Record<string, any>} [is]
 * @param {string} [text]
 * @returns {Block}
 */
export function block(type, is = {}, text = "") {
  return { type, open: true, top: false, children: [], drawn: 0, text, is, shape: null, missed: null };
}

/** @param {Block} original */
export function copyOf(original) {
  return { ...original, children: [...original.children], is: { ...original.is }, shape: null, missed: null };
}

/** @param {Block} container */
export function hasChildren({ children, drawn }) {
  return drawn + children.length > 0;
}
