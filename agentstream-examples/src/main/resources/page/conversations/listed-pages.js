/** @typedef {import("/agentstream/connection.js").ConversationSummary} ConversationSummary */
/** @typedef {import("/agentstream/connection.js").ConversationPage} ConversationPage */

/** How many conversations the page asks for at a time. */
const PAGE = 50;
/** A search examines a bounded number of conversations for each page, so pages without a result may come first. */
const MOST_EMPTY_PAGES = 20;

/** The conversations that the server lists, page by page, for one search text. */
export class ListedPages {
  #connection;
  #query;
  /** @type {ConversationSummary[]} */
  #all = [];
  /** @type {string | undefined} */
  #cursor;
  #isRead = false;
  #isFurther = false;

  /**
   * @param {import("/agentstream/index.js").AgentstreamConnection} connection
   * @param {string} query empty for all conversations
   */
  constructor(connection, query) {
    this.#connection = connection;
    this.#query = query;
  }

  /** @returns {ConversationSummary[]} */
  get all() {
    return this.#all;
  }

  get query() {
    return this.#query;
  }

  /** True once the server has answered. */
  get isRead() {
    return this.#isRead;
  }

  get hasMore() {
    return this.#cursor !== undefined;
  }

  /** Reads the first page again, and keeps what was read of the later ones. */
  async refresh() {
    const page = await this.#page(undefined);
    const known = new Set(page.map(({ conversationId }) => conversationId));
    const later = this.#isFurther && page.nextCursor !== undefined ? this.#after(page).filter((one) => !known.has(one.conversationId)) : [];
    if (later.length === 0) this.#cursor = page.nextCursor;
    this.#all = [...page, ...later];
    this.#isRead = true;
  }

  /** Reads the next page. */
  async more() {
    const cursor = this.#cursor;
    if (cursor === undefined) return;
    const page = await this.#page(cursor);
    if (cursor !== this.#cursor) return;
    const known = new Set(this.#all.map(({ conversationId }) => conversationId));
    this.#all = [...this.#all, ...page.filter(({ conversationId }) => !known.has(conversationId))];
    this.#cursor = page.nextCursor;
    this.#isFurther = true;
  }

  #after(page) {
    const last = page.at(-1)?.createdAt;
    return last === undefined ? [] : this.#all.filter(({ createdAt }) => createdAt <= last);
  }

  /** @returns {Promise<ConversationPage>} the next page that has something, or the last one */
  async #page(first) {
    let cursor = first;
    for (let i = 0; ; i++) {
      const page = await this.#connection.listConversations({ query: this.#query || undefined, cursor, limit: PAGE });
      if (page.length > 0 || page.nextCursor === undefined || i === MOST_EMPTY_PAGES) return page;
      cursor = page.nextCursor;
    }
  }
}
