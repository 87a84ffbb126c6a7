/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

/**
 * The answers under way, of which there may be several.
 *
 * @param {Conversation} conversation
 * @returns {MessageEntry[]}
 */
export function speakingIn({ entries }) {
  return entries.filter(({ kind, state }) => kind === "message" && state === "streaming");
}

/**
 * What an answer under way is doing: a tool works for it, it thinks, or it types.
 *
 * @param {MessageEntry} message
 * @returns {{activity: "using" | "thinking" | "typing", tool?: string}}
 */
export function activityOf({ tools, content, thinking }) {
  const running = tools.find(({ result }) => result === undefined);
  if (running) return { activity: "using", tool: running.name };
  return { activity: content === "" && thinking !== "" ? "thinking" : "typing" };
}
