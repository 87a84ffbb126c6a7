// A conversation in which everybody says what would spoil the parts of others, taken away in both ways.
import { asJson, asMarkdown } from "./export/transcript.js";

const MEAN = [
  "an answer that ends in code:\n\n```js\nlet a = 1;",
  "# A heading of its own\n\nUnderlined\n===\n\n~~~",
  "Tea [1].\n\n[1]: https://example.org/mine",
  "Coffee [1] and <!-- a comment without an end",
  "- a list\n\n      and code\n\n$$\nx",
  "carriage\rreturns\r\n# here\r# there",
  "> a quote\n\n---\n\n| a |\n|---|",
  "\u0000\u2028\ud800 \"quoted\" </script>",
  "The last.",
];

export const CONVERSATION = {
  conversationId: "c1",
  topic: "# Tea *or*\ncoffee?",
  agents: ["Mia", "O*tto*", "# Lin"],
  speakerSelection: "round_robin",
  maxRounds: 3,
  state: "ended",
  usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
  entries: [
    message(0, "user", "# Tea *or*\ncoffee?"),
    ...MEAN.map((content, at) => message(at + 1, ["Mia", "O*tto*", "# Lin"][at % 3], content)),
    { kind: "error", error: { code: "upstream_error", message: "It # failed", agentName: "Mia", retryable: true, fatal: false } },
    { kind: "ended", run: 1, reason: "max_rounds", detail: "all done", usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } },
    message(20, "user", "Go on"),
    { ...message(21, "Mia", ""), run: 2, state: "streaming", finishReason: undefined, error: { code: "x", message: "y", retryable: false, fatal: true } },
  ],
};

function message(number, sender, content) {
  const isUser = sender === "user";
  return {
    kind: "message",
    messageId: `m${number}`,
    role: isUser ? "user" : "assistant",
    sender,
    run: 1,
    round: number % 3,
    content,
    thinking: isUser ? "" : `thinking of ${number}\n`,
    state: "done",
    resets: 0,
    tools: isUser ? [] : [{ callId: `t${number}`, name: "look`up`", arguments: "{\"q\": \"```\"}", result: "````\n# no", isError: number % 2 === 0 }],
    ...(isUser ? {} : { finishReason: "stop", agentPath: ["Team", sender], reason: "next", usage: { input_tokens: number, output_tokens: 1, total_tokens: number + 1 }, timing: { firstTokenMs: 12, totalMs: 34 } }),
  };
}

export function markdown() {
  return asMarkdown(CONVERSATION);
}

/** @returns {boolean} whether the conversation can be made again of what was taken away */
export function comesBackWhole() {
  const { messages, errors, ends, ...about } = JSON.parse(asJson(CONVERSATION));
  const entries = messages.map(({ message_id, agent_path, finish_reason, thinking = "", tools = [], timing, error, state = "done", ...same }) => ({
    kind: "message",
    messageId: message_id,
    agentPath: agent_path,
    finishReason: finish_reason,
    thinking,
    resets: 0,
    state,
    error: error && fromWire(error),
    tools: tools.map(({ call_id, is_error, ...tool }) => ({ callId: call_id, isError: is_error, ...tool })),
    timing: timing && { firstTokenMs: timing.first_token_ms, totalMs: timing.total_ms },
    ...same,
  }));
  const others = [
    ...errors.map(({ after_messages, ...error }) => ({ after_messages, entry: { kind: "error", error: fromWire(error) } })),
    ...ends.map(({ after_messages, ...end }) => ({ after_messages, entry: { kind: "ended", ...end } })),
  ];
  for (const { after_messages, entry } of others.reverse()) entries.splice(after_messages, 0, entry);
  const { version, run, conversation_id, speaker_selection, max_rounds, ended, ...same } = about;
  const again = { conversationId: conversation_id, speakerSelection: speaker_selection, maxRounds: max_rounds, ...same, entries };
  return sorted(again) === sorted(CONVERSATION);
}

function fromWire({ agent_name, ...same }) {
  return { agentName: agent_name, ...same };
}

/** As JSON, with the keys in order. */
function sorted(value) {
  return JSON.stringify(value, (key, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
