import { t } from "../i18n/i18n.js";
import { endedText, errorText, turnErrorText } from "../plain-words.js";
import { tokensText } from "../tokens.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

/**
 * The conversation as a text to read: who said what, round by round.
 *
 * @param {Conversation} conversation
 * @returns {string}
 */
export function asMarkdown(conversation) {
  const { topic, agents, usage } = conversation;
  const about = [agents.join(", "), tokensText(usage)].filter(Boolean).join(" · ");
  const parts = [`# ${topic.replace(/\s+/g, " ")}`, ...(about ? [about] : [])];
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
  if (entry.kind === "ended") return ["---", ...Object.values(endedText(entry)).filter(Boolean)];
  if (entry.kind === "error") return [quote(errorText(entry.error))];
  const { role, sender, content, tools, error } = entry;
  const said = [...(content ? [content] : []), ...(error ? [quote(turnErrorText(error))] : [])];
  return [`### ${role === "user" ? t("message.you") : sender}`, ...tools.map(toolText), ...said];
}

function quote(text) {
  return text.replace(/^/gm, "> ");
}

/** A fence longer than any in the text. */
function toolText({ name, arguments: json, result }) {
  const text = result === undefined ? json : `${json}\n→ ${result}`;
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `**${name}**\n\n${fence}\n${text}\n${fence}`;
}

/**
 * The conversation for programs, in the words of the wire protocol.
 *
 * @param {Conversation} conversation
 * @returns {string}
 */
export function asJson(conversation) {
  const { conversationId, topic, agents, speakerSelection, maxRounds, state, usage, entries } = conversation;
  const exported = {
    conversation_id: conversationId,
    topic,
    agents,
    speaker_selection: speakerSelection,
    max_rounds: maxRounds,
    state,
    usage,
    messages: entries.filter(({ kind }) => kind === "message").map(messageJson),
    ended: entries.findLast(({ kind }) => kind === "ended")?.reason,
  };
  return `${JSON.stringify(exported, null, 2)}\n`;
}

/** @param {MessageEntry} message */
function messageJson({ messageId, role, sender, run, round, content, thinking, finishReason, usage, tools, timing }) {
  return {
    message_id: messageId,
    role,
    sender,
    run,
    round,
    content,
    thinking: thinking || undefined,
    tools: tools.length > 0 ? tools.map(toolJson) : undefined,
    finish_reason: finishReason,
    usage,
    timing: timing && { first_token_ms: Math.round(timing.firstTokenMs), total_ms: Math.round(timing.totalMs) },
  };
}

function toolJson({ callId, name, arguments: json, result, isError }) {
  return { call_id: callId, name, arguments: json, result, is_error: isError };
}
