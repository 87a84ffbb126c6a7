import { element } from "../dom.js";
import { formatNumber, t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";

/** @param {number} round */
export function roundLine(round) {
  return element("div", { className: "round-line", data: { round: String(round) } }, [
    element("span", { text: t("conversation.round", { round }) }),
  ]);
}

/** @param {import("/agentstream/conversation.js").ErrorEntry} entry */
export function errorLine({ error }) {
  return element("p", { className: "error-line", text: errorText(error), data: { code: error.code } });
}

/** @param {import("/agentstream/conversation.js").EndedEntry} entry */
export function endedLine({ reason, detail, usage }) {
  const tokens = usage?.total_tokens ? t("ended.tokens", { tokens: formatNumber(usage.total_tokens) }) : "";
  const aside = [detail, tokens].filter(Boolean).join(" · ");
  return element("div", { className: "ended-line", data: { reason } }, [
    element("p", { text: t(`ended.${reason}`) }),
    ...(aside ? [element("p", { className: "muted", text: aside })] : []),
  ]);
}
