import { Attempts } from "../attempts.js";
import { AutoScroll } from "../auto-scroll.js";
import { byId } from "../dom.js";
import { FrameBatch } from "../frame-batch.js";
import { errorText } from "../plain-words.js";
import { Press } from "../press.js";
import { ReadingPlace } from "../reading-place.js";
import { goToStart } from "../route.js";
import { Speaking } from "../speakers.js";
import { Dock } from "./dock.js";
import { clearNotice, showNotice } from "./notice.js";
import { Participants } from "./participants.js";
import { PeopleHere } from "./people-here.js";
import { Question } from "./question.js";
import { SayBox } from "./say-box.js";
import { ShareDialog } from "./share-dialog.js";
import { Topic } from "./topic.js";
import { Transcript } from "./transcript.js";
import { WaitingMessages } from "./waiting-messages.js";

/** @typedef {import("/agentstream/index.js").ConversationStore} ConversationStore */
/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */

/** The view in which a conversation is watched and steered. */
export class ConversationView {
  #store;
  #view = byId("conversation-view");
  #topic = new Topic();
  /** @type {(conversationId: string) => string | undefined} */
  #titleOf = () => undefined;
  #jump = byId("jump");
  #participants;
  #people = new PeopleHere();
  #share = byId("share");
  #readOnly = byId("read-only");
  #isKnown;
  #scroll = new AutoScroll(byId("transcript"));
  #place = new ReadingPlace(() => this.#standing());
  /** @type {number | null} where the page stood before a reload, until there is text enough */
  #returnTo = null;
  #speaking = new Speaking();
  #waiting;
  #attempts = new Attempts();
  #frame = new FrameBatch(() => this.#drawFrame(), new Press(byId("dock"), "button"));
  #shownId = "";
  #visitedId;
  #transcript;
  #sayBox;
  #question;
  #dock;

  /**
   * @param {ConversationStore} store
   * @param {object} options
   * @param {() => number} options.serverNow what the server's clock shows
   * @param {import("../bounds.js").Bounds} options.bounds of what can be sent
   * @param {() => boolean} options.isKnown whether the server knows the reader, who can then share
   * @param {(name: string) => object | undefined} options.definitionOf what the server does not know of an agent
   */
  constructor(store, { serverNow, bounds, isKnown, definitionOf }) {
    this.#store = store;
    this.#isKnown = isKnown;
    new ShareDialog(store);
    this.#transcript = new Transcript({
      onGrown: () => this.#onGrown(),
      onStopSpeaker: (messageId) => this.#ask(() => store.stopSpeaker(messageId)),
    });
    this.#participants = new Participants({
      onCallOn: (name) => store.callOn(name),
      onMute: (name) => store.muteAgent(name),
      onUnmute: (name) => store.unmuteAgent(name),
      onRemove: (name) => store.removeAgent(name),
      onAdd: (name) => store.addAgent(name, definitionOf(name)),
    });
    this.#waiting = new WaitingMessages({
      onEdit: (queueId, content) => store.editMessage(queueId, content),
      onWithdraw: (queueId) => store.withdrawMessage(queueId),
    });
    this.#sayBox = new SayBox((content, options) => this.#say(content, options), bounds, () => this.#types());
    this.#question = new Question({
      onAnswer: (requestId, content) => store.inputResponse(requestId, content),
      onSkip: (requestId) => store.skipPerson(requestId),
      onAsked: (question) => this.#onAsked(question),
      serverNow,
      bounds,
    });
    this.#dock = new Dock({
      onStop: () => this.#ask(() => store.stop()),
      onPause: () => this.#ask(() => store.pause()),
      onUnpause: () => this.#ask(() => store.unpause()),
      onNew: goToStart,
      onAsked: () => this.#frame.add(this),
    });
    this.#jump.addEventListener("click", () => this.#scroll.follow());
    this.#scroll.addEventListener("change", () => this.#frame.add(this));
    this.#scroll.alsoFollow(byId("dock"));
    store.addEventListener("reset", () => this.#reset());
    store.addEventListener("entry", ({ detail }) => this.#touch(detail.entry));
    for (const type of ["change", "sync", "presence"]) store.addEventListener(type, () => this.#frame.add(this));
  }

  show() {
    if (!this.#view.hidden && this.#store.conversation?.conversationId === this.#visitedId) return;
    this.#visitedId = this.#store.conversation?.conversationId;
    this.#view.hidden = false;
    this.#topic.focus();
    // At once: the buttons of the conversation before would act on this one.
    this.#drawFrame();
    this.#returnTo = this.#place.takeFor(this.#visitedId);
    if (this.#returnTo === null) this.#scroll.follow();
    else this.#onGrown();
  }

  /** @param {(conversationId: string) => string | undefined} titleOf gives the titles that people gave, as they stand now */
  showTitles(titleOf) {
    this.#titleOf = titleOf;
    this.#frame.add(this);
  }

  /** @param {{agents: {name: string, fault?: string}[]}} catalogue */
  showCatalogue({ agents }) {
    this.#participants.offer(agents);
  }

  hide() {
    if (this.#view.hidden) return;
    this.#view.hidden = true;
    this.#topic.hide();
  }

  /** Reports that the reader types. A report that fails is of no importance, so it shows no error. */
  #types() {
    if (this.#store.conversation && this.#store.sync === "live") this.#store.typing().catch(() => {});
  }

  #onGrown() {
    if (this.#returnTo === null) return this.#scroll.followIfFollowing();
    this.#scroll.standAt(this.#returnTo);
    if (document.documentElement.scrollTop >= Math.floor(this.#returnTo) || this.#store.sync === "live") this.#returnTo = null;
  }

  #standing() {
    if (this.#view.hidden || this.#scroll.following || !this.#visitedId) return null;
    return { conversationId: this.#visitedId, top: document.documentElement.scrollTop };
  }

  #reset() {
    const { conversation } = this.#store;
    if (conversation.conversationId !== this.#shownId) this.#turnTo(conversation);
    this.#speaking.reset(conversation);
    this.#transcript.reset(conversation);
    this.#frame.add(this);
  }

  /** Ids of messages and questions are unique only within a conversation. */
  #turnTo({ conversationId }) {
    this.#shownId = conversationId;
    this.#participants.turn();
    this.#waiting.clear();
    this.#sayBox.turnTo(conversationId);
    this.#question.turnTo(conversationId);
  }

  /** @param {import("/agentstream/conversation.js").Entry} entry */
  #touch(entry) {
    this.#speaking.touch(entry);
    this.#transcript.touch(entry);
  }

  /** @param {import("/agentstream/conversation.js").PendingInput} question */
  #onAsked({ callId }) {
    if (callId) this.#transcript.openCall(callId);
    this.#scroll.followIfFollowing();
  }

  /** @param {() => Promise<void>} command */
  async #ask(command) {
    const { conversationId } = this.#store.conversation;
    clearNotice();
    try {
      await command();
    } catch (error) {
      if (error.code !== "conflict" && this.#isRunning(conversationId)) showNotice(errorText(error));
      throw error;
    }
  }

  /** An answer may get lost when what was asked for has long come about, or the reader has gone on. */
  #isRunning(conversationId) {
    const { conversation } = this.#store;
    return conversation?.conversationId === conversationId && !conversation.ended;
  }

  async #say(content, { interrupt }) {
    const { conversation } = this.#store;
    const messageId = this.#attempts.idFor({ conversationId: conversation.conversationId, content });
    const takeBack = this.#waiting.add(conversation, { messageId, content });
    this.#scroll.follow();
    this.#frame.add(this);
    try {
      await this.#store.sendMessage(content, { interrupt, messageId });
      this.#attempts.succeeded();
    } catch (error) {
      takeBack();
      this.#frame.add(this);
      throw error;
    }
  }

  #drawFrame() {
    const { conversation, sync } = this.#store;
    if (!conversation || this.#view.hidden) return;
    const state = this.#shownState(conversation);
    const speaking = this.#speaking.messages;
    const { access, isOwner } = this.#store;
    const mayOnlyView = access === "view";
    this.#view.dataset.sync = sync;
    this.#view.dataset.access = access;
    this.#share.hidden = mayOnlyView || !isOwner || !this.#isKnown() || this.#isLost;
    this.#readOnly.hidden = !mayOnlyView || this.#isLost;
    this.#people.show(this.#store.presence);
    this.#topic.show(conversation, this.#titleOf(conversation.conversationId));
    this.#participants.show(conversation, speaking, sync === "live" && !mayOnlyView);
    if (this.#waiting.show(conversation)) this.#scroll.followIfFollowing();
    const questions = this.#isLost || mayOnlyView ? [] : conversation.pendingInputs;
    this.#question.show(questions, conversation, { live: sync === "live", isOwner });
    this.#transcript.showAsked(conversation.pendingInputs);
    this.#sayBox.show(this.#sayMode(conversation, speaking), sync === "live", callable(conversation), conversation.people);
    this.#dock.show(conversation, state, speaking);
    this.#jump.hidden = this.#scroll.following;
  }

  /**
   * That a conversation is gone says the most. Unless it is over, the state of catching up is more important than
   * its last known state.
   */
  #shownState({ state }) {
    const { sync } = this.#store;
    if (sync === "gone") return this.#store.shareEnded ? "shareEnded" : sync;
    return state === "ended" || sync === "live" ? state : sync;
  }

  get #isLost() {
    return this.#store.sync === "gone" || this.#store.sync === "failed";
  }

  /**
   * @param {Conversation} conversation
   * @returns {import("./say-box.js").SayMode}
   */
  #sayMode({ ended, pendingInputs }, speaking) {
    if (this.#isLost || this.#store.access === "view") return "none";
    if (ended) return "ended";
    if (pendingInputs[0]?.kind === "text") return "question";
    return speaking.length > 0 ? "turn" : "between";
  }
}

/** @param {Conversation} conversation */
function callable({ agents, muted = [] }) {
  return agents.filter((name) => !muted.includes(name));
}
