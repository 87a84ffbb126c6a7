/**
 * @typedef {object} SendOptions
 * @property {boolean} [interrupt] cuts the current speakers instead of waiting for the end of the turn
 * @property {string} [messageId] sent again after a lost connection, the message is not added twice
 * @property {"turn" | "tool" | "now"} [when] the moment at which the message enters: after the current turn (the
 * default), before the speaker's next call to its model with results of tools, or at once like `interrupt`
 */

/**
 * The commands to one conversation as methods: to say something, to steer it, to change who takes part.
 *
 * A subclass has a method `request(type, data, options)`, which sends a command and returns the reply.
 *
 * @abstract
 */
export class ConversationCommands extends EventTarget {
  /**
   * Sends a message as the user: after the current turn, or at once. After the end it begins the next run.
   *
   * @param {string} conversationId
   * @param {string} content
   * @param {SendOptions} [options]
   */
  async sendMessage(conversationId, content, { interrupt, messageId, when } = {}) {
    await this.#send("send_message", conversationId, { content, interrupt, message_id: messageId, when });
  }

  /**
   * Changes the text of a message that waits.
   *
   * @param {string} conversationId
   * @param {string} queueId as in `message_queued`
   * @param {string} content
   */
  async editMessage(conversationId, queueId, content) {
    await this.#send("edit_message", conversationId, { queue_id: queueId, content });
  }

  /**
   * Withdraws a message that waits: it is never delivered.
   *
   * @param {string} conversationId
   * @param {string} queueId as in `message_queued`
   */
  async withdrawMessage(conversationId, queueId) {
    await this.#send("withdraw_message", conversationId, { queue_id: queueId });
  }

  /**
   * Lets a participant speak next; then the selection continues as if nobody had been called on.
   *
   * @param {string} conversationId
   * @param {string} agentName
   */
  async callOn(conversationId, agentName) {
    await this.#send("call_on", conversationId, { agent_name: agentName });
  }

  /**
   * Keeps a participant silent from the next turn on.
   *
   * @param {string} conversationId
   * @param {string} agentName
   */
  async muteAgent(conversationId, agentName) {
    await this.#send("mute_agent", conversationId, { agent_name: agentName });
  }

  /**
   * Lets a participant speak again.
   *
   * @param {string} conversationId
   * @param {string} agentName
   */
  async unmuteAgent(conversationId, agentName) {
    await this.#send("unmute_agent", conversationId, { agent_name: agentName });
  }

  /**
   * Adds a participant: one that was removed, or an agent of the catalogue.
   *
   * @param {string} conversationId
   * @param {string} agentName
   * @param {object} [definitions] a team file with the agent, where the server keeps none of one's own
   */
  async addAgent(conversationId, agentName, definitions) {
    await this.#send("add_agent", conversationId, { agent_name: agentName, definitions });
  }

  /**
   * Removes a participant from the next turn on.
   *
   * @param {string} conversationId
   * @param {string} agentName
   */
  async removeAgent(conversationId, agentName) {
    await this.#send("remove_agent", conversationId, { agent_name: agentName });
  }

  /**
   * Cuts a message short; its text so far is kept and the conversation continues.
   *
   * @param {string} conversationId
   * @param {string} [messageId] the message; all current speakers, and all people who are asked, if left out
   */
  async stopSpeaker(conversationId, messageId) {
    await this.#send("stop_speaker", conversationId, { message_id: messageId });
  }

  /**
   * Skips the turn of a person who is asked; the conversation continues.
   *
   * @param {string} conversationId
   * @param {string} requestId as in the `input_requested`, whose `person` is skipped
   */
  async skipPerson(conversationId, requestId) {
    await this.#send("stop_speaker", conversationId, { request_id: requestId });
  }

  /** @param {string} conversationId */
  async stopConversation(conversationId) {
    await this.#send("stop_conversation", conversationId);
  }

  /**
   * Pauses the conversation after the current turn.
   *
   * @param {string} conversationId
   */
  async pauseConversation(conversationId) {
    await this.#send("pause_conversation", conversationId);
  }

  /**
   * Ends a pause, even one that was requested and has not begun.
   *
   * @param {string} conversationId
   */
  async unpauseConversation(conversationId) {
    await this.#send("unpause_conversation", conversationId);
  }

  /**
   * Answers a question.
   *
   * @param {string} conversationId
   * @param {string} requestId as in the `input_requested`
   * @param {string} content one of its choices, if it has any
   */
  async inputResponse(conversationId, requestId, content) {
    await this.#send("input_response", conversationId, { request_id: requestId, content });
  }

  /**
   * Gives a conversation a title, which lists show in place of its topic.
   *
   * @param {string} conversationId
   * @param {string} title one line of up to 200 characters
   */
  async renameConversation(conversationId, title) {
    await this.#send("rename_conversation", conversationId, { title });
  }

  /**
   * Ends a conversation and removes all that the server keeps of it. There is no way back.
   *
   * @param {string} conversationId
   */
  async deleteConversation(conversationId) {
    await this.#send("delete_conversation", conversationId);
  }

  /**
   * Shows others for some seconds that the viewer types.
   *
   * @param {string} conversationId
   */
  async typing(conversationId) {
    await this.#send("typing", conversationId);
  }

  async #send(type, conversationId, data) {
    await this.request(type, { conversation_id: conversationId, ...data });
  }
}
