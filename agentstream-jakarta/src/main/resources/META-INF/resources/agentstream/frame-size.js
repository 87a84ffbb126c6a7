import { AgentstreamError } from "./errors.js";

const MOST_BYTES_OF_A_UNIT = 3;

/**
 * Refuses what the server would refuse without being able to say which command it was.
 *
 * @param {object} frame
 * @param {number} [most] how many bytes a message may have; any number if the server has not said
 * @returns {{text: string, bytes: number}} the frame as it is sent; bytes are counted only where they may be too many
 * @throws {AgentstreamError} `limit_exceeded`
 */
export function checkedText(frame, most = Infinity) {
  const text = JSON.stringify(frame);
  if (text.length * MOST_BYTES_OF_A_UNIT <= most) return { text, bytes: text.length };
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > most) {
    throw new AgentstreamError("limit_exceeded", `A message may have ${most} bytes at the most, and this one has ${bytes}.`);
  }
  return { text, bytes };
}
