import { formatSentences, hasText, t } from "./i18n/i18n.js";

/**
 * An error in the reader's language, with what to do about it.
 *
 * @param {{code: string, message?: string, cause?: string}} error
 */
export function errorText(error) {
  const byCause = `advice.cause.${error.cause}`;
  const advice = hasText(byCause) ? byCause : `advice.${error.code}`;
  return formatSentences([whatWentWrong(error), hasText(advice) ? t(advice) : ""]);
}

/**
 * If only the server knows the problem, for example an invalid field, its own sentence is shown.
 *
 * @param {{code: string, message?: string, cause?: string}} error
 */
function whatWentWrong({ code, message, cause }) {
  if (hasText(`cause.${cause}`)) return t(`cause.${cause}`);
  if (hasText(`error.${code}`)) return t(`error.${code}`);
  return message ? t("error.said", { message }) : t("error.internal");
}

/**
 * Returns the text for a failed turn.
 *
 * @param {import("/agentstream/conversation.js").ErrorDetail} error
 */
export function turnErrorText(error) {
  return error.fatal ? errorText(error) : t("error.skipped", { error: whatWentWrong(error) });
}

/**
 * Returns the text for the end of a conversation. The server's own sentence is in English, so it is shown only
 * if the page has no text for the reason.
 *
 * @param {{reason: string, detail?: string}} ended
 * @returns {{text: string, detail: string}}
 */
export function endedText({ reason, detail = "" }) {
  if (hasText(`ended.${reason}`)) return { text: t(`ended.${reason}`), detail: "" };
  return { text: t("state.ended"), detail };
}

/**
 * Returns the text for a pause: what the server waits for if it has paused the conversation itself.
 *
 * @param {import("/agentstream/conversation.js").Conversation} conversation
 */
export function pauseText({ pauseReason }) {
  const byReason = `state.paused.${pauseReason}`;
  return t(hasText(byReason) ? byReason : "state.paused");
}

/** @param {number} [code] of a close that the connection does not come back from */
export function closeText(code) {
  return hasText(`close.${code}`) ? t(`close.${code}`) : t("close.other");
}

/**
 * Returns the title of a question: who asks, and for what kind of answer. The question's prompt has the
 * details.
 *
 * @param {import("/agentstream/conversation.js").PendingInput} question
 */
export function questionTitle({ kind, agentName, person }) {
  if (person) return t("question.text.person", { name: person });
  const known = hasText(`question.${kind}`) ? kind : "text";
  return agentName && hasText(`question.${known}.by`)
    ? t(`question.${known}.by`, { name: agentName })
    : t(`question.${known}`);
}
