import { element } from "../dom.js";
import { conversationFigures } from "../figures.js";
import { t } from "../i18n/i18n.js";
import { endedText, errorText } from "../plain-words.js";

/** @param {{run: number, round: number}} begins */
export function roundLine({ run, round }) {
  return element("div", { className: "round-line", data: { run: String(run), round: String(round) } }, [
    element("span", { text: t("conversation.round", { round }) }),
  ]);
}

/** @param {import("/agentstream/conversation.js").ErrorEntry} entry */
export function errorLine({ error }) {
  const data = { code: error.code, fatal: String(error.fatal) };
  return element("p", { className: "error-line", text: errorText(error), data });
}

/**
 * @param {import("/agentstream/conversation.js").EndedEntry} entry
 * @param {import("/agentstream/conversation.js").Conversation} conversation
 */
export function endedLine({ run, reason, detail: said, usage }, conversation) {
  const { text, detail } = endedText({ reason, detail: said });
  const aside = [detail, conversationFigures({ ...conversation, usage })].filter(Boolean).join(" · ");
  return element("div", { className: "ended-line", data: { reason, run: String(run) } }, [
    element("p", { text }),
    ...(aside ? [element("p", { className: "muted", text: aside })] : []),
  ]);
}
