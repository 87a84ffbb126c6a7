const WAIT_IN_FULL = new Set([1013, 4004, 4005]);

/**
 * Returns whether a client should connect again after a close that it did not request. The protocol excludes
 * only 4500 to 4999. A plain 1000 may come from a proxy, so the client comes back after it too.
 *
 * @param {number} code
 * @returns {boolean}
 */
export function comesBack(code) {
  return code < 4500 || code > 4999;
}

/**
 * Returns whether the server closed because it is overloaded, so that a retry must not be early.
 *
 * @param {number} code
 * @returns {boolean}
 */
export function asksForPatience(code) {
  return WAIT_IN_FULL.has(code);
}
