import { AgentstreamError } from "./errors.js";

/** @typedef {import("./connection.js").AgentstreamConnection} AgentstreamConnection */
/** @typedef {import("./connection.js").SendOptions} SendOptions */

/**
 * The commands to the conversation that is shown. Each throws `not_found` if none is shown.
 *
 * A subclass has a property `conversation`, the one that is shown, or null.
 *
 * @abstract
 */
export class ShownConversation extends EventTarget {
  #connection;

  /** @param {AgentstreamConnection} connection */
  constructor(connection) {
    super();
    this.#connection = connection;
  }

  /**
   * Sends a message as the user. The promise, like those of all methods below, resolves when the server has
   * accepted the command; the message itself appears as an entry.
   *
   * @param {string} content
   * @param {SendOptions} [options]
   */
  async sendMessage(content, options) {
    await this.#connection.sendMessage(this.#shownId(), content, options);
  }

  /**
   * @param {string} queueId of one of the conversation's `queued`
   * @param {string} content
   */
  async editMessage(queueId, content) {
    await this.#connection.editMessage(this.#shownId(), queueId, content);
  }

  /** @param {string} queueId of one of the conversation's `queued` */
  async withdrawMessage(queueId) {
    await this.#connection.withdrawMessage(this.#shownId(), queueId);
  }

  /** @param {string} agentName of one of the conversation's `agents`, who speaks next */
  async callOn(agentName) {
    await this.#connection.callOn(this.#shownId(), agentName);
  }

  /** @param {string} agentName of one of the conversation's `agents`, who stays silent from the next turn on */
  async muteAgent(agentName) {
    await this.#connection.muteAgent(this.#shownId(), agentName);
  }

  /** @param {string} agentName of one of the conversation's `muted` */
  async unmuteAgent(agentName) {
    await this.#connection.unmuteAgent(this.#shownId(), agentName);
  }

  /**
   * @param {string} agentName of a participant that was removed, or of an agent of the catalogue
   * @param {object} [definitions] a team file with the agent, where the server keeps none of one's own
   */
  async addAgent(agentName, definitions) {
    await this.#connection.addAgent(this.#shownId(), agentName, definitions);
  }

  /** @param {string} agentName of one of the conversation's `agents`, who leaves */
  async removeAgent(agentName) {
    await this.#connection.removeAgent(this.#shownId(), agentName);
  }

  /** @param {string} [messageId] the message to cut short; all current speakers if left out */
  async stopSpeaker(messageId) {
    await this.#connection.stopSpeaker(this.#shownId(), messageId);
  }

  /** @param {string} requestId of one of the conversation's `pendingInputs`, whose `person` is skipped */
  async skipPerson(requestId) {
    await this.#connection.skipPerson(this.#shownId(), requestId);
  }

  /**
   * @param {{access: "view" | "steer", expiresInSeconds?: number}} options
   * @returns {Promise<{share: import("./sharing.js").Share, token: string}>} a new link to the conversation
   */
  share(options) {
    return this.#connection.shareConversation(this.#shownId(), options);
  }

  /** @returns {Promise<import("./sharing.js").Share[]>} the links to the conversation that are valid */
  listShares() {
    return this.#connection.listShares(this.#shownId());
  }

  /** @param {string} shareId of one of the conversation's links */
  async revokeShare(shareId) {
    await this.#connection.revokeShare(this.#shownId(), shareId);
  }

  /** Shows others for some seconds that the viewer types. */
  async typing() {
    await this.#connection.typing(this.#shownId());
  }

  async stop() {
    await this.#connection.stopConversation(this.#shownId());
  }

  /** Pauses the conversation after the current turn. */
  async pause() {
    await this.#connection.pauseConversation(this.#shownId());
  }

  async unpause() {
    await this.#connection.unpauseConversation(this.#shownId());
  }

  /**
   * @param {string} requestId of one of the conversation's `pendingInputs`
   * @param {string} content
   */
  async inputResponse(requestId, content) {
    await this.#connection.inputResponse(this.#shownId(), requestId, content);
  }

  #shownId() {
    if (!this.conversation) throw new AgentstreamError("not_found", "No conversation is shown.");
    return this.conversation.conversationId;
  }
}
