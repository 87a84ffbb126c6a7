const FAILURES_BEFORE_HTTP = 2;
/** A WebSocket that breaks within this time after its welcome counts as one that cannot be had. */
const AT_ONCE_MS = 2_000;
const FIRST_PROBE_MS = 60_000;
const LONGEST_PROBE_MS = 600_000;
/** The codes of a close that the server itself never sends, but networks and proxies cause. */
const NOT_THE_SERVERS = new Set([1000, 1005, 1006]);
const KEY = "agentstream.transport";

/** @typedef {"websocket" | "http"} Transport */

/**
 * Chooses between a WebSocket and plain HTTP. It prefers the WebSocket, takes HTTP when WebSockets have failed
 * repeatedly, and lets the WebSocket be tried again later. A reload in the same tab begins with what worked.
 */
export class TransportChoice {
  #storage;
  #canUseHttp;
  #failures = 0;
  #httpFailed = false;
  #probes = 0;

  /**
   * @param {boolean} canUseHttp
   * @param {import("./environment.js").Environment["storage"]} storage
   */
  constructor(canUseHttp, storage) {
    this.#canUseHttp = canUseHttp;
    this.#storage = storage;
    if (canUseHttp && this.#remembered() === "http") this.#failures = FAILURES_BEFORE_HTTP;
  }

  /** @returns {Transport} for the next attempt; where both fail they take turns */
  next() {
    const http = this.#canUseHttp && this.#failures >= FAILURES_BEFORE_HTTP && !this.#httpFailed;
    return http ? "http" : "websocket";
  }

  /** How long to wait until a WebSocket is tried beside HTTP, in milliseconds. */
  nextProbeMs() {
    return Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** this.#probes++);
  }

  /** @param {Transport} transport that has got the server's welcome */
  welcomed(transport) {
    this.#httpFailed = false;
    this.#remember(transport);
  }

  /** A WebSocket works again. */
  webSocketWorks() {
    this.#failures = 0;
    this.#probes = 0;
  }

  /**
   * @param {Transport} transport of the attempt that is over
   * @param {{code: number, openMs?: number}} end `openMs` is missing if there was no welcome
   */
  ended(transport, { code, openMs }) {
    const atOnce = NOT_THE_SERVERS.has(code) && (openMs === undefined || openMs < AT_ONCE_MS);
    if (transport === "http") this.#httpFailed = openMs === undefined;
    else if (atOnce) this.#countFailure();
    else this.webSocketWorks();
  }

  #countFailure() {
    this.#failures++;
    this.#httpFailed = false;
  }

  #remembered() {
    try {
      return this.#storage?.getItem(KEY);
    } catch {
      return undefined;
    }
  }

  #remember(transport) {
    try {
      if (transport === "http") this.#storage?.setItem(KEY, transport);
      else this.#storage?.removeItem(KEY);
    } catch {
      // The storage is full or blocked: the next page begins with a WebSocket.
    }
  }
}
