import { announce } from "../announcer.js";
import { copyText } from "../clipboard.js";
import { byId } from "../dom.js";
import { FrameBatch } from "../frame-batch.js";
import { t } from "../i18n/i18n.js";
import { endedLine, errorLine, roundLine } from "./lines.js";
import { MessageView } from "./message-view.js";
import { userMessage } from "./user-message.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").Entry} Entry */

/** Where every step is a round of its own, a line for each would only be in the way. */
const STEP_BY_STEP = new Set(["random", "function", "model", "handoff", "manual"]);

const COPIED_MS = 2_000;

/** What was said, in order, with a line where a round begins. */
export class Transcript {
  #node = byId("transcript");
  /** @type {Conversation | null} */
  #conversation = null;
  /** @type {Map<Entry, MessageView>} */
  #views = new Map();
  #drawn = new Set();
  #run = 0;
  #round = 0;
  #stale = false;
  #batch;

  /**
   * @param {object} actions
   * @param {() => void} actions.onGrown
   * @param {(messageId: string) => Promise<void>} actions.onStopSpeaker
   */
  constructor({ onGrown, onStopSpeaker }) {
    this.#node.addEventListener("click", ({ target }) => {
      const stop = target.closest(".stop-speaker");
      const copy = target.closest(".copy-message");
      if (stop) this.#stopSpeaker(stop, onStopSpeaker);
      if (copy) this.#copy(copy);
    });
    this.#batch = new FrameBatch((entries) => {
      if (this.#stale) this.#clear();
      for (const entry of entries) this.#draw(entry);
      onGrown();
    });
  }

  /**
   * Draws everything anew, old and new within one frame: an empty page in between would lose the
   * reader's place.
   *
   * @param {Conversation} conversation
   */
  reset(conversation) {
    this.#conversation = conversation;
    this.#stale = true;
    this.#batch.restart(conversation.entries);
  }

  /** @param {Entry} entry new or changed */
  touch(entry) {
    this.#batch.add(entry);
  }

  /**
   * Opens what an agent wants to call, which a decision about it takes.
   *
   * @param {string} agentName
   */
  openCallsOf(agentName) {
    const agent = `.message[data-agent="${CSS.escape(agentName)}"]`;
    for (const call of this.#node.querySelectorAll(`${agent} .tool[data-state="running"]`)) call.open = true;
  }

  #clear() {
    this.#stale = false;
    this.#node.replaceChildren();
    this.#views.clear();
    this.#drawn.clear();
    this.#run = 0;
    this.#round = 0;
  }

  #draw(entry) {
    if (!this.#drawn.has(entry)) this.#add(entry);
    if (entry.kind === "message") this.#views.get(entry)?.update(entry);
  }

  #add(entry) {
    const isFirst = this.#drawn.size === 0;
    this.#drawn.add(entry);
    if (entry.kind === "error") this.#node.append(errorLine(entry));
    else if (entry.kind === "ended") this.#node.append(endedLine(entry, this.#conversation));
    else if (entry.role === "assistant") this.#addMessage(entry);
    // The topic already stands above as the title.
    else if (!isFirst) this.#node.append(userMessage(entry));
  }

  #addMessage(message) {
    // The rounds of a nested team are its own affair.
    if (!message.agentPath) this.#enterRound(message);
    const view = new MessageView(message);
    this.#views.set(message, view);
    this.#node.append(view.node);
  }

  #enterRound({ run, round }) {
    const begins = run !== this.#run || round > this.#round;
    this.#run = run;
    this.#round = round;
    if (begins && !STEP_BY_STEP.has(this.#conversation?.speakerSelection ?? "")) {
      this.#node.append(roundLine({ run, round }));
    }
  }

  async #copy(button) {
    const { messageId } = button.closest(".message").dataset;
    const message = this.#conversation.entries.find((entry) => entry.messageId === messageId);
    const outcome = await copyText(message.content).then(
      () => "copied",
      () => "notCopied",
    );
    button.dataset.outcome = outcome;
    button.textContent = t(`message.${outcome}`);
    announce(button.textContent);
    setTimeout(() => {
      delete button.dataset.outcome;
      button.textContent = t("message.copy");
    }, COPIED_MS);
  }

  async #stopSpeaker(button, onStopSpeaker) {
    const { messageId } = button.closest(".message").dataset;
    button.disabled = true;
    try {
      await onStopSpeaker(messageId);
    } catch {
      button.disabled = false;
    }
  }
}
