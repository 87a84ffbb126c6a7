import { byId, element, showText } from "../dom.js";
import { Draft } from "../drafts.js";
import { t } from "../i18n/i18n.js";
import { sends } from "../keys.js";
import { errorText } from "../plain-words.js";
import { AgentCards } from "./agent-cards.js";
import { RoundsStepper } from "./rounds-stepper.js";
import { SpeakerSelection } from "./speaker-selection.js";

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
  #connected = false;
  #starting = false;
  /** Returns the visible reason why the conversation cannot start; empty if it can. */
  #fault = "";
  #onStart;
  #bounds;

  /**
   * @param {(options: StartOptions) => Promise<void>} onStart
   * @param {import("../bounds.js").Bounds} bounds of what can be started
   */
  constructor(onStart, bounds) {
    this.#onStart = onStart;
    this.#bounds = bounds;
    this.#cards = new AgentCards(bounds);
    byId("start-form").addEventListener("submit", (event) => this.#submit(event));
    this.#topic.addEventListener("keydown", (event) => this.#onKey(event));
    this.#topic.addEventListener("input", () => this.#onInput());
    this.#cards.addEventListener("change", () => this.#update());
    this.#rounds.addEventListener("change", () => this.#update());
    byId("suggestions").append(...SUGGESTIONS.map((key) => this.#suggestion(t(key))));
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
  showCatalogue({ agents, speakerSelections }) {
    this.#cards.show(agents);
    this.#selection.show(speakerSelections);
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    this.#connected = connected;
    if (connected) this.#rounds.bound(this.#bounds.maxRounds);
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
      await this.#onStart({
        topic: this.#topic.value.trim(),
        agents: this.#cards.chosen,
        maxRounds: this.#rounds.value,
        speakerSelection: this.#selection.value,
      });
      this.#draft.replace("");
    } catch (error) {
      showText(this.#error, errorText(error));
    } finally {
      this.#setStarting(false);
    }
  }

  #setStarting(starting) {
    this.#starting = starting;
    this.#button.textContent = t(starting ? "start.starting" : "start.start");
    this.#update();
  }

  #update() {
    this.#showFault();
    const ready = this.#topic.value.trim() !== "" && this.#cards.chosen.length > 0 && this.#fault === "";
    this.#button.disabled = !ready || !this.#connected || this.#starting;
    const noneChosen = this.#view.querySelector(".agent-check") && this.#cards.chosen.length === 0;
    this.#button.title = noneChosen ? t("start.none") : "";
  }

  #showFault() {
    const topicFault = this.#bounds.topicFault(this.#topic.value.trim());
    const roundsFault = this.#bounds.roundsFault(this.#rounds.value);
    const fault = topicFault || roundsFault || this.#bounds.agentsFault(this.#cards.chosen.length);
    this.#topic.setAttribute("aria-invalid", String(topicFault !== ""));
    this.#rounds.mark(roundsFault);
    if (fault !== this.#fault) showText(this.#error, fault);
    this.#fault = fault;
  }
}
