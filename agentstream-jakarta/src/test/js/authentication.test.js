import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";

const ASKED = { authenticated: false, authenticate_within_ms: 5_000 };

describe("a connection to a server that asks who the viewer is", () => {
  let environment;
  let states;

  beforeEach(() => {
    environment = fakeEnvironment();
    states = [];
  });

  function connect(options) {
    const connection = new AgentstreamConnection("ws://example.org/ws", environment, options);
    connection.addEventListener("state", ({ detail }) => states.push(detail.state));
    connection.connect();
    return connection;
  }

  const tokens = () => FakeSocket.latest.sentOf("authenticate").map(({ data }) => data.token);

  it("sends its token and is open once the server has taken it", async () => {
    const connection = connect({ token: async () => "t1" });
    FakeSocket.latest.welcome(ASKED);
    await settled();
    assert.deepEqual([tokens(), states], [["t1"], ["connecting"]]);
    FakeSocket.latest.welcome({ authenticated: true });
    assert.deepEqual(states, ["connecting", "open"]);
    assert.equal(connection.welcome.authenticated, true);
  });

  it("tells when the server is content not to know", () => {
    const connection = connect();
    assert.equal(connection.welcome, null);
    FakeSocket.latest.welcome({ authenticated: false });
    assert.deepEqual([connection.welcome.authenticated, states], [false, ["connecting", "open"]]);
  });

  it("stays closed where the token is not good", async () => {
    connect({ token: () => "t1" });
    FakeSocket.latest.welcome(ASKED);
    await settled();
    FakeSocket.latest.cut(4500, "not authenticated");
    assert.deepEqual(states, ["connecting", "closed"]);
  });

  for (const token of [undefined, () => "", async () => null]) {
    it(`closes at once where ${token ?? "nothing"} gives a token`, async () => {
      const connection = connect({ token });
      FakeSocket.latest.welcome(ASKED);
      await settled();
      assert.deepEqual([tokens(), states, FakeSocket.latest.closed], [[], ["connecting", "closed"], true]);
      assert.equal(connection.state.code, 4500);
    });
  }

  it("tells of each welcome before the state that follows from it", async () => {
    const connection = connect({ token: () => "t1" });
    const told = [];
    connection.addEventListener("welcome", ({ detail }) => told.push(detail.authenticated, states.at(-1)));
    FakeSocket.latest.welcome(ASKED);
    await settled();
    FakeSocket.latest.welcome({ authenticated: true });
    assert.deepEqual(told, [false, "connecting", true, "connecting"]);
  });

  it("sends a new token when it is told to, and the same one not twice", async () => {
    let token = "t1";
    const connection = connect({ token: () => token });
    FakeSocket.latest.welcome(ASKED);
    await settled();
    FakeSocket.latest.welcome({ authenticated: true });
    await connection.authenticate();
    FakeSocket.latest.receive({ type: "auth_expiring", data: { expires_at: "2026-11-23T10:10:00.000Z" } });
    await settled();
    assert.deepEqual(tokens(), ["t1"]);
    token = "t2";
    await connection.authenticate();
    assert.deepEqual([tokens(), states], [["t1", "t2"], ["connecting", "open"]]);
  });

  it("tells what the token failed with", async () => {
    const failure = new Error("logged out");
    const connection = connect({ token: () => Promise.reject(failure) });
    const told = [];
    connection.addEventListener("tokenerror", ({ detail }) => told.push(detail.error));
    FakeSocket.latest.welcome(ASKED);
    await settled();
    assert.deepEqual([told, tokens()], [[failure], []]);
  });

  it("renews the authentication when it is about to expire, without a cut", async () => {
    let count = 0;
    const connection = connect({ token: () => `t${++count}` });
    const told = [];
    connection.addEventListener("authexpiring", ({ detail }) => told.push(detail.expiresAt));
    FakeSocket.latest.welcome(ASKED);
    await settled();
    FakeSocket.latest.welcome({ authenticated: true });
    FakeSocket.latest.receive({ type: "auth_expiring", data: { expires_at: "2026-11-23T10:10:00.000Z" } });
    await settled();
    FakeSocket.latest.welcome({ authenticated: true });
    assert.deepEqual([tokens(), told, states], [["t1", "t2"], ["2026-11-23T10:10:00.000Z"], ["connecting", "open"]]);
  });

  it("comes back with a new token after it has expired", async () => {
    let count = 0;
    connect({ token: () => `t${++count}` });
    FakeSocket.latest.welcome(ASKED);
    await settled();
    FakeSocket.latest.welcome({ authenticated: true });
    FakeSocket.latest.cut(4001, "authentication expired");
    assert.equal(states.at(-1), "reconnecting");
    environment.clock.advance(60_000);
    FakeSocket.latest.welcome(ASKED);
    await settled();
    assert.deepEqual(tokens(), ["t2"]);
  });

  it("lists the conversations that the viewer may see", async () => {
    const connection = connect();
    FakeSocket.latest.welcome();
    const listing = connection.listConversations();
    FakeSocket.latest.answer("conversations", {
      conversations: [{ conversation_id: "c7", topic: "Tea?", state: "ended", agents: ["Ada"], created_at: "2026-11-23T10:00:00.000Z" }],
    });
    assert.deepEqual(await listing, [
      { conversationId: "c7", topic: "Tea?", state: "ended", agents: ["Ada"], createdAt: "2026-11-23T10:00:00.000Z" },
    ]);
  });

  it("lists one page of those that contain a text, and knows where the next one begins", async () => {
    const connection = connect();
    FakeSocket.latest.welcome();
    const listing = connection.listConversations({ query: "茶", cursor: "7-x", limit: 2 });
    assert.deepEqual(FakeSocket.latest.sent.at(-1).data, { query: "茶", cursor: "7-x", limit: 2 });
    FakeSocket.latest.answer("conversations", {
      conversations: [
        { conversation_id: "c7", topic: "Tea?", state: "ended", agents: ["Ada"], created_at: "2026-11-23T10:00:00.000Z", title: "茶" },
      ],
      next_cursor: "6-x",
    });
    const page = await listing;
    assert.deepEqual(page.map(({ title }) => title), ["茶"]);
    assert.equal(page.nextCursor, "6-x");
  });
});
