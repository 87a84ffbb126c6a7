/**
 * The view of one conversation, and how each event of its journal changes the view. The objects are plain, so
 * that a tab can store them as JSON. They change in place, because a copy for every token would cost more than
 * the token.
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
 * @typedef {object} Tool
 * @property {string} callId
 * @property {string} name
 * @property {string} arguments the JSON text as the model wrote it
 * @property {string} [result] absent while the tool runs
 * @property {boolean} [isError]
 */

/**
 * A question to the viewers.
 *
 * @typedef {object} PendingInput
 * @property {string} requestId
 * @property {"text" | "speaker" | "approval" | "interrupted_call"} kind
 * @property {string} [agentName] who asks
 * @property {string} [messageId] the message whose tool call the question is about
 * @property {string} [callId] the tool call
 * @property {string} prompt
 * @property {string[]} [choices] the possible answers; any text if left out
 * @property {string} expiresAt ISO 8601, by the server's clock
 */

/**
 * @typedef {object} ErrorDetail
 * @property {string} code
 * @property {string} message
 * @property {string} [agentName]
 * @property {boolean} retryable
 * @property {boolean} fatal
 * @property {string} [cause] the reason why a model gave no answer, if the server knows it
 */

/**
 * @typedef {object} Timing
 * @property {number} firstTokenMs from the change of speaker to the first token, thinking included
 * @property {number} totalMs from the change of speaker to the end
 * @property {number} [pieces] the number of frames with text or thinking; missing in data that an older page
 * has stored
 */

/**
 * @typedef {object} MessageEntry
 * @property {"message"} kind
 * @property {string} messageId
 * @property {"user" | "assistant"} role
 * @property {string} sender the agent's name, or `user`
 * @property {number} run
 * @property {number} round of the run; for a nested team, the team's own round
 * @property {string} content
 * @property {string} thinking
 * @property {"streaming" | "done"} state
 * @property {string} [finishReason]
 * @property {Usage} [usage]
 * @property {ErrorDetail} [error]
 * @property {Tool[]} tools
 * @property {number} resets how often text was taken back while this tab was watching
 * @property {string[]} [agentPath] the names from the outermost team inward
 * @property {string} [reason] the reason why this speaker was picked
 * @property {Timing} [timing] of a complete message, if this tab watched it from beginning to end
 */

/** @typedef {{kind: "error", error: ErrorDetail}} ErrorEntry */
/** @typedef {{kind: "ended", run: number, reason: string, detail?: string, usage?: Usage}} EndedEntry */
/** @typedef {MessageEntry | ErrorEntry | EndedEntry} Entry */

/**
 * @typedef {object} Conversation
 * @property {string} conversationId
 * @property {number | null} epoch null until the server has named it
 * @property {number} seq the last event that this view contains
 * @property {"running" | "paused" | "waiting_for_input" | "ended" | "gone"} state the most important of the
 * fields below: an end, then a pause, then a question; `gone` if the server no longer has a conversation that
 * was not over
 * @property {boolean} ended until the next run
 * @property {boolean} paused
 * @property {PendingInput[]} pendingInputs the open questions, oldest first
 * @property {string} topic
 * @property {string[]} agents
 * @property {number | null} maxRounds
 * @property {string | null} speakerSelection
 * @property {number} run a conversation that continues after its end is in its next run
 * @property {number} round of the run; 0 before the first round, and if only nested teams speak
 * @property {Usage | null} usage of all runs: added up message by message; selectors' usage is included from
 * each end on
 * @property {Entry[]} entries the visible entries, in order
 */

/** Returned by {@link applyEvent} if an earlier event is missing. */
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
    ended: false,
    paused: false,
    pendingInputs: [],
    topic: "",
    agents: [],
    maxRounds: null,
    speakerSelection: null,
    run: 1,
    round: 0,
    usage: null,
    entries: [],
  };
}

/**
 * Applies the next event of the journal. The caller makes sure that it is the next one.
 *
 * @param {Conversation} conversation
 * @param {Frame} frame
 * @returns {Entry | null | typeof LOST} the new or changed entry
 */
export function applyEvent(conversation, { type, data }) {
  const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  const entry = handler?.(conversation, data) || null;
  conversation.state = stateOf(conversation);
  return entry;
}

/**
 * Marks a conversation as gone: nobody speaks, and no question is open.
 *
 * @param {Conversation} conversation
 * @returns {Entry[]} the messages that ended early
 */
export function breakOff(conversation) {
  if (conversation.ended) return [];
  const open = conversation.entries.filter(({ kind, state }) => kind === "message" && state === "streaming");
  for (const message of open) Object.assign(message, { state: "done", finishReason: "truncated" });
  Object.assign(conversation, { state: "gone", paused: false, pendingInputs: [] });
  return open;
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
    conversation.round = 0;
    conversation.ended = false;
  },

  speaker_change(conversation, data) {
    if (!data.agent_path) conversation.round = data.round;
    return add(conversation, openMessage(data, conversation.run));
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
    message.tools.push(tool(data));
    return message;
  },

  tool_result(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    const called = message?.tools.find(({ callId }) => callId === data.call_id);
    if (!called) return LOST;
    called.result = data.result;
    called.isError = data.is_error;
    return message;
  },

  message_reset(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    if (!message || data.offset > message.content.length) return LOST;
    message.content = message.content.slice(0, data.offset);
    message.thinking = message.thinking.slice(0, data.thinking_offset ?? (data.offset === 0 ? 0 : undefined));
    message.resets++;
    return message;
  },

  streaming_complete(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    if (!message) return LOST;
    message.state = "done";
    message.content = data.full_content;
    message.finishReason = data.finish_reason;
    message.usage = data.usage;
    conversation.usage = sum(conversation.usage, data.usage);
    return message;
  },

  new_message(conversation, data) {
    const message = findMessage(conversation, data.message_id);
    if (!message) return add(conversation, finishedMessage(data, conversation.run));
    message.content = data.content;
    message.state = "done";
    return message;
  },

  input_requested(conversation, data) {
    conversation.pendingInputs.push(pendingInput(data));
  },

  input_resolved(conversation, data) {
    conversation.pendingInputs = conversation.pendingInputs.filter(({ requestId }) => requestId !== data.request_id);
  },

  conversation_paused(conversation) {
    conversation.paused = true;
  },

  conversation_unpaused(conversation) {
    conversation.paused = false;
  },

  error(conversation, data) {
    const error = {
      code: data.code,
      message: data.message,
      agentName: data.agent_name,
      retryable: data.retryable,
      fatal: data.fatal,
      cause: data.cause,
    };
    const message = findMessage(conversation, data.message_id);
    if (!message) return add(conversation, { kind: "error", error });
    message.error = error;
    return message;
  },

  conversation_ended(conversation, data) {
    conversation.ended = true;
    conversation.paused = false;
    conversation.pendingInputs = [];
    conversation.usage = data.usage ?? conversation.usage;
    return add(conversation, endedEntry(data, conversation.run));
  },
};

/**
 * @param {Frame} frame a `snapshot`
 * @param {Conversation} before the view so far, for data that a snapshot does not repeat
 * @returns {Conversation}
 */
export function conversationFromSnapshot({ data }, before) {
  const conversation = emptyConversation(before.conversationId, data.epoch);
  conversation.seq = data.seq;
  conversation.topic = data.topic;
  conversation.agents = data.agents;
  conversation.maxRounds = data.max_rounds;
  conversation.speakerSelection = data.speaker_selection;
  conversation.paused = data.state === "paused";
  conversation.pendingInputs = (data.pending_inputs ?? []).map(pendingInput);
  conversation.run = data.run;
  data.messages.forEach((message) => retell(conversation, finishedMessage(message, message.run)));
  data.open.forEach((message) => retell(conversation, openMessage(message, data.run)));
  if (data.ended) handlers.conversation_ended(conversation, data.ended);
  conversation.state = stateOf(conversation);
  return conversation;
}

/**
 * Adds a message of a snapshot.
 *
 * @param {Conversation} conversation
 * @param {MessageEntry} message
 */
function retell(conversation, message) {
  const { role, run, round, agentPath } = message;
  if (role === "assistant" && !agentPath && run === conversation.run) conversation.round = round;
  conversation.usage = sum(conversation.usage, message.usage);
  conversation.entries.push(message);
}

/** @returns {MessageEntry} */
function openMessage(data, run = 1) {
  return {
    kind: "message",
    messageId: data.message_id,
    role: "assistant",
    sender: data.agent_name,
    run,
    round: data.round,
    content: data.content ?? "",
    thinking: data.thinking ?? "",
    state: "streaming",
    tools: (data.tools ?? []).map(tool),
    resets: 0,
    agentPath: data.agent_path,
    reason: data.reason,
  };
}

/** @returns {MessageEntry} */
function finishedMessage(data, run = 1) {
  return {
    kind: "message",
    messageId: data.message_id,
    role: data.role,
    sender: data.sender,
    run,
    round: data.round,
    content: data.content,
    thinking: data.thinking ?? "",
    state: "done",
    finishReason: data.finish_reason,
    usage: data.usage,
    tools: (data.tools ?? []).map(tool),
    resets: 0,
    agentPath: data.agent_path,
  };
}

/** @returns {Tool} */
function tool(data) {
  return {
    callId: data.call_id,
    name: data.name,
    arguments: data.arguments,
    result: data.result,
    isError: data.is_error,
  };
}

/** @returns {PendingInput} */
function pendingInput(data) {
  return {
    requestId: data.request_id,
    kind: data.kind,
    agentName: data.agent_name,
    messageId: data.message_id,
    callId: data.call_id,
    prompt: data.prompt,
    choices: data.choices,
    expiresAt: data.expires_at,
  };
}

/** @returns {EndedEntry} */
function endedEntry(data, run) {
  return { kind: "ended", run, reason: data.reason, detail: data.detail, usage: data.usage };
}

/** @param {Conversation} conversation */
function stateOf({ ended, paused, pendingInputs }) {
  if (ended) return "ended";
  if (paused) return "paused";
  return pendingInputs.length > 0 ? "waiting_for_input" : "running";
}

/**
 * @param {Usage | null} some
 * @param {Usage} [more]
 * @returns {Usage | null}
 */
function sum(some, more) {
  if (!some || !more) return more ?? some;
  const estimated = some.estimated || more.estimated;
  return {
    input_tokens: some.input_tokens + more.input_tokens,
    output_tokens: some.output_tokens + more.output_tokens,
    total_tokens: some.total_tokens + more.total_tokens,
    ...(estimated && { estimated }),
  };
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

/** Searches from the end, because current messages are there. */
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
