import { element, showText } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { sends } from "../keys.js";
import { participantAvatar } from "../voices.js";
import { button } from "./fields.js";
import { PersonFields } from "./person-fields.js";

const LONGEST_NAME = 64;

/**
 * The participants of a team, in speaking order: agents and teams to choose from, and people whom the reader names.
 *
 * Events: `change`.
 */
export class ParticipantsEditor extends EventTarget {
  /** @type {string[]} */
  #names = [];
  /** @type {Map<string, PersonFields>} those of the participants that are people */
  #people = new Map();
  #list = element("ol", { className: "seat-list" });
  #select = element("select", { attributes: { "aria-label": t("team.add") } });
  #add = button(t("team.add"), () => this.#join());
  #person = element("input", { attributes: { type: "text", maxlength: LONGEST_NAME, autocomplete: "off", "aria-label": t("person.name") } });
  #error = element("p", { className: "form-error", attributes: { role: "alert", hidden: "" } });
  #all;

  /** @param {string[]} all the names to choose from */
  constructor(all) {
    super();
    this.#all = all;
    this.#person.placeholder = t("person.name");
    this.#person.addEventListener("input", () => showText(this.#error, ""));
    this.#person.addEventListener("keydown", (event) => {
      if (!sends(event)) return;
      event.preventDefault();
      this.#seat();
    });
    this.node = element("fieldset", { className: "form-field" }, [
      element("legend", { text: t("team.participants") }),
      this.#list,
      element("div", { className: "trial-row" }, [this.#select, this.#add]),
      element("div", { className: "trial-row" }, [this.#person, button(t("person.add"), () => this.#seat())]),
      this.#error,
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

  /** The definitions of those participants that are people. */
  get people() {
    return this.#names.flatMap((name) => this.#people.get(name)?.value ?? []);
  }

  set people(people) {
    this.#people = new Map((people ?? []).map((person) => [person.name, new PersonFields(person)]));
    this.#draw();
  }

  #join() {
    if (this.#select.value) this.#change([...this.#names, this.#select.value]);
  }

  /** Gives a person a seat. The server tells which other names are too much alike. */
  #seat() {
    const name = this.#person.value.trim();
    if (name === "") return this.#person.focus();
    if ([...this.#all, ...this.#names].includes(name)) return showText(this.#error, t("person.taken", { name }));
    const fields = new PersonFields({ name }, true);
    this.#people.set(name, fields);
    this.#person.value = "";
    this.#change([...this.#names, name]);
    fields.focus();
  }

  #leave(name) {
    this.#people.delete(name);
    this.#change(this.#names.filter((each) => each !== name));
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
      const node = button(text, () => this.#move(index, by), "seat-button");
      node.setAttribute("aria-label", t(label, { name }));
      node.disabled = index + by < 0 || index + by >= this.#names.length;
      return node;
    };
    const leave = element("button", { className: "icon-button close", attributes: { type: "button", "aria-label": t("team.remove", { name }) } });
    leave.addEventListener("click", () => this.#leave(name));
    const person = this.#people.get(name);
    return element("li", { data: person ? { person: "" } : {} }, [
      participantAvatar(name, person ? [name] : []),
      element("span", { className: "seat-name", text: name }),
      ...(person ? [element("span", { className: "field-hint", text: t("roster.person") })] : []),
      move(-1, "team.up", "↑"),
      move(1, "team.down", "↓"),
      leave,
      ...(person ? [person.node] : []),
    ]);
  }

  /** The focus follows the participant, so that it can be moved on with the same key. */
  #move(index, by) {
    const names = [...this.#names];
    const [name] = names.splice(index, 1);
    names.splice(index + by, 0, name);
    this.#change(names);
    const buttons = [...this.#list.children[index + by].querySelectorAll(".seat-button")];
    const wanted = buttons[by < 0 ? 0 : 1];
    (wanted.disabled ? buttons.find(({ disabled }) => !disabled) : wanted)?.focus();
  }
}
