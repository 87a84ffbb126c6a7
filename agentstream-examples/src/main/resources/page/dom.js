/**
 * @param {string} tag
 * @param {object} [options]
 * @param {string} [options.className]
 * @param {string} [options.text] always as text, never as markup: models write whatever they like
 * @param {Record<string, string>} [options.data]
 * @param {Record<string, string>} [options.attributes]
 * @param {(Node | string)[]} [children]
 */
export function element(tag, { className = "", text, data = {}, attributes = {} } = {}, children = []) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  Object.assign(node.dataset, data);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** @param {string} id */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * Makes these nodes the children of `parent`. Nodes that stay are not moved, so that the focus, a selection and an open
 * field in them stay.
 *
 * @param {Element} parent
 * @param {Node[]} nodes in order
 */
export function placeChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}

/** Writes `text` into `node` only if it is another one, because each change costs layout and may be read out. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows `text` in `node`, or hides the node when there is none. */
export function showText(node, text) {
  node.textContent = text ?? "";
  node.hidden = !text;
}
