import { announce } from "../announcer.js";
import { byId, showText } from "../dom.js";
import { FrameBatch } from "../frame-batch.js";
import { formatAgo, formatTime, t } from "../i18n/i18n.js";
import { cancels } from "../keys.js";
import { errorText } from "../plain-words.js";
import { Press } from "../press.js";
import { currentRoute, goToConversation, goToStart, onRoute } from "../route.js";
import { ConversationDays } from "./conversation-days.js";
import { ConversationItem, nameOf } from "./conversation-item.js";
import { showNotice } from "./notice.js";

/** @typedef {import("/agentstream/connection.js").ConversationSummary} ConversationSummary */

const AGO_CHANGES_MS = 30_000;
const SEARCH_AFTER_MS = 250;
const DAY_MS = 86_400_000;

/** The list of conversations by day, each a link to its own address, with a search field and a way to undo a deletion. */
export class ConversationListView {
  #field = byId("search");
  #days = new ConversationDays(byId("conversations"));
  #none = byId("no-conversations");
  #more = byId("more-conversations");
  #undo = byId("deleted");
  #conversations;
  #serverNow;
  /** @type {Map<string, ConversationItem>} */
  #items = new Map();
  #frame = new FrameBatch(() => this.#draw(), new Press(byId("conversations")));
  #searching;
  /** Whether the conversation that waits for its deletion was the shown one. */
  #wasShown = false;

  /**
   * @param {import("../conversations/conversation-list.js").ConversationList} conversations
   * @param {() => number} serverNow what the server's clock shows, by which the times are
   */
  constructor(conversations, serverNow) {
    this.#conversations = conversations;
    this.#serverNow = serverNow;
    const draw = () => this.#frame.add(this);
    conversations.addEventListener("change", draw);
    conversations.addEventListener("refused", ({ detail }) => showNotice(errorText(detail)));
    onRoute(draw);
    setInterval(draw, AGO_CHANGES_MS);
    this.#offerSearch();
    this.#offerMore();
    byId("undo-delete").addEventListener("click", () => this.#undoDelete());
    draw();
  }

  #offerSearch() {
    const search = () => this.#conversations.search(this.#field.value);
    const searchSoon = (event) => {
      clearTimeout(this.#searching);
      // An input method has not decided yet what is written.
      if (!event.isComposing) this.#searching = setTimeout(search, SEARCH_AFTER_MS);
    };
    for (const type of ["input", "compositionend"]) this.#field.addEventListener(type, searchSoon);
    this.#field.addEventListener("keydown", (event) => {
      if (!cancels(event) || this.#field.value === "") return;
      // The first Escape ends the search, the next one closes the drawer.
      event.stopPropagation();
      event.preventDefault();
      this.#field.value = "";
      search();
    });
  }

  #offerMore() {
    const more = () => this.#conversations.more();
    this.#more.addEventListener("click", more);
    new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && more(), {
      root: this.#more.parentElement,
      rootMargin: "200px",
    }).observe(this.#more);
  }

  #draw() {
    const all = this.#conversations.all;
    const items = all.map((summary) => this.#item(summary));
    this.#items = new Map(items.map((item, index) => [all[index].conversationId, item]));
    this.#days.show(items.map(({ node }, i) => ({ node, createdAt: all[i].createdAt })), this.#serverNow());
    this.#more.hidden = !this.#conversations.hasMore;
    showText(this.#none, items.length > 0 ? "" : this.#noneText());
    const deleted = this.#conversations.deletion.waiting;
    this.#undo.hidden = deleted === null;
    if (deleted) showText(byId("deleted-text"), t("list.deleted", { name: nameOf(deleted) }));
  }

  #noneText() {
    const { query, isSearching } = this.#conversations;
    if (query === "") return t("list.none");
    return isSearching ? t("list.searching") : t("list.notFound", { query });
  }

  #item(summary) {
    const item =
      this.#items.get(summary.conversationId) ??
      new ConversationItem(summary, {
        onRename: (conversationId, title) => this.#conversations.rename(conversationId, title),
        onDelete: (deleted) => this.#delete(deleted),
      });
    const ago = this.#serverNow() - Date.parse(summary.createdAt);
    item.update(summary, {
      current: summary.conversationId === currentRoute().conversationId,
      time: ago < DAY_MS ? formatAgo(ago) : formatTime(new Date(summary.createdAt)),
    });
    return item;
  }

  #delete(summary) {
    const { conversationId } = summary;
    const ids = [...this.#items.keys()];
    const at = ids.indexOf(conversationId);
    const neighbour = this.#items.get(ids[at + 1] ?? ids[at - 1]);
    this.#wasShown = currentRoute().conversationId === conversationId;
    this.#conversations.deletion.begin(summary);
    announce(t("list.deleted", { name: nameOf(summary) }));
    this.#draw();
    if (neighbour) neighbour.focus();
    else this.#field.focus();
    if (this.#wasShown) goToStart();
  }

  #undoDelete() {
    const summary = this.#conversations.deletion.waiting;
    if (!summary) return;
    this.#conversations.deletion.undo();
    this.#draw();
    if (this.#wasShown) goToConversation(summary.conversationId);
    this.#items.get(summary.conversationId)?.focus();
  }
}
