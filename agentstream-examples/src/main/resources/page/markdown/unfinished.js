import { Formulas } from "./inline/formulas.js";
import { FORMULA_CHARS } from "./limits.js";

const UNFINISHED_LINE = /^[-+*=>#|`~\s]*(?:\d{1,9}[.)]?[ \t]*)?$/;
const UNFINISHED_FENCE = /^[>\s]*(?:`+|~+)[ \t]*$/;
const UNFINISHED_TARGET = /!?\[([^[\]\n]*)\]\([^()\s]*$/;
const UNFINISHED_LABEL = /!?\[([^[\]\n]*)$/;
/** The first row of a table is shown once the next line confirms that it is a table. */
const UNFINISHED_TABLE = /(?:^|\n)\|[^\n]*\n?$/;
const MARK = /\\[\s\S]|`+|\*{1,2}|_{1,2}|~~/g;
const FORMULA = /\\[^]|\$\$/g;

/**
 * Says whether a line that is still being written shows nothing yet, since what it has so far may be
 * the marks of a list, a heading or the end of some code.
 *
 * @param {string} line
 * @param {boolean} isInCode
 */
export function isUnfinished(line, isInCode) {
  return (isInCode ? UNFINISHED_FENCE : UNFINISHED_LINE).test(line);
}

/**
 * Completes text that is still being written, so that its marks do not show for a moment before they
 * take effect: emphasis is closed, and what may become a link, a formula or a table waits.
 *
 * @param {string} source
 * @returns {string}
 */
export function completed(source) {
  const shown = source
    .slice(0, formulaStart(source))
    .replace(UNFINISHED_TABLE, "")
    .replace(UNFINISHED_TARGET, "$1")
    .replace(UNFINISHED_LABEL, "$1");
  const open = openMarks(shown);
  if (open.length === 0) return shown;
  const bare = shown.trimEnd();
  const dangling = open.findLastIndex((mark) => !bare.endsWith(mark)) + 1;
  const kept = open.slice(dangling).reduceRight((text, mark) => text.slice(0, -mark.length), bare);
  return kept + open.slice(0, dangling).reverse().join("");
}

/** Returns the start of a formula that may still end, or the end of the text. */
function formulaStart(text) {
  const formulas = new Formulas(text);
  FORMULA.lastIndex = 0;
  for (let mark = FORMULA.exec(text); mark; mark = FORMULA.exec(text)) {
    if (mark[0] !== "\\(" && mark[0] !== "\\[" && mark[0] !== "$$") continue;
    const formula = formulas.at(mark.index);
    if (formula) FORMULA.lastIndex = formula.to;
    else if (text.length - mark.index <= FORMULA_CHARS) return mark.index;
  }
  return text.length;
}

/** The marks that were opened and not closed, in order. */
function openMarks(text) {
  const open = [];
  for (const { 0: mark, index } of text.matchAll(MARK)) {
    if (mark[0] === "\\") continue;
    const inCode = open.at(-1)?.[0] === "`";
    if (open.at(-1) === mark) open.pop();
    else if (!inCode && opens(text, mark, index)) open.push(mark);
  }
  return open;
}

function opens(text, mark, index) {
  const before = text[index - 1] ?? " ";
  const after = text[index + mark.length];
  if (mark[0] === "`") return true;
  if (after !== undefined && /\s/.test(after)) return false;
  return mark[0] !== "_" || !/\w/.test(before);
}
