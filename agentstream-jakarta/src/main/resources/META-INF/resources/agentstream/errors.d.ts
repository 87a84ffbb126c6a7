/**
 * A command that failed: with one of the protocol's error codes where the server refused it, or with
 * `disconnected` or `no_answer` where no answer came back.
 */
export declare class AgentstreamError extends Error {
    code: string;
    retryable: boolean;
    fatal: boolean;
    /**
     * @param {string} code what kind of failure it is
     * @param {string} message a sentence for people
     * @param {{retryable?: boolean, fatal?: boolean}} [traits]
     */
    constructor(code: string, message: string, { retryable, fatal }?: {
        retryable?: boolean;
        fatal?: boolean;
    });
    /**
     * @param {import("./connection.js").Frame} frame a personal `error`
     * @returns {AgentstreamError}
     */
    static from({ data }: import("./connection.js").Frame): AgentstreamError;
}
