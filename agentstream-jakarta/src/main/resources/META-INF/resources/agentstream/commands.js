/** @typedef {import("./connection.js").Frame} Frame */

/**
 * @typedef {object} Agent
 * @property {string} name
 * @property {string} description
 */

/**
 * @typedef {object} Team
 * @property {string} name
 * @property {string[]} agents the names of its participants
 * @property {string} description one sentence on its purpose; empty if it has none
 * @property {string} speakerSelection how the next speaker is picked
 * @property {number} maxRounds how many rounds a run has at most
 * @property {string[]} sampleTopics topics to choose from
 */

/**
 * @typedef {object} Catalogue
 * @property {Agent[]} agents
 * @property {string[]} speakerSelections the available speaker selections; the first is the default
 * @property {Team[]} teams the teams that can be started by name
 */

/**
 * @typedef {object} StartOptions
 * @property {string} topic
 * @property {string[]} [agents] names from the catalogue; all agents if left out
 * @property {number} [maxRounds]
 * @property {string} [speakerSelection] from the catalogue; the default if left out
 * @property {string} [requestId] sent again after a lost connection, it joins the conversation that the first
 * attempt started
 * @property {string} [team] a team's name from the catalogue, in place of agents, rounds and a speaker selection
 */

/**
 * @typedef {object} SendOptions
 * @property {boolean} [interrupt] cuts the current speakers instead of waiting for the end of the turn
 * @property {string} [messageId] sent again after a lost connection, the message is not added twice
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
 * @typedef {object} ListOptions
 * @property {string} [query] only conversations that contain this text
 * @property {string} [cursor] the `nextCursor` of an earlier page; the first page if left out
 * @property {number} [limit] the most conversations on the page, 1 to 200
 */

/** The protocol's commands as methods; a subclass knows how to send them. */
export class Commands extends EventTarget {
  /** @returns {Promise<Catalogue>} */
  async listAgents() {
    const { data } = await this.request("list_agents");
    return { agents: data.agents, speakerSelections: data.speaker_selections, teams: (data.teams ?? []).map(team) };
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
   * Gives a conversation a title, which lists show in place of its topic.
   *
   * @param {string} conversationId
   * @param {string} title one line of up to 200 characters
   */
  async renameConversation(conversationId, title) {
    await this.request("rename_conversation", { conversation_id: conversationId, title });
  }

  /**
   * Ends a conversation and removes all that the server keeps of it. There is no way back.
   *
   * @param {string} conversationId
   */
  async deleteConversation(conversationId) {
    await this.request("delete_conversation", { conversation_id: conversationId });
  }

  /**
   * @param {StartOptions} options
   * @param {RequestOptions} [requestOptions]
   * @returns {Promise<Frame>} `accepted {conversation_id, epoch}`; the events follow as frames
   */
  startConversation({ topic, agents, maxRounds, speakerSelection, requestId, team }, requestOptions) {
    const command = {
      topic,
      agents,
      max_rounds: maxRounds,
      speaker_selection: speakerSelection,
      request_id: requestId,
      team,
    };
    return this.request("start_conversation", command, requestOptions);
  }

  /**
   * Sends a message as the user: after the current turn, or at once. After the end it begins the next run.
   *
   * @param {string} conversationId
   * @param {string} content
   * @param {SendOptions} [options]
   */
  async sendMessage(conversationId, content, { interrupt, messageId } = {}) {
    const command = { conversation_id: conversationId, content, interrupt, message_id: messageId };
    await this.request("send_message", command);
  }

  /**
   * Cuts a message short; its text so far is kept and the conversation continues.
   *
   * @param {string} conversationId
   * @param {string} [messageId] the message; all current speakers if left out
   */
  async stopSpeaker(conversationId, messageId) {
    await this.request("stop_speaker", { conversation_id: conversationId, message_id: messageId });
  }

  /** @param {string} conversationId */
  async stopConversation(conversationId) {
    await this.request("stop_conversation", { conversation_id: conversationId });
  }

  /**
   * Pauses the conversation after the current turn.
   *
   * @param {string} conversationId
   */
  async pauseConversation(conversationId) {
    await this.request("pause_conversation", { conversation_id: conversationId });
  }

  /**
   * Ends a pause, even one that was requested and has not begun.
   *
   * @param {string} conversationId
   */
  async unpauseConversation(conversationId) {
    await this.request("unpause_conversation", { conversation_id: conversationId });
  }

  /**
   * Answers a question.
   *
   * @param {string} conversationId
   * @param {string} requestId as in the `input_requested`
   * @param {string} content one of its choices, if it has any
   */
  async inputResponse(conversationId, requestId, content) {
    const command = { conversation_id: conversationId, request_id: requestId, content };
    await this.request("input_response", command);
  }

  /**
   * @param {string} conversationId
   * @param {{epoch?: number, afterSeq?: number}} [position] the position that is already known; a snapshot if
   * left out
   * @param {RequestOptions} [requestOptions]
   * @returns {Promise<Frame>} `joined`; the events or the snapshot follow as frames
   */
  joinConversation(conversationId, { epoch, afterSeq } = {}, requestOptions) {
    const command = { conversation_id: conversationId, epoch, after_seq: afterSeq };
    return this.request("join_conversation", command, requestOptions);
  }

  /** @param {string} conversationId */
  async leaveConversation(conversationId) {
    await this.request("leave_conversation", { conversation_id: conversationId });
  }

  /**
   * Sends any command.
   *
   * @abstract
   * @param {string} type
   * @param {object} [_data]
   * @param {RequestOptions} [_options]
   * @returns {Promise<Frame>} the reply
   */
  request(type, _data, _options) {
    throw new Error(`There is no way to send ${type}.`);
  }
}

function summaryOf({ conversation_id: conversationId, topic, state, agents, created_at: createdAt, title }) {
  const summary = { conversationId, topic, state, agents, createdAt };
  return title === undefined ? summary : { ...summary, title };
}

/** @returns {Team} */
function team({ name, agents, description = "", speaker_selection, max_rounds, sample_topics = [] }) {
  return {
    name,
    agents,
    description,
    speakerSelection: speaker_selection,
    maxRounds: max_rounds,
    sampleTopics: sample_topics,
  };
}
