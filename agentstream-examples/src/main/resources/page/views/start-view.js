import { byId, element, showText } from "../dom.js";
import { Draft } from "../drafts.js";
import { t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";
import { AgentCards } from "./agent-cards.js";
import { RoundsStepper } from "./rounds-stepper.js";
import { SpeakerSelection } from "./speaker-selection.js";

/** @typedef {import("/agentstream/connection.js").Catalogue} Catalogue */
/** @typedef {import("/agentstream/connection.js").StartOptions} StartOptions */

const SUGGESTIONS = ["start.suggestion.1", "start.suggestion.2", "start.suggestion.3"];

/** Where a conversation is put together. */
export class StartView {
  #view = byId("start-view");
  #topic = byId("topic");
  #draft = new Draft(this.#topic);
  #button = byId("start");
  #error = byId("start-error");
  #cards = new AgentCards();
  #rounds = new RoundsStepper();
  #selection = new SpeakerSelection();
  #connected = false;
  #starting = false;
  #onStart;

  /** @param {(options: StartOptions) => Promise<void>} onStart */
  constructor(onStart) {
    this.#onStart = onStart;
    byId("start-form").addEventListener("submit", (event) => this.#submit(event));
    this.#topic.addEventListener("keydown", (event) => this.#onKey(event));
    this.#topic.addEventListener("input", () => this.#onInput());
    this.#cards.addEventListener("change", () => this.#update());
    byId("suggestions").append(...SUGGESTIONS.map((key) => this.#suggestion(t(key))));
  }

  show() {
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
    // While an input method is composing, Enter chooses a word and must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.#button.disabled) this.#button.form.requestSubmit();
  }

  #onInput() {
    showText(this.#error, "");
    this.#update();
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#starting) return;
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
    const ready = this.#topic.value.trim() !== "" && this.#cards.chosen.length > 0;
    this.#button.disabled = !ready || !this.#connected || this.#starting;
    const noneChosen = this.#view.querySelector(".agent-check") && this.#cards.chosen.length === 0;
    this.#button.title = noneChosen ? t("start.none") : "";
  }
}
