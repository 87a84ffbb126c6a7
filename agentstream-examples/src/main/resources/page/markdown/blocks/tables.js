import { TABLE_COLUMNS } from "../limits.js";

const DELIMITERS = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * @param {string} row
 * @returns {string[]} its cells, in which an escaped bar is a bar
 */
export function cellsOf(row) {
  const inner = row.trim().replace(/^\|/, "");
  const cells = [];
  let cell = "";
  for (let at = 0; at < inner.length; at++) {
    if (inner[at] === "\\" && inner[at + 1] === "|") cell += inner[++at];
    else if (inner[at] === "\\") cell += inner[at] + (inner[++at] ?? "");
    else if (inner[at] === "|") {
      cells.push(cell.trim());
      cell = "";
    } else cell += inner[at];
  }
  if (cell.trim() || cells.length === 0) cells.push(cell.trim());
  return cells;
}

/**
 * Says how the columns of a table are aligned.
 *
 * @param {string} header the line before
 * @param {string} line
 * @returns {string[] | null} `""`, `"left"`, `"center"` or `"right"` for each column, or null if no table begins
 */
export function columnsOf(header, line) {
  if (!line.includes("-") || !(line.includes("|") || header.includes("|"))) return null;
  if (line.split("|", TABLE_COLUMNS + 3).length > TABLE_COLUMNS + 2 || !DELIMITERS.test(line)) return null;
  const columns = cellsOf(line).map(alignmentOf);
  return columns.length <= TABLE_COLUMNS && columns.length === cellsOf(header).length ? columns : null;
}

function alignmentOf(delimiter) {
  const left = delimiter.startsWith(":");
  const right = delimiter.endsWith(":");
  if (left && right) return "center";
  return right ? "right" : left ? "left" : "";
}
