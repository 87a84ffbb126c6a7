const SPACE = /\s/;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const CJK =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{sc=Yi}\u3000-\u303f\ufe30-\ufe6f\uff01-\uffee]/u;

/** @typedef {{space: boolean, punctuation: boolean, cjk: boolean}} CharacterClass */

/** The class of both ends of a text. */
const OUTSIDE = { space: true, punctuation: false, cjk: false };

/**
 * @param {string} text
 * @param {number} index
 * @returns {CharacterClass} of the character that begins at `index`
 */
export function classAt(text, index) {
  return index < text.length ? classOf(String.fromCodePoint(text.codePointAt(index))) : OUTSIDE;
}

/**
 * @param {string} text
 * @param {number} index
 * @returns {CharacterClass} of the character that ends before `index`
 */
export function classBefore(text, index) {
  if (index === 0) return OUTSIDE;
  const isPair = index > 1 && text.codePointAt(index - 2) > 0xffff;
  return classOf(text.slice(index - (isPair ? 2 : 1), index));
}

function classOf(character) {
  // Below are scripts that need no second look, and signs that Han shares with Latin.
  const cjk = character >= "\u1100" && CJK.test(character);
  return { space: SPACE.test(character), punctuation: PUNCTUATION.test(character), cjk };
}
