/**
 * A command that failed: with one of the protocol's error codes where the server refused it, or with
 * `disconnected` or `no_answer` where no answer came back.
 */
export class AgentstreamError extends Error {
  /**
   * @param {string} code what kind of failure it is
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
