import { byId, element, showText } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { avatar, voiceOf } from "../voices.js";
import { KeyedNodes } from "./keyed-nodes.js";
import { ownCard } from "./own-card.js";

const SKELETONS = 3;

/**
 * The agents to choose from. At first all are chosen, or the first ones, if not all can join.
 *
 * Events: `change` when the choice has changed.
 */
export class AgentCards extends EventTarget {
  #grid = byId("agents");
  #cards = new KeyedNodes(this.#grid);
  #count = byId("agents-count");
  /** The reader's choice for each agent, by name, which stays when the list arrives again after a reconnect. */
  #wanted = new Map();
  #bounds;
  #onEdit;
  #shown = false;

  /**
   * @param {import("../bounds.js").Bounds} bounds of how many can join
   * @param {(name: string) => void} onEdit called for an agent of the reader's own
   */
  constructor(bounds, onEdit) {
    super();
    this.#onEdit = onEdit;
    this.#bounds = bounds;
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
    const chosen = this.#choiceAmong(agents);
    this.#cards.replace(agents.map((agent) => ({ key: JSON.stringify(agent), make: () => this.#card(agent) })));
    for (const box of this.#boxes) box.checked = chosen.has(box.value);
    if (agents.length === 0) this.#grid.append(element("p", { className: "muted", text: t("start.noAgents") }));
    this.#changed();
  }

  get #boxes() {
    return [...this.#grid.querySelectorAll("input")];
  }

  #card(agent) {
    return agent.own ? ownCard(card(agent), agent, () => this.#onEdit(agent.name)) : card(agent);
  }

  /** A reader's own agent is chosen when it is new, and later only if it was chosen. */
  #remember(agents) {
    for (const { name, own } of agents) {
      if (own && !this.#wanted.has(name)) this.#wanted.set(name, this.#shown);
    }
    this.#shown = true;
  }

  #choiceAmong(agents) {
    this.#remember(agents);
    const names = agents.map(({ name }) => name);
    const wanted = names.filter((name) => this.#wanted.get(name) === true);
    const room = Math.max(0, this.#bounds.maxAgents - wanted.length);
    return new Set([...wanted, ...names.filter((name) => !this.#wanted.has(name)).slice(0, room)]);
  }

  #toggle({ value, checked }) {
    this.#wanted.set(value, checked);
    this.#changed();
  }

  #changed() {
    const all = this.#boxes.length;
    const most = this.#bounds.maxAgents;
    const count = t(all > most ? "start.countOfMost" : "start.count", { chosen: this.chosen.length, all, most });
    showText(this.#count, all ? count : "");
    this.dispatchEvent(new Event("change"));
  }
}

function card({ name, description }) {
  const box = element("input", { className: "agent-check", attributes: { type: "checkbox", value: name } });
  return element("label", { className: "agent-card", data: { agent: name, voice: voiceOf(name) } }, [
    avatar(name),
    element("span", { className: "agent-name", text: name }),
    box,
    element("span", { className: "agent-description", text: description }),
  ]);
}
