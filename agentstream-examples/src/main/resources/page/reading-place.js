import { keptInTab } from "./kept.js";

const KEY = "agentstream.place";

/** The reader's position in a conversation when the page was left, so that a reload restores it. */
export class ReadingPlace {
  /** @type {{conversationId: string, top: number} | null} the saved position, until it is restored */
  #before = stored();

  /**
   * @param {() => {conversationId: string, top: number} | null} now returns the current position; null for the
   * end
   */
  constructor(now) {
    // The browser would restore the place while there is no text yet.
    history.scrollRestoration = "manual";
    keptInTab.remove(KEY);
    addEventListener("pagehide", () => {
      const place = now();
      if (place) keptInTab.set(KEY, JSON.stringify(place));
    });
  }

  /**
   * Returns the position to restore, once for each reload.
   *
   * @param {string} conversationId
   * @returns {number | null} null where the reader was somewhere else, or at the end
   */
  takeFor(conversationId) {
    const before = this.#before;
    this.#before = null;
    return before?.conversationId === conversationId ? before.top : null;
  }
}

function stored() {
  try {
    return JSON.parse(keptInTab.get(KEY) ?? "null");
  } catch {
    return null;
  }
}
