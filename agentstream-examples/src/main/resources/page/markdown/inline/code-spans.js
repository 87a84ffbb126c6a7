const RUN = /`+/g;

/** The ends of the code spans of one text, found in one pass. */
export class CodeSpans {
  #text;
  /** @type {Map<number, number[]> | undefined} from the length of a run of backticks to where such runs begin */
  #runs;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * @param {number} from where a run of backticks begins
   * @returns {{run: string, code?: string, to: number}} the code, where the run has a partner
   */
  at(from) {
    RUN.lastIndex = from;
    const [run] = RUN.exec(this.#text);
    const start = from + run.length;
    const end = this.#next(run.length, start);
    if (end === undefined) return { run, to: start };
    return { run, code: content(this.#text.slice(start, end)), to: end + run.length };
  }

  /** The text is read from its beginning to its end: runs that lie behind are dropped. */
  #next(length, from) {
    this.#runs ??= this.#find();
    const starts = this.#runs.get(length) ?? [];
    while (starts.at(-1) < from) starts.pop();
    return starts.at(-1);
  }

  #find() {
    const runs = new Map();
    for (const { 0: run, index } of this.#text.matchAll(RUN)) {
      const starts = runs.get(run.length) ?? [];
      runs.set(run.length, starts);
      starts.push(index);
    }
    for (const starts of runs.values()) starts.reverse();
    return runs;
  }
}

/** One space on either side only keeps a backtick apart. */
function content(raw) {
  const code = raw.replaceAll("\n", " ");
  const isPadded = code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "";
  return isPadded ? code.slice(1, -1) : code;
}
