import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection, ConversationStore } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";
import { merged } from "./support/journal.js";
import { CONVERSATION_ID, EPOCH, journal, snapshotAfter, upTo } from "./support/steered-conversation.js";

describe("a conversation store", () => {
  let environment;
  let connection;
  let store;

  beforeEach(async () => {
    environment = fakeEnvironment();
    openPage();
    const started = store.start({ topic: "Rain?" });
    FakeSocket.latest.answer("accepted", { conversation_id: CONVERSATION_ID, epoch: EPOCH });
    await started;
  });

  function openPage() {
    connection = new AgentstreamConnection("ws://example.org/ws", environment);
    store = new ConversationStore(connection, environment);
    connection.connect();
    FakeSocket.latest.welcome();
  }

  function receive(frames) {
    for (const frame of frames) FakeSocket.latest.receive(frame);
  }

  function receiveUpTo(type, nth) {
    receive(journal.slice(0, upTo(type, nth)));
  }

  function joined(data) {
    FakeSocket.latest.answer("joined", data, { conversation_id: CONVERSATION_ID });
  }

  function replay(frames = (events) => events) {
    const { after_seq } = FakeSocket.latest.sentOf("join_conversation").at(-1).data;
    joined({ mode: "replay", epoch: EPOCH, from_seq: after_seq + 1, to_seq: journal.length });
    receive(frames(journal.slice(after_seq)));
  }

  function snapshot(seq) {
    joined({ mode: "snapshot", epoch: EPOCH });
    receive([snapshotAfter(seq)]);
  }

  function cutAndReopen() {
    FakeSocket.latest.cut();
    environment.clock.advance(connection.state.retryAt - environment.now());
    FakeSocket.latest.welcome();
  }

  const message = (id) => store.conversation.entries.find(({ messageId }) => messageId === id);
  const entries = (kind) => store.conversation.entries.filter((entry) => entry.kind === kind);
  /** Without how long this tab waited, which is no matter of the journal. */
  const plain = (value) => JSON.parse(JSON.stringify(value, (key, part) => (key === "timing" ? undefined : part)));

  /** What a viewer ends up with who saw every frame once. */
  function uncut() {
    const whole = new ConversationStore(connection, { ...environment, storage: undefined });
    whole.open(CONVERSATION_ID);
    FakeSocket.latest.answer("joined", { mode: "replay", epoch: EPOCH }, { conversation_id: CONVERSATION_ID });
    receive(journal);
    const result = plain(whole.conversation);
    whole.leave();
    return result;
  }

  /** Of an end that is over and of errors a snapshot does not tell; a text that was taken back has left no trace. */
  function comparable({ entries: all, ...conversation }) {
    const messages = all.filter(({ kind }) => kind === "message").map(({ resets, error, reason, ...entry }) => entry);
    messages.sort((a, b) => a.messageId.localeCompare(b.messageId));
    return plain({ ...conversation, messages });
  }

  describe("of a conversation that people steer", () => {
    it("keeps what several say at once apart", () => {
      receiveUpTo("new_message", 3);
      assert.deepEqual([message("m2").content, message("m3").content], ["It rains.", "Tea"]);
    });

    it("keeps the thinking of each message beside its text", () => {
      receiveUpTo("tool_call");
      assert.deepEqual([message("m2").thinking, message("m2").content], ["I should look.", ""]);
      assert.deepEqual([message("m3").thinking, message("m3").content], ["Coffee?", "Cof"]);
    });

    it("voids the thinking too when all of a text is taken back", () => {
      receiveUpTo("message_reset");
      assert.deepEqual([message("m3").thinking, message("m3").content, message("m3").resets], ["", "", 1]);
      receive(journal.slice(upTo("message_reset")));
      assert.deepEqual([message("m3").thinking, message("m3").content], ["No, tea.", "Tea"]);
    });

    it("shows a tool at work, then its result or failure, as the model wrote the call", () => {
      receiveUpTo("tool_call", 2);
      assert.deepEqual(message("m2").tools.map(({ name, arguments: json, result }) => [name, json, result]), [
        ["weather", '{"of":"Oslo"}', undefined],
        ["forecast", "{", undefined],
      ]);
      receive(journal.slice(upTo("tool_call", 2)));
      assert.deepEqual(message("m2").tools.map(({ result, isError }) => [result, isError]), [
        ["Rain", false],
        ["The call was not approved.", true],
      ]);
    });

    it("asks for a snapshot when the result of an unknown call comes", () => {
      receiveUpTo("tool_call");
      const { seq } = journal[upTo("tool_call")];
      receive([{ type: "tool_result", conversation_id: CONVERSATION_ID, seq, data: { message_id: "m2", call_id: "c9", result: "", is_error: false } }]);
      assert.equal(store.sync, "joining");
    });

    it("knows the participant whose turn a question is", () => {
      receiveUpTo("input_requested", 2);
      const { seq } = journal[upTo("input_requested", 2)];
      const data = { request_id: "i9", kind: "text", prompt: "It is your turn, Kim.", expires_at: "2026-11-23T10:10:00.007Z", person: "Kim" };
      receive([{ type: "input_requested", conversation_id: CONVERSATION_ID, seq, data }]);
      assert.deepEqual(store.conversation.pendingInputs.map(({ person }) => person), [undefined, undefined, "Kim"]);
    });

    it("knows that a question is the owner's alone", () => {
      receiveUpTo("input_requested", 2);
      const { seq } = journal[upTo("input_requested", 2)];
      const data = { request_id: "i9", kind: "approval", prompt: "May Ada pay?", expires_at: "2026-11-23T10:10:00.007Z", owner_only: true };
      receive([{ type: "input_requested", conversation_id: CONVERSATION_ID, seq, data }]);
      assert.deepEqual(store.conversation.pendingInputs.map(({ ownerOnly }) => ownerOnly), [undefined, undefined, true]);
    });

    it("waits for the questions that are open, the oldest first", () => {
      receiveUpTo("input_requested", 2);
      assert.equal(store.conversation.state, "waiting_for_input");
      assert.deepEqual(store.conversation.pendingInputs.map(({ requestId }) => requestId), ["i1", "i2"]);
      receiveUpTo("input_resolved");
      assert.deepEqual(store.conversation.pendingInputs, [
        {
          requestId: "i1",
          kind: "approval",
          agentName: "Ada",
          messageId: "m2",
          callId: "c1",
          prompt: "May Ada call weather?",
          choices: ["approve", "deny"],
          expiresAt: "2026-11-23T10:10:00.007Z",
        },
      ]);
      receiveUpTo("input_resolved", 2);
      assert.deepEqual([store.conversation.state, store.conversation.pendingInputs], ["running", []]);
    });

    it("keeps that nobody answered as an error that ends nothing", () => {
      receiveUpTo("input_resolved", 4);
      assert.deepEqual(entries("error").map(({ error }) => [error.code, error.fatal]), [["input_timeout", false]]);
      assert.equal(store.conversation.state, "running");
    });

    it("is paused until the pause ends, also while something is said", () => {
      receiveUpTo("conversation_paused");
      assert.deepEqual([store.conversation.state, store.conversation.paused], ["paused", true]);
      receiveUpTo("new_message", 5);
      assert.equal(store.conversation.state, "paused");
      assert.equal(message("m5").content, "And kind.");
      receiveUpTo("conversation_unpaused");
      assert.deepEqual([store.conversation.state, store.conversation.paused], ["running", false]);
    });

    it("waits for input again when a pause ends that began during a question", () => {
      receiveUpTo("input_requested");
      const { seq } = journal[upTo("input_requested")];
      const event = (type, at) => ({ type, conversation_id: CONVERSATION_ID, seq: at, data: {} });
      receive([event("conversation_paused", seq)]);
      assert.equal(store.conversation.state, "paused");
      receive([event("conversation_unpaused", seq + 1)]);
      assert.equal(store.conversation.state, "waiting_for_input");
    });

    it("knows the way to a member of a nested team, whose rounds are the team's own", () => {
      receiveUpTo("speaker_change", 3);
      assert.deepEqual(message("m6").agentPath, ["Team", "Ann"]);
      assert.equal(message("m6").reason, "She was asked.");
      assert.equal(store.conversation.round, 1);
    });

    it("keeps a skipped turn with its error", () => {
      receiveUpTo("streaming_complete", 3);
      assert.deepEqual([message("m6").state, message("m6").finishReason, message("m6").error.fatal], ["done", "error", false]);
      assert.equal(store.conversation.state, "running");
    });

    it("counts what was used answer by answer, and exactly at an end", () => {
      assert.equal(store.conversation.usage, null);
      receiveUpTo("streaming_complete", 1);
      assert.deepEqual(store.conversation.usage, { input_tokens: 9, output_tokens: 2, total_tokens: 11, estimated: true });
      receiveUpTo("streaming_complete", 2);
      assert.deepEqual(store.conversation.usage, { input_tokens: 29, output_tokens: 7, total_tokens: 36, estimated: true });
      receiveUpTo("conversation_ended");
      assert.equal(store.conversation.usage.total_tokens, 50);
      receiveUpTo("streaming_complete", 4);
      assert.equal(store.conversation.usage.total_tokens, 62);
    });

    it("runs again when it is continued after its end", () => {
      receiveUpTo("conversation_ended");
      assert.deepEqual([store.conversation.state, store.conversation.ended], ["ended", true]);
      receiveUpTo("conversation_started", 2);
      const { state, ended, run, round } = store.conversation;
      assert.deepEqual({ state, ended, run, round }, { state: "running", ended: false, run: 2, round: 0 });
      receive(journal);
      assert.deepEqual(entries("ended").map(({ run: of, reason }) => [of, reason]), [[1, "max_rounds"], [2, "stopped"]]);
      assert.deepEqual(entries("message").map(({ run: of }) => of), [1, 1, 1, 1, 1, 1, 2, 2]);
    });

    it("leaves nothing open at an end", () => {
      receiveUpTo("input_requested");
      const { seq } = journal[upTo("input_requested")];
      receive([{ type: "conversation_ended", conversation_id: CONVERSATION_ID, seq, data: { reason: "failed" } }]);
      assert.deepEqual([store.conversation.state, store.conversation.pendingInputs], ["ended", []]);
    });
  });

  describe("of a steered conversation that was cut off", () => {
    for (let seq = 1; seq <= journal.length; seq++) {
      const when = `after frame ${seq} (${journal[seq - 1].type})`;

      it(`${when} is the same by replay`, () => {
        receive(journal.slice(0, seq));
        cutAndReopen();
        replay();
        const result = plain(store.conversation);
        assert.deepEqual(result, uncut());
      });

      it(`${when} is the same by merged replay`, () => {
        receive(journal.slice(0, seq));
        cutAndReopen();
        replay(merged);
        const result = plain(store.conversation);
        assert.deepEqual(result, uncut());
      });

      it(`${when} is the same by replay after a reload`, () => {
        receive(journal.slice(0, seq));
        environment.window.dispatchEvent(new Event("pagehide"));
        openPage();
        store.open(CONVERSATION_ID);
        replay();
        const result = plain(store.conversation);
        assert.deepEqual(result, uncut());
      });

      it(`${when} is the same by snapshot`, () => {
        receive(journal.slice(0, seq));
        const live = comparable(store.conversation);
        // A snapshot tells what selectors used only at an end.
        cutAndReopen();
        snapshot(seq);
        const told = comparable(store.conversation);
        if (told.run > 1 && !told.ended) told.usage = live.usage;
        assert.deepEqual(told, live);
        receive(journal.slice(seq));
        assert.deepEqual(comparable(store.conversation), comparable(uncut()));
      });

      it(`${when} is the same in another tab`, () => {
        environment.storage.removeItem("agentstream.conversation");
        openPage();
        store.open(CONVERSATION_ID);
        snapshot(seq);
        receive(journal.slice(seq));
        assert.deepEqual(comparable(store.conversation), comparable(uncut()));
      });
    }
  });

  describe("steers the conversation it shows", () => {
    const commands = {
      send_message: [() => store.sendMessage("Hi", { interrupt: true, messageId: "u1" }), { content: "Hi", interrupt: true, message_id: "u1" }],
      stop_speaker: [() => store.stopSpeaker("m2"), { message_id: "m2" }],
      stop_conversation: [() => store.stop(), {}],
      pause_conversation: [() => store.pause(), {}],
      unpause_conversation: [() => store.unpause(), {}],
      input_response: [() => store.inputResponse("i1", "deny"), { request_id: "i1", content: "deny" }],
    };

    for (const [type, [act, data]] of Object.entries(commands)) {
      it(`with ${type}`, async () => {
        const done = act();
        const sent = FakeSocket.latest.sent.at(-1);
        assert.deepEqual([sent.type, sent.data], [type, { conversation_id: CONVERSATION_ID, ...data }]);
        FakeSocket.latest.answer("accepted", {});
        await done;
      });

      it(`and passes on that the server refuses ${type}`, async () => {
        const done = act();
        FakeSocket.latest.answer("error", { code: "conflict", message: "Too late.", retryable: false, fatal: false });
        await assert.rejects(done, { code: "conflict" });
        await settled();
        assert.equal(store.sync, "live");
      });

      it(`but sends no ${type} when it shows none`, async () => {
        store.leave();
        FakeSocket.latest.sent = [];
        await assert.rejects(act(), { code: "not_found" });
        assert.deepEqual(FakeSocket.latest.sent, []);
      });
    }
  });
});
