import { catalogueOf } from "./catalogue.js";
import { ConversationCommands } from "./conversation-commands.js";
import { shareOf } from "./sharing.js";

/** @typedef {import("./catalogue.js").Catalogue} Catalogue */
/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./sharing.js").Share} Share */

/**
 * @typedef {object} StartOptions
 * @property {string} topic
 * @property {string[]} [agents] names from the catalogue; all agents if left out
 * @property {number} [maxRounds]
 * @property {string} [speakerSelection] from the catalogue; the default if left out
 * @property {string} [requestId] sent again after a lost connection, it joins the conversation that the first
 * attempt started
 * @property {string} [team] a team's name from the catalogue, in place of agents, rounds and a speaker selection
 * @property {object} [definitions] a team file with agents and teams of the viewer that this start may name
 */

/**
 * A person.
 *
 * @typedef {object} Author
 * @property {string} id the user's id; for an anonymous viewer, the connection's
 * @property {string} [name] one line, as agents and viewers know the person; missing if there is none
 * @property {boolean} verified whether the server vouches for the name
 */

/**
 * @typedef {object} RequestOptions
 * @property {(answer: Frame) => void} [onAnswer] runs before any later frame is delivered
 */

/**
 * @typedef {object} ConversationSummary
 * @property {string} conversationId
 * @property {string} topic cut after 200 characters with `…`
 * @property {"running" | "paused" | "waiting_for_input" | "ended"} state
 * @property {string[]} agents
 * @property {string} createdAt ISO 8601
 * @property {string} [title] the title that a person gave it
 */

/**
 * One page of the conversations that the viewer may view.
 *
 * @typedef {ConversationSummary[] & {nextCursor?: string}} ConversationPage the newest first; with `nextCursor`
 * if there may be more
 */

/**
 * A conversation that was imported.
 *
 * @typedef {object} ImportedConversation
 * @property {string} conversationId its new id
 * @property {boolean} continues whether a message continues it; false if its agents are not in the catalogue
 */

/**
 * @typedef {object} ListOptions
 * @property {string} [query] only conversations that contain this text
 * @property {string} [cursor] the `nextCursor` of an earlier page; the first page if left out
 * @property {number} [limit] the most conversations on the page, 1 to 200
 */

/** As many characters as fit into a frame of 64 KiB, whatever they are. */
const PART_CHARS = 16_000;

/**
 * All commands of the protocol as methods; a subclass knows how to send them.
 *
 * @abstract
 */
export class Commands extends ConversationCommands {
  /** @returns {Promise<Catalogue>} */
  async listAgents() {
    return catalogueOf(await this.request("list_agents"));
  }

  /**
   * Saves an agent of the viewer's own, in place of one of the same name.
   *
   * @param {object} agent an agent of a team file
   * @returns {Promise<Catalogue>} with the change
   */
  async saveAgent(agent) {
    return catalogueOf(await this.request("save_agent", { agent }));
  }

  /**
   * @param {string} name
   * @returns {Promise<Catalogue>} with the change
   */
  async deleteAgent(name) {
    return catalogueOf(await this.request("delete_agent", { name }));
  }

  /**
   * Saves a team of the viewer's own, in place of one of the same name.
   *
   * @param {object} team a team of a team file
   * @returns {Promise<Catalogue>} with the change
   */
  async saveTeam(team) {
    return catalogueOf(await this.request("save_team", { team }));
  }

  /**
   * @param {string} name
   * @returns {Promise<Catalogue>} with the change
   */
  async deleteTeam(name) {
    return catalogueOf(await this.request("delete_team", { name }));
  }

  /**
   * @param {ListOptions} [options]
   * @returns {Promise<ConversationPage>} those that the viewer may view, newest first
   */
  async listConversations({ query, cursor, limit } = {}) {
    const { data } = await this.request("list_conversations", { query, cursor, limit });
    const page = data.conversations.map(summaryOf);
    return data.next_cursor === undefined ? page : Object.assign(page, { nextCursor: data.next_cursor });
  }

  /**
   * Takes a conversation out as a document, which a server can import again.
   *
   * @param {string} conversationId
   * @returns {Promise<object>} as in `conversation.schema.json`
   */
  async exportConversation(conversationId) {
    const { data } = await this.request("export_conversation", { conversation_id: conversationId });
    return data.document;
  }

  /**
   * Makes a new conversation of the viewer's own of a document.
   *
   * @param {object | string} document as in `conversation.schema.json`, or its JSON text
   * @returns {Promise<ImportedConversation>}
   */
  async importConversation(document) {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    const parts = Math.max(1, Math.ceil(text.length / PART_CHARS));
    let reply;
    for (let index = 0; index < parts; index++) {
      const part = text.slice(index * PART_CHARS, (index + 1) * PART_CHARS);
      reply = await this.request("import_conversation", { part, index, last: index === parts - 1 });
    }
    const { conversation_id: conversationId, continues } = reply.data;
    return { conversationId, continues };
  }

  /**
   * @param {StartOptions} options
   * @param {RequestOptions} [requestOptions]
   * @returns {Promise<Frame>} `accepted {conversation_id, epoch}`; the events follow as frames
   */
  startConversation(options, requestOptions) {
    const { topic, agents, maxRounds, speakerSelection, requestId, team, definitions } = options;
    const command = {
      topic,
      agents,
      max_rounds: maxRounds,
      speaker_selection: speakerSelection,
      request_id: requestId,
      team,
      definitions,
    };
    return this.request("start_conversation", command, requestOptions);
  }

  /**
   * Gives an anonymous viewer a name for this connection.
   *
   * @param {string} name one line of up to 64 characters
   * @returns {Promise<Author>} the viewer as others see them
   */
  async setName(name) {
    const { data } = await this.request("set_name", { name });
    return data.author;
  }

  /**
   * Makes a link by which others may view a conversation of the viewer's own, or steer it.
   *
   * @param {string} conversationId
   * @param {{access: "view" | "steer", expiresInSeconds?: number}} options without a time only a revocation ends it
   * @returns {Promise<{share: Share, token: string}>} the link and its secret, which cannot be asked for again
   */
  async shareConversation(conversationId, { access, expiresInSeconds }) {
    const command = { conversation_id: conversationId, access, expires_in_seconds: expiresInSeconds };
    const { data } = await this.request("share_conversation", command);
    return { share: shareOf(data.share), token: data.token };
  }

  /**
   * @param {string} conversationId
   * @returns {Promise<Share[]>} the links that are valid, newest first
   */
  async listShares(conversationId) {
    const { data } = await this.request("list_shares", { conversation_id: conversationId });
    return data.shares.map(shareOf);
  }

  /**
   * Ends a link: who came by it sees nothing any more.
   *
   * @param {string} conversationId
   * @param {string} shareId
   */
  async revokeShare(conversationId, shareId) {
    await this.request("revoke_share", { conversation_id: conversationId, share_id: shareId });
  }

  /**
   * @param {string} conversationId
   * @param {{epoch?: number, afterSeq?: number, shareToken?: string, presence?: boolean}} [options] the position
   * that is already known, a snapshot if left out; the token of the link by which the viewer comes; whether the
   * viewer takes part in presence
   * @param {RequestOptions} [requestOptions]
   * @returns {Promise<Frame>} `joined`; the events or the snapshot follow as frames
   */
  joinConversation(conversationId, { epoch, afterSeq, shareToken, presence } = {}, requestOptions) {
    const command = { conversation_id: conversationId, epoch, after_seq: afterSeq, share_token: shareToken, presence };
    return this.request("join_conversation", command, requestOptions);
  }

  /** @param {string} conversationId */
  async leaveConversation(conversationId) {
    await this.request("leave_conversation", { conversation_id: conversationId });
  }
}

function summaryOf({ conversation_id: conversationId, topic, state, agents, created_at: createdAt, title }) {
  const summary = { conversationId, topic, state, agents, createdAt };
  return title === undefined ? summary : { ...summary, title };
}
