import { byId, element, showText } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { avatar, voiceOf } from "../voices.js";

const SKELETONS = 3;

/**
 * The agents to choose from, all chosen at first.
 *
 * Events: `change` when the choice has changed.
 */
export class AgentCards extends EventTarget {
  #grid = byId("agents");
  #count = byId("agents-count");
  #left = new Set();

  constructor() {
    super();
    this.#grid.append(...Array.from({ length: SKELETONS }, () => element("div", { className: "agent-card skeleton" })));
    this.#grid.addEventListener("change", ({ target }) => this.#toggle(target));
  }

  /** @returns {string[]} */
  get chosen() {
    return this.#boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }

  /** @param {{name: string, description: string}[]} agents */
  show(agents) {
    this.#grid.setAttribute("aria-busy", "false");
    this.#grid.replaceChildren(...agents.map((agent) => this.#card(agent)));
    if (agents.length === 0) this.#grid.append(element("p", { className: "muted", text: t("start.noAgents") }));
    this.#changed();
  }

  get #boxes() {
    return [...this.#grid.querySelectorAll("input")];
  }

  #card({ name, description }) {
    const box = element("input", { className: "agent-check", attributes: { type: "checkbox", value: name } });
    box.checked = !this.#left.has(name);
    return element("label", { className: "agent-card", data: { agent: name, voice: voiceOf(name) } }, [
      avatar(name),
      element("span", { className: "agent-name", text: name }),
      box,
      element("span", { className: "agent-description", text: description }),
    ]);
  }

  /** Who was left out stays out when a reconnect brings the list again. */
  #toggle({ value, checked }) {
    if (checked) this.#left.delete(value);
    else this.#left.add(value);
    this.#changed();
  }

  #changed() {
    const all = this.#boxes.length;
    showText(this.#count, all ? t("start.count", { chosen: this.chosen.length, all }) : "");
    this.dispatchEvent(new Event("change"));
  }
}
