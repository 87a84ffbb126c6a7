import { Pacing } from "./pacing.js";

/** @typedef {import("/agentstream/index.js").AgentstreamConnection} AgentstreamConnection */
/** @typedef {import("/agentstream/index.js").ConversationStore} ConversationStore */
/** @typedef {import("/agentstream/connection.js").ConversationSummary} ConversationSummary */
/** @typedef {import("./started-here.js").StartedHere} StartedHere */

/**
 * The conversations that the reader may open, newest first: those that the server lists or, if it lists none,
 * those that were started here. The state of the shown conversation comes from its events. For the others the
 * server sends no events, so the page polls them.
 *
 * Events: `change`.
 */
export class ConversationList extends EventTarget {
  #connection;
  #store;
  #started;
  /** @type {ConversationSummary[]} */
  #listed = [];
  #pacing;
  #shownState = "";

  /**
   * @param {AgentstreamConnection} connection
   * @param {ConversationStore} store
   * @param {StartedHere} started
   * @param {() => boolean} isSeen whether the list is not folded away
   */
  constructor(connection, store, started, isSeen) {
    super();
    this.#connection = connection;
    this.#store = store;
    this.#started = started;
    this.#pacing = new Pacing({ ask: () => this.#ask(), isSeen: () => this.#canAsk && isSeen() });
    connection.addEventListener("state", ({ detail }) => detail.state === "open" && this.#onOpen());
    document.addEventListener("visibilitychange", () => this.refresh());
    for (const type of ["change", "reset", "sync"]) store.addEventListener(type, () => this.#onShown());
  }

  /** @returns {ConversationSummary[]} */
  get all() {
    const known = this.#listed.length > 0 ? this.#listed : this.#started.all;
    return known.map((summary) => this.#asShown(summary)).sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  }

  /** @param {{conversationId: string, topic: string, agents: string[]}} conversation */
  started(conversation) {
    this.#started.add({ ...conversation, state: "running", createdAt: new Date(this.#connection.serverNow).toISOString() });
    this.#changed();
    this.refresh();
  }

  /** To be called when the list comes into sight. */
  refresh() {
    if (this.#canAsk) this.#pacing.askNow();
  }

  get #canAsk() {
    return this.#connection.state.state === "open" && document.visibilityState !== "hidden";
  }

  async #ask() {
    const before = JSON.stringify(this.#listed);
    try {
      this.#listed = await this.#connection.listConversations();
    } catch (error) {
      // A list that is a little old is worth more than a complaint; it is asked for again soon.
      if (!error.code) throw error;
      return false;
    }
    const changed = JSON.stringify(this.#listed) !== before;
    if (changed) this.#changed();
    return changed;
  }

  #onOpen() {
    this.#started.heed(this.#connection.welcome.authenticated === true);
    this.#changed();
    this.refresh();
  }

  #onShown() {
    const { conversation, sync } = this.#store;
    if (!conversation) return;
    if (sync === "gone") this.#started.remove(conversation.conversationId);
    else if (sync === "live") this.#started.update(conversation);
    this.#changed();
    this.#heedState(conversation);
  }

  #heedState({ conversationId, state }) {
    const shownState = `${conversationId} ${state}`;
    if (shownState === this.#shownState) return;
    this.#shownState = shownState;
    this.refresh();
  }

  #asShown(summary) {
    const { conversation, sync } = this.#store;
    if (sync !== "live" || conversation?.conversationId !== summary.conversationId || conversation.topic === "") return summary;
    return { ...summary, topic: conversation.topic, state: conversation.state };
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
