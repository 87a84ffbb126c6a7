const UNFINISHED_LINE = /(^|\n)[ \t]*(?:[-=+>#|]+|\*{1,3}|\d{1,9}[.)]?|`{1,2}|~{1,2})[ \t]*$/;
const UNFINISHED_TARGET = /!?\[([^[\]\n]*)\]\([^()\s]*$/;
const UNFINISHED_LABEL = /!?\[([^[\]\n]*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const MARK = /\\[\s\S]|`+|\*{1,2}|_{1,2}|~~/g;

/**
 * Completes Markdown that is still being written, so that its marks do not show for a moment before
 * they take effect: emphasis is closed, and what may become a list, a link or a heading waits.
 *
 * @param {string} source the blocks that are not finished
 * @returns {string}
 */
export function completed(source) {
  if (endsInFence(source)) return source;
  const shown = source
    .replace(UNFINISHED_LINE, "$1")
    .replace(UNFINISHED_TARGET, "$1")
    .replace(UNFINISHED_LABEL, "$1");
  const lastBlock = shown.lastIndexOf("\n\n") + 1;
  const open = openMarks(shown.slice(lastBlock));
  if (open.length === 0) return shown;
  const bare = shown.trimEnd();
  const dangling = open.findLastIndex((mark) => !bare.endsWith(mark)) + 1;
  const kept = open.slice(dangling).reduceRight((text, mark) => text.slice(0, -mark.length), bare);
  return kept + open.slice(0, dangling).reverse().join("");
}

/** @param {string} source */
function endsInFence(source) {
  let open = "";
  for (const line of source.split("\n")) {
    const [, fence] = FENCE.exec(line) ?? [];
    if (!fence) continue;
    if (!open) open = fence;
    else if (fence.startsWith(open) && line.trim() === fence) open = "";
  }
  return open !== "";
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
