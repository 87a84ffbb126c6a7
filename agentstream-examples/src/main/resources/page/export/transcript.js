import { personName } from "../people.js";
import { t } from "../i18n/i18n.js";
import { endedText, errorText, turnErrorText } from "../plain-words.js";
import { tokensText } from "../tokens.js";
import { escaped, quoted } from "./quotes.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

/**
 * The conversation as a text to read: who said what, round by round. What is said is quoted, so that
 * headings and code that has no end stay in the part of who said it.
 *
 * @param {Conversation} conversation
 * @returns {string}
 */
export function asMarkdown(conversation) {
  const { topic, agents, usage } = conversation;
  const about = [agents.map(escaped).join(", "), tokensText(usage)].filter(Boolean).join(" · ");
  const parts = [`# ${escaped(topic)}`, ...(about ? [about] : [])];
  let place = "";
  // The first message is the topic.
  for (const entry of conversation.entries.slice(1)) {
    const round = roundOf(entry);
    if (round && round !== place) parts.push(`## ${(place = round)}`);
    parts.push(...partsOf(entry));
  }
  return `${parts.join("\n\n")}\n`;
}

function roundOf({ kind, role, run, round, agentPath }) {
  if (kind !== "message" || role !== "assistant" || agentPath) return "";
  const title = t("conversation.round", { round });
  return run > 1 ? `${title} (${run})` : title;
}

function partsOf(entry) {
  if (entry.kind === "ended") return ["---", ...Object.values(endedText(entry)).filter(Boolean).map(escaped)];
  if (entry.kind === "error") return [`*${escaped(errorText(entry.error))}*`];
  const { role, sender, author, content, tools, error } = entry;
  const said = [...(content ? [quoted(content)] : []), ...(error ? [`*${escaped(turnErrorText(error))}*`] : [])];
  return [`### ${escaped(role === "user" ? (author?.name ?? personName(author)) : sender)}`, ...tools.map(toolText), ...said];
}

/** A fence longer than any in the text. */
function toolText({ name, arguments: json, result }) {
  const text = result === undefined ? json : `${json}\n→ ${result}`;
  const longest = (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 2);
  const fence = "`".repeat(longest + 1);
  return `**${escaped(name)}**\n\n${fence}\n${text}\n${fence}`;
}

/**
 * The conversation for programs, as a document that can be imported: everything that a reader sees, and where
 * among the messages it stood.
 *
 * @param {Conversation} conversation
 * @param {{messages?: {message_id: string}[]}} [document] the server's export, which an import is sure to take
 * @returns {string}
 */
export function asJson(conversation, document = {}) {
  const { conversationId, topic, agents, muted = [], people = [], speakerSelection, maxRounds, run, state, ended, usage, entries } = conversation;
  const exported = {
    version: 1,
    conversation_id: conversationId,
    topic,
    agents,
    muted: muted.length > 0 ? muted : undefined,
    people: people.length > 0 ? people : undefined,
    speaker_selection: speakerSelection,
    max_rounds: maxRounds,
    run,
    state,
    usage,
    ended: ended ? endJson(entries.findLast(({ kind }) => kind === "ended")) : undefined,
    ...document,
    messages: together(entries.filter(({ kind }) => kind === "message").map(messageJson), document.messages ?? []),
    errors: placed(entries, "error").map(({ error, after_messages }) => ({ after_messages, ...errorJson(error) })),
    ends: placed(entries, "ended").map(({ after_messages, run, ...end }) => ({ after_messages, run, ...endJson(end) })),
  };
  return `${JSON.stringify(exported, null, 2)}\n`;
}

/** The page knows more of a message, and the server more messages: those that wait come last. */
function together(shown, exported) {
  const rest = new Map(exported.map((message) => [message.message_id, message]));
  const both = shown.map((message) => {
    const same = rest.get(message.message_id);
    rest.delete(message.message_id);
    return { ...message, ...same };
  });
  return [...both, ...rest.values()];
}

function endJson(end) {
  return end && { reason: end.reason, detail: end.detail, usage: end.usage, author: end.author };
}

/** Returns the entries of one kind, each with the number of messages before it. */
function placed(entries, kind) {
  let messages = 0;
  const found = [];
  for (const entry of entries) {
    if (entry.kind === kind) found.push({ ...entry, after_messages: messages });
    if (entry.kind === "message") messages++;
  }
  return found;
}

/** @param {MessageEntry} message */
function messageJson(message) {
  const { messageId, role, sender, author, run, round, content, thinking, state, finishReason, usage, error, tools, timing } = message;
  return {
    message_id: messageId,
    role,
    sender,
    author,
    queue_id: message.queueId,
    agent_path: message.agentPath,
    reason: message.reason,
    run,
    round,
    content,
    thinking: thinking || undefined,
    tools: tools.length > 0 ? tools.map(toolJson) : undefined,
    state: state === "done" ? undefined : state,
    finish_reason: finishReason,
    error: error && errorJson(error),
    usage,
    timing: timing && { first_token_ms: Math.round(timing.firstTokenMs), total_ms: Math.round(timing.totalMs) },
  };
}

function errorJson({ code, message, agentName, retryable, fatal }) {
  return { code, message, agent_name: agentName, retryable, fatal };
}

function toolJson({ callId, name, arguments: json, result, isError }) {
  return { call_id: callId, name, arguments: json, result, is_error: isError };
}
