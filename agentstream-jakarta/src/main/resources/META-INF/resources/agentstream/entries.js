/** The entries of a conversation, made of the data of the wire. */

/**
 * @typedef {object} Usage
 * @property {number} input_tokens
 * @property {number} output_tokens
 * @property {number} total_tokens
 * @property {boolean} [estimated]
 */

/**
 * @typedef {object} Tool
 * @property {string} callId
 * @property {string} name
 * @property {string} arguments the JSON text as the model wrote it
 * @property {string} [result] absent while the tool runs
 * @property {boolean} [isError]
 */

/**
 * A question to the viewers.
 *
 * @typedef {object} PendingInput
 * @property {string} requestId
 * @property {"text" | "speaker" | "approval" | "interrupted_call"} kind
 * @property {string} [agentName] who asks
 * @property {string} [messageId] the message whose tool call the question is about
 * @property {string} [callId] the tool call
 * @property {string} prompt
 * @property {string[]} [choices] the possible answers; any text if left out
 * @property {string} expiresAt ISO 8601, by the server's clock
 * @property {string} [person] the participant whose turn it is and who is asked
 * @property {boolean} [ownerOnly] true if only the owner of the conversation may answer
 */

/**
 * @typedef {object} ErrorDetail
 * @property {string} code
 * @property {string} message
 * @property {string} [agentName]
 * @property {boolean} retryable
 * @property {boolean} fatal
 * @property {string} [cause] the reason why a model gave no answer, if the server knows it
 */

/**
 * @typedef {object} Timing
 * @property {number} firstTokenMs from the change of speaker to the first token, thinking included
 * @property {number} totalMs from the change of speaker to the end
 * @property {number} [pieces] the number of frames with text or thinking; missing in data that an older page
 * has stored
 */

/**
 * @typedef {object} MessageEntry
 * @property {"message"} kind
 * @property {string} messageId
 * @property {"user" | "assistant"} role
 * @property {string} sender the agent's name, or `user`
 * @property {import("./commands.js").Author} [author] the person who said it, if the server knows
 * @property {string} [queueId] of a person's message that waited
 * @property {import("./commands.js").Author} [stoppedBy] the person who cut it short
 * @property {number} run
 * @property {number} round of the run; for a nested team, the team's own round
 * @property {string} content
 * @property {string} thinking
 * @property {"streaming" | "done"} state
 * @property {string} [finishReason]
 * @property {Usage} [usage]
 * @property {ErrorDetail} [error]
 * @property {Tool[]} tools
 * @property {number} resets how often text was taken back while this tab was watching
 * @property {string[]} [agentPath] the names from the outermost team inward
 * @property {string} [reason] the reason why this speaker was picked
 * @property {Timing} [timing] of a complete message, if this tab watched it from beginning to end
 */

/**
 * @typedef {object} EndedEntry
 * @property {"ended"} kind
 * @property {number} run
 * @property {string} reason
 * @property {string} [detail]
 * @property {Usage} [usage]
 * @property {import("./commands.js").Author} [author] the person who stopped it
 */

/**
 * A person's message that waits for the current speaker.
 *
 * @typedef {object} QueuedMessage
 * @property {string} queueId
 * @property {import("./commands.js").Author} [author]
 * @property {string} content
 * @property {"turn" | "tool" | "now"} when
 */

/** @returns {MessageEntry} */
export function openMessage(data, run = 1) {
  return {
    kind: "message",
    messageId: data.message_id,
    role: "assistant",
    sender: data.agent_name,
    run,
    round: data.round,
    content: data.content ?? "",
    thinking: data.thinking ?? "",
    state: "streaming",
    tools: (data.tools ?? []).map(tool),
    resets: 0,
    agentPath: data.agent_path,
    reason: data.reason,
  };
}

/** @returns {MessageEntry} */
export function finishedMessage(data, run = 1) {
  return {
    kind: "message",
    messageId: data.message_id,
    role: data.role,
    sender: data.sender,
    ...(data.author && { author: data.author }),
    ...(data.queue_id && { queueId: data.queue_id }),
    run,
    round: data.round,
    content: data.content,
    thinking: data.thinking ?? "",
    state: "done",
    finishReason: data.finish_reason,
    usage: data.usage,
    tools: (data.tools ?? []).map(tool),
    resets: 0,
    agentPath: data.agent_path,
  };
}

/** @returns {Tool} */
export function tool(data) {
  return {
    callId: data.call_id,
    name: data.name,
    arguments: data.arguments,
    result: data.result,
    isError: data.is_error,
  };
}

/** @returns {PendingInput} */
export function pendingInput(data) {
  return {
    requestId: data.request_id,
    kind: data.kind,
    agentName: data.agent_name,
    messageId: data.message_id,
    callId: data.call_id,
    prompt: data.prompt,
    choices: data.choices,
    expiresAt: data.expires_at,
    ...(data.person && { person: data.person }),
    ...(data.owner_only && { ownerOnly: true }),
  };
}

/** @returns {QueuedMessage} */
export function queuedMessage(data) {
  return { queueId: data.queue_id, author: data.author, content: data.content, when: data.when };
}

/** @returns {EndedEntry} */
export function endedEntry(data, run) {
  const author = data.author && { author: data.author };
  return { kind: "ended", run, reason: data.reason, detail: data.detail, usage: data.usage, ...author };
}

/**
 * @param {Usage | null} some
 * @param {Usage} [more]
 * @returns {Usage | null}
 */
export function sum(some, more) {
  if (!some || !more) return more ?? some;
  const estimated = some.estimated || more.estimated;
  return {
    input_tokens: some.input_tokens + more.input_tokens,
    output_tokens: some.output_tokens + more.output_tokens,
    total_tokens: some.total_tokens + more.total_tokens,
    ...(estimated && { estimated }),
  };
}
