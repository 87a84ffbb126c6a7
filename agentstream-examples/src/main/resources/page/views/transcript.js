import { byId } from "../dom.js";
import { FrameBatch } from "../frame-batch.js";
import { endedLine, errorLine, roundLine } from "./lines.js";
import { MessageView } from "./message-view.js";

/** @typedef {import("/agentstream/conversation.js").Entry} Entry */

/** What was said, in order, with a line where a round begins. */
export class Transcript {
  #node = byId("transcript");
  /** @type {Map<Entry, MessageView>} */
  #views = new Map();
  #drawn = new Set();
  #round = 0;
  #stale = false;
  #batch;

  /** @param {() => void} onGrown */
  constructor(onGrown) {
    this.#batch = new FrameBatch((entries) => {
      if (this.#stale) this.#clear();
      for (const entry of entries) this.#draw(entry);
      onGrown();
    });
  }

  /**
   * Draws everything anew, old and new within one frame: an empty page in between would lose the
   * reader's place.
   *
   * @param {Entry[]} entries
   */
  reset(entries) {
    this.#stale = true;
    this.#batch.restart(entries);
  }

  /** @param {Entry} entry new or changed */
  touch(entry) {
    this.#batch.add(entry);
  }

  #clear() {
    this.#stale = false;
    this.#node.replaceChildren();
    this.#views.clear();
    this.#drawn.clear();
    this.#round = 0;
  }

  #draw(entry) {
    if (!this.#drawn.has(entry)) this.#add(entry);
    if (entry.kind === "message") this.#views.get(entry)?.update(entry);
  }

  #add(entry) {
    this.#drawn.add(entry);
    if (entry.kind === "error") this.#node.append(errorLine(entry));
    else if (entry.kind === "ended") this.#node.append(endedLine(entry));
    else if (!isTopic(entry)) this.#addMessage(entry);
  }

  #addMessage(message) {
    if (message.round > this.#round) this.#node.append(roundLine(message.round));
    this.#round = Math.max(this.#round, message.round);
    const view = new MessageView(message);
    this.#views.set(message, view);
    this.#node.append(view.node);
  }
}

/** The topic already stands above as the title. */
function isTopic({ role, round }) {
  return role === "user" && round === 0;
}
