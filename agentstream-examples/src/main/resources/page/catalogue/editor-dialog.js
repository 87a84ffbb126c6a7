import { element, showText } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";
import { button } from "./fields.js";

/**
 * A dialog with a form, in which the reader makes an agent or a team.
 *
 * @typedef {object} EditorContent
 * @property {string} title
 * @property {Node[]} nodes
 * @property {() => Promise<void>} onSave
 * @property {() => Promise<void>} [onDelete] only for what is saved already
 * @property {() => void} [onDuplicate] only for what is saved already
 * @property {() => void} [onClose]
 */
export class EditorDialog {
  #dialog = element("dialog", { className: "dialog editor" });
  #error = element("p", { className: "form-error", attributes: { role: "alert", hidden: "" } });
  #busy = false;

  /** @param {EditorContent} content */
  constructor({ title, nodes, onSave, onDelete, onDuplicate, onClose }) {
    const heading = element("h2", { text: title, attributes: { id: "editor-title" } });
    const close = element("button", { className: "icon-button close", attributes: { type: "button", "aria-label": t("editor.close") } });
    close.addEventListener("click", () => this.#dialog.close());
    const save = element("button", { className: "primary", text: t("editor.save"), attributes: { type: "submit" } });
    const others = [
      ...(onDelete ? [button(t("editor.delete"), () => this.#run(onDelete), "secondary danger")] : []),
      ...(onDuplicate ? [button(t("editor.duplicate"), () => this.#after(onDuplicate))] : []),
    ];
    const form = element("form", { className: "editor-form" }, [
      element("div", { className: "dialog-head" }, [heading, close]),
      ...nodes,
      this.#error,
      element("div", { className: "editor-foot" }, [...others, element("span", { className: "editor-gap" }), save]),
    ]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run(onSave);
    });
    this.#dialog.setAttribute("aria-labelledby", "editor-title");
    this.#dialog.append(form);
    this.#dialog.addEventListener("close", () => {
      this.#dialog.remove();
      onClose?.();
    });
  }

  show() {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #after(then) {
    this.#dialog.close();
    then();
  }

  async #run(action) {
    if (this.#busy) return;
    this.#busy = true;
    showText(this.#error, "");
    try {
      await action();
      this.#dialog.close();
    } catch (error) {
      showText(this.#error, errorText(error));
    } finally {
      this.#busy = false;
    }
  }
}
