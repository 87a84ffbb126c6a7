const UNDO_MS = 6_000;

/**
 * Deletes conversations a little later than the reader asks for it, so that the reader can undo it. At most one
 * deletion waits; the next one, and the end of the page, send it at once.
 *
 * Events: `change`.
 */
export class Deletion extends EventTarget {
  #send;
  /** @type {import("/agentstream/connection.js").ConversationSummary | null} */
  #waiting = null;
  #timer;
  /** Those that were sent and that an older list may still have. */
  #sent = new Set();

  /** @param {(conversationId: string) => Promise<void>} send */
  constructor(send) {
    super();
    this.#send = send;
    addEventListener("pagehide", () => this.#carryOut());
  }

  /** @returns {import("/agentstream/connection.js").ConversationSummary | null} the one that can be undone */
  get waiting() {
    return this.#waiting;
  }

  /** @param {string} conversationId */
  hides(conversationId) {
    return this.#waiting?.conversationId === conversationId || this.#sent.has(conversationId);
  }

  /** @param {import("/agentstream/connection.js").ConversationSummary} summary */
  begin(summary) {
    this.#carryOut();
    this.#waiting = summary;
    this.#timer = setTimeout(() => this.#carryOut(), UNDO_MS);
    this.#changed();
  }

  undo() {
    clearTimeout(this.#timer);
    this.#waiting = null;
    this.#changed();
  }

  async #carryOut() {
    const summary = this.#waiting;
    if (!summary) return;
    clearTimeout(this.#timer);
    this.#waiting = null;
    this.#sent.add(summary.conversationId);
    this.#changed();
    try {
      await this.#send(summary.conversationId);
    } catch {
      this.#sent.delete(summary.conversationId);
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
