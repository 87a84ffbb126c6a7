import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";

describe("the commands of a connection", () => {
  let connection;

  beforeEach(() => {
    connection = new AgentstreamConnection("ws://example.org/ws", fakeEnvironment());
    connection.connect();
    FakeSocket.latest.welcome();
  });

  it("list how each team works, and leave empty what the server does not say", async () => {
    const agents = connection.listAgents();
    const [list] = FakeSocket.latest.sent;
    const told = { description: "Write.", speaker_selection: "random", max_rounds: 4, sample_topics: ["Tea?"] };
    const teams = [{ name: "A", agents: ["Ada"], ...told }, { name: "B", agents: ["Bo"], speaker_selection: "manual", max_rounds: 1 }];
    FakeSocket.latest.receive({ type: "agents", in_reply_to: list.id, data: { agents: [], speaker_selections: ["random"], teams } });
    assert.deepEqual((await agents).teams, [
      { name: "A", agents: ["Ada"], people: [], description: "Write.", speakerSelection: "random", maxRounds: 4, sampleTopics: ["Tea?"], own: false },
      { name: "B", agents: ["Bo"], people: [], description: "", speakerSelection: "manual", maxRounds: 1, sampleTopics: [], own: false },
    ]);
  });

  const changes = {
    save_agent: [(it) => it.saveAgent({ name: "Poet" }), { agent: { name: "Poet" } }],
    delete_agent: [(it) => it.deleteAgent("Poet"), { name: "Poet" }],
    save_team: [(it) => it.saveTeam({ name: "Duet" }), { team: { name: "Duet" } }],
    delete_team: [(it) => it.deleteTeam("Duet"), { name: "Duet" }],
  };
  for (const [type, [send, data]] of Object.entries(changes)) {
    it(`change an agent or team of the viewer's own with ${type}, and return the changed catalogue`, async () => {
      const changed = send(connection);
      const { id, ...frame } = FakeSocket.latest.sent[0];
      assert.deepEqual(frame, { type, data });
      const poet = { name: "Poet", description: "", colour: 2, own: true, definition: { name: "Poet", colour: 2 } };
      const duet = { name: "Duet", agents: ["Poet"], speaker_selection: "manual", max_rounds: 1, own: true, definition: { name: "Duet" }, end_when: { rounds: 1 }, fault: "Gone." };
      const editing = { kept: true, max_agents: 50, max_teams: 20, max_chars: 9 };
      FakeSocket.latest.answer("agents", { agents: [poet], speaker_selections: [], teams: [duet], models: [{ name: "fast" }], tools: [{ name: "t", description: "T" }], editing });
      const catalogue = await changed;
      assert.deepEqual(catalogue.agents, [poet]);
      const { endWhen, definition, fault } = catalogue.teams[0];
      assert.deepEqual({ endWhen, definition, fault }, { endWhen: { rounds: 1 }, definition: { name: "Duet" }, fault: "Gone." });
      assert.deepEqual(catalogue.models, [{ name: "fast", description: "" }]);
      assert.deepEqual(catalogue.editing, { kept: true, maxAgents: 50, maxTeams: 20, maxChars: 9 });
    });
  }

  it("export a conversation as the document that the server sends", async () => {
    const exported = connection.exportConversation("x");
    const [{ type, data }] = FakeSocket.latest.sent;
    assert.deepEqual({ type, data }, { type: "export_conversation", data: { conversation_id: "x" } });
    FakeSocket.latest.answer("conversation_exported", { document: { version: 1 } });
    assert.deepEqual(await exported, { version: 1 });
  });

  it("import a document in parts, each of which fits into a frame", async () => {
    const document = { topic: "\u8336\ud83d\ude00\"".repeat(9_000) };
    FakeSocket.latest.onSend = ({ id, data: { index, last } }) => {
      const reply = last ? ["conversation_imported", { conversation_id: "new", continues: true }] : ["import_part", { next_index: index + 1 }];
      FakeSocket.latest.receive({ type: reply[0], in_reply_to: id, data: reply[1] });
    };
    assert.deepEqual(await connection.importConversation(document), { conversationId: "new", continues: true });
    const { sent } = FakeSocket.latest;
    assert.deepEqual(JSON.parse(sent.map(({ data }) => data.part).join("")), document);
    assert.deepEqual(sent.map(({ data }) => data.index), sent.map((_, index) => index));
    assert.deepEqual(sent.map(({ data }) => data.last), sent.map((_, index) => index === sent.length - 1));
    for (const frame of sent) assert.ok(new TextEncoder().encode(JSON.stringify(frame)).length < 65_536);
  });

  it("stop an import as soon as a part is refused", async () => {
    const importing = connection.importConversation("x".repeat(40_000));
    FakeSocket.latest.answer("error", { code: "unavailable", message: "Later." });
    await assert.rejects(importing, { code: "unavailable" });
    assert.equal(FakeSocket.latest.sent.length, 1);
  });

  it("send a start in the wire's names, without the options that were left out", () => {
    connection.startConversation({ topic: "Tea?", maxRounds: 2 });
    const { type, data } = FakeSocket.latest.sent[0];
    assert.deepEqual({ type, data }, { type: "start_conversation", data: { topic: "Tea?", max_rounds: 2 } });
  });

  it("send the viewer's own definitions with a start", () => {
    const definitions = { version: 1, agents: [{ name: "Poet" }], teams: [] };
    connection.startConversation({ topic: "Tea?", agents: ["Poet"], definitions });
    assert.deepEqual(FakeSocket.latest.sent[0].data, { topic: "Tea?", agents: ["Poet"], definitions });
  });

  const steering = {
    "send a message for after the turn": [(it) => it.sendMessage("x", "Hi"), "send_message", { content: "Hi" }],
    "send a message that enters at once and has an id": [
      (it) => it.sendMessage("x", "Hi", { interrupt: true, messageId: "u1" }),
      "send_message",
      { content: "Hi", interrupt: true, message_id: "u1" },
    ],
    "stop all current speakers": [(it) => it.stopSpeaker("x"), "stop_speaker", {}],
    "stop one message": [(it) => it.stopSpeaker("x", "m2"), "stop_speaker", { message_id: "m2" }],
    "skip a person": [(it) => it.skipPerson("x", "i1"), "stop_speaker", { request_id: "i1" }],
    "stop the conversation": [(it) => it.stopConversation("x"), "stop_conversation", {}],
    pause: [(it) => it.pauseConversation("x"), "pause_conversation", {}],
    "end a pause": [(it) => it.unpauseConversation("x"), "unpause_conversation", {}],
    "give a title": [(it) => it.renameConversation("x", "Tea"), "rename_conversation", { title: "Tea" }],
    delete: [(it) => it.deleteConversation("x"), "delete_conversation", {}],
    "answer a question": [(it) => it.inputResponse("x", "i1", "yes"), "input_response", { request_id: "i1", content: "yes" }],
  };
  for (const [what, [send, type, data]] of Object.entries(steering)) {
    it(`${what} with ${type}`, async () => {
      const sent = send(connection);
      const { id, ...frame } = FakeSocket.latest.sent[0];
      assert.deepEqual(frame, { type, data: { conversation_id: "x", ...data } });
      FakeSocket.latest.answer("accepted", { conversation_id: "x" });
      assert.equal(await sent, undefined);
    });
  }
});
