import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { personData, personName } from "../people.js";
import { copyButton } from "./message-foot.js";

/**
 * A person's message, which is complete from the start.
 *
 * @param {import("/agentstream/conversation.js").MessageEntry} message
 */
export function userMessage({ messageId, round, run, content, author, sender: seat }) {
  const id = `sender-${messageId}`;
  const sender = element("h2", { className: "message-sender", text: nameOf(seat, author), attributes: { id, dir: "auto" } });
  return element(
    "article",
    {
      className: "message",
      data: { messageId, role: "user", state: "done", round: String(round), run: String(run), ...personData(author) },
      attributes: { "aria-labelledby": id },
    },
    [
      sender,
      element("div", { className: "message-text", text: content }),
      element("footer", { className: "message-foot" }, [copyButton()]),
    ],
  );
}

/** A participant's name comes first, because agents know the person by it. */
function nameOf(seat, author) {
  // An imported past can have words of nobody, of the sender `system`.
  if (seat === "user" || seat === "system") return personName(author);
  return author ? t("people.seat", { seat, name: personName(author) }) : seat;
}
