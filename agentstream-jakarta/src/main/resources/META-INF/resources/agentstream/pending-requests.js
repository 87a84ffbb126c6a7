import { AgentstreamError } from "./errors.js";

const ANSWER_WITHIN_MS = 30_000;

/**
 * The commands that wait for their reply, by `id`.
 *
 * @typedef {import("./connection.js").Frame} Frame
 */
export class PendingRequests {
  #environment;
  #waiting = new Map();
  #lastId = 0;

  /** @param {import("./environment.js").Environment} environment */
  constructor(environment) {
    this.#environment = environment;
  }

  /** @returns {boolean} whether no command waits for its reply */
  get isEmpty() {
    return this.#waiting.size === 0;
  }

  /**
   * @param {(id: string) => number} send returns how many bytes it sent
   * @param {(answer: Frame) => void} [onAnswer] runs before any later frame is processed, which a promise
   * cannot guarantee
   * @returns {Promise<Frame>}
   */
  add(send, onAnswer) {
    const id = `r${++this.#lastId}`;
    return new Promise((resolve, reject) => {
      const timer = this.#environment.setTimeout(() => this.#expire(id), ANSWER_WITHIN_MS);
      const request = { resolve, reject, onAnswer, timer, bytes: 0 };
      this.#waiting.set(id, request);
      try {
        request.bytes = send(id);
      } catch (error) {
        this.#take(id).reject(error);
      }
    });
  }

  /**
   * @param {Frame} frame
   * @returns {boolean} whether the frame was awaited
   */
  answer(frame) {
    const request = this.#take(frame.in_reply_to);
    if (!request) return false;
    if (frame.type === "error") {
      request.reject(AgentstreamError.from(frame));
    } else {
      request.onAnswer?.(frame);
      request.resolve(frame);
    }
    return true;
  }

  /**
   * Rejects the longest pending command. A server that could not parse a command cannot name it, and the usual
   * reason is a command that is too long.
   *
   * @param {Frame} frame
   * @returns {boolean} whether there was one
   */
  refuseLongest(frame) {
    const [longest] = [...this.#waiting].sort(([, one], [, other]) => other.bytes - one.bytes);
    if (longest) this.#take(longest[0]).reject(AgentstreamError.from(frame));
    return longest !== undefined;
  }

  /** @param {AgentstreamError} error */
  failAll(error) {
    for (const id of [...this.#waiting.keys()]) this.#take(id).reject(error);
  }

  #expire(id) {
    this.#take(id)?.reject(new AgentstreamError("no_answer", "The server did not answer.", { retryable: true }));
  }

  #take(id) {
    const request = this.#waiting.get(id);
    if (!request) return undefined;
    this.#waiting.delete(id);
    this.#environment.clearTimeout(request.timer);
    return request;
  }
}
