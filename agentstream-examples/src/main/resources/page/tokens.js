import { formatNumber, t } from "./i18n/i18n.js";

/**
 * @param {import("/agentstream/conversation.js").Usage | null} [usage]
 * @returns {string} empty where nothing was counted
 */
export function tokensText(usage) {
  if (!usage?.total_tokens) return "";
  const tokens = formatNumber(usage.total_tokens);
  return t(usage.estimated ? "usage.estimated" : "usage.tokens", { tokens });
}
