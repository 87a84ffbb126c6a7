/**
 * An address ends before white space, quotes, brackets of its own, and punctuation of CJK, which
 * follows words without a space; before emphasis that ends with it, too.
 */
const REST =
  /(?:(?!\*\*|~~|\*[^\x00-\x7f])[^\s\x00-\x1f<>"`|\\[\]\u2014\u2018-\u201f\u2026\u3000-\u303f\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65])+/uy;
const IPV6 = /\[[\da-fA-F:.]+\]/y;
const HOST = /^[^/?#]*/;
/** A host in ASCII ends where the text continues in another script: `example.com然后`. */
const ASCII_HOST = /^[\w.-]*\.[a-zA-Z]{2,}(?=[^\x00-\x7f])/;
const TRAILING = /(?:&[a-zA-Z\d]{2,31};|[?!.,:;*_~'])$/;
const SCHEME = /(?:^|[^a-zA-Z\d])(https?)$/i;
const WWW = /(?:^|[^a-zA-Z\d])(www)$/i;
const LOCAL_PART = /[\w.+-]{1,64}$/;
const DOMAIN = /[a-zA-Z\d](?:[a-zA-Z\d-]{0,61}[a-zA-Z\d])?(?:\.[a-zA-Z\d](?:[a-zA-Z\d-]{0,61}[a-zA-Z\d])?)+/y;

/** @typedef {{start: number, to: number, href: string}} BareLink from where to where, and where to */

/**
 * Finds a bare link around a character that is rare elsewhere: the colon of `https://`, the first dot of
 * `www.`, or the `@` of an address.
 *
 * @param {string} text
 * @param {number} at of that character
 * @param {number} from how far back it may begin
 * @returns {BareLink | null}
 */
export function bareLinkAt(text, at, from) {
  if (text[at] === "@") return email(text, at, from);
  if (text[at] === ":") return text.startsWith("://", at) ? web(text, at, from, SCHEME, 3, "") : null;
  return web(text, at, from, WWW, 1, "http://");
}

function web(text, at, from, beginning, marks, prefix) {
  const [, word] = beginning.exec(text.slice(Math.max(from, at - 6), at)) ?? [];
  if (!word) return null;
  const start = at - word.length;
  const address = cut(text, at + marks);
  if (!address || !/[\p{L}\p{N}]/u.test(address)) return null;
  const to = at + marks + address.length;
  return { start, to, href: prefix + text.slice(start, to) };
}

function cut(text, from) {
  const literal = match(IPV6, text, from)?.[0] ?? "";
  const rest = match(REST, text, from + literal.length)?.[0] ?? "";
  const [host] = HOST.exec(rest);
  const [ascii] = ASCII_HOST.exec(host) ?? [];
  return literal + withoutTrailing(ascii ?? rest);
}

/** Punctuation at the end belongs to the sentence, and so does a bracket that was opened before. */
function withoutTrailing(address) {
  const closing = { ")": balance(address, "(", ")"), "}": balance(address, "{", "}") };
  let end = address.length;
  for (;;) {
    const last = address[end - 1];
    const [trailing] = TRAILING.exec(address.slice(Math.max(0, end - 33), end)) ?? [];
    if (trailing) end -= trailing.length;
    else if (closing[last] < 0) {
      closing[last]++;
      end--;
    } else return address.slice(0, end);
  }
}

function balance(text, opening, closing) {
  return text.split(opening).length - text.split(closing).length;
}

function email(text, at, from) {
  const [local] = LOCAL_PART.exec(text.slice(Math.max(from, at - 64), at)) ?? [];
  const [domain] = match(DOMAIN, text, at + 1) ?? [];
  if (!local || !domain) return null;
  const start = at - local.length;
  return { start, to: at + 1 + domain.length, href: `mailto:${local}@${domain}` };
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
