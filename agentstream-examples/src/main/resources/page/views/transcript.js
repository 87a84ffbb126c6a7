import { announce } from "../announcer.js";
import { copyText } from "../clipboard.js";
import { byId } from "../dom.js";
import { FrameBatch } from "../frame-batch.js";
import { t } from "../i18n/i18n.js";
import { FrameTime } from "../markdown/frame-time.js";
import { Press } from "../press.js";
import { KeyedNodes } from "./keyed-nodes.js";
import { endedLine, errorLine, roundLine } from "./lines.js";
import { MessageView } from "./message-view.js";
import { userMessage } from "./user-message.js";

/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").Entry} Entry */

/** If every step is a round, a line for each round would be in the way. */
const STEP_BY_STEP = new Set(["random", "function", "model", "handoff", "manual"]);

const COPIED_MS = 2_000;

/** The messages in order, with a line where a round begins. */
export class Transcript {
  #node = byId("transcript");
  /** @type {Conversation | null} */
  #conversation = null;
  #nodes = new KeyedNodes(this.#node);
  /** @type {Map<string, MessageView>} by the message's id */
  #views = new Map();
  #drawn = new Set();
  #run = 0;
  #round = 0;
  #stale = false;
  /** @type {string | undefined} the id of a call that is opened once it is drawn */
  #callToOpen;
  /** @type {Map<string, Map<string, "approval" | "decision">>} the calls that wait for a person, by their message's id */
  #asked = new Map();
  #drawnQuestions = "";
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
      const time = new FrameTime();
      if (this.#stale) this.#drawAnew(entries);
      for (const entry of entries) this.#draw(entry, time);
      this.#openDrawnCall();
      onGrown();
    }, new Press(this.#node, "a, button, summary"));
  }

  /**
   * Draws everything again, within one animation frame if that is not too much work, because an empty page in
   * between would lose the reader's position.
   *
   * @param {Conversation} conversation
   */
  reset(conversation) {
    if (conversation.conversationId !== this.#conversation?.conversationId) this.#clear();
    this.#conversation = conversation;
    this.#stale = true;
    // Formulas that arrive before the next frame must not bring back a message from before.
    this.#drawn.clear();
    this.#batch.restart(conversation.entries);
  }

  /** Every conversation counts its messages from m1 on, so a node may not outlive its conversation. */
  #clear() {
    this.#callToOpen = undefined;
    this.#asked.clear();
    this.#drawnQuestions = "";
    this.#views.clear();
    this.#nodes.replace([]);
  }

  /** @param {Entry} entry new or changed */
  touch(entry) {
    this.#batch.add(entry);
  }

  /**
   * Opens a tool call, whose arguments a decision about it takes. After a reload, the question comes before the call
   * is drawn.
   *
   * @param {string} callId
   */
  openCall(callId) {
    this.#callToOpen = callId;
    this.#openDrawnCall();
  }

  /**
   * Marks the tool calls that wait for a person. A question changes no entry, so their messages are drawn here.
   *
   * @param {import("/agentstream/conversation.js").PendingInput[]} questions the open ones
   */
  showAsked(questions) {
    const ids = questions.map(({ requestId }) => requestId).join(" ");
    if (ids === this.#drawnQuestions) return;
    this.#drawnQuestions = ids;
    const before = [...this.#asked.keys()];
    this.#asked = askedByMessage(questions);
    for (const messageId of new Set([...before, ...this.#asked.keys()])) {
      const entry = this.#conversation?.entries.findLast((candidate) => candidate.messageId === messageId);
      if (entry) this.#batch.add(entry);
    }
  }

  #openDrawnCall() {
    if (this.#callToOpen === undefined) return;
    const id = CSS.escape(this.#callToOpen);
    const call = this.#node.querySelector(`.tool:is([data-state="running"], [data-state="waiting"])[data-call-id="${id}"]`);
    if (!call) return;
    call.open = true;
    this.#callToOpen = undefined;
  }

  #drawAnew(entries) {
    this.#stale = false;
    this.#run = 0;
    this.#round = 0;
    this.#nodes.replace(entries.flatMap((entry) => this.#nodesOf(entry)));
  }

  /** A message that cannot be drawn keeps none of the others from being drawn. */
  #draw(entry, time) {
    try {
      if (!this.#drawn.has(entry)) this.#nodes.append(this.#nodesOf(entry));
      if (entry.kind !== "message") return;
      const isShown = this.#views.get(entry.messageId)?.update(entry, time, this.#asked.get(entry.messageId)) ?? true;
      if (!isShown) this.#batch.add(entry);
    } catch (error) {
      reportError(error);
    }
  }

  /** @returns {import("./keyed-nodes.js").KeyedNode[]} */
  #nodesOf(entry) {
    const place = this.#drawn.size;
    this.#drawn.add(entry);
    // The topic is already shown as the title.
    if (entry.role === "user") return place === 0 ? [] : [{ key: entry.messageId, make: () => userMessage(entry) }];
    if (entry.kind === "message") return this.#nodesOfMessage(entry);
    const key = `${place} ${JSON.stringify(entry)}`;
    return [{ key, make: () => (entry.kind === "error" ? errorLine(entry) : endedLine(entry, this.#conversation)) }];
  }

  #nodesOfMessage(message) {
    // The rounds of a nested team are its own affair.
    const line = message.agentPath ? [] : this.#enterRound(message);
    return [...line, { key: message.messageId, make: () => this.#viewOf(message).node }];
  }

  #viewOf(message) {
    const view = new MessageView(message, (shown) => {
      // Another conversation may be shown by now.
      if (this.#drawn.has(shown)) this.#batch.add(shown);
    });
    this.#views.set(message.messageId, view);
    return view;
  }

  #enterRound({ run, round }) {
    const begins = run !== this.#run || round > this.#round;
    this.#run = run;
    this.#round = round;
    if (!begins || STEP_BY_STEP.has(this.#conversation?.speakerSelection ?? "")) return [];
    return [{ key: `round ${run} ${round}`, make: () => roundLine({ run, round }) }];
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

function askedByMessage(questions) {
  const asked = new Map();
  for (const { kind, messageId, callId } of questions) {
    if (!callId) continue;
    if (!asked.has(messageId)) asked.set(messageId, new Map());
    asked.get(messageId).set(callId, kind === "approval" ? "approval" : "decision");
  }
  return asked;
}
