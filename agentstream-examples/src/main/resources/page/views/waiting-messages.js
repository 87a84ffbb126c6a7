import { byId, element } from "../dom.js";
import { t } from "../i18n/i18n.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */

/**
 * What this reader has said and the conversation has not come to yet. The journal gives messages ids
 * of its own, so one is known by its words.
 */
export class WaitingMessages {
  #list = byId("waiting");
  /** @type {{content: string, label: string, known: number}[]} */
  #waiting = [];
  /** How much had been said when a message was first tried: the second try may find it said already. */
  #knownAtFirst = new Map();
  #drawn = "";

  /**
   * @param {Conversation} conversation
   * @param {object} message
   * @param {string} message.messageId the same for every try
   * @param {string} message.content
   * @param {boolean} message.waits for the end of a turn
   * @returns {() => void} takes it back
   */
  add(conversation, { messageId, content, waits }) {
    const known = this.#knownAtFirst.get(messageId) ?? saidIn(conversation).length;
    this.#knownAtFirst.set(messageId, known);
    const message = { content, label: t(waits ? "say.waits" : "say.sending"), known };
    this.#waiting.push(message);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== message);
    };
  }

  clear() {
    this.#waiting = [];
    this.#knownAtFirst.clear();
  }

  /** @param {Conversation} conversation */
  show(conversation) {
    if (this.#waiting.length === 0 && this.#list.hidden) return;
    const said = saidIn(conversation);
    this.#waiting = this.#waiting.filter(({ content, known }) => !said.includes(content, known));
    const drawn = JSON.stringify(this.#waiting);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#list.hidden = this.#waiting.length === 0;
    this.#list.replaceChildren(...this.#waiting.map(waitingMessage));
  }
}

function saidIn({ entries }) {
  return entries.filter(({ kind, role }) => kind === "message" && role === "user").map(({ content }) => content);
}

function waitingMessage({ content, label }) {
  return element("li", { className: "message", data: { role: "user", state: "waiting" } }, [
    element("div", { className: "message-text", text: content }),
    element("p", { className: "message-status", text: label }),
  ]);
}
