import { Deletion } from "./deletion.js";
import { ListedPages } from "./listed-pages.js";
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
 * Events: `change`, and `refused` (detail: the error) if the server refuses a change.
 */
export class ConversationList extends EventTarget {
  #connection;
  #store;
  #started;
  /** @type {ListedPages} all of them */
  #recent;
  /** @type {ListedPages} those that contain the search text; all if there is none */
  #listed;
  /** True if the server refuses to search, so that only what is known here is searched. */
  #cannotSearch = false;
  #isReading = false;
  /** Titles that the server has not listed yet. */
  #titles = new Map();
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
    this.#recent = new ListedPages(connection, "");
    this.#listed = this.#recent;
    this.deletion = new Deletion((conversationId) => this.#delete(conversationId));
    this.deletion.addEventListener("change", () => this.#changed());
    this.#pacing = new Pacing({ ask: () => this.#ask(), isSeen: () => this.#canAsk && isSeen() });
    connection.addEventListener("state", ({ detail }) => detail.state === "open" && this.#onOpen());
    connection.addEventListener("frame", ({ detail }) => detail.type === "left" && this.#onRemoved(detail.conversation_id));
    document.addEventListener("visibilitychange", () => this.refresh());
    for (const type of ["change", "reset", "sync"]) store.addEventListener(type, () => this.#onShown());
  }

  /** @returns {ConversationSummary[]} */
  get all() {
    return this.#found
      .filter(({ conversationId }) => !this.deletion.hides(conversationId))
      .map((summary) => this.#asShown(summary))
      .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  }

  /**
   * @param {string} conversationId
   * @returns {string | undefined} the title that a person gave it, where that is known
   */
  titleOf(conversationId) {
    const listed = [...this.#recent.all, ...this.#started.all].find((summary) => summary.conversationId === conversationId);
    return this.#titles.get(conversationId) ?? listed?.title;
  }

  /** Until the server has searched, what is known here is searched. */
  get #found() {
    const recent = this.#recent.all;
    if (recent.length > 0 && this.#listed.isRead) return this.#listed.all;
    return (recent.length > 0 ? recent : this.#started.all).filter((summary) => this.#isFound(summary));
  }

  /** The text that is searched for; empty if none is. */
  get query() {
    return this.#listed.query;
  }

  /** True while the first result of a search has not arrived. */
  get isSearching() {
    return this.query !== "" && !this.#listed.isRead && !this.#cannotSearch;
  }

  get hasMore() {
    return this.#listed.hasMore;
  }

  /** @param {string} text empty to end the search */
  search(text) {
    const query = text.trim();
    if (query === this.query) return;
    this.#listed = query === "" ? this.#recent : new ListedPages(this.#connection, query);
    this.#changed();
    this.refresh();
  }

  /** Reads the next page, unless a page is being read. */
  async more() {
    if (this.#isReading || !this.#canAsk) return;
    this.#isReading = true;
    try {
      await this.#listed.more();
    } catch (error) {
      if (!error.code) throw error;
    } finally {
      this.#isReading = false;
    }
    this.#changed();
  }

  /**
   * @param {string} conversationId
   * @param {string} title
   */
  async rename(conversationId, title) {
    this.#titles.set(conversationId, title);
    this.#changed();
    try {
      await this.#connection.renameConversation(conversationId, title);
      this.#started.rename(conversationId, title);
    } catch (error) {
      this.#titles.delete(conversationId);
      this.#changed();
      this.#refused(error);
    }
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
    const listed = this.#listed;
    const before = JSON.stringify(listed.all);
    try {
      await listed.refresh();
    } catch (error) {
      if (!error.code) throw error;
      // An old list is better than an error message; the page asks for it again soon.
      if (error.code !== "invalid_field" || listed.query === "") return false;
      this.#cannotSearch = true;
    }
    if (listed !== this.#listed) return true;
    for (const { conversationId, title } of listed.all) {
      if (this.#titles.get(conversationId) === title) this.#titles.delete(conversationId);
    }
    const changed = JSON.stringify(listed.all) !== before;
    if (changed || listed.query !== "") this.#changed();
    return changed;
  }

  async #delete(conversationId) {
    try {
      await this.#connection.deleteConversation(conversationId);
      this.#started.remove(conversationId);
    } catch (error) {
      if (error.code === "not_found") return;
      this.#refused(error);
      throw error;
    }
  }

  #refused(error) {
    if (!error.code) throw error;
    this.dispatchEvent(new CustomEvent("refused", { detail: error }));
  }

  #isFound({ topic, title = "" }) {
    return `${title}\n${topic}`.toLowerCase().includes(this.query.toLowerCase());
  }

  #onOpen() {
    this.#started.heed(this.#connection.welcome.authenticated === true);
    this.#changed();
    this.refresh();
  }

  /** The server has removed a conversation that this page views. */
  #onRemoved(conversationId) {
    this.#started.remove(conversationId);
    this.refresh();
  }

  #onShown() {
    const { conversation, sync } = this.#store;
    if (!conversation) return;
    if (sync === "gone") this.#started.remove(conversation.conversationId);
    else if (sync === "live") this.#started.update(conversation);
    this.#changed();
    this.#heedState(conversation.conversationId, sync === "gone" ? sync : conversation.state);
  }

  #heedState(conversationId, state) {
    const shownState = `${conversationId} ${state}`;
    if (shownState === this.#shownState) return;
    this.#shownState = shownState;
    this.refresh();
  }

  #asShown(listed) {
    const title = this.#titles.get(listed.conversationId) ?? listed.title;
    const summary = title === undefined ? listed : { ...listed, title };
    const { conversation, sync } = this.#store;
    if (sync !== "live" || conversation?.conversationId !== summary.conversationId || conversation.topic === "") return summary;
    return { ...summary, topic: conversation.topic, state: conversation.state };
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
