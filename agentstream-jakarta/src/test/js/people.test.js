import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection, ConversationStore } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";
import { journalOf } from "./support/journal.js";

const ID = "cGVvcGxlLWFuZC1xdWV1ZQ";
const ANNA = { id: "u1", name: "Anna", verified: true };
const BEN = { id: "c2", verified: false };

const BEGIN = [
  ["conversation_created", { epoch: 1, topic: "Tea?", agents: ["Otto"], speaker_selection: "round_robin", max_rounds: 3 }],
  ["conversation_started", { run: 1 }],
  ["new_message", { message_id: "m1", role: "user", sender: "user", content: "Tea?", round: 0, author: ANNA }],
  ["speaker_change", { message_id: "m2", agent_name: "Otto", round: 1 }],
];

describe("people in a conversation", () => {
  let connection;
  let store;
  let seq;

  beforeEach(async () => {
    const environment = fakeEnvironment();
    connection = new AgentstreamConnection("ws://example.org/ws", environment);
    store = new ConversationStore(connection, environment);
    connection.connect();
    FakeSocket.latest.welcome();
    const started = store.start({ topic: "Tea?" });
    FakeSocket.latest.answer("accepted", { conversation_id: ID, epoch: 1 });
    await started;
    seq = 0;
    receive(BEGIN);
  });

  function receive(events) {
    for (const frame of journalOf(ID, events)) FakeSocket.latest.receive({ ...frame, seq: ++seq });
  }

  const waiting = () => store.conversation.queued.map(({ content }) => content);

  it("keep the author of each message", () => {
    assert.deepEqual(store.conversation.entries[0].author, ANNA);
  });

  it("see what waits, how it is changed, withdrawn and taken, in order", () => {
    receive([
      ["message_queued", { queue_id: "q1-1", author: ANNA, content: "Green.", when: "turn" }],
      ["message_queued", { queue_id: "q1-2", author: BEN, content: "Black.", when: "tool" }],
      ["message_queued", { queue_id: "q1-3", content: "Red.", when: "turn" }],
      ["message_edited", { queue_id: "q1-2", content: "White.", author: ANNA }],
      ["message_withdrawn", { queue_id: "q1-1", author: ANNA }],
    ]);
    assert.deepEqual(waiting(), ["White.", "Red."]);
    receive([["new_message", { message_id: "m3", role: "user", sender: "user", content: "White.", round: 1, author: BEN, queue_id: "q1-2" }]]);
    assert.deepEqual(waiting(), ["Red."]);
    receive([["conversation_ended", { reason: "stopped", usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0, by_agent: {} }, author: ANNA }]]);
    assert.deepEqual(waiting(), []);
    assert.deepEqual(store.conversation.entries.at(-1).author, ANNA);
  });

  it("see the same order after a snapshot, also of what was said during a turn", () => {
    FakeSocket.latest.answer("joined", { conversation_id: ID, mode: "snapshot", epoch: 1 });
    const messages = [
      { message_id: "m1", role: "user", sender: "user", content: "Tea?", round: 0, run: 1 },
      { message_id: "m3", role: "user", sender: "user", content: "Metric!", round: 1, run: 1 },
    ];
    const open = [{ message_id: "m2", agent_name: "Otto", round: 1, content: "It is", thinking: "" }];
    FakeSocket.latest.receive({
      type: "snapshot",
      conversation_id: ID,
      data: {
        seq: 9, epoch: 1, run: 1, state: "running", topic: "Tea?", agents: ["Otto"], speaker_selection: "round_robin", max_rounds: 3,
        messages, open, queued: [{ queue_id: "q1-4", author: ANNA, content: "And milk?", when: "turn" }],
      },
    });
    assert.deepEqual(store.conversation.entries.map(({ messageId }) => messageId), ["m1", "m2", "m3"]);
    assert.deepEqual(store.conversation.queued, [{ queueId: "q1-4", author: ANNA, content: "And milk?", when: "turn" }]);
  });

  it("edit and withdraw by the message's id", async () => {
    void store.editMessage("q1-1", "White.").catch(() => {});
    void store.withdrawMessage("q1-1").catch(() => {});
    await settled();
    assert.deepEqual(FakeSocket.latest.sentOf("edit_message").at(-1).data, { conversation_id: ID, queue_id: "q1-1", content: "White." });
    assert.deepEqual(FakeSocket.latest.sentOf("withdraw_message").at(-1).data, { conversation_id: ID, queue_id: "q1-1" });
  });

  it("are called what they call themselves", async () => {
    const named = connection.setName("Ben");
    FakeSocket.latest.answer("named", { author: { ...BEN, name: "Ben" } });
    assert.deepEqual(await named, { ...BEN, name: "Ben" });
  });

  it("see who is muted, added and removed, and change it", async () => {
    const changed = (change, agent_name, agents, muted, people) => ["roster_changed", { change, agent_name, agents, muted, people, author: ANNA }];
    receive([changed("added", "Kim", ["Otto", "Kim"]), changed("muted", "Otto", ["Otto", "Kim"], ["Otto"], ["Kim"])]);
    assert.deepEqual(store.conversation.agents, ["Otto", "Kim"]);
    assert.deepEqual(store.conversation.muted, ["Otto"]);
    assert.deepEqual(store.conversation.people, ["Kim"]);
    receive([changed("removed", "Otto", ["Kim"])]);
    assert.deepEqual([store.conversation.agents, store.conversation.muted], [["Kim"], []]);
    for (const [command, type] of [["muteAgent", "mute_agent"], ["unmuteAgent", "unmute_agent"], ["addAgent", "add_agent"], ["removeAgent", "remove_agent"]]) {
      const done = store[command]("Kim");
      await settled();
      assert.equal(FakeSocket.latest.sent.at(-1).type, type);
      assert.deepEqual(FakeSocket.latest.sent.at(-1).data, { conversation_id: ID, agent_name: "Kim" });
      FakeSocket.latest.answer("accepted", { conversation_id: ID });
      await done;
    }
  });
});
