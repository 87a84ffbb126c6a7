import { byId, showText } from "../dom.js";
import { Draft } from "../drafts.js";
import { t } from "../i18n/i18n.js";
import { sends } from "../keys.js";
import { errorText } from "../plain-words.js";
import { MentionList } from "./mention-list.js";

/**
 * The current effect of a message: during a `turn` it can wait for the end of the turn or interrupt it;
 * `between` turns it is sent at once; it continues an `ended` conversation; it answers an open `question`,
 * which has its own field. With `none` no message is possible.
 *
 * @typedef {"turn" | "between" | "ended" | "question" | "none"} SayMode
 */

const SEND = { turn: "say.after", between: "say.send", ended: "say.continue", question: "question.answer" };

/** The server shows for twice as long that somebody types. */
const TYPING_AGAIN_MS = 3_000;

/** The field in which the reader joins in. */
export class SayBox {
  #form = byId("say-form");
  #field = byId("say");
  #draft = new Draft(this.#field);
  #mentions = new MentionList(this.#field);
  #buttons = byId("say-buttons");
  #send = byId("say-send");
  #now = byId("say-now");
  #error = byId("say-error");
  /** @type {SayMode} */
  #mode = "none";
  #live = false;
  #onSay;
  #onTypes;
  #typedAt = -Infinity;
  #bounds;

  /**
   * @param {(content: string, options: {interrupt: boolean}) => Promise<void>} onSay
   * @param {import("../bounds.js").Bounds} bounds of what can be sent
   * @param {() => void} onTypes the reader types; called every few seconds while that goes on
   */
  constructor(onSay, bounds, onTypes) {
    this.#onSay = onSay;
    this.#onTypes = onTypes;
    this.#bounds = bounds;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say({ interrupt: false });
    });
    this.#now.addEventListener("click", () => this.#say({ interrupt: true }));
    this.#field.addEventListener("keydown", (event) => this.#onKey(event));
    this.#field.addEventListener("blur", () => this.#draw());
    this.#field.addEventListener("input", () => {
      showText(this.#error, this.#bounds.messageFault(this.#content));
      this.#tellTyping();
      this.#draw();
    });
  }

  /**
   * A draft for one conversation is not meant for another.
   *
   * @param {string} conversationId
   */
  turnTo(conversationId) {
    this.#draft.resume(conversationId);
    showText(this.#error, "");
  }

  /**
   * @param {SayMode} mode
   * @param {boolean} live whether the server can hear
   * @param {string[]} agents who can be called on
   * @param {string[]} people those who are people
   */
  show(mode, live, agents, people) {
    this.#mentions.show(agents, people);
    this.#mode = mode;
    this.#live = live;
    this.#draw();
  }

  #tellTyping() {
    // Not the clock of the day, which may be set back.
    const now = performance.now();
    if (this.#content === "" || now - this.#typedAt < TYPING_AGAIN_MS) return;
    this.#typedAt = now;
    this.#onTypes();
  }

  get #content() {
    return this.#field.value.trim();
  }

  #draw() {
    const content = this.#content;
    const inUse = content !== "" || document.activeElement === this.#field;
    // A question's own field takes over, but not out of the hands of somebody who is writing here.
    this.#form.hidden = this.#mode === "none" || (this.#mode === "question" && !inUse);
    this.#field.placeholder = t(this.#mode === "ended" ? "say.placeholder.ended" : "say.placeholder");
    this.#buttons.hidden = content === "";
    this.#now.hidden = this.#mode !== "turn";
    this.#send.disabled = this.#now.disabled = !this.#live;
    this.#send.textContent = t(SEND[this.#mode] ?? "say.send");
  }

  #onKey(event) {
    if (!sends(event)) return;
    event.preventDefault();
    const now = event.ctrlKey || event.metaKey;
    this.#say({ interrupt: now && this.#mode === "turn" });
  }

  /** The field is free again at once; what could not be sent comes back into it. */
  async #say(options) {
    this.#typedAt = -Infinity;
    const content = this.#content;
    if (content === "" || !this.#live) return;
    const fault = this.#bounds.messageFault(content);
    showText(this.#error, fault);
    if (fault) return;
    const { purpose } = this.#draft;
    this.#draft.replace("");
    this.#draw();
    try {
      await this.#onSay(content, options);
    } catch (error) {
      this.#draft.giveBack(purpose, content);
      if (purpose === this.#draft.purpose) showText(this.#error, errorText(error));
      this.#draw();
    }
  }
}
