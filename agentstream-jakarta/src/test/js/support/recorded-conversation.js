import assert from "node:assert/strict";
import { journalOf, snapshotOf, tokens } from "./journal.js";

export const CONVERSATION_ID = "Zm9vYmFyYmF6cXV4MTIzNA";
export const EPOCH = 41;

/** The options with which it was started. */
export const START = { topic: "Tea or coffee? 🍵", maxRounds: 2 };

/** The journal of a conversation with all that makes a stream difficult. */
export const journal = journalOf(CONVERSATION_ID, [
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
  ["message_reset", { message_id: "m3", offset: 0, reason: "retry" }],
  ...tokens("m3", ["Let me look.", " "]),
  ["tool_call", { message_id: "m3", call_id: "t1", name: "caffeine", arguments: '{"of":"coffee"}' }],
  ["tool_result", { message_id: "m3", call_id: "t1", result: "95 mg", is_error: false }],
  ["streaming_thinking", { message_id: "m3", offset: 0, token: "Less" }],
  ["streaming_token", { message_id: "m3", offset: 13, token: "It sa" }],
  ["message_reset", { message_id: "m3", offset: 13, reason: "retry", thinking_offset: 0 }],
  ["streaming_thinking", { message_id: "m3", offset: 0, token: "More" }],
  ["streaming_token", { message_id: "m3", offset: 13, token: "Coffee." }],
  ["streaming_complete", { message_id: "m3", agent_name: "Bo", round: 1, full_content: "Let me look. Coffee.", length: 20, finish_reason: "stop" }],
  ["new_message", { message_id: "m3", role: "assistant", sender: "Bo", content: "Let me look. Coffee.", round: 1 }],
  ["speaker_change", { message_id: "m4", agent_name: "Ada", round: 2 }],
  ["an_event_of_a_later_version", { message_id: "m4" }],
  ...tokens("m4", ["Both", " 加", "奶", "."]),
  ["streaming_complete", { message_id: "m4", agent_name: "Ada", round: 2, full_content: "Both 加奶.", length: 8, finish_reason: "stop" }],
  ["new_message", { message_id: "m4", role: "assistant", sender: "Ada", content: "Both 加奶.", round: 2 }],
  ["conversation_ended", { reason: "max_rounds", usage: { input_tokens: 20, output_tokens: 30, total_tokens: 50 } }],
]);

/** The text that a viewer must end up with, message by message. */
export const finalText = ["Tea or coffee? 🍵", "Tea, of course 🍵.", "Let me look. Coffee.", "Both 加奶."];

export function snapshotAfter(seq) {
  return snapshotOf(journal, seq);
}

/** Asserts that a tab shows the whole conversation, which has ended. */
export function assertComplete(tab) {
  const { store, texts, messages } = tab;
  assert.deepEqual(texts, finalText);
  assert.ok(messages.every(({ state }) => state === "done"));
  assert.equal(store.conversation.state, "ended");
  assert.equal(store.conversation.seq, journal.length);
  assert.equal(tab.entries("ended").length, 1);
  assert.equal(store.sync, "live");
}
