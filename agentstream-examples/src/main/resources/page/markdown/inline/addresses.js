import { decodeEntity } from "./entities.js";
import { ADDRESS_CHARS } from "../limits.js";

const SAFE_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);
const ESCAPE = /\\([!-/:-@[-`{-~])|&[#\w]{2,32};/g;
const SPACES = /[ \t]*(?:\n[ \t]*)?/y;
const BRACKETED = /<((?:[^<>\n\\]|\\.)*)>/y;
const TITLE = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\((?:[^()\\]|\\[^])*\)/y;

/** How deep parentheses in an address may be nested. CommonMark requires at least three levels. */
const PARENTHESES = 32;

/** @typedef {{href: string, title?: string}} Target where a link leads */

/** @param {string} href */
export function isSafe(href) {
  return href.length <= ADDRESS_CHARS && URL.canParse(href) && SAFE_PROTOCOLS.has(new URL(href).protocol);
}

/** @param {string} text with escapes and entities */
export function unescaped(text) {
  return text.replace(ESCAPE, (whole, escaped) => escaped ?? decodeEntity(whole));
}

/**
 * Reads the target of an inline link: `(https://example.org "Title")`.
 *
 * @param {string} text
 * @param {number} from behind the first parenthesis
 * @returns {{target: Target, to: number} | null}
 */
export function readTarget(text, from) {
  let at = skip(SPACES, text, from);
  const address = readAddress(text, at);
  if (!address) return null;
  at = skip(SPACES, text, address.to);
  const title = at > address.to ? match(TITLE, text, at) : null;
  if (title) at = skip(SPACES, text, at + title[0].length);
  if (text[at] !== ")") return null;
  return { target: targetOf(address.raw, title?.[0].slice(1, -1)), to: at + 1 };
}

/**
 * @param {string} address with escapes and entities, like the title
 * @param {string} [title]
 * @returns {Target}
 */
export function targetOf(address, title) {
  return { href: unescaped(address), ...(title ? { title: unescaped(title) } : {}) };
}

function readAddress(text, from) {
  const bracketed = match(BRACKETED, text, from);
  if (bracketed) return { raw: bracketed[1], to: from + bracketed[0].length };
  if (text[from] === "<") return null;
  let depth = 0;
  let at = from;
  for (; at < text.length && at - from <= ADDRESS_CHARS && text[at] > " "; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "(" && ++depth > PARENTHESES) return null;
    else if (text[at] === ")" && --depth < 0) break;
  }
  return depth > 0 ? null : { raw: text.slice(from, at), to: Math.min(at, text.length) };
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function skip(pattern, text, at) {
  return at + match(pattern, text, at)[0].length;
}
