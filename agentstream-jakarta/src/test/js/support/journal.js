/**
 * Turns `[type, data]` pairs into the events of a journal, as a server would keep it.
 *
 * @param {string} conversationId
 * @param {[string, object][]} events
 */
export function journalOf(conversationId, events) {
  return events.map(([type, data], index) => ({ type, conversation_id: conversationId, seq: index + 1, data }));
}

/** The tokens of one message, or with another type its thinking. */
export function tokens(message_id, texts, type = "streaming_token") {
  let offset = 0;
  return texts.map((token) => {
    const event = [type, { message_id, offset, token }];
    offset += token.length;
    return event;
  });
}

/** Merges what streams of one message and follows each other, as the server does for a slow viewer. */
export function merged(events) {
  const frames = [];
  for (const event of events) {
    const last = frames.at(-1);
    if (last && streams(event) && last.type === event.type && last.data.message_id === event.data.message_id) {
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

function streams({ type }) {
  return type === "streaming_token" || type === "streaming_thinking";
}

/** What the server would put into a snapshot after `seq` events, worked out from the journal alone. */
export function snapshotOf(journal, seq) {
  const past = journal.slice(0, seq);
  const of = (type) => past.filter((event) => event.type === type);
  const lastOf = (...types) => past.findLast(({ type }) => types.includes(type));
  const created = journal[0].data;
  const ended = lastOf("conversation_started", "conversation_ended");
  const paused = lastOf("conversation_paused", "conversation_unpaused", "conversation_ended")?.type === "conversation_paused";
  const resolved = new Set(of("input_resolved").map(({ data }) => data.request_id));
  const pending = of("input_requested").filter(({ data }) => !resolved.has(data.request_id)).map(({ data }) => data);
  const runAfter = (index) => past.slice(0, index + 1).filter(({ type }) => type === "conversation_started").length;
  return {
    type: "snapshot",
    conversation_id: journal[0].conversation_id,
    data: {
      seq,
      epoch: created.epoch,
      run: Math.max(1, runAfter(past.length)),
      state: state(),
      topic: created.topic,
      agents: created.agents,
      speaker_selection: created.speaker_selection,
      max_rounds: created.max_rounds,
      messages: past.flatMap(message),
      open: of("speaker_change").filter(({ data }) => !completionOf(data.message_id)).map(openAnswer),
      ...(pending.length && { pending_input: pending[0], pending_inputs: pending }),
      ...(ended?.type === "conversation_ended" && { ended: ended.data }),
    },
  };

  function state() {
    if (ended?.type === "conversation_ended") return "ended";
    if (paused) return "paused";
    return pending.length ? "waiting_for_input" : "running";
  }

  function completionOf(messageId) {
    return of("streaming_complete").find(({ data }) => data.message_id === messageId);
  }

  function message({ type, data }, index) {
    const run = runAfter(index);
    if (type === "new_message" && data.role === "user") return [{ ...data, run }];
    if (type !== "streaming_complete") return [];
    const { message_id, agent_name, round, full_content, finish_reason, usage } = data;
    const { thinking, ...more } = beside(message_id);
    return [{
      message_id, role: "assistant", sender: agent_name, content: full_content, round, run, finish_reason, ...(usage && { usage }),
      ...(thinking && { thinking }), ...more,
    }];
  }

  function openAnswer({ data: { message_id, agent_name, round } }) {
    return { message_id, agent_name, round, content: textOf(message_id, "streaming_token"), ...beside(message_id) };
  }

  function beside(messageId) {
    const { agent_path } = of("speaker_change").find(({ data }) => data.message_id === messageId).data;
    const tools = of("tool_call").filter(({ data }) => data.message_id === messageId).map(tool);
    return { thinking: textOf(messageId, "streaming_thinking"), ...(agent_path && { agent_path }), ...(tools.length && { tools }) };
  }

  function tool({ data: { message_id, call_id, name, arguments: json } }) {
    const answer = of("tool_result").find(({ data }) => data.message_id === message_id && data.call_id === call_id);
    return { call_id, name, arguments: json, ...(answer && { result: answer.data.result, is_error: answer.data.is_error }) };
  }

  function textOf(messageId, tokenType) {
    return past.reduce((text, { type, data }) => {
      if (data.message_id !== messageId) return text;
      if (type === "message_reset" && tokenType === "streaming_token") return text.slice(0, data.offset);
      if (type === "message_reset") return text.slice(0, data.thinking_offset ?? (data.offset === 0 ? 0 : undefined));
      return type === tokenType ? text + data.token : text;
    }, "");
  }
}
