import { element, showText, write } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { cancels, sends } from "../keys.js";
import { isMine, personData, personName } from "../people.js";
import { errorText } from "../plain-words.js";

/** @typedef {import("/agentstream/entries.js").QueuedMessage} QueuedMessage */

/** A message that waits, which can be changed and withdrawn until it is taken. */
export class QueuedMessageView {
  #text = element("div", { className: "message-text" });
  #field;
  #form;
  #actions;
  #error = element("p", { className: "form-error", attributes: { role: "alert", hidden: "" } });
  #edit;
  #content = "";

  /**
   * @param {QueuedMessage} message
   * @param {object} actions
   * @param {(queueId: string, content: string) => Promise<void>} actions.onEdit
   * @param {(queueId: string) => Promise<void>} actions.onWithdraw
   */
  constructor({ queueId, author, when }, { onEdit, onWithdraw }) {
    this.#edit = button("queue.edit", "link-quiet", () => this.#open(true));
    const withdraw = button("queue.withdraw", "link-quiet", () => this.#ask([withdraw], () => onWithdraw(queueId)));
    this.#field = element("textarea", { attributes: { rows: "1", autocomplete: "off", "aria-label": t("queue.field") } });
    const save = button("queue.save", "secondary");
    save.type = "submit";
    this.#form = element("form", { className: "field queue-form", attributes: { hidden: "" } }, [
      this.#field,
      element("div", { className: "field-buttons" }, [button("queue.cancel", "link-quiet", () => this.#open(false)), save]),
    ]);
    const change = () => this.#save(save, (content) => onEdit(queueId, content));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      change();
    });
    this.#field.addEventListener("keydown", (event) => {
      if (cancels(event)) this.#open(false);
      if (!sends(event)) return;
      event.preventDefault();
      change();
    });
    const status = t(when === "tool" ? "queue.tool" : "queue.turn");
    this.#actions = element("p", { className: "message-status" }, [element("span", { text: status }), this.#edit, withdraw]);
    const sender = element("span", { className: "message-sender", text: personName(author), attributes: { dir: "auto" } });
    const from = isMine(author) ? [] : [sender];
    this.node = element(
      "li",
      { className: "message", data: { role: "user", state: "waiting", queueId, ...personData(author) } },
      [...from, this.#text, this.#form, this.#actions, this.#error],
    );
  }

  /** @param {QueuedMessage} message */
  update({ content }) {
    this.#content = content;
    write(this.#text, content);
  }

  #open(editing) {
    this.#form.hidden = !editing;
    this.#text.hidden = this.#actions.hidden = editing;
    showText(this.#error, "");
    if (editing) this.#field.value = this.#content;
    (editing ? this.#field : this.#edit).focus();
  }

  async #save(save, onEdit) {
    const content = this.#field.value.trim();
    if (content === "") return;
    if (content === this.#content || (await this.#ask([save, this.#field], () => onEdit(content)))) this.#open(false);
  }

  /** @returns {Promise<boolean>} whether it was done */
  async #ask(controls, command) {
    for (const control of controls) control.disabled = true;
    showText(this.#error, "");
    try {
      await command();
      return true;
    } catch (error) {
      showText(this.#error, error.code === "not_found" ? t("queue.tooLate") : errorText(error));
      return false;
    } finally {
      for (const control of controls) control.disabled = false;
    }
  }
}

function button(key, className, onClick) {
  const node = element("button", { className, text: t(key), attributes: { type: "button" } });
  if (onClick) node.addEventListener("click", onClick);
  return node;
}
