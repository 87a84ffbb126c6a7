const SAFE_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/**
 * What shows a token of the lexer: a tag with attributes and tokens inside, or a text. Nothing in it
 * ever loads anything, and what is not known here is shown as it was written.
 *
 * @typedef {{tag: string, attributes?: Record<string, string>, children: Shape[]}} ElementShape
 * @typedef {{text: string}} TextShape
 * @typedef {ElementShape | TextShape} Shape
 */

/**
 * @param {any[]} tokens
 * @returns {Shape[]}
 */
export function shapesOf(tokens) {
  return tokens.filter(({ type }) => type !== "space" && type !== "def").map(shapeOf);
}

function shapeOf(token) {
  const shape = Object.hasOwn(shapes, token.type) ? shapes[token.type] : undefined;
  return shape ? shape(token) : { text: token.raw };
}

/** @type {Record<string, (token: any) => Shape>} */
const shapes = {
  paragraph: ({ tokens }) => element("p", shapesOf(tokens)),
  // The page's own headings are the first two levels.
  heading: ({ depth, tokens }) => element(`h${Math.min(6, depth + 2)}`, shapesOf(tokens)),
  blockquote: ({ tokens }) => element("blockquote", shapesOf(tokens)),
  hr: () => element("hr"),
  br: () => element("br"),
  strong: ({ tokens }) => element("strong", shapesOf(tokens)),
  em: ({ tokens }) => element("em", shapesOf(tokens)),
  del: ({ tokens }) => element("del", shapesOf(tokens)),
  codespan: ({ text }) => element("code", [{ text }]),
  code: ({ text }) => element("pre", [element("code", [{ text }])], { tabindex: "0" }),
  text: ({ text, tokens }) => (tokens ? element("span", shapesOf(tokens)) : { text }),
  escape: ({ text }) => ({ text }),
  html: ({ raw, block }) => (block ? element("p", [{ text: raw.trimEnd() }]) : { text: raw }),
  list: ({ ordered, start, items }) =>
    element(ordered ? "ol" : "ul", items.map(listItem), ordered && start > 1 ? { start: String(start) } : {}),
  table: ({ header, rows }) =>
    element(
      "div",
      [
        element("table", [
          element("thead", [row("th", header)]),
          element("tbody", rows.map((cells) => row("td", cells))),
        ]),
      ],
      { class: "table", tabindex: "0" },
    ),
  link: ({ href, tokens, raw }) => link(href, shapesOf(tokens), raw),
  image: ({ href, text, raw }) => link(href, [{ text: `${text || href} ↗` }], raw),
};

function listItem({ tokens, task, checked }) {
  const box = task ? [{ text: checked ? "☑ " : "☐ " }] : [];
  return element("li", [...box, ...shapesOf(tokens)]);
}

function row(tag, cells) {
  return element("tr", cells.map(({ tokens }) => element(tag, shapesOf(tokens))));
}

function link(href, children, raw) {
  const protocol = URL.canParse(href) ? new URL(href).protocol : "";
  if (!SAFE_PROTOCOLS.has(protocol)) return { text: raw };
  return element("a", children, { href, target: "_blank", rel: "noopener noreferrer" });
}

/** @returns {ElementShape} */
function element(tag, children = [], attributes = {}) {
  return { tag, children, attributes };
}
