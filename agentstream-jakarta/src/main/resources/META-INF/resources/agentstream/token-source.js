/** Gives each token once to a connection: a server that is sent the same one again would warn again at once. */
export class TokenSource {
  #token;
  #last;

  /** @param {import("./connection.js").ConnectionOptions["token"]} [token] */
  constructor(token) {
    this.#token = token;
  }

  /** Begins a new connection, to which no token has been sent. */
  restart() {
    this.#last = undefined;
  }

  /** @returns {Promise<string | undefined>} a token that the connection has not sent yet */
  async next() {
    const token = await this.#token?.();
    if (!token || token === this.#last) return undefined;
    this.#last = token;
    return token;
  }
}
