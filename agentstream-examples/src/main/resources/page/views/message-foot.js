import { element, showText } from "../dom.js";
import { messageFigures } from "../figures.js";
import { t } from "../i18n/i18n.js";

/** The actions for a complete message, and its figures. */
export class MessageFoot {
  #figures = element("span", { className: "message-figures", attributes: { hidden: "" } });
  node = element("footer", { className: "message-foot", attributes: { hidden: "" } }, [copyButton(), this.#figures]);

  /** @param {import("/agentstream/conversation.js").MessageEntry} message */
  update(message) {
    const figures = messageFigures(message);
    this.node.hidden = message.state !== "done" || (message.content === "" && figures === "");
    this.node.firstChild.hidden = message.content === "";
    showText(this.#figures, figures);
  }
}

/** The transcript copies what is pressed. */
export function copyButton() {
  return element("button", { className: "copy-message", text: t("message.copy"), attributes: { type: "button" } });
}
