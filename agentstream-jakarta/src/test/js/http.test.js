import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { FakeApi, json, problem } from "./support/fake-api.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";

/** As long as reading a body takes, which is several turns of the loop. */
async function quiet() {
  for (let i = 0; i < 10; i++) await settled();
}

describe("a connection without a WebSocket", () => {
  let environment;
  let clock;
  let api;
  let connection;
  let frames;

  beforeEach(() => {
    api = new FakeApi();
    environment = { ...fakeEnvironment(), fetch: api.fetch };
    clock = environment.clock;
    connection = open();
  });

  function open(options) {
    const opened = new AgentstreamConnection("ws://example.org/ws", environment, options);
    frames = [];
    opened.addEventListener("frame", ({ detail }) => frames.push(detail));
    opened.connect();
    return opened;
  }

  /** Lets time pass, second by second, so that what is asked meanwhile is answered. */
  async function pass(ms) {
    for (let passed = 0; passed < ms; passed += 1_000) {
      clock.advance(1_000);
      await quiet();
    }
  }

  async function retried() {
    clock.advance(connection.state.retryAt - clock.now());
    await quiet();
  }

  async function failTwice() {
    FakeSocket.latest.cut();
    clock.advance(500);
    FakeSocket.latest.cut();
    clock.advance(1_000);
    await quiet();
  }

  async function joined() {
    await failTwice();
    const joining = connection.joinConversation("x", { epoch: 2, afterSeq: 7 });
    await quiet();
    const stream = api.streams.at(-1);
    stream.frame({ type: "joined", conversation_id: "x", data: { mode: "replay", epoch: 2 } });
    await joining;
    return stream;
  }

  it("takes HTTP after two attempts that break before the welcome, and says so", async () => {
    FakeSocket.latest.cut();
    clock.advance(500);
    assert.deepEqual(api.requests, []);
    FakeSocket.latest.cut();
    clock.advance(1_000);
    await quiet();
    assert.deepEqual(api.paths, ["/welcome"]);
    assert.equal(api.requests[0].url, "http://example.org/api/welcome");
    assert.deepEqual(connection.state, { state: "open", transport: "http" });
    assert.equal(connection.welcome.connection_id, "h1");
  });

  it("takes it too where WebSockets die at once after the welcome", async () => {
    for (const wait of [500, 1_000]) {
      FakeSocket.latest.welcome();
      clock.advance(100);
      FakeSocket.latest.cut();
      clock.advance(wait);
    }
    await quiet();
    assert.equal(connection.state.transport, "http");
  });

  it("takes it where a proxy closes WebSockets in good order before the welcome", async () => {
    FakeSocket.latest.cut(1000);
    clock.advance(500);
    FakeSocket.latest.cut(1005);
    clock.advance(1_000);
    await quiet();
    assert.equal(connection.state.transport, "http");
  });

  it("stays with WebSockets where they break after a while, or the server closes them", async () => {
    for (const [after, code] of [[2_000, 1006], [0, 1011], [0, 1001], [10_000, 1006]]) {
      FakeSocket.latest.welcome();
      clock.advance(after);
      FakeSocket.latest.cut(code);
      await retried();
    }
    assert.deepEqual(api.requests, []);
  });

  it("takes turns where neither gets through", async () => {
    api.isUp = false;
    await failTwice();
    assert.equal(connection.state.state, "reconnecting");
    clock.advance(2_000);
    assert.equal(FakeSocket.opened.length, 3);
    FakeSocket.latest.cut();
    clock.advance(4_000);
    await quiet();
    assert.deepEqual(api.paths, ["/welcome", "/welcome"]);
  });

  it("never takes it if it is switched off", async () => {
    connection.close();
    connection = open({ http: false });
    await failTwice();
    FakeSocket.latest.cut();
    clock.advance(30_000);
    assert.deepEqual(api.requests, []);
  });

  it("takes the address of an API that is elsewhere", async () => {
    connection.close();
    connection = open({ http: "https://other.example/base/api" });
    await failTwice();
    assert.equal(api.requests[0].url, "https://other.example/base/api/welcome");
  });

  it("begins with it after a reload in the same tab", async () => {
    await failTwice();
    connection.close();
    connection = open();
    await quiet();
    assert.equal(connection.state.transport, "http");
    assert.equal(FakeSocket.opened.length, 2);
  });

  it("brings a document in with one request, and gives its refusal to the caller", async () => {
    await failTwice();
    const text = JSON.stringify({ topic: "x".repeat(40_000) });
    api.imported = json({ conversation_id: "new", continues: false }, 201);
    assert.deepEqual(await connection.importConversation(text), { conversationId: "new", continues: false });
    assert.deepEqual(api.documents, [text]);
    api.imported = problem(422, "invalid_field");
    await assert.rejects(connection.importConversation("{}"), { code: "invalid_field" });
  });

  it("posts a command and gives its reply to the caller", async () => {
    await failTwice();
    api.reply = ({ id }) => json({ type: "agents", in_reply_to: id, data: { agents: [], speaker_selections: ["s"] } });
    assert.deepEqual((await connection.listAgents()).speakerSelections, ["s"]);
  });

  it("posts commands in their order", async () => {
    await failTwice();
    let release;
    const posted = [];
    api.reply = async ({ id, data }) => {
      posted.push(data.content);
      if (data.content === "one") await new Promise((resolve) => (release = resolve));
      return json({ type: "accepted", in_reply_to: id, data: {} });
    };
    const both = [connection.sendMessage("x", "one"), connection.sendMessage("x", "two")];
    await quiet();
    assert.deepEqual(posted, ["one"]);
    release();
    await Promise.all(both);
    assert.deepEqual(posted, ["one", "two"]);
  });

  it("sends the viewer's name with each command after it", async () => {
    await failTwice();
    const answer = api.reply;
    api.reply = (command) =>
      command.type === "set_name" ? json({ type: "named", in_reply_to: command.id, data: { author: {} } }) : answer(command);
    await connection.request("set_name", { name: "Zoë" });
    await connection.sendMessage("x", "hi");
    assert.equal(api.requests.at(-1).headers["Agentstream-Name"], "Zo%C3%AB");
  });

  it("gives a refusal to the caller with the code of the protocol", async () => {
    await failTwice();
    api.reply = () => problem(429, "rate_limited");
    await assert.rejects(connection.listAgents(), { code: "rate_limited", retryable: true });
    assert.equal(connection.state.state, "open");
  });

  it("streams a conversation from the position that it has, however the bytes are cut", async () => {
    const stream = await joined();
    assert.equal(api.paths.at(-1), "/conversations/x/events?after=2-7");
    const text = `: ping\n\nid: 2-8\ndata: ${JSON.stringify({ type: "streaming_token", seq: 8, data: { token: "茶" } })}\n\n`;
    for (const byte of new TextEncoder().encode(text)) stream.bytes(Uint8Array.of(byte));
    await quiet();
    assert.deepEqual(frames.map(({ data }) => data.token), ["茶"]);
  });

  it("views what it has started from the first event on", async () => {
    await failTwice();
    api.reply = ({ id }) => json({ type: "accepted", in_reply_to: id, conversation_id: "new", data: { conversation_id: "new", epoch: 1 } });
    await connection.startConversation({ topic: "Tea?" });
    await quiet();
    assert.equal(api.paths.at(-1), "/conversations/new/events?after=1-0");
    api.streams[0].frame({ type: "joined", conversation_id: "new", data: {} });
    api.streams[0].frame({ type: "conversation_created", conversation_id: "new", seq: 1, data: {} });
    await quiet();
    assert.deepEqual(frames.map(({ type }) => type), ["conversation_created"]);
  });

  it("tells that a conversation is not there", async () => {
    await failTwice();
    api.refusal = problem(404, "not_found");
    await assert.rejects(connection.joinConversation("x"), { code: "not_found", retryable: false });
  });

  it("stops a stream when the conversation is left", async () => {
    const stream = await joined();
    await connection.leaveConversation("x");
    assert.ok(stream.isAborted);
    assert.equal(connection.state.state, "open");
  });

  it("connects again when a stream breaks, with HTTP at first", async () => {
    const stream = await joined();
    stream.end();
    await quiet();
    assert.equal(connection.state.state, "reconnecting");
    await retried();
    assert.equal(connection.state.transport, "http");
    assert.equal(FakeSocket.opened.length, 2);
  });

  it("takes the close code that the server writes at the end of a stream", async () => {
    const stream = await joined();
    stream.write('event: close\ndata: {"code":4503,"reason":"too many connections"}\n\n');
    await quiet();
    assert.equal(connection.state.state, "closed");
    assert.equal(connection.state.code, 4503);
  });

  it("keeps the connection when the server removes a conversation", async () => {
    const stream = await joined();
    stream.frame({ type: "left", conversation_id: "x", data: { conversation_id: "x" } });
    stream.end();
    await quiet();
    assert.deepEqual(frames.map(({ type }) => type), ["left"]);
    assert.equal(connection.state.state, "open");
  });

  it("sends its token in a header, and in no address", async () => {
    connection.close();
    connection = open({ token: () => "secret" });
    api.welcome = ({ Authorization }) => (Authorization ? json({ type: "welcome", data: { authenticated: true, limits: {} } }) : problem(401, "unauthenticated"));
    await failTwice();
    assert.equal(connection.state.state, "open");
    assert.equal(connection.welcome.authenticated, true);
    void connection.joinConversation("x").catch(() => {});
    await quiet();
    assert.equal(api.requests.at(-1).headers.Authorization, "Bearer secret");
    for (const { url } of api.requests) assert.doesNotMatch(url, /secret/);
  });

  for (const [status, code, closeCode] of [[401, "unauthenticated", 4500], [403, "origin_not_allowed", 4502]]) {
    it(`closes for good where the server answers ${status}`, async () => {
      connection.close();
      connection = open({ token: () => "wrong" });
      api.welcome = () => problem(status, code);
      await failTwice();
      assert.equal(connection.state.state, "closed");
      assert.equal(connection.state.code, closeCode);
    });
  }

  it("tries a WebSocket later, ever more seldom, and returns to it", async () => {
    await failTwice();
    await pass(60_000);
    assert.equal(FakeSocket.opened.length, 3);
    FakeSocket.latest.cut();
    await pass(119_000);
    assert.equal(FakeSocket.opened.length, 3);
    await pass(1_000);
    assert.equal(FakeSocket.opened.length, 4);
    assert.equal(connection.state.transport, "http");
    FakeSocket.latest.welcome();
    assert.equal(connection.state.state, "connecting");
    FakeSocket.latest.welcome();
    assert.deepEqual(connection.state, { state: "open" });
    assert.equal(FakeSocket.opened.length, 5);
    assert.ok(FakeSocket.opened[3].closed);
  });

  it("tries a WebSocket at once when the network has changed", async () => {
    await failTwice();
    environment.window.dispatchEvent(new Event("online"));
    clock.advance(0);
    FakeSocket.latest.welcome();
    assert.equal(connection.state.state, "connecting");
    assert.equal(FakeSocket.opened.length, 4);
  });

  it("does not change over while a command waits for its reply", async () => {
    await failTwice();
    await pass(59_000);
    let release;
    const answer = api.reply;
    api.reply = (command) =>
      command.type === "ping" ? answer(command) : new Promise((resolve) => (release = () => resolve(answer(command))));
    const stopped = connection.stopConversation("x");
    await quiet();
    await pass(1_000);
    FakeSocket.latest.welcome();
    assert.equal(connection.state.state, "open");
    release();
    await stopped;
    await pass(2_000);
    FakeSocket.latest.welcome();
    assert.equal(connection.state.state, "connecting");
  });

  it("leaves nothing behind when it is closed", async () => {
    const stream = await joined();
    connection.close();
    assert.ok(stream.isAborted);
    assert.equal(clock.pending, 0);
  });
});
