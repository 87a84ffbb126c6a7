// Texts to try the drawing of Markdown with: random ones, hostile ones, and those that a model writes which
// runs in circles. The same number always gives the same text.

const BLOCKS = [
  "# ", "## ", "> ", ">", "- ", "* ", "+ ", "1. ", "2) ", "10. ", "    ", "\t", "  ", "   - ", "```", "```js\n", "~~~", "---\n", "===\n", "***\n",
  "| a | b |\n|---|:-:|\n", "|", "| ", "$$\n", "$$", "\\[", "\\]", "[r]: https://example.org/r\n", "[s]: javascript:x\n", "- [ ] ", "- [x] ",
];
const INLINE = [
  "*", "**", "***", "_", "__", "~", "~~", "`", "``", "[", "]", "(", ")", "![", "](", "[r]", "[s]", "](https://example.org/", "<", ">", "<br>", "<b>",
  "</b>", "&amp;", "&#x6a;", "&eacute", "&", "\\", "\\(", "\\)", "$", "x_1^2", "\\frac{1}{2}", "https://example.org/a", "www.example.org", "a@example.org",
  "：", "，", "。", "「", "」", "（", "）", "注意", "한국어", "カナ", "مرحبا", "שלום", "🙂", "e\u0301", "\u0000", "\ud800", "\u202e", "|", "!", "\"", "'", ".", ":",
];
const SPACES = [" ", " ", " ", "\n", "\n", "\n\n", "  \n", "\n\n\n", "\r\n", " \n\n"];

/** @param {number} seed */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (end) => Math.floor(next() * end), of: (list) => list[Math.floor(next() * list.length)] };
}

/** A text of marks and of words, each of which stands in it once: `w0w`, `w1w`. */
export function textOf(seed) {
  const random = randomOf(seed);
  if (seed % 10 === 9) return circle(random);
  const pieces = 5 + random.below(seed % 7 === 0 ? 600 : 80);
  const favourites = [random.of(BLOCKS), random.of(INLINE), random.of(INLINE)];
  let text = "";
  for (let piece = 0; piece < pieces; piece++) {
    const kind = random.below(10);
    if (kind < 2) text += random.of(BLOCKS);
    else if (kind < 5) text += random.of(INLINE);
    else if (kind < 6) text += random.of(favourites);
    else text += `w${piece}w`;
    if (random.below(3) === 0) text += random.of(SPACES);
  }
  return text;
}

/** The same few marks over and over, with words in between now and then. */
function circle(random) {
  const parts = Array.from({ length: 1 + random.below(3) }, () => random.of(random.below(2) ? BLOCKS : INLINE));
  const times = 10 + random.below(random.below(40) === 0 ? 6_000 : 300);
  let text = "";
  for (let time = 0; time < times; time++) text += random.below(40) === 0 ? `w${time}w` : parts[time % parts.length];
  return text;
}

/** @returns {number[]} where a stream of the text is cut, in order */
export function cutsOf(text, seed) {
  const random = randomOf(seed + 1_000_003);
  const count = random.below(4) === 0 ? text.length : random.below(8);
  const every = Math.max(1, Math.ceil(text.length / 40));
  if (count === text.length) return Array.from({ length: Math.ceil(text.length / every) }, (_, at) => at * every);
  return Array.from({ length: count }, () => random.below(text.length + 1)).sort((one, other) => one - other);
}

const many = (count, text) => Array.from({ length: count }, (_, at) => (typeof text === "string" ? text : text(at))).join("");

/** What takes a page with it that sets no bounds. */
export const CIRCLES = {
  "numbers in numbers": many(3_000, "1. "),
  "quotes in quotes": many(3_000, "> "),
  "lists in lists": many(3_000, "- "),
  "lists in lists line by line": many(400, (at) => `${"  ".repeat(at)}- a\n`),
  "quotes in lists": many(2_000, "> - "),
  "links without an end": many(3_000, "[a]("),
  "images without an end": many(3_000, "!["),
  "brackets": many(8_000, "["),
  "closing brackets": many(8_000, "]"),
  "brackets in brackets": many(4_000, "[") + many(4_000, "]"),
  "links in links": `${many(3_000, "[")}a${many(3_000, "](https://example.org)")}`,
  "bold without an end": many(8_000, "**"),
  "bold in bold": `${many(4_000, "**a ")}${many(4_000, " b**")}`,
  "stars around a word": `${"*".repeat(8_000)}a${"*".repeat(8_000)}`,
  "marks in turn": many(4_000, "*a _b ~~c "),
  "pointed brackets": many(8_000, "<"),
  "tags without an end": many(4_000, "<a b='"),
  "backticks of every length": many(180, (at) => `${"`".repeat(at + 1)} `),
  "backticks": many(8_000, "`a``b"),
  "ampersands": many(8_000, "&a"),
  "backslashes": "\\".repeat(16_000),
  "formulas without an end": many(5_000, "\\("),
  "formulas": many(3_000, "$x_1$ "),
  "a deep formula": `$$${"\\sqrt{".repeat(160)}x${"}".repeat(160)}$$`,
  "a formula of braces": `\\(${"{".repeat(450)}x${"}".repeat(450)}\\)`,
  "a wide table": `${many(10_000, "|a")}|\n${many(10_000, "|-")}|\n${many(10_000, "|b")}|\n`,
  "a long table": `| a | b |\n|---|---|\n${many(20_000, (at) => `| ${at} | **b** |\n`)}`,
  "a long line": "word ".repeat(400_000),
  "a long word": "w".repeat(2_000_000),
  "a long line of Chinese": "注意，".repeat(300_000),
  "many links": many(100_000, "[a](https://example.org) "),
  "many addresses": many(60_000, "https://example.org/a\n"),
  "many paragraphs": many(100_000, "a\n\n"),
  "a long list": many(50_000, (at) => `- item ${at}\n`),
  "a list that becomes loose": `${many(3_000, (at) => `- item ${at}\n`)}\n- last`,
  "a long piece of code": `\`\`\`\n${many(60_000, (at) => `line ${at} of some code;\n`)}`,
  "definitions at the end": `${many(3_000, (at) => `see [${at % 100}]\n\n`)}${many(100, (at) => `[${at}]: https://example.org/${at}\n`)}`,
  "the same label": `${many(20_000, "[a] ")}\n\n[a]: https://example.org`,
  "empty lines": "\n".repeat(200_000),
  "spaces": " ".repeat(500_000),
  "tabs": "\t- ".repeat(3_000),
  "underlines": many(5_000, "a\n---\n"),
  "entities": many(20_000, "&amp;&#x41;&notit;"),
  "breaks": many(20_000, "a  \n"),
  "at signs": many(10_000, "a@b."),
  "colons": many(10_000, "http://"),
  "trailing marks": `https://example.org/${"*_".repeat(8_000)}`,
  "parentheses": `https://example.org/${")".repeat(8_000)}`,
  "rules": many(16_000, "* "),
  "a fence in every item": many(2_000, "- ```\n"),
};
