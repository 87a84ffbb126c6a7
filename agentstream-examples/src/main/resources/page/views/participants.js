import { byId, element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { personColour, seatOf } from "../people.js";
import { participantAvatar, voiceOf } from "../voices.js";
import { Roster } from "./roster.js";

/** The participants, which of them are speaking or muted, and what can be done about each. */
export class Participants {
  #list = byId("participants");
  #add = byId("add-participant");
  #drawn = "";
  #roster;
  /** @type {import("/agentstream/conversation.js").Conversation | null} */
  #conversation = null;
  #catalogue = [];
  /** Those who are or were there, by conversation. */
  #seen = new Set();

  /** @param {import("./roster.js").RosterActions} actions */
  constructor(actions) {
    this.#roster = new Roster(actions, () => (this.#drawn = ""));
    this.#add.addEventListener("click", () => this.#roster.openToAdd(this.#add, this.#addable()));
  }

  /** @param {{name: string, fault?: string}[]} agents that can be added */
  offer(agents) {
    this.#catalogue = agents.filter(({ fault }) => fault === undefined).map(({ name }) => name);
  }

  /** Closes what was open about another conversation. */
  turn() {
    this.#seen.clear();
    this.#drawn = "";
    this.#roster.close(false);
  }

  /**
   * @param {import("/agentstream/conversation.js").Conversation} conversation
   * @param {import("/agentstream/conversation.js").MessageEntry[]} speaking
   * @param {boolean} canAct whether a command would reach the conversation
   */
  show(conversation, speaking, canAct) {
    this.#conversation = conversation;
    const { agents, muted = [], people = [], pendingInputs } = conversation;
    agents.forEach((name) => this.#seen.add(name));
    this.#draw({ agents, muted, people, canAct });
    // When a participant of a nested team speaks, the participant in this list is the team.
    const active = new Set(speaking.map(({ sender, agentPath }) => agentPath?.[0] ?? sender));
    for (const item of this.#list.children) item.toggleAttribute("data-speaking", active.has(item.dataset.agent));
    const asked = new Set(pendingInputs.map(({ person }) => person));
    for (const item of this.#list.children) item.toggleAttribute("data-asked", asked.has(item.dataset.agent));
    this.#add.disabled = !canAct;
  }

  /** Nodes stay while one of them is open, because it has to get the focus back. */
  #draw(roster) {
    const drawn = JSON.stringify(roster);
    if (drawn === this.#drawn) return;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.parentElement.dataset.agent : null;
    const opened = this.#roster.opener?.parentElement?.dataset.agent;
    if (opened !== undefined) this.#roster.close(false);
    this.#list.replaceChildren(...roster.agents.map((name) => this.#participant(name, roster)));
    this.#drawn = drawn;
    const again = [...this.#list.children].find((item) => item.dataset.agent === (focused ?? opened));
    if (focused !== null || opened !== undefined) (again?.querySelector("button") ?? this.#add).focus();
  }

  #participant(name, roster) {
    const muted = roster.muted.includes(name);
    const isPerson = roster.people.includes(name);
    const button = element(
      "button",
      { className: "participant-button", attributes: { type: "button", "aria-expanded": "false", "aria-controls": "roster" } },
      [
        participantAvatar(name, roster.people),
        element("span", { className: "participant-name", text: name, attributes: { dir: "auto" } }),
        ...(isPerson ? [element("span", { className: "visually-hidden", text: t("roster.person") })] : []),
        ...(muted ? [element("span", { className: "participant-muted", text: t("roster.muted") })] : []),
      ],
    );
    button.disabled = !roster.canAct;
    button.addEventListener("click", () =>
      this.#roster.openFor(button, { name, muted, running: this.#conversation?.ended === false }),
    );
    const colour = isPerson ? { person: personColour(name) } : { voice: voiceOf(name) };
    const data = { agent: name, ...colour, ...(muted ? { muted: "" } : {}) };
    return element("li", { className: "participant", data }, [button]);
  }

  #addable() {
    const { agents = [], entries = [] } = this.#conversation ?? {};
    const spoke = entries
      .filter(({ kind, agentPath }) => kind === "message" && !agentPath)
      .map((message) => (message.role === "assistant" ? message.sender : seatOf(message)))
      .filter((name) => name !== null);
    return [...new Set([...this.#seen, ...spoke, ...this.#catalogue])].filter((name) => !agents.includes(name));
  }
}
