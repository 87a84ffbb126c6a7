import { byId, showText } from "../dom.js";
import { formatNames, t } from "../i18n/i18n.js";
import { pauseText } from "../plain-words.js";
import { tokensText } from "../tokens.js";
import { avatar } from "../voices.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

const OVER = new Set(["ended", "gone", "failed", "shareEnded"]);
const MOST_AVATARS = 3;

/** The bar at the bottom: what is going on now and what can be done about it. */
export class Dock {
  #speaker = byId("speaker");
  #state = byId("conversation-state");
  #round = byId("round");
  #pause = byId("pause");
  #stop = byId("stop");
  #new = byId("new-conversation");
  /** The conversation that is being stopped, if the end has not come yet. */
  #stopping = null;
  /** The conversation of which a pause was asked for that has not begun: it shows in no event. */
  #pausing = null;
  #conversationId = null;
  #paused = false;
  /** True if the server itself has paused the conversation: then only the server ends the pause. */
  #held = false;
  #drawnSpeakers = "";

  /**
   * @param {object} actions
   * @param {() => Promise<void>} actions.onStop
   * @param {() => Promise<void>} actions.onPause
   * @param {() => Promise<void>} actions.onUnpause
   * @param {() => void} actions.onNew
   * @param {() => void} actions.onAsked a pause was asked for or called off
   */
  constructor({ onStop, onPause, onUnpause, onNew, onAsked }) {
    this.#stop.addEventListener("click", () => this.#stopOnce(onStop));
    this.#pause.addEventListener("click", () => this.#togglePause({ onPause, onUnpause, onAsked }));
    this.#new.addEventListener("click", onNew);
    this.#showButtons(false);
  }

  /**
   * @param {Conversation} conversation
   * @param {string} state the conversation's, or the store's where that says more
   * @param {MessageEntry[]} speaking
   */
  show(conversation, state, speaking) {
    const over = OVER.has(state);
    this.#conversationId = conversation.conversationId;
    this.#paused = conversation.paused;
    this.#held = Boolean(conversation.pauseReason);
    if (over) this.#stopping = null;
    if (over || this.#paused) this.#pausing = null;
    this.#state.dataset.state = state;
    this.#state.toggleAttribute("data-pausing", this.#isPausing);
    this.#state.textContent = this.#stateText(conversation, state, speaking);
    this.#showSpeakers(state === "running" ? speaking : []);
    showText(this.#round, [roundText(conversation), tokensText(conversation.usage)].filter(Boolean).map(unbroken).join(" · "));
    this.#stop.hidden = this.#pause.hidden = over;
    this.#new.hidden = !over;
    this.#showButtons(state === "joining");
  }

  get #isStopping() {
    return this.#stopping !== null && this.#stopping === this.#conversationId;
  }

  get #isPausing() {
    return this.#pausing !== null && this.#pausing === this.#conversationId;
  }

  #showSpeakers(speaking) {
    const shown = speaking.map(({ sender }) => sender).slice(0, MOST_AVATARS);
    if (shown.join("\n") === this.#drawnSpeakers) return;
    this.#drawnSpeakers = shown.join("\n");
    this.#speaker.replaceChildren(...shown.map(avatar));
  }

  /** Stays at “stopping” until the end itself arrives; only a refusal gives the button back. */
  async #stopOnce(onStop) {
    this.#stopping = this.#conversationId;
    this.#showButtons(false);
    try {
      await onStop();
    } catch {
      this.#stopping = null;
      this.#showButtons(false);
    }
  }

  async #togglePause({ onPause, onUnpause, onAsked }) {
    const conversationId = this.#conversationId;
    const pausing = !this.#paused && !this.#isPausing;
    this.#pause.disabled = true;
    try {
      await (pausing ? onPause() : onUnpause());
      this.#pausing = pausing && !this.#paused ? conversationId : null;
    } catch (error) {
      // Somebody else was faster: the pause is already asked for, or already called off.
      if (error.code === "conflict") this.#pausing = pausing ? conversationId : null;
    }
    onAsked();
  }

  #showButtons(cutOff) {
    this.#stop.disabled = this.#isStopping || cutOff;
    this.#stop.textContent = t(this.#isStopping ? "conversation.stopping" : "conversation.stop");
    this.#pause.disabled = this.#isStopping || cutOff || this.#held;
    const goesOn = this.#paused || this.#isPausing;
    this.#pause.dataset.action = goesOn ? "unpause" : "pause";
    this.#pause.textContent = t(goesOn ? "conversation.unpause" : "conversation.pause");
  }

  #stateText(conversation, state, speaking) {
    const { entries, pendingInputs } = conversation;
    const person = pendingInputs[0]?.person;
    if (state === "paused") return pauseText(conversation);
    if (state === "waiting_for_input" && person) return t("state.waiting_for_person", { name: person });
    if (state !== "running") return t(`state.${state}`);
    if (this.#isPausing) return t("state.pausing");
    const names = speaking.map(({ sender }) => sender);
    if (names.length > 1) return t("state.typingTogether", { names: formatNames(names) });
    if (names.length === 1) return t("state.typing", { name: names[0] });
    return t(entries.length > 1 ? "state.between" : "state.starting");
  }
}

/** If the line is too short, it wraps between the parts. */
function unbroken(text) {
  return text.replaceAll(" ", "\u00a0");
}

function roundText({ round, maxRounds }) {
  if (round === 0) return "";
  return maxRounds ? t("conversation.roundOf", { round, rounds: maxRounds }) : t("conversation.round", { round });
}
