import { byId, element, showText } from "../dom.js";
import { Draft } from "../drafts.js";
import { t } from "../i18n/i18n.js";
import { sends } from "../keys.js";
import { errorText } from "../plain-words.js";
import { AgentCards } from "./agent-cards.js";
import { KeyedNodes } from "./keyed-nodes.js";
import { RoundsStepper } from "./rounds-stepper.js";
import { SpeakerSelection } from "./speaker-selection.js";
import { TeamCards } from "./team-cards.js";

/** @typedef {import("/agentstream/connection.js").Catalogue} Catalogue */
/** @typedef {import("/agentstream/connection.js").StartOptions} StartOptions */

const SUGGESTIONS = ["start.suggestion.1", "start.suggestion.2", "start.suggestion.3"];

/** The view in which a conversation is configured. */
export class StartView {
  #view = byId("start-view");
  #topic = byId("topic");
  #draft = new Draft(this.#topic);
  #button = byId("start");
  #error = byId("start-error");
  #cards;
  #rounds = new RoundsStepper();
  #selection = new SpeakerSelection();
  #teams;
  #samples = new KeyedNodes(byId("suggestions"));
  #connected = false;
  #starting = false;
  /** Returns the visible reason why the conversation cannot start; empty if it can. */
  #fault = "";
  #onStart;
  #bounds;

  /**
   * @param {(options: StartOptions, agents: string[]) => Promise<void>} onStart
   * @param {import("../bounds.js").Bounds} bounds of what can be started
   * @param {{editAgent: (name: string) => void, editTeam: (name: string) => void}} tools for what the reader has made
   */
  constructor(onStart, bounds, tools) {
    this.#onStart = onStart;
    this.#bounds = bounds;
    this.#cards = new AgentCards(bounds, (name) => tools.editAgent(name));
    this.#teams = new TeamCards((name) => tools.editTeam(name));
    byId("start-form").addEventListener("submit", (event) => this.#submit(event));
    this.#topic.addEventListener("keydown", (event) => this.#onKey(event));
    this.#topic.addEventListener("input", () => this.#onInput());
    this.#cards.addEventListener("change", () => this.#update());
    this.#rounds.addEventListener("change", () => this.#update());
    this.#teams.addEventListener("change", () => this.#showTeam());
    this.#showTeam();
  }

  show() {
    if (!this.#view.hidden) return;
    this.#view.hidden = false;
    scrollTo(0, 0);
    this.#topic.focus({ preventScroll: true });
    this.#update();
  }

  hide() {
    this.#view.hidden = true;
    showText(this.#error, "");
  }

  /** @param {Catalogue} catalogue */
  showCatalogue({ agents, speakerSelections, teams }) {
    this.#cards.show(agents);
    this.#selection.show(speakerSelections);
    this.#teams.show(teams, agents.length > 0);
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    this.#connected = connected;
    if (connected) this.#rounds.bound(this.#bounds.maxRounds);
    this.#update();
  }

  /** A team has its own agents, rounds and selection. */
  #showTeam() {
    const team = this.#teams.chosen;
    for (const id of ["agent-choice", "own-selection", "rounds-stepper"]) byId(id).hidden = team !== undefined;
    const topics = team?.sampleTopics.length ? team.sampleTopics : SUGGESTIONS.map((key) => t(key));
    this.#samples.replace(topics.map((topic) => ({ key: topic, make: () => this.#suggestion(topic) })));
    this.#update();
  }

  #suggestion(text) {
    const chip = element("button", { className: "chip", text, attributes: { type: "button" } });
    chip.addEventListener("click", () => {
      this.#topic.value = text;
      this.#topic.focus();
      this.#update();
    });
    return element("li", {}, [chip]);
  }

  #onKey(event) {
    if (!sends(event)) return;
    event.preventDefault();
    if (!this.#button.disabled) this.#button.form.requestSubmit();
  }

  #onInput() {
    showText(this.#error, "");
    this.#update();
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#button.disabled) return;
    this.#setStarting(true);
    showText(this.#error, "");
    try {
      await this.#onStart({ topic: this.#topic.value.trim(), ...this.#participants }, this.#agents);
      this.#draft.replace("");
    } catch (error) {
      showText(this.#error, errorText(error));
    } finally {
      this.#setStarting(false);
    }
  }

  get #agents() {
    return this.#teams.chosen?.agents ?? this.#cards.chosen;
  }

  get #participants() {
    const team = this.#teams.chosen;
    return team
      ? { team: team.name }
      : { agents: this.#cards.chosen, maxRounds: this.#rounds.value, speakerSelection: this.#selection.value };
  }

  #setStarting(starting) {
    this.#starting = starting;
    this.#button.textContent = t(starting ? "start.starting" : "start.start");
    this.#update();
  }

  #update() {
    this.#showFault();
    const someChosen = this.#agents.length > 0;
    const ready = this.#topic.value.trim() !== "" && someChosen && this.#fault === "";
    this.#button.disabled = !ready || !this.#connected || this.#starting;
    const noneChosen = this.#view.querySelector(".agent-check") && !someChosen;
    this.#button.title = noneChosen ? t("start.none") : "";
  }

  #showFault() {
    const topicFault = this.#bounds.topicFault(this.#topic.value.trim());
    const ownChoice = this.#teams.chosen === undefined;
    const roundsFault = ownChoice ? this.#bounds.roundsFault(this.#rounds.value) : "";
    const agentsFault = ownChoice ? this.#bounds.agentsFault(this.#cards.chosen.length) : "";
    const fault = topicFault || roundsFault || agentsFault;
    this.#topic.setAttribute("aria-invalid", String(topicFault !== ""));
    this.#rounds.mark(roundsFault);
    if (fault !== this.#fault) showText(this.#error, fault);
    this.#fault = fault;
  }
}
