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

/** Shows `text` in `node`, or hides the node when there is none. */
export function showText(node, text) {
  node.textContent = text ?? "";
  node.hidden = !text;
}
