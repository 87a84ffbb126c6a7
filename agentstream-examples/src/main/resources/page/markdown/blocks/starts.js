import { isFormula } from "../inline/formulas.js";
import { BLOCK_DEPTH } from "../limits.js";
import { block, hasChildren } from "./block.js";
import { cellsOf, columnsOf } from "./tables.js";

/** @typedef {import("./block-parser.js").BlockParser} BlockParser */
/** @typedef {import("./line.js").Line} Line */

const CODE_INDENT = 4;
const HEADING = /^(#{1,6})(?:[ \t]+|$)/;
const HEADING_END = /(?:^|[ \t])#+[ \t]*$/;
const FENCE = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;
const UNDERLINE = /^(?:=+|-+)[ \t]*$/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const MARKER = /^(?:[-+*]|(\d{1,9})([.)]))(?=[ \t]|$)/;
const FORMULA = /^(?:\$\$|\\\[)/;

/**
 * Begins what a line begins, one block at a time.
 *
 * @param {BlockParser} parser
 * @param {Line} line
 * @returns {"container" | "leaf" | null} a container may hold another block in the same line
 */
export function start(parser, line) {
  if (line.isBlank) return null;
  if (line.indent >= CODE_INDENT) return indentedCode(parser, line);
  for (const begin of starts) {
    const begun = begin(parser, line, line.trimmed);
    if (begun) return begun;
  }
  return null;
}

const starts = [quote, heading, fence, formula, table, underline, rule, listItem];

function indentedCode(parser, line) {
  if (parser.tip.type === "paragraph" && parser.tip.open) return null;
  line.skipColumns(CODE_INDENT);
  parser.open(block("code", { fence: "" }));
  parser.addCode(line.rest);
  return "leaf";
}

function quote(parser, line, text) {
  if (text[0] !== ">" || parser.depth >= BLOCK_DEPTH) return null;
  skipQuoteMark(line);
  parser.open(block("quote"));
  return "container";
}

/** @param {Line} line that continues with `>` */
export function skipQuoteMark(line) {
  line.skipIndent();
  line.skip(1);
  line.skipColumns(1);
}

function heading(parser, line, text) {
  const [mark, { length } = ""] = HEADING.exec(text) ?? [];
  if (mark === undefined) return null;
  const content = text.slice(mark.length).replace(HEADING_END, "").trim();
  parser.add(block("heading", { level: length }, content));
  return "leaf";
}

function fence(parser, line, text) {
  const [, ticks, tickInfo, tildes, tildeInfo] = FENCE.exec(text) ?? [];
  const mark = ticks ?? tildes;
  if (!mark) return null;
  parser.open(block("code", { fence: mark, indent: line.indent, info: (tickInfo ?? tildeInfo).trim() }));
  return "leaf";
}

/** A formula on lines of its own: what would begin a list or a quote in the text does not in there. */
function formula(parser, line, text) {
  const [mark] = FORMULA.exec(text) ?? [];
  if (!mark) return null;
  const closing = mark === "$$" ? "$$" : "\\]";
  const end = text.indexOf(closing, mark.length);
  if (end >= 0 && (text.slice(end + closing.length).trim() || !isFormula(mark, text.slice(mark.length, end)))) return null;
  parser.open(block("formula", { closing, whole: end >= 0 }, text.trimEnd()));
  if (end >= 0) parser.closeTip();
  return "leaf";
}

/** The last line of a paragraph becomes the header once its second line is there. */
function table(parser, line, text) {
  const { tip } = parser;
  if (tip.type !== "paragraph" || !parser.continuesText) return null;
  const from = tip.text.lastIndexOf("\n") + 1;
  const columns = columnsOf(tip.text.slice(from), text);
  if (!columns) return null;
  const header = block("row", { cells: cellsOf(tip.text.slice(from)), columns, tag: "th" });
  header.open = false;
  tip.text = tip.text.slice(0, Math.max(0, from - 1));
  parser.closeTip();
  parser.open(block("table", { header, columns, cells: columns.length }));
  return "leaf";
}

function underline(parser, line, text) {
  const { tip } = parser;
  if (tip.type !== "paragraph" || tip.is.continued || !parser.continuesText || !UNDERLINE.test(text)) return null;
  parser.replaceTip(block("heading", { level: text[0] === "=" ? 1 : 2 }, tip.text.trim()));
  return "leaf";
}

function rule(parser, line, text) {
  if (!RULE.test(text)) return null;
  parser.add(block("rule"));
  return "leaf";
}

function listItem(parser, line, text) {
  const [marker, number, dot] = MARKER.exec(text) ?? [];
  if (!marker || parser.depth + 1 >= BLOCK_DEPTH) return null;
  const isEmpty = text.slice(marker.length).trim() === "";
  // Within a paragraph a number is more often the end of a sentence.
  const interrupts = parser.continuesText && parser.tip.type === "paragraph";
  if (interrupts && (isEmpty || (number !== undefined && Number(number) !== 1))) return null;
  const indent = line.indent;
  line.skipIndent();
  line.skip(marker.length);
  const padding = line.indent;
  const isCode = padding > CODE_INDENT || isEmpty;
  line.skipColumns(isCode ? 1 : padding);
  const list = { ordered: number !== undefined, kind: dot ?? marker, start: Number(number ?? 1), loose: false };
  parser.openItem(list, { offset: indent + marker.length + (isCode ? 1 : padding) });
  return "container";
}

/**
 * @param {import("./block.js").Block} open
 * @param {Line} line
 * @returns {boolean} whether the line continues the block; if so, its marks are consumed
 */
export function continues(open, line) {
  switch (open.type) {
    case "list":
      return true;
    case "quote":
      if (line.indent >= CODE_INDENT || line.trimmed[0] !== ">") return false;
      skipQuoteMark(line);
      return true;
    case "item":
      if (line.isBlank) return hasChildren(open);
      if (line.indent < open.is.offset) return false;
      line.skipColumns(open.is.offset);
      return true;
    case "code":
      if (open.is.fence) line.skipColumns(Math.min(open.is.indent, line.indent));
      else if (line.indent >= CODE_INDENT || line.isBlank) line.skipColumns(CODE_INDENT);
      else return false;
      return true;
    default:
      return !line.isBlank;
  }
}
