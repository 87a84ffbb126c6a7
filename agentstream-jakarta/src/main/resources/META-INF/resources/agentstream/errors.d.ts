/**
 * A command that failed: with one of the protocol's error codes if the server refused it, or with
 * `disconnected` or `no_answer` if no reply arrived.
 */
export declare class AgentstreamError extends Error {
    code: string;
    retryable: boolean;
    fatal: boolean;
    /**
     * @param {string} code the kind of failure
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
