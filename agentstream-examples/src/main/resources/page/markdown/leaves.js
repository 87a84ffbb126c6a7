/** @typedef {import("./blocks/block.js").Block} Block */
/** @typedef {{block: Block, node: ChildNode}} Leaf a text and what shows it */

/**
 * @param {Block} block
 * @param {ChildNode} node that shows it
 * @returns {Element} in which its children are shown
 */
export function contentOf({ type }, node) {
  return /** @type {Element} */ (type === "table" ? node.firstChild.lastChild : node);
}

/**
 * @param {Block} block
 * @param {ChildNode} node that shows it
 * @returns {Leaf[]} the texts in it that refer to what is not known yet
 */
export function waitingLeaves(block, node) {
  const { header } = block.is;
  if (block.children.length === 0 && !header) return block.missed?.size ? [{ block, node }] : [];
  const content = contentOf(block, node);
  const inHeader = header ? waitingLeaves(header, node.firstChild.firstChild.firstChild) : [];
  return [...inHeader, ...block.children.flatMap((child, at) => waitingLeaves(child, content.childNodes[block.drawn + at]))];
}
