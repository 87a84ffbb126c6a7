// Draws texts as they come, at their end and anew, in a page of the real thing, and tells what is wrong.
import { FrameTime } from "./markdown/frame-time.js";
import { GrowingMarkdown } from "./markdown/growing-markdown.js";
import { CIRCLES, cutsOf, textOf } from "./markdown-texts.js";

/** What takes longer in one update, with its layout, is looked at again. */
const UPDATE_MS = 200;

/** A message has 10,000 and those of its last piece. */
const ELEMENTS = 15_000;

const faults = [];
addEventListener("error", ({ message }) => faults.push(`error: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => faults.push(`rejection: ${reason}`));
addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) => faults.push(`violation: ${violatedDirective} ${sample}`));

/** One message in a conversation, with nothing around it. */
class Sheet {
  #body = document.createElement("div");
  #node = document.createElement("article");
  #text;
  /** In milliseconds, the worst update. */
  worst = 0;

  constructor() {
    this.#node.className = "message";
    this.#body.className = "message-text markdown";
    this.#node.append(this.#body);
    document.getElementById("transcript").append(this.#node);
    this.#text = new GrowingMarkdown(this.#body, () => {});
  }

  show(text, whole = false) {
    while (!this.update(text, whole));
    return this;
  }

  /** What a frame does. */
  update(text, whole) {
    const start = performance.now();
    const isShown = this.#text.show(text, whole, new FrameTime());
    void this.#node.offsetHeight;
    this.worst = Math.max(this.worst, performance.now() - start);
    return isShown;
  }

  get html() {
    return this.#body.innerHTML;
  }

  get elements() {
    return this.#body.getElementsByTagName("*").length;
  }

  close() {
    this.#node.remove();
  }
}

/** Formulas are drawn once the library is there: what is compared is drawn with it. */
export async function ready() {
  document.getElementById("start-view").hidden = true;
  document.getElementById("conversation-view").hidden = false;
  const sheet = new Sheet();
  sheet.show("$$x$$", true);
  while (!sheet.html.includes("<math")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    sheet.show("$$x$$", true);
  }
  sheet.close();
}

/** What a text looks like at its end, without what all blocks and links have. */
export function shown(text) {
  const sheet = new Sheet().show(text, true);
  sheet.close();
  return sheet.html.replace(/ (?:dir="(?:auto|ltr)"|target="_blank"|rel="noopener noreferrer"|tabindex="0")/g, "");
}

/**
 * Tries the texts of these numbers.
 *
 * @returns what is wrong, and those that took long, which may have been the machine
 */
export async function tryTexts(from, to) {
  const slow = [];
  for (let seed = from; seed < to; seed++) {
    const text = textOf(seed);
    if (trial(`text ${seed}`, text, cutsOf(text, seed)) > UPDATE_MS) slow.push(seed);
    if (seed % 20 === 0) await new Promise(requestAnimationFrame);
  }
  return { faults: faults.splice(0), slow };
}

export const circles = Object.keys(CIRCLES);

/** @returns {Promise<string[]>} what is wrong with one that runs in circles */
export async function tryCircle(name) {
  const text = CIRCLES[name];
  const every = Math.ceil(text.length / 8);
  trial(name, text, Array.from({ length: 8 }, (_, at) => at * every));
  await new Promise(requestAnimationFrame);
  return faults.splice(0);
}

let stepped;

/** Begins to show a text in steps, each of which is one update. */
export function beginSteps(name) {
  stepped = { text: CIRCLES[name] ?? textOf(name), sheet: new Sheet() };
}

/** @returns {boolean} whether that was the last */
export function step() {
  const isShown = stepped.sheet.update(stepped.text, true);
  if (isShown) stepped.sheet.close();
  return isShown;
}

/** @returns {number} how long the worst update took, in milliseconds */
function trial(name, text, cuts) {
  const [live, late, anew] = [new Sheet(), new Sheet(), new Sheet()];
  try {
    for (const cut of cuts) live.show(text.slice(0, cut));
    late.show(text.slice(0, cuts.at(-1) ?? 0));
    if (live.html !== late.html) faults.push(`${name}: live is not what somebody sees who comes later`);
    live.show(text, true);
    anew.show(text, true);
    if (live.html !== anew.html) faults.push(`${name}: live is not what a reload shows`);
    const lost = lostIn(text, anew.html);
    if (lost.length > text.length / 8_192) faults.push(`${name}: lost ${lost.slice(0, 5)}`);
    if (anew.elements > ELEMENTS) faults.push(`${name}: ${anew.elements} elements`);
    return Math.max(live.worst, late.worst, anew.worst);
  } finally {
    for (const sheet of [live, late, anew]) sheet.close();
  }
}

/** Where a long line is cut, a word may be cut. */
function lostIn(text, html) {
  return [...new Set(text.match(/w\d+w/g))].filter((word) => !html.includes(word));
}
