import { byId, element } from "../dom.js";
import { hasText, t } from "../i18n/i18n.js";
import { endText } from "../catalogue/end-text.js";
import { participantAvatar } from "../voices.js";
import { KeyedNodes } from "./keyed-nodes.js";
import { ownCard } from "./own-card.js";

/** @typedef {import("/agentstream/connection.js").Team} Team */

const OWN_CHOICE = "";

/**
 * The server's teams, beside a choice of agents by the reader.
 *
 * Events: `change` when the choice has changed.
 */
export class TeamCards extends EventTarget {
  #fieldset = byId("teams");
  #grid = byId("team-cards");
  #cards = new KeyedNodes(this.#grid);
  /** @type {Team[]} */
  #teams = [];
  /** The name that the reader has chosen, which stays when the list arrives again after a reconnect. */
  #wanted;

  #onEdit;

  /** @param {(name: string) => void} onEdit called for a team of the reader's own */
  constructor(onEdit) {
    super();
    this.#onEdit = onEdit;
    this.#grid.addEventListener("change", ({ target }) => {
      this.#wanted = target.value;
      this.dispatchEvent(new Event("change"));
    });
  }

  /** @returns {Team | undefined} nothing where the reader chooses agents */
  get chosen() {
    const name = this.#grid.querySelector("input:checked")?.value;
    return this.#teams.find((team) => team.name === name);
  }

  /**
   * @param {Team[]} teams
   * @param {boolean} agentsToo whether agents can be chosen one by one
   */
  show(teams, agentsToo) {
    this.#teams = teams;
    this.#fieldset.hidden = teams.length === 0;
    const own = agentsToo && teams.length > 0 ? [{ key: OWN_CHOICE, make: ownChoice }] : [];
    this.#cards.replace([...own, ...teams.map((team) => ({ key: JSON.stringify(team), make: () => this.#card(team) }))]);
    const boxes = [...this.#grid.querySelectorAll("input")];
    const chosen = boxes.find(({ value }) => value === this.#wanted) ?? boxes[teams[0]?.own ? 0 : own.length];
    for (const box of boxes) box.checked = box === chosen;
    this.dispatchEvent(new Event("change"));
  }

  #card(team) {
    return team.own ? ownCard(card(team), team, () => this.#onEdit(team.name)) : card(team);
  }
}

function ownChoice() {
  return choice(OWN_CHOICE, [
    element("span", { className: "team-name", text: t("start.ownChoice") }),
    element("span", { className: "team-description", text: t("start.ownChoice.how") }),
  ]);
}

/** @param {Team} team */
function card({ name, agents, people, description, speakerSelection, maxRounds, endWhen }) {
  const how = hasText(`selection.${speakerSelection}`) ? t(`selection.${speakerSelection}`) : speakerSelection;
  return choice(name, [
    element("span", { className: "team-name", text: name }),
    element("span", { className: "team-description", text: description }),
    element("span", { className: "team-agents", attributes: { title: agents.join(", ") } }, [
      ...agents.slice(0, 6).map((one) => participantAvatar(one, people)),
      element("span", { className: "visually-hidden", text: agents.join(", ") }),
    ]),
    element("span", { className: "team-how", text: t(`start.teamHow${maxRounds === 1 ? ".once" : ""}`, { how, rounds: maxRounds }) }),
    ...(endWhen ? [element("span", { className: "team-end", text: t("start.teamEnd", { end: endText(endWhen) }) })] : []),
  ]);
}

function choice(value, content) {
  const box = element("input", { className: "agent-check", attributes: { type: "radio", name: "team", value } });
  return element("label", { className: "agent-card team-card", data: { team: value } }, [...content, box]);
}
