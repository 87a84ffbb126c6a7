import { journalOf, snapshotOf, tokens } from "./journal.js";

export const CONVERSATION_ID = "c3RlZXJlZGNvbnZlcnNhdA";
export const EPOCH = 3;

const usage = (input_tokens, output_tokens, more) => ({ input_tokens, output_tokens, total_tokens: input_tokens + output_tokens, ...more });
const expires_at = "2026-11-23T10:10:00.007Z";
const thinking = (message_id, texts) => tokens(message_id, texts, "streaming_thinking");

const [thinkOfRain, thinkMore] = thinking("m2", ["I should", " look."]);
const [cof, fee] = tokens("m3", ["Cof", "fee"]);

/**
 * The journal of a conversation with all that people and tools can do to one: two speak at once, one
 * of them with tools that need approval, one is taken back and interrupted; a pause, a pick, a skipped
 * turn of a nested team, a question nobody answers, an end, and another run.
 */
export const journal = journalOf(CONVERSATION_ID, [
  ["conversation_created", { epoch: EPOCH, topic: "Rain?", agents: ["Ada", "Bo", "Team"], speaker_selection: "parallel", max_rounds: 2 }],
  ["conversation_started", { run: 1 }],
  ["new_message", { message_id: "m1", role: "user", sender: "user", content: "Rain?", round: 0 }],
  ["speaker_change", { message_id: "m2", agent_name: "Ada", round: 1 }],
  ["speaker_change", { message_id: "m3", agent_name: "Bo", round: 1 }],
  thinkOfRain,
  ...thinking("m3", ["Coffee", "?"]),
  thinkMore,
  cof,
  ["tool_call", { message_id: "m2", call_id: "c1", name: "weather", arguments: '{"of":"Oslo"}' }],
  ["tool_call", { message_id: "m2", call_id: "c2", name: "forecast", arguments: "{" }],
  ["input_requested", { request_id: "i1", kind: "approval", agent_name: "Ada", message_id: "m2", call_id: "c1", prompt: "May Ada call weather?", choices: ["approve", "deny"], expires_at }],
  fee,
  ["input_requested", { request_id: "i2", kind: "approval", agent_name: "Ada", message_id: "m2", call_id: "c2", prompt: "May Ada call forecast?", choices: ["approve", "deny"], expires_at }],
  ["input_resolved", { request_id: "i2", by: "user" }],
  ["tool_result", { message_id: "m2", call_id: "c2", result: "The call was not approved.", is_error: true }],
  ["input_resolved", { request_id: "i1", by: "user" }],
  ["message_reset", { message_id: "m3", offset: 0, reason: "The model is asked once more." }],
  ["tool_result", { message_id: "m2", call_id: "c1", result: "Rain", is_error: false }],
  ...thinking("m3", ["No, ", "tea."]),
  ...tokens("m2", ["It ", "rains."]),
  ...tokens("m3", ["Te", "a"]),
  ["streaming_complete", { message_id: "m3", agent_name: "Bo", round: 1, full_content: "Tea", length: 3, finish_reason: "interrupted", usage: usage(9, 2, { estimated: true }) }],
  ["new_message", { message_id: "m3", role: "assistant", sender: "Bo", content: "Tea", round: 1 }],
  ["streaming_complete", { message_id: "m2", agent_name: "Ada", round: 1, full_content: "It rains.", length: 9, finish_reason: "stop", usage: usage(20, 5) }],
  ["new_message", { message_id: "m2", role: "assistant", sender: "Ada", content: "It rains.", round: 1 }],
  ["new_message", { message_id: "m4", role: "user", sender: "user", content: "Be brief.", round: 1 }],
  ["conversation_paused", {}],
  ["new_message", { message_id: "m5", role: "user", sender: "user", content: "And kind.", round: 1 }],
  ["conversation_unpaused", {}],
  ["input_requested", { request_id: "i3", kind: "speaker", prompt: "Who speaks next?", choices: ["Ada", "Bo", "Team"], expires_at }],
  ["input_resolved", { request_id: "i3", by: "user" }],
  ["speaker_change", { message_id: "m6", agent_name: "Ann", round: 7, agent_path: ["Team", "Ann"], reason: "She was asked." }],
  ...thinking("m6", ["Hm"]),
  ["error", { code: "upstream_error", message: "The model server failed.", agent_name: "Ann", message_id: "m6", retryable: true, fatal: false }],
  ["streaming_complete", { message_id: "m6", agent_name: "Ann", round: 7, full_content: "", length: 0, finish_reason: "error" }],
  ["input_requested", { request_id: "i4", kind: "text", agent_name: "Bo", prompt: "Where?", expires_at }],
  ["error", { code: "input_timeout", message: "Nobody answered in time.", agent_name: "Bo", retryable: false, fatal: false }],
  ["input_resolved", { request_id: "i4", by: "timeout" }],
  ["conversation_ended", { reason: "max_rounds", usage: { ...usage(40, 10, { estimated: true }), by_agent: {}, overhead: usage(3, 1) } }],
  ["conversation_started", { run: 2 }],
  ["new_message", { message_id: "m7", role: "user", sender: "user", content: "Go on.", round: 0 }],
  ["speaker_change", { message_id: "m8", agent_name: "Bo", round: 1 }],
  ...thinking("m8", ["Still ", "tea"]),
  ...tokens("m8", ["Mil", "k?"]),
  ["streaming_complete", { message_id: "m8", agent_name: "Bo", round: 1, full_content: "Milk?", length: 5, finish_reason: "stopped", usage: usage(10, 2) }],
  ["new_message", { message_id: "m8", role: "assistant", sender: "Bo", content: "Milk?", round: 1 }],
  ["conversation_ended", { reason: "stopped", usage: { ...usage(50, 12, { estimated: true }), by_agent: {} } }],
]);

export function snapshotAfter(seq) {
  return snapshotOf(journal, seq);
}

/** How many events there are up to the `nth` of a type. */
export function upTo(type, nth = 1) {
  return journal.filter((event) => event.type === type)[nth - 1].seq;
}
