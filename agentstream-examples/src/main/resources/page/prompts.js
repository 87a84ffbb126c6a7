import { t } from "./i18n/i18n.js";

/** @typedef {import("/agentstream/conversation.js").PendingInput} PendingInput */
/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */

/**
 * Returns the text of a question. The server writes its own questions in English, and those the page puts in the
 * reader's language; the text of anybody else is shown as it is.
 *
 * @param {PendingInput} question
 * @param {Conversation} conversation
 */
export function promptText(question, conversation) {
  const { kind, prompt, agentName, person } = question;
  const name = person ?? agentName ?? "";
  const tool = toolOf(question, conversation);
  const written = {
    approval: ["prompt.approval", `May ${name} call ${tool}?`],
    interrupted_call: [
      "prompt.interrupted_call",
      `${name} was calling ${tool} when the server stopped. Did the call happen?`,
    ],
    speaker: ["prompt.speaker", "Who speaks next?"],
    text: ["prompt.person", `It is your turn, ${name}.`],
  };
  const [key, english] = Object.hasOwn(written, kind) ? written[kind] : [];
  return key && prompt === english ? t(key, { name, tool }) : prompt;
}

/** Returns the name of the tool whose call the question is about. */
function toolOf({ messageId, callId }, { entries }) {
  if (!callId) return "";
  const message = entries.findLast((entry) => entry.kind === "message" && entry.messageId === messageId);
  return message?.tools.find((tool) => tool.callId === callId)?.name ?? "";
}
