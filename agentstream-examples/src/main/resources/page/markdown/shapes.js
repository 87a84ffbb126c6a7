import { FORMULAS, formulaShape } from "./formula.js";
import { parseInline } from "./inline/inline-parser.js";
import { linkShape } from "./inline/links.js";
import { completed } from "./unfinished.js";

/** @typedef {import("./blocks/block.js").Block} Block */
/** @typedef {import("./references.js").References} References */

/**
 * The shape of a block: an element with its contents, or a text. It never loads anything.
 *
 * @typedef {object} ElementShape
 * @property {string} tag
 * @property {boolean} [mathml] whether the tag is one of MathML
 * @property {Record<string, string>} [attributes]
 * @property {Shape[]} children
 * @property {number} [from] the number of earlier children that are already drawn
 * @property {string} [source] its source text
 * @property {number} [weight] the elements that it counts for
 * @typedef {{text: string, tag?: undefined, children?: undefined}} TextShape
 * @typedef {ElementShape | TextShape} Shape
 */

const TASK = /^\[([ xX])\][ \t]+(?=\S)/;

/**
 * @param {Block} block
 * @param {References} references
 * @returns {ElementShape}
 */
export function shapeOf(block, references) {
  if (block.shape && !references.knowsOneOf(block.missed)) return block.shape;
  block.missed = new Set();
  const shape = isText(block) ? texts[block.type](block, references) : containers[block.type](block, references);
  // A block has its own text direction, which its contents share.
  if (block.top) shape.attributes = { dir: "auto", ...shape.attributes };
  if (block.missed.has(FORMULAS)) references.missFormulas = true;
  if (!block.open && isText(block)) block.shape = shape;
  return shape;
}

/**
 * @param {Block} block that has just ended
 * @param {References} references
 * @returns {number} elements of it, without those of the blocks in it
 */
export function weightOf(block, references) {
  return isText(block) ? elementsIn(shapeOf(block, references)) : 1;
}

/** @param {Block} block whether it holds text and no other blocks */
function isText({ type }) {
  return Object.hasOwn(texts, type);
}

/** @param {Shape} shape */
function elementsIn({ tag, weight, children }) {
  if (!tag) return 0;
  return weight ?? 1 + children.reduce((sum, child) => sum + elementsIn(child), 0);
}

/** @type {Record<string, (block: Block, references: References) => ElementShape>} */
const texts = {
  paragraph: (block, references) => {
    const [, box] = (block.is.first && TASK.exec(block.text)) || [];
    const text = box ? block.text.replace(TASK, "") : block.text;
    const before = box ? [{ text: box === " " ? "☐ " : "☑ " }] : [];
    const attributes = block.is.continued ? { class: "continued" } : {};
    return element("p", [...before, ...inline(block, text, references)], attributes);
  },
  // The page's own headings are the first two levels.
  heading: (block, references) => element(`h${Math.min(6, block.is.level + 2)}`, inline(block, block.text, references)),
  rule: () => element("hr"),
  definition: ({ is: { label, address, target, title } }) => {
    const link = linkShape({ href: target.href }, [{ text: address }]);
    return element("p", [{ text: `[${label}]: ` }, link, { text: title && ` ${title}` }], { class: "definition" });
  },
  chunk: ({ text, is: { code } }) => element(code ? "code" : "p", [{ text: text.replace(/\n$/, "") }]),
  formula: (block) => element("p", [block.open ? { text: block.text } : wholeFormula(block)]),
  row: (block, references) => {
    const { cells, columns, tag } = block.is;
    const shapes = cells.map((cell, column) => {
      const isLast = column === cells.length - 1;
      const children = inline(isLast ? block : { ...block, open: false }, cell, references, { breaks: true });
      return element(tag, children, columns[column] ? { class: columns[column] } : {});
    });
    return element("tr", shapes);
  },
};

/** @type {Record<string, (block: Block, references: References) => ElementShape>} */
const containers = {
  quote: (block, references) => container("blockquote", block, references),
  list: (block, references) => {
    const { ordered, start, loose } = block.is;
    const attributes = { ...(loose ? { class: "loose" } : {}), ...(ordered && start !== 1 ? { start: String(start) } : {}) };
    return container(ordered ? "ol" : "ul", block, references, attributes);
  },
  item: (block, references) => container("li", block, references),
  code: (block, references) => {
    const language = block.is.info ? { "data-language": block.is.info } : {};
    const shape = container("pre", block, references, { dir: "ltr", tabindex: "0", ...language });
    if (shape.children.length === 0 && !shape.from) shape.children.push(element("code"));
    return shape;
  },
  unread: (block, references) => container("div", block, references, { class: "unread" }),
  table: (block, references) => {
    const head = element("thead", [shapeOf(block.is.header, references)]);
    const body = container("tbody", block, references);
    return element("div", [element("table", [head, body])], { class: "table", tabindex: "0" });
  },
};

function inline(block, text, references, options) {
  const shown = block.open || block.is.isDraft ? completed(text) : text.trimEnd();
  const { shapes, missed } = parseInline(shown, references, options);
  for (const label of missed) block.missed.add(label);
  return shapes;
}

function wholeFormula(block) {
  const { text, is } = block;
  const tex = text.slice(2, -is.closing.length);
  return formulaShape({ tex, display: true, source: text }, block.missed);
}

function container(tag, block, references, attributes = {}) {
  const children = block.children.map((child) => shapeOf(child, references));
  return { tag, attributes, children, from: block.drawn };
}

/** @returns {ElementShape} */
function element(tag, children = [], attributes = {}) {
  return { tag, attributes, children };
}
