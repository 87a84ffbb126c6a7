import { applyEvent, breakOff, conversationFromSnapshot, emptyConversation, LOST } from "./conversation.js";
import { browserEnvironment } from "./environment.js";
import { AgentstreamError } from "./errors.js";
import { ResumePosition } from "./resume-position.js";
import { Stopwatch } from "./stopwatch.js";

/** @typedef {import("./connection.js").AgentstreamConnection} AgentstreamConnection */
/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./connection.js").SendOptions} SendOptions */
/** @typedef {import("./connection.js").StartOptions} StartOptions */
/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Entry} Entry */

/**
 * How far the store can be trusted to show what the server knows: `joining` is behind, `live` is
 * up to date, `gone` means that the server has no such conversation (any more), `failed` that it
 * refused to let this viewer in.
 *
 * @typedef {"none" | "joining" | "live" | "gone" | "failed"} Sync
 */

const JOIN_AGAIN_AFTER_MS = 2_000;
const WORTH_SAVING = new Set(["conversation_created", "new_message", "streaming_complete", "conversation_ended"]);

/**
 * Shows one conversation as its journal has it, across cuts, merged frames, snapshots and reloads.
 * Several conversations at once take one store each, over the same connection.
 *
 * Events: `reset` (everything is to be drawn anew), `entry` (detail: `{entry}`, new or changed),
 * `change` (state, round, topic or the like), `sync` (detail: `{sync, error?}`), `caughtup` (after each
 * join, when all that was missed is in).
 */
export class ConversationStore extends EventTarget {
  #connection;
  #environment;
  #resume;
  /** @type {Conversation | null} */
  #conversation = null;
  /** @type {Sync} */
  #sync = "none";
  #lostAt = -1;
  #stopwatch;
  /** The last event of the replay that is under way. */
  #replayedTo = 0;
  #timer;

  /**
   * @param {AgentstreamConnection} connection
   * @param {Partial<import("./environment.js").Environment> & {storageKey?: string}} [options] stores
   *   that share a page need a `storageKey` each
   */
  constructor(connection, { storageKey = "agentstream.conversation", ...environment } = {}) {
    super();
    this.#connection = connection;
    this.#environment = { ...browserEnvironment(), ...environment };
    this.#resume = new ResumePosition(this.#environment.storage, storageKey);
    this.#stopwatch = new Stopwatch(() => this.#environment.now());
    connection.addEventListener("frame", ({ detail }) => this.#receive(detail));
    connection.addEventListener("state", ({ detail }) => this.#onConnectionState(detail.state));
    this.#environment.window?.addEventListener("pagehide", () => this.#save());
  }

  /** @returns {Readonly<Conversation> | null} changes in place: read it when an event says so */
  get conversation() {
    return this.#conversation;
  }

  get sync() {
    return this.#sync;
  }

  /**
   * Starts a conversation, of which the server makes its starter a viewer.
   *
   * @param {StartOptions} options
   * @returns {Promise<string>} its id
   */
  async start(options) {
    const onAnswer = (accepted) => {
      this.#show(emptyConversation(conversationIdOf(accepted), accepted.data.epoch));
      this.#enter("live");
    };
    return conversationIdOf(await this.#connection.startConversation(options, { onAnswer }));
  }

  /**
   * Shows a conversation that exists, beginning with what this tab still knows of it.
   *
   * @param {string} conversationId
   */
  open(conversationId) {
    this.#show(this.#resume.load(conversationId) ?? emptyConversation(conversationId));
    this.#join();
  }

  /**
   * Says something as the user. The promise tells that the server has accepted it, as with all that
   * follows; when it is said, a message shows it.
   *
   * @param {string} content
   * @param {SendOptions} [options]
   */
  async sendMessage(content, options) {
    await this.#connection.sendMessage(this.#shownId(), content, options);
  }

  /** @param {string} [messageId] the answer to cut short; whoever speaks when left out */
  async stopSpeaker(messageId) {
    await this.#connection.stopSpeaker(this.#shownId(), messageId);
  }

  async stop() {
    await this.#connection.stopConversation(this.#shownId());
  }

  /** The pause begins after the turn under way. */
  async pause() {
    await this.#connection.pauseConversation(this.#shownId());
  }

  async unpause() {
    await this.#connection.unpauseConversation(this.#shownId());
  }

  /**
   * @param {string} requestId of one of the conversation's `pendingInputs`
   * @param {string} content
   */
  async inputResponse(requestId, content) {
    await this.#connection.inputResponse(this.#shownId(), requestId, content);
  }

  /** Stops viewing; the conversation itself goes on. */
  leave() {
    const left = this.#conversation;
    if (!left) return;
    this.#resume.forget();
    this.#environment.clearTimeout(this.#timer);
    this.#conversation = null;
    this.#enter("none");
    // Cut off or not found, either way it is left.
    this.#connection.leaveConversation(left.conversationId).catch(() => {});
  }

  #shownId() {
    if (!this.#conversation) throw new AgentstreamError("not_found", "No conversation is shown.");
    return this.#conversation.conversationId;
  }

  #onConnectionState(state) {
    if (!this.#conversation || this.#sync === "gone") return;
    if (state === "open") this.#join();
    else if (this.#sync === "live") this.#enter("joining");
  }

  /** @param {{fresh?: boolean}} [options] `fresh` asks for a snapshot, whatever is already there */
  async #join({ fresh = false } = {}) {
    const joining = this.#conversation;
    this.#environment.clearTimeout(this.#timer);
    this.#enter("joining");
    if (this.#connection.state.state !== "open") return;
    const { conversationId, epoch, seq } = joining;
    const position = fresh || epoch === null ? {} : { epoch, afterSeq: seq };
    const onAnswer = (frame) => this.#joined(frame);
    try {
      await this.#connection.joinConversation(conversationId, position, { onAnswer });
    } catch (error) {
      if (this.#conversation === joining) this.#refused(error);
    }
  }

  #joined(frame) {
    if (this.#conversation?.conversationId !== conversationIdOf(frame)) return;
    // After a snapshot's announcement the events still wait for the snapshot itself.
    if (frame.data.mode !== "replay") return;
    this.#stopwatch.discard();
    this.#replayedTo = frame.data.to_seq ?? this.#conversation.seq;
    this.#enter("live");
    if (this.#conversation.seq >= this.#replayedTo) this.#caughtUp();
  }

  /** @param {AgentstreamError} error */
  #refused(error) {
    if (error.code === "disconnected") return;
    if (error.code === "not_found") return this.#lose(error);
    if (!error.retryable) return this.#enter("failed", error);
    this.#timer = this.#environment.setTimeout(() => this.#join(), JOIN_AGAIN_AFTER_MS);
  }

  /** @param {AgentstreamError} error */
  #lose(error) {
    const brokenOff = breakOff(this.#conversation);
    this.#enter("gone", error);
    for (const entry of brokenOff) this.dispatchEvent(new CustomEvent("entry", { detail: { entry } }));
    this.dispatchEvent(new CustomEvent("change"));
  }

  /** @param {Frame} frame */
  #receive(frame) {
    const conversation = this.#conversation;
    if (!conversation || frame.conversation_id !== conversation.conversationId) return;
    if (frame.type === "joined") this.#joined(frame);
    else if (frame.type === "snapshot") this.#replace(frame);
    else if (frame.seq !== undefined && this.#sync === "live") this.#append(conversation, frame);
  }

  #replace(snapshot) {
    this.#stopwatch.discard();
    this.#show(withTimings(conversationFromSnapshot(snapshot, this.#conversation), this.#conversation));
    this.#enter("live");
    this.#save();
    this.#caughtUp();
  }

  #append(conversation, frame) {
    if (frame.seq <= conversation.seq) return;
    const gap = (frame.from_seq ?? frame.seq) > conversation.seq + 1;
    const entry = gap ? LOST : applyEvent(conversation, frame);
    if (entry === LOST) return this.#catchUp(conversation);
    const missed = conversation.seq < this.#replayedTo;
    conversation.seq = frame.seq;
    if (entry && !missed) this.#stopwatch.look(entry, frame.type);
    if (WORTH_SAVING.has(frame.type)) this.#save();
    this.#tell(frame.type, entry);
    if (missed && frame.seq >= this.#replayedTo) this.#caughtUp();
  }

  #caughtUp() {
    this.#replayedTo = 0;
    this.dispatchEvent(new CustomEvent("caughtup"));
  }

  /** The journal is asked again for what is missing; if it gave the same gap twice, for all of it. */
  #catchUp({ seq }) {
    const fresh = this.#lostAt === seq;
    this.#lostAt = seq;
    this.#join({ fresh });
  }

  #tell(type, entry) {
    if (entry) this.dispatchEvent(new CustomEvent("entry", { detail: { entry } }));
    if (type !== "streaming_token" && type !== "streaming_thinking") this.dispatchEvent(new CustomEvent("change"));
  }

  #show(conversation) {
    this.#replayedTo = 0;
    this.#conversation = conversation;
    this.dispatchEvent(new CustomEvent("reset"));
  }

  /**
   * @param {Sync} sync
   * @param {AgentstreamError} [error]
   */
  #enter(sync, error) {
    if (this.#sync === sync) return;
    this.#sync = sync;
    this.dispatchEvent(new CustomEvent("sync", { detail: { sync, error } }));
  }

  /** A conversation that is gone stays saved as the server last told it: another server may know it still. */
  #save() {
    if (this.#conversation && this.#sync !== "gone") this.#resume.save(this.#conversation);
  }
}

/**
 * A snapshot knows nothing of how long this tab waited.
 *
 * @param {Conversation} conversation
 * @param {Conversation} before
 */
function withTimings(conversation, before) {
  const timings = new Map(before.entries.map(({ messageId, timing }) => [messageId, timing]));
  for (const entry of conversation.entries) {
    const timing = entry.kind === "message" && timings.get(entry.messageId);
    if (timing) entry.timing = timing;
  }
  return conversation;
}

/**
 * Answers may name the conversation in `data` only.
 *
 * @param {Frame} frame
 * @returns {string}
 */
function conversationIdOf({ conversation_id, data }) {
  return conversation_id ?? data.conversation_id;
}
