import { BlockParser } from "../markdown/blocks/block-parser.js";
import { References } from "../markdown/references.js";

const LINE_END = /\r\n|[\r\n]/;
const MARKS = /[\\`*_~[\]<>#|&$]/g;

/**
 * @param {string} text
 * @returns {string} one line of Markdown that reads like the text
 */
export function escaped(text) {
  return text.trim().replace(/\s+/g, " ").replace(MARKS, "\\$&");
}

/**
 * Quotes Markdown that somebody has written. Its definitions would hold for what others say too: they
 * become text.
 *
 * @param {string} text
 */
export function quoted(text) {
  let defines = false;
  const references = new References();
  references.define = () => (defines = true);
  const parser = new BlockParser(references);
  const lines = text.split(LINE_END).map((line) => {
    defines = false;
    parser.addLine(line);
    const own = defines ? line.replace("[", "\\[") : line;
    return own ? `> ${own}` : ">";
  });
  return lines.join("\n");
}
