/**
 * The view of one conversation, and how each event of its journal changes the view. The objects are plain, so
 * that a tab can store them as JSON. They change in place, because a copy for every token would cost more than
 * the token.
 */

import { endedEntry, finishedMessage, openMessage, pendingInput, queuedMessage, sum, tool } from "./entries.js";

/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./entries.js").Usage} Usage */
/** @typedef {import("./entries.js").PendingInput} PendingInput */
/** @typedef {import("./entries.js").ErrorDetail} ErrorDetail */
/** @typedef {import("./entries.js").MessageEntry} MessageEntry */
/** @typedef {import("./entries.js").EndedEntry} EndedEntry */

/** @typedef {{kind: "error", error: ErrorDetail}} ErrorEntry */
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
 * @property {import("./entries.js").QueuedMessage[]} queued people's messages that wait, in the order in which
 * they enter
 * @property {import("./commands.js").Author | null} pausedBy the person who paused it; null if nobody is known
 * @property {string | null} pauseReason `store` or `backplane` if the server itself has paused it, because that
 * takes no writes; null if a person has
 * @property {string} topic
 * @property {string[]} agents the participants in speaking order, with those that are muted
 * @property {string[]} muted the participants that stay silent
 * @property {string[]} people the participants that are seats for people, not agents
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
    queued: [],
    pausedBy: null,
    pauseReason: null,
    topic: "",
    agents: [],
    muted: [],
    people: [],
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
  Object.assign(conversation, { state: "gone", paused: false, pendingInputs: [], queued: [] });
  return open;
}

/** @type {Record<string, (conversation: Conversation, data: any) => Entry | void | typeof LOST>} */
const handlers = {
  conversation_created(conversation, data) {
    conversation.epoch = data.epoch;
    takeChat(conversation, data);
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
    if (data.author) message.stoppedBy = data.author;
    conversation.usage = sum(conversation.usage, data.usage);
    return message;
  },

  new_message(conversation, data) {
    leaveQueue(conversation, data.queue_id);
    const message = findMessage(conversation, data.message_id);
    if (!message) return add(conversation, finishedMessage(data, conversation.run));
    message.content = data.content;
    message.state = "done";
    return message;
  },

  message_queued(conversation, data) {
    leaveQueue(conversation, data.queue_id);
    conversation.queued.push(queuedMessage(data));
  },

  message_edited(conversation, data) {
    const message = (conversation.queued ?? []).find(({ queueId }) => queueId === data.queue_id);
    if (message) message.content = data.content;
  },

  message_withdrawn(conversation, data) {
    leaveQueue(conversation, data.queue_id);
  },

  roster_changed(conversation, data) {
    takeRoster(conversation, data);
  },

  input_requested(conversation, data) {
    conversation.pendingInputs.push(pendingInput(data));
  },

  input_resolved(conversation, data) {
    conversation.pendingInputs = conversation.pendingInputs.filter(({ requestId }) => requestId !== data.request_id);
  },

  conversation_paused(conversation, data) {
    takePause(conversation, true, data.author, data.reason);
  },

  conversation_unpaused(conversation) {
    takePause(conversation, false);
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
    takePause(conversation, false);
    conversation.pendingInputs = [];
    conversation.queued = [];
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
  takeChat(conversation, data);
  takePause(conversation, data.state === "paused", data.paused_by, data.pause_reason);
  conversation.pendingInputs = (data.pending_inputs ?? []).map(pendingInput);
  conversation.run = data.run;
  data.messages.forEach((message) => retell(conversation, finishedMessage(message, message.run)));
  data.open.forEach((message) => retell(conversation, openMessage(message, data.run)));
  // A message that somebody sent during a turn is complete before that turn is.
  conversation.entries.sort((one, other) => numberOf(one) - numberOf(other));
  conversation.queued = (data.queued ?? []).map(queuedMessage);
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

function takeChat(conversation, data) {
  conversation.topic = data.topic;
  takeRoster(conversation, data);
  conversation.maxRounds = data.max_rounds ?? null;
  conversation.speakerSelection = data.speaker_selection ?? null;
}

function takeRoster(conversation, { agents, muted = [], people = [] }) {
  Object.assign(conversation, { agents, muted, people });
}

function takePause(conversation, paused, pausedBy = null, pauseReason = null) {
  Object.assign(conversation, { paused, pausedBy, pauseReason });
}

/** A view that an older page has stored has no queue. */
function leaveQueue(conversation, id) {
  conversation.queued = (conversation.queued ?? []).filter(({ queueId }) => queueId !== id);
}

/** The server counts messages in the order in which they begin. */
function numberOf({ messageId }) {
  return Number(/^m(\d+)$/.exec(messageId)?.[1] ?? 0);
}

/** @param {Conversation} conversation */
function stateOf({ ended, paused, pendingInputs }) {
  if (ended) return "ended";
  if (paused) return "paused";
  return pendingInputs.length > 0 ? "waiting_for_input" : "running";
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
