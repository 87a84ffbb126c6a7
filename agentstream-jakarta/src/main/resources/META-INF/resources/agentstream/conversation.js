/**
 * What one conversation looks like to a viewer, and how each event of its journal changes it. The
 * objects are plain, so that a tab can put them away as JSON, and they are changed in place: a
 * copy for every token would cost more than the token.
 */

/** @typedef {import("./connection.js").Frame} Frame */

/**
 * @typedef {object} Usage
 * @property {number} input_tokens
 * @property {number} output_tokens
 * @property {number} total_tokens
 * @property {boolean} [estimated]
 */

/**
 * @typedef {object} ToolCall
 * @property {string} callId
 * @property {string} name
 * @property {unknown} arguments
 * @property {unknown} [result] absent while the tool runs
 * @property {boolean} [isError]
 */

/**
 * @typedef {object} ErrorDetail
 * @property {string} code
 * @property {string} message
 * @property {string} [agentName]
 * @property {boolean} retryable
 * @property {boolean} fatal
 */

/**
 * @typedef {object} MessageEntry
 * @property {"message"} kind
 * @property {string} messageId
 * @property {"user" | "assistant"} role
 * @property {string} sender the agent's name, or `user`
 * @property {number} round
 * @property {string} content
 * @property {string} thinking
 * @property {"streaming" | "done"} state
 * @property {string} [finishReason]
 * @property {Usage} [usage]
 * @property {ErrorDetail} [error]
 * @property {ToolCall[]} toolCalls
 * @property {string[]} [agentPath]
 * @property {string} [reason] why this speaker was picked
 */

/** @typedef {{kind: "error", error: ErrorDetail}} ErrorEntry */
/** @typedef {{kind: "ended", reason: string, detail?: string, usage?: Usage}} EndedEntry */
/** @typedef {MessageEntry | ErrorEntry | EndedEntry} Entry */

/**
 * @typedef {object} Conversation
 * @property {string} conversationId
 * @property {number | null} epoch null until the server has named it
 * @property {number} seq the last event that is in here
 * @property {"running" | "paused" | "waiting_for_input" | "ended"} state
 * @property {string} topic
 * @property {string[]} agents
 * @property {number | null} maxRounds
 * @property {string | null} speakerSelection
 * @property {number} run
 * @property {number} round
 * @property {Entry[]} entries what a reader sees, in order
 * @property {any} pendingInput data of the `input_requested` that is open, or null
 */

/** What {@link applyEvent} answers when something before the event is missing. */
export const LOST = Symbol("lost");

/**
 * @param {string} conversationId
 * @param {number | null} [epoch]
 * @returns {Conversation}
 */
export function emptyConversation(conversationId, epoch = null) {
  return {
    conversationId,
    epoch,
    seq: 0,
    state: "running",
    topic: "",
    agents: [],
    maxRounds: null,
    speakerSelection: null,
    run: 1,
    round: 0,
    entries: [],
    pendingInput: null,
  };
}

/**
 * Applies the next event of the journal. That it is the next one is for the caller to see to.
 *
 * @param {Conversation} conversation
 * @param {Frame} frame
 * @returns {Entry | null | typeof LOST} the entry that is new or has changed
 */
export function applyEvent(conversation, { type, data }) {
  const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  return handler?.(conversation, data) || null;
}

/** @type {Record<string, (conversation: Conversation, data: any) => Entry | void | typeof LOST>} */
const handlers = {
  conversation_created(conversation, data) {
    conversation.epoch = data.epoch;
    conversation.topic = data.topic;
    conversation.agents = data.agents;
    conversation.maxRounds = data.max_rounds ?? null;
    conversation.speakerSelection = data.speaker_selection ?? null;
  },

  conversation_started(conversation, data) {
    conversation.run = data.run;
    conversation.state = "running";
  },

  speaker_change(conversation, data) {
    conversation.round = data.round;
    return add(conversation, openMessage(data));
  },

  streaming_token(conversation, data) {
    return extend(conversation, "content", data);
  },

  streaming_thinking(conversation, data) {
    return extend(conversation, "thinking", data);
  },

  tool_call(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    if (!message) return LOST;
    message.toolCalls.push({ callId: data.call_id, name: data.name, arguments: data.arguments });
    return message;
  },

  tool_result(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    const call = message?.toolCalls.find(({ callId }) => callId === data.call_id);
    if (!call) return LOST;
    call.result = data.result;
    call.isError = data.is_error;
    return message;
  },

  message_reset(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    const offset = data.offset ?? 0;
    if (!message || offset > message.content.length) return LOST;
    message.content = message.content.slice(0, offset);
    if (offset === 0) message.thinking = "";
    return message;
  },

  streaming_complete(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    if (!message) return LOST;
    message.state = "done";
    message.content = data.full_content;
    message.finishReason = data.finish_reason;
    message.usage = data.usage;
    return message;
  },

  new_message(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    if (!message) return add(conversation, finishedMessage(data));
    message.content = data.content;
    message.state = "done";
    return message;
  },

  input_requested(conversation, data) {
    conversation.pendingInput = data;
    conversation.state = "waiting_for_input";
  },

  input_resolved(conversation) {
    conversation.pendingInput = null;
    conversation.state = "running";
  },

  conversation_paused(conversation) {
    conversation.state = "paused";
  },

  conversation_unpaused(conversation) {
    conversation.state = "running";
  },

  error(conversation, data) {
    const error = {
      code: data.code,
      message: data.message,
      agentName: data.agent_name,
      retryable: data.retryable,
      fatal: data.fatal,
    };
    const message = findMessage(conversation, data.message_id);
    if (!message) return add(conversation, { kind: "error", error });
    message.error = error;
    return message;
  },

  conversation_ended(conversation, data) {
    conversation.state = "ended";
    conversation.pendingInput = null;
    return add(conversation, endedEntry(data));
  },
};

/**
 * @param {Frame} frame a `snapshot`
 * @param {Conversation} before what was known, for what a snapshot does not repeat
 * @returns {Conversation}
 */
export function conversationFromSnapshot({ data }, before) {
  /** @type {Entry[]} */
  const entries = [...data.messages.map(finishedMessage), ...(data.open ?? []).map(openMessage)];
  const rounds = entries.map((entry) => (entry.kind === "message" ? entry.round : 0));
  if (data.ended) entries.push(endedEntry(data.ended));
  return {
    ...emptyConversation(before.conversationId, data.epoch),
    seq: data.seq,
    state: data.state,
    topic: data.topic,
    agents: data.agents,
    maxRounds: data.max_rounds ?? before.maxRounds,
    speakerSelection: data.speaker_selection ?? before.speakerSelection,
    run: data.run ?? before.run,
    round: Math.max(0, ...rounds),
    entries,
    pendingInput: data.pending_input ?? null,
  };
}

/** @returns {MessageEntry} */
function openMessage(data) {
  return {
    kind: "message",
    messageId: data.message_id,
    role: "assistant",
    sender: data.agent_name,
    round: data.round,
    content: data.content ?? "",
    thinking: data.thinking ?? "",
    state: "streaming",
    toolCalls: (data.tool_calls ?? []).map(toolCall),
    agentPath: data.agent_path,
    reason: data.reason,
  };
}

/** @returns {MessageEntry} */
function finishedMessage(data) {
  return {
    kind: "message",
    messageId: data.message_id,
    role: data.role,
    sender: data.sender,
    round: data.round,
    content: data.content,
    thinking: data.thinking ?? "",
    state: "done",
    finishReason: data.finish_reason,
    usage: data.usage,
    toolCalls: (data.tool_calls ?? []).map(toolCall),
  };
}

/** @returns {ToolCall} */
function toolCall(data) {
  return {
    callId: data.call_id,
    name: data.name,
    arguments: data.arguments,
    result: data.result,
    isError: data.is_error,
  };
}

/** @returns {EndedEntry} */
function endedEntry(data) {
  return { kind: "ended", reason: data.reason, detail: data.detail, usage: data.usage };
}

/**
 * The offset rule of the protocol, section 4.
 *
 * @param {Conversation} conversation
 * @param {"content" | "thinking"} field
 * @param {{message_id: string, offset: number, token: string}} data
 */
function extend(conversation, field, { message_id, offset, token }) {
  const message = findMessage(conversation, message_id);
  if (!message || offset > message[field].length) return LOST;
  message[field] += token.slice(message[field].length - offset);
  return message;
}

/** From the end, because what is being spoken is there. */
function findMessage(conversation, messageId) {
  const { entries } = conversation;
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].kind === "message" && entries[i].messageId === messageId) return entries[i];
  }
  return undefined;
}

function add(conversation, entry) {
  conversation.entries.push(entry);
  return entry;
}
