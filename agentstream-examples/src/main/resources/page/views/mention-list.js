import { byId, element } from "../dom.js";
import { isComposing } from "../keys.js";
import { participantAvatar } from "../voices.js";

/** An `@` that begins a word, or follows a script without spaces, and what was typed after it. */
const OPEN = /(?:^|[^\p{L}\p{N}]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[@＠]([^@＠\n]{0,64})$/u;

/** Offers the participants while a name is typed after an `@`: who is named speaks next. */
export class MentionList {
  #field;
  #list = byId("mentions");
  /** @type {string[]} */
  #agents = [];
  /** @type {string[]} */
  #people = [];
  /** @type {string[]} */
  #offered = [];
  #active = 0;

  /** @param {HTMLTextAreaElement} field */
  constructor(field) {
    this.#field = field;
    field.addEventListener("input", (event) => event.isComposing || this.#update());
    field.addEventListener("compositionend", () => this.#update());
    field.addEventListener("click", () => this.#update());
    field.addEventListener("blur", () => this.#offer([]));
    // Before the field's own keys, one of which sends.
    field.addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
  }

  /**
   * @param {string[]} agents who can be called on
   * @param {string[]} people those who are people
   */
  show(agents, people) {
    this.#agents = agents;
    this.#people = people;
  }

  get #typed() {
    const { value, selectionStart, selectionEnd } = this.#field;
    return selectionStart === selectionEnd ? OPEN.exec(value.slice(0, selectionStart))?.[1] : undefined;
  }

  #update() {
    const typed = this.#typed?.toLowerCase();
    this.#offer(typed === undefined ? [] : this.#agents.filter((name) => name.toLowerCase().startsWith(typed)));
  }

  #offer(names) {
    this.#offered = names;
    this.#active = 0;
    this.#list.replaceChildren(...names.map((name, place) => this.#option(name, place)));
    this.#list.hidden = names.length === 0;
    this.#mark();
  }

  #option(name, place) {
    const attributes = { role: "option", id: `mention-${place}`, "aria-selected": "false" };
    const option = element("li", { attributes }, [participantAvatar(name, this.#people), element("span", { text: name })]);
    // The field keeps the focus.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#pick(name);
    });
    return option;
  }

  #mark() {
    [...this.#list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === this.#active)));
    this.#list.children[this.#active]?.scrollIntoView({ block: "nearest" });
    if (this.#offered.length === 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `mention-${this.#active}`);
  }

  #onKey(event) {
    if (this.#offered.length === 0 || isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { length } = this.#offered;
    if (event.key === "ArrowDown") this.#active = (this.#active + 1) % length;
    else if (event.key === "ArrowUp") this.#active = (this.#active + length - 1) % length;
    else if (event.key === "Escape") this.#offer([]);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) this.#pick(this.#offered[this.#active]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#mark();
  }

  #pick(name) {
    const { value, selectionStart } = this.#field;
    const begin = selectionStart - (this.#typed?.length ?? 0);
    this.#field.setRangeText(`${name} `, begin, selectionStart, "end");
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#offer([]);
    this.#field.focus();
  }
}
