import { readEvents } from "./event-stream.js";

/** @typedef {import("./environment.js").Environment} Environment */

const UNAUTHENTICATED = 401;
const CLOSE_CODES = new Map([
  [UNAUTHENTICATED, 4500],
  [403, 4502],
  [429, 4005],
  [503, 1013],
]);
const NO_CLOSE_FRAME = 1006;
const ASKS_FOR_A_TOKEN = { authenticated: false, authenticate_within_ms: 10_000, heartbeat_ms: 20_000, limits: {} };

/**
 * Carries the frames of the protocol over plain HTTP, for networks without WebSockets: a command is a POST, and
 * each viewed conversation a stream of server-sent events. It has as much of a WebSocket's interface as the
 * connection uses. A stream that breaks closes it, and so the connection joins again as it always does.
 *
 * A browser opens about six HTTP/1.1 connections to a server, so show at most four conversations at a time.
 */
export class HttpSocket extends EventTarget {
  #base;
  #fetch;
  #token;
  /** The name that the viewer has given, which belongs to a connection and so goes with each command. */
  #name;
  #isClosed = false;
  #all = new AbortController();
  /** @type {Map<string, string>} the tokens of links, by the ids of the conversations that they lead to */
  #shareTokens = new Map();
  /** @type {Map<string, AbortController>} the streams, by the ids of their conversations */
  #streams = new Map();
  /** The document that is being imported, so far. */
  #parts = [];
  /** Commands arrive in the order in which they were sent. */
  #commands = Promise.resolve();

  /**
   * @param {string} base the address of the API, without a `/` at its end
   * @param {Environment} environment
   */
  constructor(base, { fetch }) {
    super();
    this.#base = base;
    this.#fetch = fetch;
    void this.#greet();
  }

  /** @param {string} text a command of the protocol */
  send(text) {
    const frame = JSON.parse(text);
    if (frame.type === "pong") return;
    if (frame.type === "ping") return void this.#post(frame, text);
    this.#commands = this.#commands.then(() => this.#carryOut(frame, text));
  }

  close() {
    this.#isClosed = true;
    this.#all.abort();
    for (const stream of this.#streams.values()) stream.abort();
  }

  async #carryOut(frame, text) {
    switch (frame.type) {
      case "authenticate":
        this.#token = frame.data.token;
        return this.#greet(frame.id);
      case "join_conversation":
        return this.#view(frame.data, frame.id);
      case "leave_conversation":
        return this.#leave(frame);
      case "start_conversation":
        return this.#start(frame, text);
      case "import_conversation":
        return this.#import(frame);
      case "set_name":
        if ((await this.#post(frame, text))?.type === "named") this.#name = frame.data.name;
        return;
      default:
        await this.#post(frame, text);
    }
  }

  /** Asks for the server's welcome. */
  async #greet(id) {
    const response = await this.#request("/welcome");
    if (!response) return;
    if (response.ok) {
      this.#deliver({ ...(await response.json()), in_reply_to: id });
    } else if (response.status === UNAUTHENTICATED && this.#token === undefined) {
      this.#deliver({ type: "welcome", data: ASKS_FOR_A_TOKEN });
    } else {
      this.#cut(CLOSE_CODES.get(response.status));
    }
  }

  async #start(frame, text) {
    const reply = await this.#post(frame, text);
    if (reply?.type !== "accepted") return;
    const { conversation_id, epoch } = reply.data;
    await this.#view({ conversation_id, epoch, after_seq: 0 });
  }

  /** Sends a document as one request, because a request is a connection of its own and forgets parts. */
  async #import({ id, data: { part, index, last } }) {
    this.#parts = index === 0 ? [part] : [...this.#parts, part];
    if (!last) return this.#deliver({ type: "import_part", in_reply_to: id, data: { next_index: index + 1 } });
    const body = this.#parts.join("");
    this.#parts = [];
    const headers = { "Content-Type": "application/json", ...this.#named };
    const response = await this.#request("/conversations/import", { method: "POST", headers, body });
    if (!response) return;
    const answer = response.ok ? { type: "conversation_imported", in_reply_to: id, data: await response.json() } : await refusal(response, id);
    this.#deliver(answer);
  }

  /** @returns {Promise<object | undefined>} the reply, which has been delivered */
  async #post({ id, data }, body) {
    const response = await this.#request("/commands", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...this.#named, ...this.#cameBy(data?.conversation_id) },
      body,
    });
    if (!response) return undefined;
    const reply = response.ok ? await response.json().catch(() => undefined) : await refusal(response, id);
    if (reply === undefined) this.#cut();
    else if (response.status === UNAUTHENTICATED) this.#cut(CLOSE_CODES.get(UNAUTHENTICATED));
    else this.#deliver(reply);
    return reply;
  }

  get #named() {
    return this.#name === undefined ? {} : { "Agentstream-Name": encodeURIComponent(this.#name) };
  }

  /** A link's rights belong to a connection, and so its token goes with each command and stream. */
  #cameBy(conversationId) {
    const token = this.#shareTokens.get(conversationId);
    return token === undefined ? {} : { "Agentstream-Share": token };
  }

  /** Resolves when the stream has begun; its events follow. */
  async #view({ conversation_id, epoch, after_seq, share_token, presence }, id) {
    if (share_token !== undefined) this.#shareTokens.set(conversation_id, share_token);
    this.#streams.get(conversation_id)?.abort();
    const stream = new AbortController();
    this.#streams.set(conversation_id, stream);
    const query = new URLSearchParams();
    if (after_seq !== undefined) query.set("after", `${epoch}-${after_seq}`);
    if (presence) query.set("presence", "true");
    const asked = String(query);
    const path = `/conversations/${encodeURIComponent(conversation_id)}/events${asked && `?${asked}`}`;
    const headers = { ...this.#named, ...this.#cameBy(conversation_id) };
    const response = await this.#request(path, { signal: stream.signal, headers });
    if (!response) return;
    if (response.ok) return void this.#follow(response.body, stream, id);
    this.#streams.delete(conversation_id);
    this.#deliver(await refusal(response, id));
  }

  async #follow(body, stream, id) {
    try {
      for await (const event of readEvents(body)) {
        if (stream.signal.aborted) return;
        if (event.type === "close") return void this.#cutBy(JSON.parse(event.data));
        this.#hand(event, stream, id);
      }
    } catch {
      // The network has cut the stream, or the connection has aborted it.
    }
    if (!stream.signal.aborted) this.#cut();
  }

  /** Delivers an event. A start has no `joined`, and a `left` is the last event of a stream. */
  #hand(event, stream, id) {
    if (event.type === "comment") return this.#deliver({ type: "pong" });
    const frame = JSON.parse(event.data);
    if (frame.type === "left") stream.abort();
    if (frame.type !== "joined") this.#deliver(frame);
    else if (id !== undefined) this.#deliver({ ...frame, in_reply_to: id });
  }

  #leave({ id, data: { conversation_id } }) {
    this.#streams.get(conversation_id)?.abort();
    this.#streams.delete(conversation_id);
    this.#shareTokens.delete(conversation_id);
    this.#deliver({ type: "left", conversation_id, in_reply_to: id, data: { conversation_id } });
  }

  /** @returns {Promise<Response | undefined>} undefined if none came, and then the socket is closed */
  async #request(path, { headers = {}, signal = this.#all.signal, ...options } = {}) {
    const authorization = this.#token === undefined ? {} : { Authorization: `Bearer ${this.#token}` };
    const all = { ...options, signal, credentials: "include", cache: "no-store", headers: { ...headers, ...authorization } };
    try {
      return await this.#fetch(this.#base + path, all);
    } catch {
      if (!signal.aborted) this.#cut();
      return undefined;
    }
  }

  #deliver(frame) {
    if (this.#isClosed) return;
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }));
  }

  #cutBy({ code, reason }) {
    this.#cut(code, reason);
  }

  #cut(code = NO_CLOSE_FRAME, reason = "") {
    if (this.#isClosed) return;
    this.close();
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }
}

/** @returns {Promise<object>} the error frame for a refused request */
async function refusal(response, id) {
  const problem = await response.json().catch(() => ({}));
  const retryable = response.status === 429 || response.status === 503;
  const data = { code: problem.code ?? "internal", message: problem.detail ?? "", retryable, fatal: false };
  return { type: "error", in_reply_to: id, data };
}
