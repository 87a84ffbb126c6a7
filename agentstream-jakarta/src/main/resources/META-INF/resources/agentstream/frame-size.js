import { AgentstreamError } from "./errors.js";

const MOST_BYTES_OF_A_UNIT = 3;

/**
 * Refuses a frame that is too long. The server would refuse it too, but could not name the command.
 *
 * @param {object} frame
 * @param {number} [most] the maximum bytes of a message; no limit if the server has not named one
 * @returns {{text: string, bytes: number}} the frame as it is sent; bytes are counted only if they could exceed
 * the limit
 * @throws {AgentstreamError} `limit_exceeded`
 */
export function checkedText(frame, most = Infinity) {
  const text = JSON.stringify(frame);
  if (text.length * MOST_BYTES_OF_A_UNIT <= most) return { text, bytes: text.length };
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > most) {
    throw new AgentstreamError("limit_exceeded", `A message has at most ${most} bytes; this one has ${bytes}.`);
  }
  return { text, bytes };
}
