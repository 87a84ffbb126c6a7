import { byId, element, placeChildren } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { isMine } from "../people.js";
import { QueuedMessageView } from "./queued-message.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */

/**
 * The messages of people that the conversation has not processed yet: those that wait for all to see, and this
 * reader's that the server has not confirmed. The journal assigns its own ids, so those are recognised by their text.
 */
export class WaitingMessages {
  #list = byId("waiting");
  #said = new Said();
  /** @type {{content: string, seen: number, queued: Set<string>, node: Element}[]} */
  #sending = [];
  /** @type {Map<string, QueuedMessageView>} */
  #queued = new Map();
  /**
   * The number of messages when a message was first sent; a second attempt may find that it has already
   * arrived.
   */
  #knownAtFirst = new Map();
  #actions;

  /**
   * @param {object} actions
   * @param {(queueId: string, content: string) => Promise<void>} actions.onEdit
   * @param {(queueId: string) => Promise<void>} actions.onWithdraw
   */
  constructor(actions) {
    this.#actions = actions;
  }

  /**
   * @param {Conversation} conversation
   * @param {object} message
   * @param {string} message.messageId the same for every try
   * @param {string} message.content
   * @returns {() => void} takes it back
   */
  add(conversation, { messageId, content }) {
    const seen = this.#knownAtFirst.get(messageId) ?? this.#said.in(conversation).length;
    this.#knownAtFirst.set(messageId, seen);
    const queued = new Set((conversation.queued ?? []).map(({ queueId }) => queueId));
    const message = { content, seen, queued, node: sendingMessage(content) };
    this.#sending.push(message);
    return () => {
      this.#sending = this.#sending.filter((other) => other !== message);
    };
  }

  clear() {
    this.#sending = [];
    this.#queued.clear();
    this.#knownAtFirst.clear();
  }

  /**
   * @param {Conversation} conversation
   * @returns {boolean} whether more messages wait than before
   */
  show(conversation) {
    const queued = conversation.queued ?? [];
    if (this.#sending.length === 0 && queued.length === 0 && this.#list.hidden) return false;
    const before = this.#list.childElementCount;
    const said = this.#said.in(conversation);
    this.#sending = this.#sending.filter((message) => !isQueued(message, queued) && !comesUp(message, said));
    const views = queued.map((message) => this.#viewOf(message));
    this.#queued = new Map(queued.map(({ queueId }, place) => [queueId, views[place]]));
    const nodes = [...views, ...this.#sending].map(({ node }) => node);
    placeChildren(this.#list, nodes);
    this.#list.hidden = nodes.length === 0;
    return nodes.length > before;
  }

  #viewOf(message) {
    const view = this.#queued.get(message.queueId) ?? new QueuedMessageView(message, this.#actions);
    view.update(message);
    return view;
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

/** Each message that waits is one that was sent. */
function isQueued(message, queued) {
  return queued.some(({ queueId, author, content }) => !message.queued.has(queueId) && isMine(author) && content === message.content);
}

function sendingMessage(content) {
  return element("li", { className: "message", data: { role: "user", state: "waiting" } }, [
    element("div", { className: "message-text", text: content }),
    element("p", { className: "message-status", text: t("say.sending") }),
  ]);
}
