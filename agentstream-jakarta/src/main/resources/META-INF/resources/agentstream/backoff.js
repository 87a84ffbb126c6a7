const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Exponential backoff of which the second half is drawn by lot: after a restart of the server its
 * clients come back spread out, and none of them at once.
 *
 * @param {number} attempt 0 for the first retry
 * @param {() => number} random from 0 to 1
 * @returns {number} milliseconds to wait
 */
export function backoffDelay(attempt, random) {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
