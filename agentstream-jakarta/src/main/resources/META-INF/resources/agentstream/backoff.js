const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Computes an exponential backoff whose second half is random. After a restart of the server its clients
 * therefore come back spread out, and none of them at once.
 *
 * @param {number} attempt 0 for the first retry
 * @param {() => number} random from 0 to 1
 * @returns {number} milliseconds to wait
 */
export function backoffDelay(attempt, random) {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
