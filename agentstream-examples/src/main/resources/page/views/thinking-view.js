import { element, write } from "../dom.js";
import { GrowingText } from "../growing-text.js";
import { t } from "../i18n/i18n.js";
import { activityOf } from "../speakers.js";

/** The model's thinking, collapsed and separate from the message. */
export class ThinkingView {
  #label = element("summary", { className: "thinking-label" });
  #text = new GrowingText();
  node = element("details", { className: "thinking", attributes: { hidden: "" } }, [
    this.#label,
    element("div", { className: "thinking-text" }, [this.#text.node]),
  ]);

  /** @param {import("/agentstream/conversation.js").MessageEntry} message */
  update(message) {
    const { thinking, state } = message;
    this.#text.show(thinking);
    // Thoughts that were taken back leave their place to those that will follow.
    if (thinking !== "") this.node.hidden = false;
    else if (state === "done") this.node.hidden = true;
    const underWay = state === "streaming" && activityOf(message).activity === "thinking";
    write(this.#label, t(underWay ? "thinking.underWay" : "thinking.over"));
    this.node.toggleAttribute("data-under-way", underWay);
  }
}
