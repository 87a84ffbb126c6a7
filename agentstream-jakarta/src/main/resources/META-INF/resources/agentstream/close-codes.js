const WAIT_IN_FULL = new Set([1013, 4004, 4005]);

/**
 * Whether a client should connect again after a close that it did not ask for. The protocol rules
 * out 4500 to 4999 only; a plain 1000 may come from a proxy and comes back too.
 *
 * @param {number} code
 * @returns {boolean}
 */
export function comesBack(code) {
  return code < 4500 || code > 4999;
}

/**
 * Whether the server closed because it has too much to do, so that a retry must not be hastened.
 *
 * @param {number} code
 * @returns {boolean}
 */
export function asksForPatience(code) {
  return WAIT_IN_FULL.has(code);
}
