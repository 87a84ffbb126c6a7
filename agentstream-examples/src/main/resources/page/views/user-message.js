import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { isMine, personColour, personData, personName, seatOf } from "../people.js";
import { copyButton } from "./message-foot.js";

/**
 * A person's message, which is complete from the start.
 *
 * @param {import("/agentstream/conversation.js").MessageEntry} message
 */
export function userMessage(message) {
  const { messageId, round, run, content, author } = message;
  const seat = seatOf(message);
  const id = `sender-${messageId}`;
  const sender = element("h2", { className: "message-sender", text: nameOf(seat, author), attributes: { id, dir: "auto" } });
  return element(
    "article",
    {
      className: "message",
      data: { messageId, role: "user", state: "done", round: String(round), run: String(run), ...colourOf(seat, author) },
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
  if (seat === null) return personName(author);
  return author ? t("people.seat", { seat, name: personName(author) }) : seat;
}

/** A participant has one colour, whoever answers. */
function colourOf(seat, author) {
  return seat === null || (author && isMine(author)) ? personData(author) : { person: personColour(seat) };
}
