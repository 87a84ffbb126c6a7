/** Provides each token once to a connection. A server that receives the same token again would send its warning
 * again at once. */
export class TokenSource {
  #token;
  #last;

  /** @param {import("./connection.js").ConnectionOptions["token"]} [token] */
  constructor(token) {
    this.#token = token;
  }

  /** Begins a new connection, which has not sent a token yet. */
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
