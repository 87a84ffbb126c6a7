/** @typedef {import("./conversation.js").Conversation} Conversation */

/** Increases when the format of a stored conversation changes; data of an older page is then ignored. */
const SHAPE = 2;

/**
 * Stores the conversation together with its position as long as the tab lives, so that a reload requests only
 * later events. It must store the text too: with the position alone, the earlier text would be missing.
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
      // The storage is full. An older position would still be correct, but storing nothing is simpler.
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
