/** @typedef {import("./shapes.js").Shape} Shape */

const TAGS = new Set(
  `annotation math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub
  msubsup msup mtable mtd mtext mtr munder munderover mmultiscripts mprescripts none semantics`.split(/\s+/),
);

const ATTRIBUTES = new Set(
  `accent accentunder depth display displaystyle encoding fence height largeop linethickness lspace mathbackground
  mathcolor mathsize maxsize minsize movablelimits rspace scriptlevel separator stretchy symmetric voffset
  width`.split(/\s+/),
);

const DEPTH = 40;

/** The layout that MathML Core leaves to style sheets. */
const CLASSES = { mathvariant: variantClass, notation: (value) => value.split(" "), columnalign: () => [] };

/** Letters that browsers draw in no other way: from "A" and "a", and those that Unicode had before. */
const ALPHABETS = {
  "double-struck": { upper: 0x1d538, lower: 0x1d552, digit: 0x1d7d8, odd: { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" } },
  script: {
    upper: 0x1d49c,
    lower: 0x1d4b6,
    odd: { B: "ℬ", E: "ℰ", F: "ℱ", H: "ℋ", I: "ℐ", L: "ℒ", M: "ℳ", R: "ℛ", e: "ℯ", g: "ℊ", o: "ℴ" },
  },
  fraktur: { upper: 0x1d504, lower: 0x1d51e, odd: { C: "ℭ", H: "ℌ", I: "ℑ", R: "ℜ", Z: "ℨ" } },
};

/**
 * Copies KaTeX's tree of a formula, element by element: what is not known to be MathML and nothing more
 * is left out.
 *
 * @param {any} node of KaTeX
 * @param {number} [depth] of the node in its formula
 * @returns {Shape}
 * @throws {RangeError} if the formula is nested so deep that it would take long to lay out
 */
export function mathShape(node, depth = 0) {
  if (typeof node.text === "string") return { text: node.text };
  if (depth > DEPTH) throw new RangeError("Nested too deep");
  const children = (node.children ?? []).map((child) => mathShape(child, depth + 1));
  if (!TAGS.has(node.type)) return { tag: "mrow", mathml: true, attributes: {}, children };
  if (node.type === "mtable") align(children, String(node.attributes.columnalign ?? "").split(" "));
  return { tag: node.type, mathml: true, attributes: attributesOf(node), children: lettered(children, node.attributes.mathvariant) };
}

function attributesOf({ attributes }) {
  const entries = Object.entries(attributes);
  const plain = entries.filter(([name]) => ATTRIBUTES.has(name)).map(([name, value]) => [name, String(value)]);
  const classes = entries.flatMap(([name, value]) => (Object.hasOwn(CLASSES, name) ? CLASSES[name](String(value)) : []));
  if (attributes.mathvariant === "normal") plain.push(["mathvariant", "normal"]);
  return Object.fromEntries(classes.length > 0 ? [...plain, ["class", classes.join(" ")]] : plain);
}

function variantClass(value) {
  return value === "normal" || Object.hasOwn(ALPHABETS, value) ? [] : value.split("-");
}

/** Columns are aligned cell by cell. */
function align(rows, sides) {
  for (const { children = [] } of rows) {
    children.forEach((cell, column) => {
      const side = sides[Math.min(column, sides.length - 1)];
      if (side === "left" || side === "right") cell.attributes = { ...cell.attributes, class: side };
    });
  }
}

function lettered(children, variant) {
  const alphabet = Object.hasOwn(ALPHABETS, variant ?? "") ? ALPHABETS[variant] : undefined;
  if (!alphabet) return children;
  return children.map((child) => (child.text === undefined ? child : { text: child.text.replace(/[A-Za-z\d]/g, letter) }));

  function letter(plain) {
    if (Object.hasOwn(alphabet.odd, plain)) return alphabet.odd[plain];
    const [first, base] = plain >= "a" ? ["a", alphabet.lower] : plain >= "A" ? ["A", alphabet.upper] : ["0", alphabet.digit];
    return base ? String.fromCodePoint(base + plain.charCodeAt(0) - first.charCodeAt(0)) : plain;
  }
}
