/**
 * A command that failed: with one of the protocol's error codes if the server refused it, or with
 * `disconnected` or `no_answer` if no reply arrived.
 */
export class AgentstreamError extends Error {
  /**
   * @param {string} code the kind of failure
   * @param {string} message a sentence for people
   * @param {{retryable?: boolean, fatal?: boolean}} [traits]
   */
  constructor(code, message, { retryable = false, fatal = false } = {}) {
    super(message);
    this.name = "AgentstreamError";
    this.code = code;
    this.retryable = retryable;
    this.fatal = fatal;
  }

  /**
   * @param {import("./connection.js").Frame} frame a personal `error`
   * @returns {AgentstreamError}
   */
  static from({ data }) {
    return new AgentstreamError(data.code ?? "internal", data.message ?? "", data);
  }
}
