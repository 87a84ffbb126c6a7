import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";

describe("a connection whose server bounds messages", () => {
  let connection;

  beforeEach(() => {
    connection = new AgentstreamConnection("ws://example.org/ws", fakeEnvironment());
    connection.connect();
  });

  const welcome = (limits) => FakeSocket.latest.welcome({ limits });
  const codeOf = (promise) => promise.then(() => "", ({ code }) => code);

  for (const [what, content] of [["Latin", "x".repeat(1_000)], ["Chinese", "字".repeat(340)], ["emoji", "🍵".repeat(250)]]) {
    it(`refuses what is too long in ${what} before it is sent`, async () => {
      welcome({ max_message_bytes: 1_000 });
      assert.equal(await codeOf(connection.sendMessage("c7", content)), "limit_exceeded");
      assert.deepEqual(FakeSocket.latest.sent, []);
    });
  }

  it("sends what just fits", async () => {
    const sent = { type: "send_message", id: "r1", data: { conversation_id: "c7", content: "字" } };
    welcome({ max_message_bytes: new TextEncoder().encode(JSON.stringify(sent)).length });
    void connection.sendMessage("c7", "字");
    await settled();
    assert.deepEqual(FakeSocket.latest.sent, [sent]);
  });

  it("takes a refusal that names no command for one of the longest", async () => {
    welcome({});
    const list = codeOf(connection.listAgents());
    const long = codeOf(connection.sendMessage("c7", "x".repeat(1_000)));
    await settled();
    FakeSocket.latest.receive({ type: "error", data: { code: "limit_exceeded", message: "Too long." } });
    assert.equal(await long, "limit_exceeded");
    FakeSocket.latest.receive({ type: "agents", in_reply_to: "r1", data: { agents: [], speaker_selections: [] } });
    assert.equal(await list, "");
  });

  it("hands out an error that is about no command", async () => {
    welcome({});
    const handedOut = [];
    connection.addEventListener("frame", ({ detail }) => handedOut.push(detail.data.code));
    void codeOf(connection.listAgents());
    await settled();
    FakeSocket.latest.receive({ type: "error", data: { code: "internal", message: "A defect." } });
    assert.deepEqual(handedOut, ["internal"]);
  });
});
