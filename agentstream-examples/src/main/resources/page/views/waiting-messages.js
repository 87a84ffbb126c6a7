import { byId, element } from "../dom.js";
import { t } from "../i18n/i18n.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */

/**
 * This reader's messages that the conversation has not processed yet. The journal assigns its own ids, so a
 * message is recognised by its text.
 */
export class WaitingMessages {
  #list = byId("waiting");
  #said = new Said();
  /** @type {{content: string, label: string, seen: number}[]} */
  #waiting = [];
  /**
   * The number of messages when a message was first sent; a second attempt may find that it has already
   * arrived.
   */
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
    const seen = this.#knownAtFirst.get(messageId) ?? this.#said.in(conversation).length;
    this.#knownAtFirst.set(messageId, seen);
    const message = { content, label: t(waits ? "say.waits" : "say.sending"), seen };
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
    const said = this.#said.in(conversation);
    this.#waiting = this.#waiting.filter((message) => !comesUp(message, said));
    const drawn = JSON.stringify(this.#waiting.map(({ content, label }) => [content, label]));
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#list.hidden = this.#waiting.length === 0;
    this.#list.replaceChildren(...this.#waiting.map(waitingMessage));
  }
}

/** People's messages, read from the last position on, because a conversation only grows at its end. */
class Said {
  #entries;
  #read = 0;
  #contents = [];

  /**
   * @param {Conversation} conversation
   * @returns {string[]}
   */
  in({ entries }) {
    if (entries !== this.#entries) this.#restart(entries);
    for (; this.#read < entries.length; this.#read++) {
      const { kind, role, content } = entries[this.#read];
      if (kind === "message" && role === "user") this.#contents.push(content);
    }
    return this.#contents;
  }

  /** A snapshot has all that there is once more. */
  #restart(entries) {
    this.#entries = entries;
    this.#read = 0;
    this.#contents = [];
  }
}

/** Looks at each thing said once. */
function comesUp(message, said) {
  while (message.seen < said.length) if (said[message.seen++] === message.content) return true;
  return false;
}

function waitingMessage({ content, label }) {
  return element("li", { className: "message", data: { role: "user", state: "waiting" } }, [
    element("div", { className: "message-text", text: content }),
    element("p", { className: "message-status", text: label }),
  ]);
}
