import { byId, element } from "../dom.js";
import { FrameBatch } from "../frame-batch.js";
import { formatAgo, hasText, t } from "../i18n/i18n.js";
import { addressOf, currentRoute, onRoute } from "../route.js";

/** @typedef {import("/agentstream/connection.js").ConversationSummary} ConversationSummary */

const AGO_CHANGES_MS = 30_000;

/** The list of conversations, each a link to its own address. */
export class ConversationListView {
  #list = byId("conversations");
  #none = byId("no-conversations");
  #conversations;
  #serverNow;
  /** @type {Map<string, ConversationItem>} */
  #items = new Map();
  #frame = new FrameBatch(() => this.#draw());

  /**
   * @param {import("../conversations/conversation-list.js").ConversationList} conversations
   * @param {() => number} serverNow what the server's clock shows, by which the times are
   */
  constructor(conversations, serverNow) {
    this.#conversations = conversations;
    this.#serverNow = serverNow;
    const draw = () => this.#frame.add(this);
    conversations.addEventListener("change", draw);
    onRoute(draw);
    setInterval(draw, AGO_CHANGES_MS);
    draw();
  }

  /** Items are changed in place, so that the focus stays in the list. */
  #draw() {
    const all = this.#conversations.all;
    const items = all.map((summary) => this.#item(summary));
    this.#none.hidden = items.length > 0;
    this.#items = new Map(items.map((item, index) => [all[index].conversationId, item]));
    const nodes = items.map(({ node }) => node);
    const same = nodes.length === this.#list.children.length && nodes.every((node, i) => node === this.#list.children[i]);
    if (!same) this.#list.replaceChildren(...nodes);
  }

  #item(summary) {
    const item = this.#items.get(summary.conversationId) ?? new ConversationItem(summary);
    item.update(summary, {
      current: summary.conversationId === currentRoute().conversationId,
      ago: this.#serverNow() - Date.parse(summary.createdAt),
    });
    return item;
  }
}

class ConversationItem {
  #topic = element("span", { className: "conversation-name" });
  #state = element("span", { className: "conversation-status" });
  #time = element("time");
  #link;

  /** @param {ConversationSummary} summary */
  constructor({ conversationId, createdAt }) {
    const line = element("span", { className: "conversation-about" }, [this.#state, this.#time]);
    this.#time.dateTime = createdAt;
    this.#link = element("a", { className: "conversation-link", attributes: { href: addressOf(conversationId) } }, [
      this.#topic,
      line,
    ]);
    this.node = element("li", { data: { conversationId } }, [this.#link]);
  }

  /**
   * @param {ConversationSummary} summary
   * @param {object} now
   * @param {boolean} now.current whether it is the one that is shown
   * @param {number} now.ago how long ago it began, in milliseconds
   */
  update({ topic, state }, { current, ago }) {
    this.node.dataset.state = state;
    write(this.#topic, topic);
    // A state of a later version has no word here yet.
    write(this.#state, hasText(`list.${state}`) ? `${t(`list.${state}`)} · ` : "");
    write(this.#time, formatAgo(ago));
    this.#link.title = topic;
    if (current) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
