import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { copyButton } from "./message-foot.js";

/**
 * A person's message, which is complete from the start.
 *
 * @param {import("/agentstream/conversation.js").MessageEntry} message
 */
export function userMessage({ messageId, round, run, content }) {
  const id = `sender-${messageId}`;
  const sender = element("h2", { className: "message-sender", text: t("message.you"), attributes: { id } });
  return element(
    "article",
    {
      className: "message",
      data: { messageId, role: "user", state: "done", round: String(round), run: String(run) },
      attributes: { "aria-labelledby": id },
    },
    [
      sender,
      element("div", { className: "message-text", text: content }),
      element("footer", { className: "message-foot" }, [copyButton()]),
    ],
  );
}
