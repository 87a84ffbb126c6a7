/** @typedef {import("/agentstream/index.js").AgentstreamConnection} AgentstreamConnection */
/** @typedef {import("/agentstream/index.js").ConversationStore} ConversationStore */
/** @typedef {import("/agentstream/connection.js").ConversationSummary} ConversationSummary */
/** @typedef {import("./started-here.js").StartedHere} StartedHere */

/** The server tells of changes only in conversations that one views: of the others it is asked. */
const ASK_AGAIN_MS = 5_000;

/**
 * The conversations that the reader may open, the newest first: those that the server lists, or where
 * it lists none, those that were started here. The one that is shown is always as its events say.
 *
 * Events: `change`.
 */
export class ConversationList extends EventTarget {
  #connection;
  #store;
  #started;
  /** @type {ConversationSummary[]} */
  #listed = [];

  /**
   * @param {AgentstreamConnection} connection
   * @param {ConversationStore} store
   * @param {StartedHere} started
   */
  constructor(connection, store, started) {
    super();
    this.#connection = connection;
    this.#store = store;
    this.#started = started;
    connection.addEventListener("state", ({ detail }) => detail.state === "open" && this.#onOpen());
    document.addEventListener("visibilitychange", () => this.refresh());
    setInterval(() => this.refresh(), ASK_AGAIN_MS);
    for (const type of ["change", "reset", "sync"]) store.addEventListener(type, () => this.#onShown());
  }

  /** @returns {ConversationSummary[]} */
  get all() {
    const known = this.#listed.length > 0 ? this.#listed : this.#started.all;
    return known.map((summary) => this.#asShown(summary)).sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  }

  /** @param {{conversationId: string, topic: string, agents: string[]}} conversation */
  started(conversation) {
    this.#started.add({ ...conversation, state: "running", createdAt: new Date().toISOString() });
    this.#changed();
    this.refresh();
  }

  async refresh() {
    if (this.#connection.state.state !== "open" || document.visibilityState === "hidden") return;
    try {
      this.#listed = await this.#connection.listConversations();
      this.#changed();
    } catch (error) {
      // A list that is a little old is worth more than a complaint; it is asked for again soon.
      if (error.code === "internal") throw error;
    }
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
