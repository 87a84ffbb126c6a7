import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { avatar } from "../voices.js";
import { button } from "./fields.js";

/**
 * The participants of a team, in speaking order.
 *
 * Events: `change`.
 */
export class ParticipantsEditor extends EventTarget {
  /** @type {string[]} */
  #names = [];
  #list = element("ol", { className: "member-list" });
  #select = element("select", { attributes: { "aria-label": t("team.add") } });
  #add = button(t("team.add"), () => this.#join());
  #all;

  /** @param {string[]} all the names to choose from */
  constructor(all) {
    super();
    this.#all = all;
    this.node = element("fieldset", { className: "form-field" }, [
      element("legend", { text: t("team.participants") }),
      this.#list,
      element("div", { className: "trial-row" }, [this.#select, this.#add]),
    ]);
    this.#draw();
  }

  get value() {
    return [...this.#names];
  }

  set value(names) {
    this.#names = [...(names ?? [])];
    this.#draw();
  }

  #join() {
    if (this.#select.value) this.#change([...this.#names, this.#select.value]);
  }

  #change(names) {
    this.#names = names;
    this.#draw();
    this.dispatchEvent(new Event("change"));
  }

  #draw() {
    this.#list.replaceChildren(...this.#names.map((name, index) => this.#item(name, index)));
    const others = this.#all.filter((name) => !this.#names.includes(name));
    this.#select.replaceChildren(...others.map((name) => element("option", { text: name, attributes: { value: name } })));
    this.#select.parentElement.hidden = others.length === 0;
  }

  #item(name, index) {
    const move = (by, label, text) => {
      const node = button(text, () => this.#move(index, by), "member-button");
      node.setAttribute("aria-label", t(label, { name }));
      node.disabled = index + by < 0 || index + by >= this.#names.length;
      return node;
    };
    const leave = element("button", { className: "icon-button close", attributes: { type: "button", "aria-label": t("team.remove", { name }) } });
    leave.addEventListener("click", () => this.#change(this.#names.filter((each) => each !== name)));
    return element("li", {}, [
      avatar(name),
      element("span", { className: "member-name", text: name }),
      move(-1, "team.up", "↑"),
      move(1, "team.down", "↓"),
      leave,
    ]);
  }

  /** The focus follows the participant, so that it can be moved on with the same key. */
  #move(index, by) {
    const names = [...this.#names];
    const [name] = names.splice(index, 1);
    names.splice(index + by, 0, name);
    this.#change(names);
    const buttons = [...this.#list.children[index + by].querySelectorAll(".member-button")];
    const wanted = buttons[by < 0 ? 0 : 1];
    (wanted.disabled ? buttons.find(({ disabled }) => !disabled) : wanted)?.focus();
  }
}
