/** @typedef {import("/agentstream/conversation.js").Conversation} Conversation */
/** @typedef {import("/agentstream/conversation.js").Entry} Entry */
/** @typedef {import("/agentstream/conversation.js").MessageEntry} MessageEntry */

/**
 * The current messages, of which there may be several. They are stored so that no frame has to iterate over
 * all messages.
 */
export class Speaking {
  /** @type {Set<MessageEntry>} */
  #messages = new Set();

  /** @param {Conversation} conversation */
  reset({ entries }) {
    this.#messages = new Set(entries.filter(isUnderWay));
  }

  /** @param {Entry} entry new or changed */
  touch(entry) {
    if (isUnderWay(entry)) this.#messages.add(entry);
    else this.#messages.delete(entry);
  }

  /** In the order in which they began. */
  get messages() {
    return [...this.#messages];
  }
}

function isUnderWay({ kind, state }) {
  return kind === "message" && state === "streaming";
}

/**
 * What people are asked about tool calls, by the call's id.
 *
 * @typedef {ReadonlyMap<string, "approval" | "decision">} Asked
 */

/** @type {Asked} */
export const NOBODY_ASKED = new Map();

/**
 * Returns the activity of a current message: waiting for a person, using a tool, thinking, or typing.
 *
 * @param {MessageEntry} message
 * @param {Asked} [asked]
 * @returns {{activity: "approval" | "decision" | "using" | "thinking" | "typing", tool?: string}}
 */
export function activityOf({ tools, content, thinking }, asked = NOBODY_ASKED) {
  const open = tools.filter(({ result }) => result === undefined);
  const waiting = open.find(({ callId }) => asked.has(callId));
  if (waiting) return { activity: asked.get(waiting.callId), tool: waiting.name };
  const [running] = open;
  if (running) return { activity: "using", tool: running.name };
  return { activity: content === "" && thinking !== "" ? "thinking" : "typing" };
}
