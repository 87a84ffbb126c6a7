const WELCOME_WITHIN_MS = 10_000;

/**
 * Finds out whether a WebSocket can be had, while the connection uses HTTP.
 */
export class WebSocketProbe {
  #environment;
  #open;
  #timer;
  #socket;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {() => WebSocket} open
   */
  constructor(environment, open) {
    this.#environment = environment;
    this.#open = open;
  }

  /**
   * Tries once, after a time.
   *
   * @param {number} ms
   * @param {(works: boolean) => void} done
   */
  after(ms, done) {
    this.stop();
    this.#timer = this.#environment.setTimeout(() => this.#try(done), ms);
  }

  stop() {
    this.#environment.clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #try(done) {
    const socket = this.#open();
    this.#socket = socket;
    const settle = (works) => {
      if (this.#socket !== socket) return;
      this.stop();
      done(works);
    };
    socket.addEventListener("message", () => settle(true));
    socket.addEventListener("close", () => settle(false));
    this.#timer = this.#environment.setTimeout(() => settle(false), WELCOME_WITHIN_MS);
  }
}
