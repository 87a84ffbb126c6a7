import { element, write } from "../dom.js";
import { hasText, t } from "../i18n/i18n.js";
import { isComposing } from "../keys.js";
import { addressOf } from "../route.js";
import { icon } from "./icon.js";

/** @typedef {import("/agentstream/connection.js").ConversationSummary} ConversationSummary */

/** The server takes titles up to this length. */
const MOST_CHARS = 200;
const PENCIL =
  "M2.5 13.5l.7-3.1 7.5-7.5a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2l-7.5 7.5z M9.4 4.2l2.4 2.4";
const BIN = "M2.5 4.2h11 M6 4V2.5h4V4 M3.9 4.4l.6 9.1h7l.6-9.1 M6.7 7v4 M9.3 7v4";

/**
 * A conversation in the list: a link, and two buttons that rename and delete it. F2 and a double click rename it too,
 * and the Delete key deletes it.
 */
export class ConversationItem {
  #name = element("span", { className: "conversation-name" });
  #state = element("span", { className: "conversation-status" });
  #time = element("time");
  #link;
  #rename;
  #delete;
  #actions;
  /** @type {ConversationSummary} */
  #summary;
  /** @type {HTMLInputElement | null} */
  #field = null;

  /**
   * @param {ConversationSummary} summary
   * @param {object} actions
   * @param {(conversationId: string, title: string) => void} actions.onRename
   * @param {(summary: ConversationSummary) => void} actions.onDelete
   */
  constructor(summary, actions) {
    const { conversationId, createdAt } = summary;
    this.#actions = actions;
    this.#summary = summary;
    this.#time.dateTime = createdAt;
    const line = element("span", { className: "conversation-about" }, [this.#state, this.#time]);
    this.#link = element("a", { className: "conversation-link", attributes: { href: addressOf(conversationId) } }, [
      this.#name,
      line,
    ]);
    this.#rename = actionButton(PENCIL, () => this.#beginRename());
    this.#delete = actionButton(BIN, () => actions.onDelete(this.#summary));
    const buttons = element("div", { className: "conversation-actions" }, [this.#rename, this.#delete]);
    this.node = element("li", { data: { conversationId } }, [this.#link, buttons]);
    this.#link.addEventListener("dblclick", () => this.#beginRename());
    this.#link.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /**
   * @param {ConversationSummary} summary
   * @param {object} now
   * @param {boolean} now.current true if it is the shown one
   * @param {string} now.time when it began, for people
   */
  update(summary, { current, time }) {
    const { state } = summary;
    const name = nameOf(summary);
    this.#summary = summary;
    this.node.dataset.state = state;
    write(this.#name, name);
    // A state of a later version has no word here yet.
    write(this.#state, hasText(`list.${state}`) ? `${t(`list.${state}`)} · ` : "");
    write(this.#time, time);
    this.#link.title = name;
    label(this.#rename, t("list.rename", { name }));
    label(this.#delete, t("list.delete", { name }));
    if (current) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
  }

  focus() {
    this.#link.focus();
  }

  #onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "F2") this.#beginRename();
    else if (event.key === "Delete") this.#actions.onDelete(this.#summary);
    else return;
    event.preventDefault();
  }

  #beginRename() {
    if (this.#field) return;
    const name = nameOf(this.#summary);
    const field = element("input", {
      className: "conversation-title",
      attributes: { type: "text", maxlength: String(MOST_CHARS), autocomplete: "off", "aria-label": t("list.newTitle", { name }) },
    });
    this.#field = field;
    field.value = name.slice(0, MOST_CHARS);
    field.addEventListener("keydown", (event) => this.#onFieldKey(event));
    field.addEventListener("blur", () => this.#endRename({ keeps: true }));
    this.node.toggleAttribute("data-renaming", true);
    this.node.prepend(field);
    field.focus();
    field.select();
  }

  #onFieldKey(event) {
    if (isComposing(event)) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // Escape would close the drawer too.
    event.stopPropagation();
    event.preventDefault();
    this.#endRename({ keeps: event.key === "Enter" });
    this.#link.focus();
  }

  /** @param {{keeps: boolean}} end */
  #endRename({ keeps }) {
    const field = this.#field;
    if (!field) return;
    this.#field = null;
    this.node.removeAttribute("data-renaming");
    field.remove();
    const title = oneLine(field.value);
    if (keeps && title !== "" && title !== nameOf(this.#summary)) this.#actions.onRename(this.#summary.conversationId, title);
  }
}

/** @param {ConversationSummary} summary */
export function nameOf({ title, topic }) {
  return title ?? topic;
}

/** The server takes no control characters. */
function oneLine(text) {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

function actionButton(lines, onClick) {
  const button = element("button", { className: "conversation-action", attributes: { type: "button" } }, [icon(lines)]);
  button.addEventListener("click", onClick);
  return button;
}

function label(button, text) {
  if (button.getAttribute("aria-label") === text) return;
  button.setAttribute("aria-label", text);
  button.title = text;
}
