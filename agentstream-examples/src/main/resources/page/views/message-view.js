import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";
import { avatar, voiceOf } from "../voices.js";

/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

/** A reason that needs no word: the message is simply done. */
const PLAIN = new Set([undefined, "stop", "tool_calls"]);

/** One message, which may still be growing. */
export class MessageView {
  #status = element("span", { className: "message-status" });
  #text = document.createTextNode("");
  #body = element("div", { className: "message-text" }, [this.#text]);
  #error = element("p", { className: "message-error", attributes: { hidden: "" } });
  #drawnState = "";

  /** @param {MessageEntry} message */
  constructor({ messageId, sender, role, round }) {
    const name = element("span", { className: "message-sender", text: sender, attributes: { id: `sender-${messageId}` } });
    this.node = element(
      "article",
      {
        className: "message",
        data: { messageId, agent: sender, role, round: String(round), voice: voiceOf(sender) },
        attributes: { "aria-labelledby": name.id },
      },
      [
        avatar(sender),
        element("div", { className: "message-main" }, [
          element("header", { className: "message-head" }, [name, this.#status]),
          this.#body,
          this.#error,
        ]),
      ],
    );
  }

  /** @param {MessageEntry} message */
  update(message) {
    this.#drawText(message.content);
    const state = `${message.state} ${message.finishReason} ${message.error?.code} ${message.content === ""}`;
    if (state === this.#drawnState) return;
    this.#drawnState = state;
    this.#drawState(message);
  }

  /** Appending leaves what is there alone: a selection in it survives, and the layout has less to do. */
  #drawText(content) {
    const drawn = this.#text.data;
    if (content === drawn) return;
    if (content.startsWith(drawn)) this.#text.appendData(content.slice(drawn.length));
    else this.#text.data = content;
  }

  #drawState(message) {
    const { state, finishReason, content, error } = message;
    this.node.dataset.state = state;
    if (finishReason) this.node.dataset.finishReason = finishReason;
    this.#status.replaceChildren(...(state === "streaming" ? typing() : finished(finishReason)));
    this.#body.dataset.empty = content === "" && state === "done" ? t("message.empty") : "";
    this.#error.hidden = !error;
    if (error) this.#error.textContent = errorText(error);
  }
}

function typing() {
  const dots = element("span", { className: "dots", attributes: { "aria-hidden": "true" } }, [
    element("span"),
    element("span"),
    element("span"),
  ]);
  return [dots, element("span", { text: t("message.typing") })];
}

function finished(finishReason) {
  if (PLAIN.has(finishReason)) return [element("span", { className: "done", text: `✓ ${t("message.done")}` })];
  return [element("span", { className: "badge", text: t(`finish.${finishReason}`), data: { reason: finishReason } })];
}
