import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { GrowingMarkdown } from "../markdown/growing-markdown.js";
import { turnErrorText } from "../plain-words.js";
import { activityOf, NOBODY_ASKED } from "../speakers.js";
import { avatar, voiceOf } from "../voices.js";
import { MessageFoot } from "./message-foot.js";
import { ThinkingView } from "./thinking-view.js";
import { ToolCards } from "./tool-cards.js";

/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

/** A reason that needs no word: the message is simply done. */
const PLAIN = new Set([undefined, "stop", "tool_calls"]);

/** An agent's message, which may still be growing. */
export class MessageView {
  #status = element("span", { className: "message-status" });
  #thinking = new ThinkingView();
  #tools = new ToolCards();
  #body = element("div", { className: "message-text markdown" });
  #text;
  #error = element("p", { className: "message-error", attributes: { hidden: "" } });
  #foot = new MessageFoot();
  #stop;
  #drawnState = "";
  /** @type {MessageEntry | null} what is shown, which a snapshot puts another in the place of */
  #message = null;
  #drawnText = "";
  #resets = 0;
  #restartedAt = -1;
  #asked = NOBODY_ASKED;

  /**
   * @param {MessageEntry} message
   * @param {(message: MessageEntry) => void} onMore called when the same message can be shown better than before
   */
  constructor({ messageId, sender, role, round, run, agentPath, resets }, onMore) {
    this.#text = new GrowingMarkdown(this.#body, () => this.#message && onMore(this.#message));
    const name = senderName(`sender-${messageId}`, sender, agentPath);
    this.#resets = resets;
    this.#stop = element("button", {
      className: "stop-speaker",
      text: t("message.stop", { name: sender }),
      attributes: { type: "button" },
    });
    this.node = element(
      "article",
      {
        className: "message",
        data: { messageId, agent: sender, role, round: String(round), run: String(run), voice: voiceOf(sender) },
        attributes: { "aria-labelledby": name.id },
      },
      [
        avatar(sender),
        element("div", { className: "message-main" }, [
          element("header", { className: "message-head" }, [name, this.#status, this.#stop]),
          this.#thinking.node,
          this.#tools.node,
          this.#body,
          this.#error,
          this.#foot.node,
        ]),
      ],
    );
  }

  /**
   * @param {MessageEntry} message
   * @param {import("../markdown/frame-time.js").FrameTime} time
   * @param {import("../speakers.js").Asked} [asked] what people are asked about its tool calls
   * @returns {boolean} whether all of it is shown; if not, the next frame is to continue with it
   */
  update(message, time, asked = NOBODY_ASKED) {
    this.#asked = asked;
    if (message !== this.#message) this.#turnTo(message);
    if (message.resets > this.#resets) this.#hold(message);
    this.#drawnText = message.content;
    const isShown = this.#text.show(message.content, message.state === "done", time);
    this.#updateAround(message);
    return isShown;
  }

  #updateAround(message) {
    this.#thinking.update(message);
    this.#tools.update(message.tools, this.#asked);
    const { activity, tool } = this.#activity(message);
    const { state, finishReason, error, content } = message;
    const drawn = JSON.stringify([state, activity, tool, finishReason, error, content === "", hasMore(message)]);
    if (drawn === this.#drawnState) return;
    this.#drawnState = drawn;
    this.#drawState(message, t(`message.${activity}`, { tool: tool ?? "" }));
  }

  #turnTo(message) {
    this.#message = message;
    this.#resets = message.resets;
    if (!message.content.startsWith(this.#drawnText)) this.#text.restart();
  }

  /** A text that starts over keeps the room that it had: nothing below jumps up and down again. */
  #hold({ resets, content }) {
    this.#resets = resets;
    this.#text.restart();
    this.#restartedAt = content.length;
    this.#body.style.minHeight = `${this.#body.offsetHeight}px`;
  }

  #activity(message) {
    const doing = activityOf(message, this.#asked);
    return doing.tool === undefined && this.#isRestarting(message) ? { activity: "again" } : doing;
  }

  #isRestarting({ state, content }) {
    return state === "streaming" && content.length === this.#restartedAt;
  }

  #drawState(message, doing) {
    const { state, finishReason, content, error, tools } = message;
    const streaming = state === "streaming";
    this.node.dataset.state = state;
    this.node.toggleAttribute("data-restarting", this.#isRestarting(message));
    if (finishReason) this.node.dataset.finishReason = finishReason;
    this.#status.replaceChildren(...(streaming ? underWay(doing) : finished(finishReason)));
    this.#stop.hidden = !streaming;
    this.#foot.update(message);
    if (!streaming && this.#body.style.minHeight) this.#body.style.minHeight = "0px";
    const silent = !streaming && content === "" && tools.length === 0 && !error;
    // Dots say enough where there are thoughts or tools to look at and no word yet.
    const wordless = content === "" && (streaming ? hasMore(message) : !silent);
    this.#body.hidden = wordless && !this.#body.style.minHeight;
    this.#body.dataset.empty = silent ? t("message.empty") : "";
    this.#error.hidden = !error;
    if (error) {
      this.#error.textContent = turnErrorText(error);
      this.#error.dataset.fatal = String(error.fatal);
    }
  }
}

/** Returns whether there are thoughts or tools in addition to the text. */
function hasMore({ thinking, tools }) {
  return thinking !== "" || tools.length > 0;
}

/** A participant of a nested team is shown with the way to it. */
function senderName(id, sender, agentPath) {
  const way = agentPath?.slice(0, -1).map((team) => `${team} › `).join("");
  return element("h2", { className: "message-sender", attributes: { id } }, [
    ...(way ? [element("span", { className: "message-path", text: way })] : []),
    sender,
  ]);
}

function underWay(doing) {
  const dots = element("span", { className: "dots", attributes: { "aria-hidden": "true" } }, [
    element("span"),
    element("span"),
    element("span"),
  ]);
  return [dots, element("span", { text: doing })];
}

function finished(finishReason) {
  if (PLAIN.has(finishReason)) return [element("span", { className: "done", text: `✓ ${t("message.done")}` })];
  return [element("span", { className: "badge", text: t(`finish.${finishReason}`), data: { reason: finishReason } })];
}
