export const CONVERSATION_ID = "Zm9vYmFyYmF6cXV4MTIzNA";
export const EPOCH = 41;

/** The journal of a conversation with all that makes one difficult, as a server would keep it. */
export const journal = [
  ["conversation_created", { epoch: EPOCH, topic: "Tea or coffee? 🍵", agents: ["Ada", "Bo"], speaker_selection: "round_robin", max_rounds: 2 }],
  ["conversation_started", { run: 1 }],
  ["new_message", { message_id: "m1", role: "user", sender: "user", content: "Tea or coffee? 🍵", round: 0 }],
  ["speaker_change", { message_id: "m2", agent_name: "Ada", round: 1 }],
  ["streaming_thinking", { message_id: "m2", offset: 0, token: "Let me " }],
  ["streaming_thinking", { message_id: "m2", offset: 7, token: "see" }],
  ...tokens("m2", ["Tea", ", of", " course", " 🍵", "."]),
  ["streaming_complete", { message_id: "m2", agent_name: "Ada", round: 1, full_content: "Tea, of course 🍵.", length: 18, finish_reason: "stop", usage: { input_tokens: 9, output_tokens: 5, total_tokens: 14 } }],
  ["new_message", { message_id: "m2", role: "assistant", sender: "Ada", content: "Tea, of course 🍵.", round: 1 }],
  ["speaker_change", { message_id: "m3", agent_name: "Bo", round: 1 }],
  ...tokens("m3", ["Cof", "fee wi"]),
  ["message_reset", { message_id: "m3", reason: "retry" }],
  ...tokens("m3", ["Let me look.", " "]),
  ["tool_call", { message_id: "m3", call_id: "t1", name: "caffeine", arguments: { of: "coffee" } }],
  ["tool_result", { message_id: "m3", call_id: "t1", result: "95 mg", is_error: false }],
  ["streaming_token", { message_id: "m3", offset: 13, token: "It sa" }],
  ["message_reset", { message_id: "m3", offset: 13, reason: "retry" }],
  ["streaming_token", { message_id: "m3", offset: 13, token: "Coffee." }],
  ["streaming_complete", { message_id: "m3", agent_name: "Bo", round: 1, full_content: "Let me look. Coffee.", length: 20, finish_reason: "stop" }],
  ["new_message", { message_id: "m3", role: "assistant", sender: "Bo", content: "Let me look. Coffee.", round: 1 }],
  ["speaker_change", { message_id: "m4", agent_name: "Ada", round: 2 }],
  ["an_event_of_a_later_version", { message_id: "m4" }],
  ...tokens("m4", ["Both", " 加", "奶", "."]),
  ["streaming_complete", { message_id: "m4", agent_name: "Ada", round: 2, full_content: "Both 加奶.", length: 8, finish_reason: "stop" }],
  ["new_message", { message_id: "m4", role: "assistant", sender: "Ada", content: "Both 加奶.", round: 2 }],
  ["conversation_ended", { reason: "max_rounds", usage: { input_tokens: 20, output_tokens: 30, total_tokens: 50 } }],
].map(([type, data], index) => ({ type, conversation_id: CONVERSATION_ID, seq: index + 1, data }));

/** The text that a viewer must end up with, message by message. */
export const finalText = ["Tea or coffee? 🍵", "Tea, of course 🍵.", "Let me look. Coffee.", "Both 加奶."];

function tokens(message_id, texts) {
  let offset = 0;
  return texts.map((token) => {
    const event = ["streaming_token", { message_id, offset, token }];
    offset += token.length;
    return event;
  });
}

/** Merges runs of tokens of one message, as the server does for a slow viewer. */
export function merged(events) {
  const frames = [];
  for (const event of events) {
    const last = frames.at(-1);
    if (last && isToken(last) && isToken(event) && last.data.message_id === event.data.message_id) {
      frames[frames.length - 1] = {
        ...last,
        from_seq: last.from_seq ?? last.seq,
        seq: event.seq,
        data: { ...last.data, token: last.data.token + event.data.token },
      };
    } else {
      frames.push(event);
    }
  }
  return frames;
}

function isToken({ type }) {
  return type === "streaming_token";
}

/** What the server would put into a snapshot after `seq` events, worked out from the journal alone. */
export function snapshotAfter(seq) {
  const past = journal.slice(0, seq);
  const messages = past.filter(({ type }) => type === "new_message").map(({ data }) => data);
  const ended = past.find(({ type }) => type === "conversation_ended");
  return {
    type: "snapshot",
    conversation_id: CONVERSATION_ID,
    data: {
      seq,
      epoch: EPOCH,
      state: ended ? "ended" : "running",
      topic: "Tea or coffee? 🍵",
      agents: ["Ada", "Bo"],
      messages,
      open: past.filter(({ type }) => type === "speaker_change").filter(isOpen).map(openMessage),
      ...(ended && { ended: ended.data }),
    },
  };

  function isOpen({ data }) {
    return !messages.some(({ message_id }) => message_id === data.message_id);
  }

  function openMessage({ data }) {
    const { message_id, agent_name, round } = data;
    const own = past.filter((event) => event.data.message_id === message_id);
    const tool_calls = own
      .filter(({ type }) => type === "tool_call")
      .map(({ data: call }) => ({ ...call, ...own.find(({ type, data: it }) => type === "tool_result" && it.call_id === call.call_id)?.data }));
    return { message_id, agent_name, round, content: textOf(own, "streaming_token"), thinking: textOf(own, "streaming_thinking"), tool_calls };
  }
}

function textOf(events, tokenType) {
  return events.reduce((text, { type, data }) => {
    if (type === "message_reset" && (tokenType === "streaming_token" || !data.offset)) return text.slice(0, data.offset ?? 0);
    return type === tokenType ? text + data.token : text;
  }, "");
}
