import { formatNumber, formatSeconds, t } from "./i18n/i18n.js";
import { tokensText } from "./tokens.js";

const FEWEST_PIECES = 2;
const SHORTEST_MS = 100;

/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */
/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */

/**
 * Returns the figures of one message: time to the first token, tokens per second after that, tokens written.
 *
 * @param {MessageEntry} message
 * @returns {string} empty where nothing was counted or timed
 */
export function messageFigures({ timing, usage }) {
  const tokens = usage?.output_tokens;
  return [
    timing && t("figures.firstToken", { seconds: formatSeconds(timing.firstTokenMs) }),
    speedText(tokens, timing && hasSpeed(timing) ? timing.totalMs - timing.firstTokenMs : 0),
    tokensText(usage && { ...usage, total_tokens: tokens }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * The same of all answers that this tab has seen whole, with the tokens that the conversation used.
 *
 * @param {Conversation} conversation
 * @returns {string}
 */
export function conversationFigures({ entries, usage }) {
  const timed = entries.filter(({ timing }) => timing);
  const streamed = timed.filter(({ timing }) => hasSpeed(timing));
  const sum = (of, some = timed) => some.reduce((total, entry) => total + of(entry), 0);
  const counted = timed.every((entry) => entry.usage) ? sum(({ usage: used }) => used.output_tokens, streamed) : 0;
  return [
    timed.length > 0 && t("figures.meanFirstToken", { seconds: formatSeconds(sum(({ timing }) => timing.firstTokenMs) / timed.length) }),
    speedText(counted, sum(({ timing }) => timing.totalMs - timing.firstTokenMs, streamed)),
    tokensText(usage),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** A message that arrived in one piece, or at once, has no speed. */
function hasSpeed({ pieces = FEWEST_PIECES, firstTokenMs, totalMs }) {
  return pieces >= FEWEST_PIECES && totalMs - firstTokenMs >= SHORTEST_MS;
}

/** A speed of a handful of tokens, or of a moment, says nothing. */
function speedText(tokens, ms) {
  if (!tokens || tokens < 2 || !ms || ms < 1) return "";
  return t("figures.speed", { speed: formatNumber(Math.max(1, Math.round((tokens * 1_000) / ms))) });
}
