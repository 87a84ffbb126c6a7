import { applyEvent, breakOff, conversationFromSnapshot, emptyConversation, LOST } from "./conversation.js";
import { browserEnvironment } from "./environment.js";
import { AgentstreamError } from "./errors.js";
import { ResumePosition } from "./resume-position.js";
import { presenceOf } from "./sharing.js";
import { ShownConversation } from "./shown-conversation.js";
import { Stopwatch } from "./stopwatch.js";

/** @typedef {import("./connection.js").AgentstreamConnection} AgentstreamConnection */
/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./connection.js").StartOptions} StartOptions */
/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Entry} Entry */

/**
 * The state of the view: `joining` means that it is not up to date yet, `live` that it is, `gone` that the
 * server does not have this conversation, or no longer, and `failed` that the server refused the viewer.
 *
 * @typedef {"none" | "joining" | "live" | "gone" | "failed"} Sync
 */

const JOIN_AGAIN_AFTER_MS = 2_000;
const WORTH_SAVING = new Set(["conversation_created", "new_message", "streaming_complete", "conversation_ended"]);

/**
 * Shows one conversation exactly as its journal holds it, across lost connections, merged frames, snapshots and
 * reloads. To show several conversations at once, create one store for each, on the same connection.
 *
 * Events: `reset` (draw everything again), `entry` (detail: `{entry}`, new or changed),
 * `change` (state, round, topic or the like), `presence` (who is here), `sync` (detail: `{sync, error?}`), `caughtup` (after each join,
 * when all missed events have arrived).
 */
export class ConversationStore extends ShownConversation {
  #connection;
  #environment;
  #resume;
  /** @type {Conversation | null} */
  #conversation = null;
  /** @type {Sync} */
  #sync = "none";
  #lostAt = -1;
  #stopwatch;
  #takesPart;
  /** @type {string | undefined} */
  #shareToken;
  /** @type {"view" | "steer"} */
  #access = "steer";
  #isOwner = true;
  #shareEnded = false;
  /** @type {import("./sharing.js").Presence | null} */
  #presence = null;
  /** The last event of the replay in progress. */
  #replayedTo = 0;
  #timer;

  /**
   * @param {AgentstreamConnection} connection
   * @param {Partial<import("./environment.js").Environment> & {storageKey?: string, presence?: boolean}} [options]
   * each of several stores on a page needs its own `storageKey`; with `presence` true the viewer is seen by others
   * and sees them
   */
  constructor(connection, { storageKey = "agentstream.conversation", presence = false, ...environment } = {}) {
    super(connection);
    this.#takesPart = presence || undefined;
    this.#connection = connection;
    this.#environment = { ...browserEnvironment(), ...environment };
    this.#resume = new ResumePosition(this.#environment.storage, storageKey);
    this.#stopwatch = new Stopwatch(() => this.#environment.now());
    connection.addEventListener("frame", ({ detail }) => this.#receive(detail));
    connection.addEventListener("state", ({ detail }) => this.#onConnectionState(detail.state));
    this.#environment.window?.addEventListener("pagehide", () => this.#save());
  }

  /** @returns {Readonly<Conversation> | null} the object changes in place; read it when an event arrives */
  get conversation() {
    return this.#conversation;
  }

  get sync() {
    return this.#sync;
  }

  /** @returns {"view" | "steer"} what the viewer may do in the conversation */
  get access() {
    return this.#access;
  }

  /** @returns {boolean} whether the viewer may answer what only the owner of the conversation may */
  get isOwner() {
    return this.#isOwner;
  }

  /** @returns {boolean} whether the conversation is gone because the viewer's link holds no longer */
  get shareEnded() {
    return this.#sync === "gone" && this.#shareEnded;
  }

  /** @returns {Readonly<import("./sharing.js").Presence> | null} who is here; null while that is unknown */
  get presence() {
    return this.#presence;
  }

  /**
   * Starts a conversation and views it.
   *
   * @param {StartOptions} options
   * @returns {Promise<string>} its id
   */
  async start(options) {
    const onAnswer = (accepted) => {
      this.#arrive();
      this.#show(emptyConversation(conversationIdOf(accepted), accepted.data.epoch));
      this.#enter("live");
    };
    const conversationId = conversationIdOf(await this.#connection.startConversation(options, { onAnswer }));
    if (this.#takesPart) this.#attend(conversationId);
    return conversationId;
  }

  /** @param {string} [shareToken] the token of the link by which the viewer comes */
  #arrive(shareToken) {
    this.#shareToken = shareToken;
    // Until the server says more, a link is taken for somebody else's, and for one to view.
    this.#access = shareToken === undefined ? "steer" : "view";
    this.#isOwner = shareToken === undefined;
    this.#presence = null;
  }

  /** A start takes no part in presence, so the conversation is joined once more from where it stands. */
  #attend(conversationId) {
    const shown = this.#conversation;
    if (shown?.conversationId !== conversationId) return;
    const position = { epoch: shown.epoch, afterSeq: shown.seq, presence: true };
    // Should it fail, the conversation is shown all the same.
    this.#connection.joinConversation(conversationId, position).catch(() => {});
  }

  /**
   * Shows an existing conversation, beginning with the part that this tab has stored.
   *
   * @param {string} conversationId
   * @param {{shareToken?: string}} [options] the token of the link by which the viewer comes
   */
  open(conversationId, { shareToken } = {}) {
    this.#arrive(shareToken);
    this.#show(this.#resume.load(conversationId) ?? emptyConversation(conversationId));
    this.#join();
  }

  /** Stops viewing; the conversation itself continues. */
  leave() {
    const left = this.#conversation;
    if (!left) return;
    this.#resume.forget();
    this.#environment.clearTimeout(this.#timer);
    this.#conversation = null;
    this.#enter("none");
    // The connection is lost or the conversation not found: it is left in both cases.
    this.#connection.leaveConversation(left.conversationId).catch(() => {});
  }

  #onConnectionState(state) {
    if (!this.#conversation || this.#sync === "gone") return;
    if (state === "open") this.#join();
    else if (this.#sync === "live") this.#enter("joining");
  }

  /** @param {{fresh?: boolean}} [options] `fresh` requests a snapshot even if a position is known */
  async #join({ fresh = false } = {}) {
    const joining = this.#conversation;
    this.#environment.clearTimeout(this.#timer);
    this.#enter("joining");
    if (this.#connection.state.state !== "open") return;
    const { conversationId, epoch, seq } = joining;
    const known = fresh || epoch === null ? {} : { epoch, afterSeq: seq };
    const position = { ...known, shareToken: this.#shareToken, presence: this.#takesPart };
    try {
      await this.#connection.joinConversation(conversationId, position, { onAnswer: (frame) => this.#joined(frame) });
    } catch (error) {
      if (this.#conversation === joining) this.#refused(error);
    }
  }

  #joined(frame) {
    if (this.#conversation?.conversationId !== conversationIdOf(frame)) return;
    this.#access = frame.data.access ?? "steer";
    this.#isOwner = frame.data.owner ?? true;
    // After `joined` with a snapshot, events must wait until the snapshot itself has arrived.
    if (frame.data.mode !== "replay") return;
    this.#stopwatch.discard();
    this.#replayedTo = frame.data.to_seq ?? this.#conversation.seq;
    this.#enter("live");
    if (this.#conversation.seq >= this.#replayedTo) this.#caughtUp();
  }

  /** @param {AgentstreamError} error */
  #refused(error) {
    if (error.code === "disconnected") return;
    if (error.code === "not_found") return this.#lose(error, this.#shareToken !== undefined);
    if (!error.retryable) return this.#enter("failed", error);
    this.#timer = this.#environment.setTimeout(() => this.#join(), JOIN_AGAIN_AFTER_MS);
  }

  /**
   * @param {AgentstreamError} error
   * @param {boolean} [byLink] whether the viewer's link holds no longer
   */
  #lose(error, byLink = false) {
    this.#shareEnded = byLink;
    this.#presence = null;
    const brokenOff = breakOff(this.#conversation);
    this.#enter("gone", error);
    for (const entry of brokenOff) this.#notify("entry", { entry });
    this.#notify("change");
  }

  /** @param {Frame} frame */
  #receive(frame) {
    const conversation = this.#conversation;
    if (!conversation || frame.conversation_id !== conversation.conversationId) return;
    if (frame.type === "joined") this.#joined(frame);
    else if (frame.type === "snapshot") this.#replace(frame);
    else if (frame.type === "presence") this.#meet(frame.data);
    // Without a command of this page, the server has removed the conversation, or the viewer's link has ended.
    else if (frame.type === "left" && frame.in_reply_to === undefined) this.#removed(frame.data);
    else if (frame.seq !== undefined && this.#sync === "live") this.#append(conversation, frame);
  }

  #removed({ reason }) {
    const message = reason ? "The link to this conversation is no longer valid." : "The conversation was removed.";
    this.#lose(new AgentstreamError("not_found", message), reason === "share_ended");
  }

  #meet(data) {
    this.#presence = presenceOf(data);
    this.#notify("presence");
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
    this.#changed(frame.type, entry);
    if (missed && frame.seq >= this.#replayedTo) this.#caughtUp();
  }

  #caughtUp() {
    this.#replayedTo = 0;
    this.#notify("caughtup");
  }

  /** Requests the missing events again, or a snapshot if the same gap appears twice. */
  #catchUp({ seq }) {
    const fresh = this.#lostAt === seq;
    this.#lostAt = seq;
    this.#join({ fresh });
  }

  #changed(type, entry) {
    if (entry) this.#notify("entry", { entry });
    if (type !== "streaming_token" && type !== "streaming_thinking") this.#notify("change");
  }

  #show(conversation) {
    this.#replayedTo = 0;
    this.#conversation = conversation;
    this.#notify("reset");
  }

  /**
   * @param {Sync} sync
   * @param {AgentstreamError} [error]
   */
  #enter(sync, error) {
    if (this.#sync === sync) return;
    this.#sync = sync;
    this.#notify("sync", { sync, error });
  }

  #notify(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** A conversation that is gone stays stored, because another server may still have it. */
  #save() {
    if (this.#conversation && this.#sync !== "gone") this.#resume.save(this.#conversation);
  }
}

/**
 * A snapshot does not contain the times that this tab measured.
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
 * Replies may name the conversation in `data` only.
 *
 * @param {Frame} frame
 * @returns {string}
 */
function conversationIdOf({ conversation_id, data }) {
  return conversation_id ?? data.conversation_id;
}
