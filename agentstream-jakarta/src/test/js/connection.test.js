import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";

describe("a connection", () => {
  let environment;
  let clock;
  let connection;
  let states;

  beforeEach(() => {
    environment = fakeEnvironment();
    clock = environment.clock;
    connection = new AgentstreamConnection("ws://example.org/ws", environment);
    states = [];
    connection.addEventListener("state", ({ detail }) => states.push(detail));
    connection.connect();
  });

  const names = () => states.map(({ state }) => state);
  const lastState = () => states.at(-1);

  describe("while opening", () => {
    it("offers the protocol's version as its subprotocol", () => {
      assert.equal(FakeSocket.latest.protocol, "agentstream.v1");
    });

    it("counts as open from the welcome on", () => {
      assert.deepEqual(names(), ["connecting"]);
      FakeSocket.latest.welcome({ connection_id: "c7" });
      assert.deepEqual(names(), ["connecting", "open"]);
      assert.equal(connection.welcome.connection_id, "c7");
    });

    it("takes over the time of the server's clock from the welcome", () => {
      const ahead = new Date(clock.now() + 90_000).toISOString();
      FakeSocket.latest.receive({ type: "welcome", timestamp: ahead, data: {} });
      clock.advance(1_000);
      assert.equal(connection.serverNow, clock.now() + 90_000);
    });

    it("goes by its own clock where the server does not tell its", () => {
      FakeSocket.latest.welcome();
      assert.equal(connection.serverNow, clock.now());
    });

    it("tells a waiting caller once it is open", async () => {
      const opened = connection.opened();
      FakeSocket.latest.welcome();
      await opened;
    });

    it("tries again when no welcome comes", () => {
      clock.advance(10_000);
      assert.equal(lastState().state, "reconnecting");
      assert.ok(FakeSocket.opened[0].closed);
    });

    it("is not opened twice by a second connect", () => {
      connection.connect();
      assert.equal(FakeSocket.opened.length, 1);
    });
  });

  describe("that is open", () => {
    beforeEach(() => FakeSocket.latest.welcome());

    it("answers the server's ping", () => {
      FakeSocket.latest.receive({ type: "ping" });
      assert.deepEqual(FakeSocket.latest.sent, [{ type: "pong" }]);
    });

    it("hands out the frames that nobody asked for", () => {
      const frames = [];
      connection.addEventListener("frame", ({ detail }) => frames.push(detail.type));
      FakeSocket.latest.receive({ type: "speaker_change", conversation_id: "x", seq: 4, data: {} });
      FakeSocket.latest.receive({ type: "something_new", data: {} });
      assert.deepEqual(frames, ["speaker_change", "something_new"]);
    });

    it("ignores what is no frame", () => {
      for (const text of ["{", "null", "[]", "7", '{"data":{}}']) FakeSocket.latest.receiveText(text);
      assert.equal(lastState().state, "open");
    });

    it("gives each answer to the command that asked, in whatever order they come", async () => {
      const agents = connection.listAgents();
      const stopped = connection.stopConversation("x");
      const [list, stop] = FakeSocket.latest.sent;
      FakeSocket.latest.receive({ type: "accepted", in_reply_to: stop.id, data: {} });
      FakeSocket.latest.receive({ type: "agents", in_reply_to: list.id, data: { agents: [{ name: "Ada", description: "" }], speaker_selections: ["round_robin", "model"] } });
      await stopped;
      const ada = { name: "Ada", description: "", own: false };
      const rest = { teams: [], models: [], tools: [] };
      assert.deepEqual(await agents, { agents: [ada], speakerSelections: ["round_robin", "model"], ...rest });
    });

    it("fails a command that the server refuses, with the server's code", async () => {
      const answer = connection.leaveConversation("x");
      FakeSocket.latest.answer("error", { code: "not_found", message: "No such conversation.", retryable: false });
      await assert.rejects(answer, { code: "not_found", message: "No such conversation.", retryable: false });
    });

    it("fails a command that gets no answer", async () => {
      const answer = assert.rejects(connection.listAgents(), { code: "no_answer", retryable: true });
      for (let second = 0; second < 30; second++) {
        FakeSocket.latest.receive({ type: "ping" });
        clock.advance(1_000);
      }
      await answer;
    });

    it("fails the waiting commands when it is cut", async () => {
      const answer = connection.listAgents();
      FakeSocket.latest.cut();
      await assert.rejects(answer, { code: "disconnected", retryable: true });
    });

    it("closes for good when asked to", () => {
      connection.close();
      assert.ok(FakeSocket.latest.closed);
      assert.equal(lastState().state, "closed");
      assert.equal(clock.pending, 0);
    });
  });

  describe("that is not open", () => {
    it("fails a command at once", async () => {
      await assert.rejects(connection.listAgents(), { code: "disconnected" });
      assert.deepEqual(FakeSocket.latest.sent, []);
    });
  });

  describe("that hears nothing", () => {
    beforeEach(() => FakeSocket.latest.welcome({ heartbeat_ms: 20_000 }));

    it("asks for a sign of life after one and a half heartbeats", () => {
      clock.advance(29_999);
      assert.equal(FakeSocket.latest.sentOf("ping").length, 0);
      clock.advance(1);
      assert.equal(FakeSocket.latest.sentOf("ping").length, 1);
    });

    it("stays when an answer comes", () => {
      clock.advance(30_000);
      FakeSocket.latest.receive({ type: "pong" });
      clock.advance(10_000);
      assert.equal(lastState().state, "open");
    });

    it("is given up when none comes, without waiting for a close", () => {
      clock.advance(40_000);
      assert.equal(lastState().state, "reconnecting");
      assert.ok(FakeSocket.latest.closed);
    });

    it("is given up in time although the clock was set back by hours", () => {
      clock.advance(5_000);
      FakeSocket.latest.receive({ type: "pong" });
      clock.set(clock.now() - 5 * 3_600_000);
      clock.advance(35_000);
      assert.equal(lastState().state, "reconnecting");
    });

    it("does not ask while frames come in", () => {
      for (let second = 0; second < 100; second++) {
        clock.advance(1_000);
        FakeSocket.latest.receive({ type: "streaming_token", conversation_id: "x", seq: second + 1, data: {} });
      }
      assert.equal(FakeSocket.latest.sentOf("ping").length, 0);
    });
  });

  describe("that was cut", () => {
    it("says when it will try next, and does", () => {
      FakeSocket.latest.cut(1006);
      assert.deepEqual(lastState(), { state: "reconnecting", retryAt: clock.now() + 500, code: 1006, reason: "" });
      clock.advance(499);
      assert.equal(FakeSocket.opened.length, 1);
      clock.advance(1);
      assert.equal(FakeSocket.opened.length, 2);
      FakeSocket.latest.welcome();
      assert.deepEqual(names(), ["connecting", "reconnecting", "connecting", "open"]);
    });

    it("waits twice as long each time, up to half a minute", () => {
      const waits = [];
      for (let i = 0; i < 9; i++) {
        FakeSocket.latest.cut();
        waits.push(lastState().retryAt - clock.now());
        clock.advance(waits.at(-1));
      }
      assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    });

    it("draws up to half of each wait by lot", () => {
      environment.random = () => 0;
      connection = new AgentstreamConnection("ws://example.org/ws", environment);
      connection.connect();
      FakeSocket.latest.cut();
      assert.equal(connection.state.retryAt - clock.now(), 250);
    });

    it("goes on lengthening the waits while a server lets it in only to cut it again", () => {
      FakeSocket.latest.welcome();
      FakeSocket.latest.cut();
      clock.advance(500);
      FakeSocket.latest.welcome();
      FakeSocket.latest.cut();
      assert.equal(lastState().retryAt - clock.now(), 1_000);
    });

    it("begins with a short wait again after it was open for a while", () => {
      FakeSocket.latest.cut();
      clock.advance(500);
      FakeSocket.latest.welcome();
      clock.advance(5_000);
      FakeSocket.latest.cut();
      assert.equal(lastState().retryAt - clock.now(), 500);
    });

    for (const code of [1000, 1001, 1006, 1011, 1013, 4000, 4002, 4003, 4004, 4005, 4499]) {
      it(`comes back after close code ${code}`, () => {
        FakeSocket.latest.cut(code);
        assert.equal(lastState().state, "reconnecting");
      });
    }

    for (const code of [4500, 4501, 4503, 4505, 4999]) {
      it(`stays closed after close code ${code}`, () => {
        FakeSocket.latest.cut(code, "no");
        assert.deepEqual(lastState(), { state: "closed", code, reason: "no" });
        environment.window.dispatchEvent(new Event("online"));
        clock.advance(3_600_000);
        assert.equal(FakeSocket.opened.length, 1);
      });
    }

    it("can be opened by hand after it stayed closed", () => {
      FakeSocket.latest.cut(4503);
      connection.connect();
      assert.equal(FakeSocket.opened.length, 2);
    });

    it("tries at once when the network is back", () => {
      FakeSocket.latest.cut();
      environment.window.dispatchEvent(new Event("online"));
      assert.equal(FakeSocket.opened.length, 2);
      clock.advance(500);
      assert.equal(FakeSocket.opened.length, 2);
    });

    it("tries at once when the tab comes to the front, not when it goes to the back", () => {
      FakeSocket.latest.cut();
      environment.document.visibilityState = "hidden";
      environment.document.dispatchEvent(new Event("visibilitychange"));
      assert.equal(FakeSocket.opened.length, 1);
      environment.document.visibilityState = "visible";
      environment.document.dispatchEvent(new Event("visibilitychange"));
      assert.equal(FakeSocket.opened.length, 2);
    });

    for (const code of [1013, 4004, 4005]) {
      it(`waits in full when the server is too busy (${code})`, () => {
        FakeSocket.latest.cut(code);
        environment.window.dispatchEvent(new Event("online"));
        assert.equal(FakeSocket.opened.length, 1);
      });
    }

    it("takes nothing from the socket it has let go", () => {
      const [first] = FakeSocket.opened;
      first.cut();
      clock.advance(500);
      first.welcome();
      assert.equal(lastState().state, "connecting");
    });
  });

  it("asks for a sign of life when the tab comes back from sleep", () => {
    FakeSocket.latest.welcome();
    environment.document.dispatchEvent(new Event("visibilitychange"));
    assert.equal(FakeSocket.latest.sentOf("ping").length, 1);
    clock.advance(10_000);
    assert.equal(lastState().state, "reconnecting");
  });

  it("rejects a waiting caller when it is closed for good", async () => {
    const opened = connection.opened();
    FakeSocket.latest.cut(4505);
    await assert.rejects(opened, { code: "disconnected" });
    await settled();
  });
});
