import { byId, showText } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { avatar } from "../voices.js";

const OVER = new Set(["ended", "gone", "failed"]);

/** The bar at the bottom: what is going on now and what can be done about it. */
export class Dock {
  #speaker = byId("speaker");
  #state = byId("conversation-state");
  #round = byId("round");
  #stop = byId("stop");
  #new = byId("new-conversation");
  /** The conversation that is being stopped, if the end has not come yet. */
  #stopping = null;
  #conversationId = null;
  #drawnSpeaker = null;

  /** @param {{onStop: () => Promise<void>, onNew: () => void}} actions */
  constructor({ onStop, onNew }) {
    this.#stop.addEventListener("click", () => this.#stopOnce(onStop));
    this.#new.addEventListener("click", onNew);
    this.#showStop(false);
  }

  /**
   * @param {import("/agentstream/conversation.js").Conversation} conversation
   * @param {string} state the conversation's, or the store's where that says more
   * @param {string | null} speaker
   */
  show(conversation, state, speaker) {
    const over = OVER.has(state);
    this.#conversationId = conversation.conversationId;
    this.#state.dataset.state = state;
    this.#state.textContent = stateText(conversation, state, speaker);
    this.#showSpeaker(state === "running" ? speaker : null);
    showText(this.#round, roundText(conversation));
    this.#stop.hidden = over;
    this.#new.hidden = !over;
    if (over) this.#stopping = null;
    this.#showStop(state === "joining");
  }

  #showSpeaker(speaker) {
    if (speaker === this.#drawnSpeaker) return;
    this.#drawnSpeaker = speaker;
    this.#speaker.replaceChildren(...(speaker ? [avatar(speaker)] : []));
  }

  /** Stays at “stopping” until the end itself arrives; only a refusal gives the button back. */
  async #stopOnce(onStop) {
    this.#stopping = this.#conversationId;
    this.#showStop(false);
    try {
      await onStop();
    } catch {
      this.#stopping = null;
      this.#showStop(false);
    }
  }

  #showStop(cutOff) {
    const stopping = this.#stopping !== null && this.#stopping === this.#conversationId;
    this.#stop.disabled = stopping || cutOff;
    this.#stop.textContent = t(stopping ? "conversation.stopping" : "conversation.stop");
  }
}

function stateText({ round }, state, speaker) {
  if (state !== "running") return t(`state.${state}`);
  if (speaker) return t("state.typing", { name: speaker });
  return t(round === 0 ? "state.starting" : "state.between");
}

function roundText({ round, maxRounds }) {
  if (round === 0) return "";
  return maxRounds ? t("conversation.roundOf", { round, rounds: maxRounds }) : t("conversation.round", { round });
}
