/** @typedef {import("./connection.js").Frame} Frame */

const UNREAD = new Set(["limit_exceeded", "invalid_json"]);

/** @returns {Frame | undefined} undefined if the data is not a frame: a faulty peer must not break the page */
export function parseFrame(text) {
  try {
    const frame = JSON.parse(text);
    return typeof frame?.type === "string" ? { data: {}, ...frame } : undefined;
  } catch {
    return undefined;
  }
}

/** Returns whether the server failed to parse a command so early that it could not name it. */
export function refusesUnread({ type, seq, in_reply_to, data }) {
  return type === "error" && seq === undefined && in_reply_to === undefined && UNREAD.has(data.code);
}
