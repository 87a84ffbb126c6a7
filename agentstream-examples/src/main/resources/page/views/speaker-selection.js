import { byId, element } from "../dom.js";
import { hasText, t } from "../i18n/i18n.js";
import { KeyedNodes } from "./keyed-nodes.js";

/** The ways to pick who speaks, where the server knows more than one. */
export class SpeakerSelection {
  #fieldset = byId("speaker-selection");
  #choices = byId("speaker-selections");
  #nodes = new KeyedNodes(this.#choices);
  #how = byId("speaker-selection-how");
  /** Chosen by the reader, and kept when a reconnect brings the list again. */
  #wanted = "";

  constructor() {
    this.#choices.addEventListener("change", ({ target }) => {
      this.#wanted = target.value;
      this.#explain();
    });
  }

  /** @returns {string | undefined} nothing where there is nothing to choose */
  get value() {
    return this.#chosen?.value;
  }

  /** @param {string[]} selections the first is the default */
  show(selections) {
    this.#fieldset.hidden = selections.length < 2;
    const chosen = selections.includes(this.#wanted) ? this.#wanted : selections[0];
    this.#nodes.replace(this.#fieldset.hidden ? [] : selections.map((name) => ({ key: name, make: () => choice(name) })));
    for (const radio of this.#choices.querySelectorAll("input")) radio.checked = radio.value === chosen;
    this.#explain();
  }

  get #chosen() {
    return this.#choices.querySelector("input:checked");
  }

  #explain() {
    this.#how.textContent = this.value ? explanation(this.value) : "";
  }
}

function choice(name) {
  const label = hasText(`selection.${name}`) ? t(`selection.${name}`) : name;
  const radio = element("input", {
    className: "visually-hidden",
    attributes: { type: "radio", name: "speaker-selection", value: name, "aria-description": explanation(name) },
  });
  const title = explanation(name);
  return element("label", { className: "chip", data: { selection: name }, attributes: title ? { title } : {} }, [
    radio,
    element("span", { text: label }),
  ]);
}

function explanation(name) {
  return hasText(`selection.${name}.how`) ? t(`selection.${name}.how`) : "";
}
