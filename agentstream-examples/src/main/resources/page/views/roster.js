import { byId, element, showText, write } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";

/**
 * @typedef {object} RosterActions
 * @property {(name: string) => Promise<void>} onCallOn
 * @property {(name: string) => Promise<void>} onMute
 * @property {(name: string) => Promise<void>} onUnmute
 * @property {(name: string) => Promise<void>} onRemove
 * @property {(name: string) => Promise<void>} onAdd
 */

/** The buttons for one participant, or for those who can be added. */
export class Roster {
  #box = byId("roster");
  #title = byId("roster-title");
  #buttons = byId("roster-actions");
  #error = byId("roster-error");
  #actions;
  #opener = null;
  #onClosed;

  /**
   * @param {RosterActions} actions
   * @param {() => void} onClosed
   */
  constructor(actions, onClosed) {
    this.#actions = actions;
    this.#onClosed = onClosed;
    this.#box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close(true);
    });
  }

  /** @returns {Element | null} the button that opened it */
  get opener() {
    return this.#opener;
  }

  /**
   * @param {HTMLElement} opener
   * @param {{name: string, muted: boolean, running: boolean}} participant
   */
  openFor(opener, { name, muted, running }) {
    const { onCallOn, onMute, onUnmute, onRemove } = this.#actions;
    const calls = running && !muted ? [this.#button(t("roster.next"), () => onCallOn(name))] : [];
    const voice = muted
      ? this.#button(t("roster.unmute"), () => onUnmute(name))
      : this.#button(t("roster.mute"), () => onMute(name));
    this.#open(opener, name, [...calls, voice, this.#button(t("roster.remove"), () => onRemove(name))]);
  }

  /**
   * @param {HTMLElement} opener
   * @param {string[]} names of those who can be added
   */
  openToAdd(opener, names) {
    const title = t(names.length > 0 ? "roster.add.who" : "roster.add.nobody");
    this.#open(opener, title, names.map((name) => this.#button(name, () => this.#actions.onAdd(name))));
  }

  #open(opener, title, buttons) {
    const again = this.#opener === opener;
    this.close(false);
    if (again) return;
    this.#opener = opener;
    opener.setAttribute("aria-expanded", "true");
    write(this.#title, title);
    const close = element("button", { className: "link-quiet", text: t("roster.close"), attributes: { type: "button" } });
    close.addEventListener("click", () => this.close(true));
    this.#buttons.replaceChildren(...buttons, close);
    showText(this.#error, "");
    this.#box.hidden = false;
    this.#buttons.firstElementChild.focus();
  }

  /** @param {boolean} focus whether the button that opened it gets the focus */
  close(focus) {
    if (!this.#opener) return;
    const opener = this.#opener;
    this.#opener = null;
    this.#box.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (focus) (opener.isConnected ? opener : byId("add-participant")).focus();
    this.#onClosed();
  }

  #button(text, command) {
    const button = element("button", { className: "secondary", text, attributes: { type: "button", dir: "auto" } });
    button.addEventListener("click", () => this.#ask(button, command));
    return button;
  }

  async #ask(button, command) {
    button.disabled = true;
    showText(this.#error, "");
    try {
      await command();
      this.close(true);
    } catch (error) {
      button.disabled = false;
      showText(this.#error, error.code === "conflict" ? t("roster.conflict") : errorText(error));
    }
  }
}
