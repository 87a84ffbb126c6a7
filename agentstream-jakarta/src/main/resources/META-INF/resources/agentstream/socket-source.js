import { HttpSocket } from "./http-socket.js";
import { TransportChoice } from "./transport-choice.js";
import { WebSocketProbe } from "./web-socket-probe.js";

/** How long a change to a WebSocket waits for a command that is in progress. */
const CHANGE_OVER_MS = 2_000;

/** Opens the sockets of one connection: a WebSocket or, where none can be had, an {@link HttpSocket}. */
export class SocketSource {
  #openWebSocket;
  #http;
  #environment;
  #choice;
  #probe;
  /** @type {import("./transport-choice.js").Transport} */
  #transport = "websocket";
  /** @type {((ms: number) => void) | undefined} tries a WebSocket after a time, while HTTP is used */
  #tryLater;

  /**
   * @param {string} url the WebSocket's address
   * @param {string} subprotocol
   * @param {string | URL | false | undefined} http see `ConnectionOptions`
   * @param {import("./environment.js").Environment} environment
   */
  constructor(url, subprotocol, http, environment) {
    this.#openWebSocket = () => new environment.WebSocket(url, subprotocol);
    this.#http = http === false ? null : String(http ?? apiBeside(url));
    this.#environment = environment;
    this.#choice = new TransportChoice(this.#http !== null && environment.fetch !== undefined, environment.storage);
    this.#probe = new WebSocketProbe(environment, this.#openWebSocket);
  }

  /** @returns {{transport?: "http"}} what the state of an open connection says of it */
  get note() {
    return this.#transport === "http" ? { transport: "http" } : {};
  }

  /** @returns {WebSocket | HttpSocket} */
  open() {
    this.#transport = this.#choice.next();
    return this.#transport === "http" ? new HttpSocket(this.#http, this.#environment) : this.#openWebSocket();
  }

  /**
   * The socket has got the server's welcome.
   *
   * @param {object} connection
   * @param {() => boolean} connection.isBusy whether a command waits for its reply
   * @param {() => void} connection.change opens a new socket in place of this one
   */
  welcomed({ isBusy, change }) {
    this.#choice.welcomed(this.#transport);
    if (this.#transport !== "http") return;
    this.#tryLater = (ms) => this.#tryWebSocket(ms, isBusy, change);
    this.#tryLater(this.#choice.nextProbeMs());
  }

  /** Tries a WebSocket at once where HTTP is used, because the network has changed. */
  hasten() {
    this.#tryLater?.(0);
  }

  /** @param {{code: number, openMs?: number}} end `openMs` is missing if there was no welcome */
  ended(end) {
    this.#choice.ended(this.#transport, end);
  }

  /** Stops trying WebSockets, because the socket is gone. */
  stop() {
    this.#tryLater = undefined;
    this.#probe.stop();
  }

  #tryWebSocket(ms, isBusy, change) {
    this.#probe.after(ms, (works) => {
      if (!works) return this.#tryWebSocket(this.#choice.nextProbeMs(), isBusy, change);
      if (isBusy()) return this.#tryWebSocket(CHANGE_OVER_MS, isBusy, change);
      this.#choice.webSocketWorks();
      change();
    });
  }
}

/** Returns the address of the API of the server whose WebSocket has this address. */
function apiBeside(url) {
  return String(new URL("api", url)).replace(/^ws/, "http");
}
