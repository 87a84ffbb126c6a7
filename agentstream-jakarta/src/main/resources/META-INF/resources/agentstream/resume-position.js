/** @typedef {import("./conversation.js").Conversation} Conversation */

/** Goes up when the shape of a stored conversation changes: an older page's is then not read. */
const SHAPE = 2;

/**
 * Keeps the conversation together with its position while the tab lives, so that a reload asks the
 * server only for what came after it. The text belongs to it: a position alone would skip it.
 */
export class ResumePosition {
  #storage;
  #key;

  /**
   * @param {import("./environment.js").Environment["storage"]} storage
   * @param {string} key
   */
  constructor(storage, key) {
    this.#storage = storage;
    this.#key = key;
  }

  /** @param {Conversation} conversation */
  save(conversation) {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify({ shape: SHAPE, conversation }));
    } catch {
      // No room: an older position would still be right, but keeping nothing is simpler to trust.
      this.forget();
    }
  }

  /**
   * @param {string} conversationId
   * @returns {Conversation | null}
   */
  load(conversationId) {
    try {
      const { shape, conversation } = JSON.parse(this.#storage?.getItem(this.#key) ?? "{}");
      return shape === SHAPE && conversation.conversationId === conversationId ? conversation : null;
    } catch {
      return null;
    }
  }

  forget() {
    this.#storage?.removeItem(this.#key);
  }
}
