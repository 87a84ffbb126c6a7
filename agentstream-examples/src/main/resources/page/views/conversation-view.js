import { AutoScroll } from "../auto-scroll.js";
import { byId } from "../dom.js";
import { FrameBatch } from "../frame-batch.js";
import { errorText } from "../plain-words.js";
import { goToStart } from "../route.js";
import { Dock } from "./dock.js";
import { clearNotice, showNotice } from "./notice.js";
import { Participants } from "./participants.js";
import { Transcript } from "./transcript.js";

/** @typedef {import("/agentstream/index.js").ConversationStore} ConversationStore */

/** Where a conversation is watched. */
export class ConversationView {
  #store;
  #view = byId("conversation-view");
  #topic = byId("conversation-topic");
  #jump = byId("jump");
  #participants = new Participants();
  #scroll = new AutoScroll();
  #transcript = new Transcript(() => this.#scroll.followIfFollowing());
  #frame = new FrameBatch(() => this.#drawFrame());
  #dock;

  /** @param {ConversationStore} store */
  constructor(store) {
    this.#store = store;
    this.#dock = new Dock({ onStop: () => this.#stop(), onNew: goToStart });
    this.#jump.addEventListener("click", () => this.#scroll.follow());
    this.#scroll.addEventListener("change", () => this.#frame.add(this));
    store.addEventListener("reset", () => this.#reset());
    store.addEventListener("entry", ({ detail }) => this.#transcript.touch(detail.entry));
    for (const type of ["change", "sync"]) store.addEventListener(type, () => this.#frame.add(this));
  }

  show() {
    this.#view.hidden = false;
    this.#topic.focus({ preventScroll: true });
    this.#frame.add(this);
    this.#scroll.follow();
  }

  hide() {
    this.#view.hidden = true;
    document.title = "agentstream";
  }

  #reset() {
    this.#transcript.reset(this.#store.conversation.entries);
    this.#frame.add(this);
  }

  async #stop() {
    const { conversationId } = this.#store.conversation;
    clearNotice();
    try {
      await this.#store.stop();
    } catch (error) {
      if (this.#isRunning(conversationId)) showNotice(errorText(error));
      throw error;
    }
  }

  /** An answer may get lost when what was asked for has long come about, or the reader has gone on. */
  #isRunning(conversationId) {
    const { conversation } = this.#store;
    return conversation?.conversationId === conversationId && conversation.state !== "ended";
  }

  #drawFrame() {
    const { conversation } = this.#store;
    if (!conversation || this.#view.hidden) return;
    const state = this.#shownState(conversation);
    const speaker = speakerOf(conversation);
    this.#view.dataset.sync = this.#store.sync;
    this.#topic.textContent = conversation.topic;
    document.title = conversation.topic ? `${conversation.topic} — agentstream` : "agentstream";
    this.#participants.show(conversation.agents, speaker);
    this.#dock.show(conversation, state, speaker);
    this.#jump.hidden = this.#scroll.following;
  }

  /** How far behind the page is matters more than what the conversation was last known to do, unless it is over. */
  #shownState({ state }) {
    const { sync } = this.#store;
    return state === "ended" || sync === "live" ? state : sync;
  }
}

function speakerOf({ entries }) {
  const speaking = entries.findLast(({ kind, state }) => kind === "message" && state === "streaming");
  return speaking?.sender ?? null;
}
