import { INLINE_DEPTH } from "../limits.js";
import { classAt, classBefore } from "./characters.js";

/** @typedef {import("./chain.js").Piece} Piece */

/**
 * A run of `*`, `_` or `~~` that may begin or end an emphasis.
 *
 * @typedef {{mark: string, count: number, length: number, opens: boolean, closes: boolean, piece: Piece}} Delimiter
 */

/**
 * Says whether a run of marks may begin and may end an emphasis: CommonMark's rules with the amendment of
 * markdown-cjk-friendly, under which punctuation beside a CJK character is like a letter, since CJK
 * sets no spaces between words.
 *
 * @param {string} text
 * @param {number} from where the run begins
 * @param {number} to where it ends
 */
export function flanking(text, from, to) {
  const before = classBefore(text, from);
  const after = classAt(text, to);
  const left = !after.space && (isLikeLetter(after) || before.space || before.punctuation || before.cjk);
  const right = !before.space && (isLikeLetter(before) || after.space || after.punctuation || after.cjk);
  if (text[from] !== "_") return { opens: left, closes: right };
  // Within a word an underscore is a letter: `snake_case`, and `报告_最终_版` too.
  const isPair = to - from > 1;
  return {
    opens: left && (!right || before.punctuation || (before.cjk && (isPair || after.punctuation))),
    closes: right && (!left || after.punctuation || (after.cjk && (isPair || before.punctuation))),
  };
}

function isLikeLetter({ punctuation, cjk }) {
  return !punctuation || cjk;
}

/** The runs that have not found a partner yet, in order. */
export class Delimiters {
  /** @type {Delimiter[]} */
  #runs = [];

  /** @returns {number} the place in the stack to which {@link pair} can go back */
  get height() {
    return this.#runs.length;
  }

  /** @param {Delimiter} run */
  push(run) {
    this.#runs.push(run);
  }

  /**
   * Turns the runs above `bottom` into emphasis where they have a partner, and drops them.
   *
   * @param {import("./chain.js").Chain} chain
   * @param {number} bottom
   */
  pair(chain, bottom) {
    const runs = this.#runs.splice(bottom);
    const open = [];
    /** Below this height of the open runs there is no partner for a kind of closer. */
    const floors = new Map();
    for (const closer of runs) {
      while (closer.closes && closer.count > 0) {
        const floor = Math.min(floors.get(kindOf(closer)) ?? 0, open.length);
        const at = partnerOf(closer, open, floor);
        if (at < floor || !wrap(chain, open[at], closer)) {
          floors.set(kindOf(closer), open.length);
          break;
        }
        open.length = open[at].count > 0 ? at + 1 : at;
        for (const [kind, height] of floors) floors.set(kind, Math.min(height, open.length));
      }
      if (closer.opens && closer.count > 0) open.push(closer);
    }
  }
}

/** Returns the index of the last open run that matches the closer, or one below the lower bound. */
function partnerOf(closer, open, floor) {
  let at = open.length - 1;
  while (at >= floor && !matches(open[at], closer)) at--;
  return at;
}

function wrap(chain, opener, closer) {
  const used = opener.mark === "~" || (opener.count > 1 && closer.count > 1) ? 2 : 1;
  if (chain.depthBetween(opener.piece, closer.piece) >= INLINE_DEPTH) return false;
  chain.wrap(opener.piece, closer.piece, tagOf(opener.mark, used));
  for (const run of [opener, closer]) {
    run.count -= used;
    run.piece.text = run.piece.text.slice(used);
  }
  return true;
}

function tagOf(mark, used) {
  if (mark === "~") return "del";
  return used === 2 ? "strong" : "em";
}

function kindOf({ mark, length, opens }) {
  return `${mark}${length % 3}${opens}`;
}

/** The last condition is CommonMark's "rule of three". */
function matches(opener, closer) {
  if (opener.mark !== closer.mark) return false;
  const both = opener.closes || closer.opens;
  return !both || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}
