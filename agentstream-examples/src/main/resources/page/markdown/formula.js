import { loadKatex } from "../libraries.js";
import { mathShape } from "./math-shapes.js";

/** @typedef {import("./shapes.js").Shape} Shape */
/** @typedef {{tex: string, display: boolean, source: string}} Formula */

/** Stands among the labels that are not known yet while formulas cannot be drawn: no label looks like it. */
export const FORMULAS = "\n";

/** Elements that a formula counts for, drawn or not: the same text always has the same bounds. */
const WEIGHT = 10;

/** Macros of its own make a short formula long. */
const DEFINES = /\\(?:[gex]?def|let|futurelet|(?:re)?newcommand|providecommand|expandafter|csname|global|long)(?![a-zA-Z])/;

const OPTIONS = { output: "mathml", throwOnError: true, strict: "ignore", trust: false, maxSize: 20, maxExpand: 300 };

const KEPT = 500;

let katex;
let loading;
/** @type {Set<() => void>} */
const waiting = new Set();
/** @type {Map<string, Shape>} */
const drawn = new Map();

/**
 * Returns what shows a formula: MathML, or its source where it is no formula to KaTeX, or KaTeX is not
 * here yet.
 *
 * @param {Formula} formula
 * @param {Set<string>} missed takes {@link FORMULAS} where KaTeX is not here yet
 * @returns {Shape}
 */
export function formulaShape(formula, missed) {
  if (!katex) {
    missed.add(FORMULAS);
    load();
    return sourceShape(formula);
  }
  const shape = drawn.get(formula.source) ?? draw(formula);
  if (drawn.size >= KEPT) drawn.clear();
  drawn.set(formula.source, shape);
  return shape;
}

/**
 * Calls back once formulas can be drawn.
 *
 * @param {() => void} callback
 */
export function whenFormulas(callback) {
  waiting.add(callback);
}

async function load() {
  loading ??= loadKatex();
  try {
    katex = await loading;
  } catch {
    // The source stays; the next formula tries again.
    loading = undefined;
    return;
  }
  for (const callback of waiting) callback();
  waiting.clear();
}

function draw(formula) {
  const { tex, display, source } = formula;
  if (DEFINES.test(tex)) return sourceShape(formula);
  try {
    const tree = katex.__renderToDomTree(tex, { ...OPTIONS, displayMode: display });
    const math = mathShape(tree.children[0]);
    const attributes = { class: "formula", dir: "ltr", ...(display ? { tabindex: "0" } : {}) };
    return { tag: "span", attributes, children: [math], source, weight: WEIGHT };
  } catch {
    return sourceShape(formula);
  }
}

function sourceShape({ source }) {
  return { tag: "span", attributes: { class: "formula-source", dir: "ltr" }, children: [{ text: source }], source, weight: WEIGHT };
}
