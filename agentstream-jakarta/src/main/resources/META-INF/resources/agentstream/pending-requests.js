import { AgentstreamError } from "./errors.js";

const ANSWER_WITHIN_MS = 30_000;

/**
 * The commands that wait for their direct answer, by `id`.
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

  /**
   * @param {(id: string) => void} send
   * @param {(answer: Frame) => void} [onAnswer] runs before any later frame is looked at, which a
   *   promise's reaction cannot promise
   * @returns {Promise<Frame>}
   */
  add(send, onAnswer) {
    const id = `r${++this.#lastId}`;
    return new Promise((resolve, reject) => {
      const timer = this.#environment.setTimeout(() => this.#expire(id), ANSWER_WITHIN_MS);
      this.#waiting.set(id, { resolve, reject, onAnswer, timer });
      send(id);
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
