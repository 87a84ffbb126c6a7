import { backoffDelay } from "./backoff.js";
import { asksForPatience, comesBack } from "./close-codes.js";
import { Commands } from "./commands.js";
import { browserEnvironment } from "./environment.js";
import { AgentstreamError } from "./errors.js";
import { checkedText } from "./frame-size.js";
import { parseFrame, refusesUnread } from "./frames.js";
import { Liveness } from "./liveness.js";
import { PendingRequests } from "./pending-requests.js";
import { SocketSource } from "./socket-source.js";
import { TokenSource } from "./token-source.js";

/** @typedef {import("./commands.js").RequestOptions} RequestOptions */
/** @typedef {import("./environment.js").Environment} Environment */

/**
 * A message of the server as sent over the wire.
 *
 * @typedef {object} Frame
 * @property {string} type
 * @property {string} [conversation_id]
 * @property {number} [seq] only on events of a conversation's journal
 * @property {number} [from_seq] only on a merged frame: the first `seq` in it
 * @property {string} [timestamp]
 * @property {string} [in_reply_to]
 * @property {any} data
 */

/**
 * `connecting` lasts until the server's `welcome`; in `reconnecting` the next attempt is at `retryAt`; `closed`
 * stays closed until `connect()`.
 *
 * @typedef {object} ConnectionState
 * @property {"connecting" | "open" | "reconnecting" | "closed"} state
 * @property {number} [retryAt] the time of the next attempt, in milliseconds as `Date.now()`
 * @property {number} [code] the close code that caused this state
 * @property {string} [reason] the server's reason for the close
 * @property {"http"} [transport] how an open connection gets through where a WebSocket cannot be had
 */

/**
 * The server's first frame, and its reply to a token.
 *
 * @typedef {object} Welcome
 * @property {string} connection_id
 * @property {number} heartbeat_ms
 * @property {{max_message_bytes: number, max_agents: number, max_rounds: number, max_topic_chars: number, max_import_bytes?: number}} limits
 * @property {boolean} authenticated whether the server knows who the viewer is
 * @property {number} [authenticate_within_ms] how long the server waits for a token, in milliseconds
 * @property {string} [expires_at] ISO 8601, when the authentication expires
 * @property {import("./commands.js").Author} [author] the viewer as others see them; missing for an anonymous one
 */

/**
 * @typedef {object} ConnectionOptions
 * @property {() => string | null | undefined | Promise<string | null | undefined>} [token] returns a token if
 * the server asks for one: after each connect, and before the last token expires. If it returns none although
 * the server requires one, the connection closes with 4500 at once
 * @property {string | URL | false} [http] the address of the server's API over HTTP, for networks without
 * WebSockets; `api` beside the WebSocket's address if left out, and no HTTP if false
 */

export const SUBPROTOCOL = "agentstream.v1";

const WELCOME_WITHIN_MS = 10_000;
const DEFAULT_HEARTBEAT_MS = 20_000;
/** A connection that lasts a shorter time than this does not count as a success: the waits keep growing. */
const STEADY_AFTER_MS = 5_000;

/**
 * One WebSocket to an agentstream server, which reconnects by itself, and the commands to send over it. It does
 * not join conversations again; the `ConversationStore` does. If a WebSocket repeatedly cannot be had, it carries
 * the same frames over plain HTTP, and returns to a WebSocket as soon as there is one.
 *
 * Events: `state` (detail: {@link ConnectionState}), `welcome` (detail: {@link Welcome}, each time that the
 * server sends it), `frame` (detail: {@link Frame}, every frame that is not a reply to a command), `authexpiring`
 * (detail: `{expiresAt}`, ISO 8601) and `tokenerror` (detail: `{error}`, the error of the `token` function).
 */
export class AgentstreamConnection extends Commands {
  #environment;
  #tokens;
  #pending;
  /** @type {ConnectionState} */
  #state = { state: "closed" };
  #sockets;
  #socket = null;
  /** @type {Liveness | null} */
  #liveness = null;
  #timer;
  #attempt = 0;
  #openedAt = 0;
  /** @type {Welcome | null} */
  #welcome = null;
  #clockAhead = 0;
  #onHint = (event) => this.#hasten(event);

  /**
   * @param {string | URL} url `ws:` or `wss:`
   * @param {Partial<Environment>} [environment]
   * @param {ConnectionOptions} [options]
   */
  constructor(url, environment = {}, { token, http } = {}) {
    super();
    this.#tokens = new TokenSource(token);
    this.#environment = { ...browserEnvironment(), ...environment };
    this.#pending = new PendingRequests(this.#environment);
    this.#sockets = new SocketSource(String(url), SUBPROTOCOL, http, this.#environment);
  }

  /** @returns {Readonly<ConnectionState>} */
  get state() {
    return this.#state;
  }

  /** @returns {Readonly<Welcome> | null} the data of the last `welcome` */
  get welcome() {
    return this.#welcome;
  }

  /** The current time of the server's clock, in milliseconds as `Date.now()`; `expires_at` refers to it. */
  get serverNow() {
    return this.#environment.now() + this.#clockAhead;
  }

  connect() {
    if (this.#state.state !== "closed") return;
    this.#attempt = 0;
    this.#environment.window?.addEventListener("online", this.#onHint);
    this.#environment.document?.addEventListener("visibilitychange", this.#onHint);
    this.#dial();
  }

  /** Closes the connection without reconnecting; {@link connect} opens it again. */
  close() {
    const socket = this.#socket;
    this.#letGo();
    socket?.close(1000);
    this.#closed({ code: 1000, reason: "" });
  }

  /** Reconnects at once instead of waiting for `retryAt`. */
  retryNow() {
    if (this.#state.state === "reconnecting") this.#dial();
  }

  /**
   * Calls the `token` function and sends its token, if it is a new one: to extend the authentication, or to
   * become a user. The server replies with `welcome`, or closes with 4500.
   *
   * @returns {Promise<void>} once it is sent
   */
  async authenticate() {
    if (this.#state.state === "open") await this.#sendToken();
  }

  /** @returns {Promise<void>} resolves after the server's `welcome`; rejects if the connection is closed
   * without reconnecting */
  opened() {
    return new Promise((resolve, reject) => {
      const settle = () => {
        const { state } = this.#state;
        if (state === "open") resolve();
        else if (state === "closed") reject(disconnected());
        else return;
        this.removeEventListener("state", settle);
      };
      this.addEventListener("state", settle);
      settle();
    });
  }

  /**
   * Sends any command, including commands for which this version has no method.
   *
   * @param {string} type
   * @param {object} [data]
   * @param {RequestOptions} [options]
   * @returns {Promise<Frame>} the reply
   * @throws {AgentstreamError} if the server refuses, the connection is lost or no reply arrives
   */
  async request(type, data = {}, { onAnswer } = {}) {
    if (this.#state.state !== "open") throw disconnected();
    return this.#pending.add((id) => this.#send({ type, id, data }), onAnswer);
  }

  /** @returns {number} how many bytes were sent */
  #send(frame) {
    const { text, bytes } = checkedText(frame, this.#welcome?.limits?.max_message_bytes);
    this.#socket?.send(text);
    return bytes;
  }

  #dial() {
    this.#environment.clearTimeout(this.#timer);
    const socket = this.#sockets.open();
    this.#socket = socket;
    this.#tokens.restart();
    socket.addEventListener("message", ({ data }) => this.#socket === socket && this.#receive(data));
    socket.addEventListener("close", ({ code, reason }) => this.#socket === socket && this.#cut({ code, reason }));
    this.#timer = this.#environment.setTimeout(() => this.#giveUp(), WELCOME_WITHIN_MS);
    this.#enter({ state: "connecting" });
  }

  /** Opens a new socket in place of one that works. */
  #change() {
    const socket = this.#socket;
    this.#letGo();
    socket?.close();
    this.#dial();
  }

  #receive(text) {
    const frame = parseFrame(text);
    this.#liveness?.heard();
    switch (frame?.type) {
      case undefined:
      case "pong":
        return;
      case "ping":
        return this.#send({ type: "pong" });
      case "welcome":
        return this.#welcomed(frame);
      case "auth_expiring":
        return this.#expiring(frame.data.expires_at);
      default:
        return this.#handOut(frame);
    }
  }

  #handOut(frame) {
    const answered = frame.in_reply_to !== undefined && this.#pending.answer(frame);
    if (answered && frame.seq === undefined) return;
    if (refusesUnread(frame) && this.#pending.refuseLongest(frame)) return;
    this.#notify("frame", frame);
  }

  #welcomed({ data: welcome, timestamp }) {
    this.#welcome = welcome;
    this.#clockAhead = (Date.parse(timestamp ?? "") || this.#environment.now()) - this.#environment.now();
    this.#notify("welcome", welcome);
    if (this.#state.state === "open") return;
    // The server replies to a token with another welcome, or closes with 4500.
    if (welcome?.authenticate_within_ms !== undefined) return void this.#sendToken({ insists: true });
    this.#environment.clearTimeout(this.#timer);
    this.#openedAt = this.#environment.now();
    this.#sockets.welcomed({ isBusy: () => !this.#pending.isEmpty, change: () => this.#change() });
    this.#liveness = new Liveness(this.#environment, {
      // The server pings first, after one heartbeat of silence. This probe is for a ping that was lost.
      silenceMs: (welcome?.heartbeat_ms ?? DEFAULT_HEARTBEAT_MS) * 1.5,
      probe: () => this.#send({ type: "ping" }),
      dead: () => this.#giveUp(),
    });
    this.#enter({ state: "open", ...this.#sockets.note });
  }

  /** @param {{insists?: boolean}} [server] whether it refuses commands without a token */
  async #sendToken({ insists = false } = {}) {
    const socket = this.#socket;
    try {
      const token = await this.#tokens.next();
      if (this.#socket !== socket) return;
      if (token) this.#send({ type: "authenticate", data: { token } });
      else if (insists) this.#hangUp({ code: 4500, reason: "no token" });
    } catch (error) {
      // Without a token the server closes the connection when its time limit is over, and the state says so.
      this.#notify("tokenerror", { error });
    }
  }

  #expiring(expiresAt) {
    this.#notify("authexpiring", { expiresAt });
    void this.#sendToken();
  }

  #giveUp() {
    this.#hangUp({ code: 1006, reason: "" });
  }

  /** A dead network completes no close handshake, so the close event is not awaited. */
  #hangUp(why) {
    const socket = this.#socket;
    this.#cut(why);
    socket?.close();
  }

  /** @param {{code: number, reason: string}} why */
  #cut(why) {
    const openMs = this.#state.state === "open" ? this.#environment.now() - this.#openedAt : undefined;
    this.#sockets.ended({ code: why.code, openMs });
    if (openMs >= STEADY_AFTER_MS) this.#attempt = 0;
    this.#letGo();
    if (comesBack(why.code)) this.#scheduleRetry(why);
    else this.#closed(why);
  }

  #scheduleRetry(why) {
    const delay = backoffDelay(this.#attempt++, this.#environment.random);
    this.#timer = this.#environment.setTimeout(() => this.#dial(), delay);
    this.#enter({ state: "reconnecting", retryAt: this.#environment.now() + delay, ...why });
    this.#pending.failAll(disconnected());
  }

  #closed(why) {
    this.#environment.window?.removeEventListener("online", this.#onHint);
    this.#environment.document?.removeEventListener("visibilitychange", this.#onHint);
    this.#enter({ state: "closed", ...why });
    this.#pending.failAll(disconnected());
  }

  #letGo() {
    this.#environment.clearTimeout(this.#timer);
    this.#liveness?.stop();
    this.#liveness = null;
    this.#sockets.stop();
    this.#socket = null;
  }

  #hasten(event) {
    const hidden = event.type === "visibilitychange" && this.#environment.document?.visibilityState === "hidden";
    if (hidden) return;
    this.#liveness?.suspect();
    if (event.type === "online") this.#sockets.hasten();
    if (!asksForPatience(this.#state.code ?? 0)) this.retryNow();
  }

  #notify(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {ConnectionState} state */
  #enter(state) {
    this.#state = state;
    this.#notify("state", state);
  }
}

function disconnected() {
  return new AgentstreamError("disconnected", "No connection to the server.", { retryable: true });
}
