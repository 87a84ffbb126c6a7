import { linkShape } from "./links.js";

const ADDRESS = /<([a-zA-Z][a-zA-Z\d.+-]{1,31}:[^\s<>\x00-\x1f]*)>/y;
const EMAIL = /<([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-zA-Z\d][a-zA-Z\d.-]{0,254})>/y;
const BREAK = /<br *\/?>/iy;
const TAG =
  /<(?:[a-zA-Z][a-zA-Z\d-]*(?:\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^'<]*'|"[^"<]*"))?)*\s*\/?|\/[a-zA-Z][a-zA-Z\d-]*\s*)>/y;

/**
 * Parses the text between `<` and `>`: either an address to link to, or an HTML tag, which is shown as text in
 * which Markdown has no effect.
 *
 * @param {string} text
 * @param {number} at
 * @param {boolean} breaks whether `<br>` breaks the line
 * @returns {{shape?: import("../shapes.js").Shape, to: number} | null}
 */
export function pointedAt(text, at, breaks) {
  if (breaks) {
    const found = match(BREAK, text, at);
    if (found) return { shape: { tag: "br", children: [] }, to: at + found[0].length };
  }
  return address(text, at, ADDRESS, "") ?? address(text, at, EMAIL, "mailto:") ?? tag(text, at);
}

function address(text, at, pattern, scheme) {
  const found = match(pattern, text, at);
  if (!found) return null;
  const shape = linkShape({ href: scheme + found[1] }, [{ text: found[1] }]);
  return { ...(shape ? { shape } : {}), to: at + found[0].length };
}

function tag(text, at) {
  const found = match(TAG, text, at);
  return found && { to: at + found[0].length };
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
