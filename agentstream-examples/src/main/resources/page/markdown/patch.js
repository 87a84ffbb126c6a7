/** @typedef {import("./shapes.js").Shape} Shape */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * Makes the children of `parent`, from the one at `from` on, look like `shapes`. What is right already
 * stays: a text that grows gets its end appended, so that a selection in it survives.
 *
 * @param {Element} parent
 * @param {Shape[]} shapes
 * @param {number} [from]
 */
export function patchChildren(parent, shapes, from = 0) {
  const { childNodes } = parent;
  shapes.forEach((shape, index) => patch(parent, childNodes[from + index], shape));
  while (childNodes.length > from + shapes.length) parent.lastChild.remove();
}

/**
 * Makes `node` look like `shape`, or puts another in its place.
 *
 * @param {Element} parent
 * @param {ChildNode | undefined} node of its children; none to append one
 * @param {Shape} shape
 */
export function patch(parent, node, shape) {
  if (!node) return parent.append(created(shape));
  if (!isAlike(node, shape)) return node.replaceWith(created(shape));
  if (shape.tag) {
    setAttributes(node, shape);
    patchChildren(node, shape.children, shape.from);
  } else growTo(node, shape.text);
}

function isAlike(node, { tag }) {
  return tag ? node.localName === tag : node.nodeType === Node.TEXT_NODE;
}

function growTo(node, text) {
  if (text === node.data) return;
  if (text.startsWith(node.data)) node.appendData(text.slice(node.length));
  else node.data = text;
}

function created(shape) {
  if (!shape.tag) return document.createTextNode(shape.text);
  const node = shape.mathml ? document.createElementNS(MATHML, shape.tag) : document.createElement(shape.tag);
  setAttributes(node, shape);
  node.append(...shape.children.map(created));
  return node;
}

/** In the same order wherever they come from, so that the same text is the same HTML. */
function setAttributes(node, { attributes = {} }) {
  const names = Object.keys(attributes);
  const isSame = node.attributes.length === names.length && names.every((name, at) => node.attributes[at].name === name);
  if (!isSame) for (const { name } of [...node.attributes]) node.removeAttribute(name);
  for (const name of names) if (node.getAttribute(name) !== attributes[name]) node.setAttribute(name, attributes[name]);
}
