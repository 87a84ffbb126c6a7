import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { ConversationStore } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";
import { merged } from "./support/journal.js";
import * as recording from "./support/steered-conversation.js";
import { Tab } from "./support/tab.js";

const { CONVERSATION_ID, EPOCH, journal, upTo } = recording;

describe("a conversation store", () => {
  let tab;

  beforeEach(async () => {
    tab = new Tab(recording);
    await tab.start({ topic: "Rain?" });
  });

  function receiveUpTo(type, nth) {
    tab.receive(journal.slice(0, upTo(type, nth)));
  }

  const message = (id) => tab.store.conversation.entries.find(({ messageId }) => messageId === id);
  /** Without how long this tab waited, which is no matter of the journal. */
  const plain = (value) => JSON.parse(JSON.stringify(value, (key, part) => (key === "timing" ? undefined : part)));

  /** The conversation as a viewer has it who saw every frame once. */
  function uncut() {
    const whole = new ConversationStore(tab.connection, { ...tab.environment, storage: undefined });
    whole.open(CONVERSATION_ID);
    tab.joined({ mode: "replay", epoch: EPOCH });
    tab.receive(journal);
    const result = plain(whole.conversation);
    whole.leave();
    return result;
  }

  /** Without the ends that are over, the errors and the texts that were taken back, which a snapshot leaves out. */
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
      tab.receive(journal.slice(upTo("message_reset")));
      assert.deepEqual([message("m3").thinking, message("m3").content], ["No, tea.", "Tea"]);
    });

    it("shows a tool at work, then its result or failure, as the model wrote the call", () => {
      receiveUpTo("tool_call", 2);
      assert.deepEqual(message("m2").tools.map(({ name, arguments: json, result }) => [name, json, result]), [
        ["weather", '{"of":"Oslo"}', undefined],
        ["forecast", "{", undefined],
      ]);
      tab.receive(journal.slice(upTo("tool_call", 2)));
      assert.deepEqual(message("m2").tools.map(({ result, isError }) => [result, isError]), [
        ["Rain", false],
        ["The call was not approved.", true],
      ]);
    });

    it("asks for a snapshot when the result of an unknown call comes", () => {
      receiveUpTo("tool_call");
      const { seq } = journal[upTo("tool_call")];
      tab.receive([{ type: "tool_result", conversation_id: CONVERSATION_ID, seq, data: { message_id: "m2", call_id: "c9", result: "", is_error: false } }]);
      assert.equal(tab.store.sync, "joining");
    });

    it("knows the participant whose turn a question is", () => {
      receiveUpTo("input_requested", 2);
      const { seq } = journal[upTo("input_requested", 2)];
      const data = { request_id: "i9", kind: "text", prompt: "It is your turn, Kim.", expires_at: "2026-11-23T10:10:00.007Z", person: "Kim" };
      tab.receive([{ type: "input_requested", conversation_id: CONVERSATION_ID, seq, data }]);
      assert.deepEqual(tab.store.conversation.pendingInputs.map(({ person }) => person), [undefined, undefined, "Kim"]);
    });

    it("knows that a question is the owner's alone", () => {
      receiveUpTo("input_requested", 2);
      const { seq } = journal[upTo("input_requested", 2)];
      const data = { request_id: "i9", kind: "approval", prompt: "May Ada pay?", expires_at: "2026-11-23T10:10:00.007Z", owner_only: true };
      tab.receive([{ type: "input_requested", conversation_id: CONVERSATION_ID, seq, data }]);
      assert.deepEqual(tab.store.conversation.pendingInputs.map(({ ownerOnly }) => ownerOnly), [undefined, undefined, true]);
    });

    it("waits for the questions that are open, the oldest first", () => {
      receiveUpTo("input_requested", 2);
      assert.equal(tab.store.conversation.state, "waiting_for_input");
      assert.deepEqual(tab.store.conversation.pendingInputs.map(({ requestId }) => requestId), ["i1", "i2"]);
      receiveUpTo("input_resolved");
      assert.deepEqual(tab.store.conversation.pendingInputs, [
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
      assert.deepEqual([tab.store.conversation.state, tab.store.conversation.pendingInputs], ["running", []]);
    });

    it("keeps that nobody answered as an error that ends nothing", () => {
      receiveUpTo("input_resolved", 4);
      assert.deepEqual(tab.entries("error").map(({ error }) => [error.code, error.fatal]), [["input_timeout", false]]);
      assert.equal(tab.store.conversation.state, "running");
    });

    it("is paused until the pause ends, also while something is said", () => {
      receiveUpTo("conversation_paused");
      assert.deepEqual([tab.store.conversation.state, tab.store.conversation.paused], ["paused", true]);
      receiveUpTo("new_message", 5);
      assert.equal(tab.store.conversation.state, "paused");
      assert.equal(message("m5").content, "And kind.");
      receiveUpTo("conversation_unpaused");
      assert.deepEqual([tab.store.conversation.state, tab.store.conversation.paused], ["running", false]);
    });

    it("knows why the server has paused it, until the pause ends", () => {
      receiveUpTo("speaker_change");
      const { seq } = journal[upTo("speaker_change")];
      const event = (type, at, data) => ({ type, conversation_id: CONVERSATION_ID, seq: at, data });
      tab.receive([event("conversation_paused", seq, { reason: "store" })]);
      assert.deepEqual([tab.store.conversation.pausedBy, tab.store.conversation.pauseReason], [null, "store"]);
      tab.receive([event("conversation_unpaused", seq + 1, {})]);
      assert.equal(tab.store.conversation.pauseReason, null);
    });

    it("waits for input again when a pause ends that began during a question", () => {
      receiveUpTo("input_requested");
      const { seq } = journal[upTo("input_requested")];
      const event = (type, at) => ({ type, conversation_id: CONVERSATION_ID, seq: at, data: {} });
      tab.receive([event("conversation_paused", seq)]);
      assert.equal(tab.store.conversation.state, "paused");
      tab.receive([event("conversation_unpaused", seq + 1)]);
      assert.equal(tab.store.conversation.state, "waiting_for_input");
    });

    it("knows the way to a participant of a nested team, whose rounds are the team's own", () => {
      receiveUpTo("speaker_change", 3);
      assert.deepEqual(message("m6").agentPath, ["Team", "Ann"]);
      assert.equal(message("m6").reason, "She was asked.");
      assert.equal(tab.store.conversation.round, 1);
    });

    it("keeps a skipped turn with its error", () => {
      receiveUpTo("streaming_complete", 3);
      assert.deepEqual([message("m6").state, message("m6").finishReason, message("m6").error.fatal], ["done", "error", false]);
      assert.equal(tab.store.conversation.state, "running");
    });

    it("counts what was used answer by answer, and exactly at an end", () => {
      assert.equal(tab.store.conversation.usage, null);
      receiveUpTo("streaming_complete", 1);
      assert.deepEqual(tab.store.conversation.usage, { input_tokens: 9, output_tokens: 2, total_tokens: 11, estimated: true });
      receiveUpTo("streaming_complete", 2);
      assert.deepEqual(tab.store.conversation.usage, { input_tokens: 29, output_tokens: 7, total_tokens: 36, estimated: true });
      receiveUpTo("conversation_ended");
      assert.equal(tab.store.conversation.usage.total_tokens, 50);
      receiveUpTo("streaming_complete", 4);
      assert.equal(tab.store.conversation.usage.total_tokens, 62);
    });

    it("runs again when it is continued after its end", () => {
      receiveUpTo("conversation_ended");
      assert.deepEqual([tab.store.conversation.state, tab.store.conversation.ended], ["ended", true]);
      receiveUpTo("conversation_started", 2);
      const { state, ended, run, round } = tab.store.conversation;
      assert.deepEqual({ state, ended, run, round }, { state: "running", ended: false, run: 2, round: 0 });
      tab.receive(journal);
      assert.deepEqual(tab.entries("ended").map(({ run: of, reason }) => [of, reason]), [[1, "max_rounds"], [2, "stopped"]]);
      assert.deepEqual(tab.messages.map(({ run: of }) => of), [1, 1, 1, 1, 1, 1, 2, 2]);
    });

    it("leaves nothing open at an end", () => {
      receiveUpTo("input_requested");
      const { seq } = journal[upTo("input_requested")];
      tab.receive([{ type: "conversation_ended", conversation_id: CONVERSATION_ID, seq, data: { reason: "failed" } }]);
      assert.deepEqual([tab.store.conversation.state, tab.store.conversation.pendingInputs], ["ended", []]);
    });
  });

  describe("of a steered conversation that was cut off", () => {
    for (let seq = 1; seq <= journal.length; seq++) {
      const when = `after frame ${seq} (${journal[seq - 1].type})`;

      it(`${when} is the same by replay`, () => {
        tab.receive(journal.slice(0, seq));
        tab.cutAndReconnect();
        tab.replay();
        const result = plain(tab.store.conversation);
        assert.deepEqual(result, uncut());
      });

      it(`${when} is the same by merged replay`, () => {
        tab.receive(journal.slice(0, seq));
        tab.cutAndReconnect();
        tab.replay(merged);
        const result = plain(tab.store.conversation);
        assert.deepEqual(result, uncut());
      });

      it(`${when} is the same by replay after a reload`, () => {
        tab.receive(journal.slice(0, seq));
        tab.reload();
        tab.replay();
        const result = plain(tab.store.conversation);
        assert.deepEqual(result, uncut());
      });

      it(`${when} is the same by snapshot`, () => {
        tab.receive(journal.slice(0, seq));
        const live = comparable(tab.store.conversation);
        // A snapshot tells what selectors used only at an end.
        tab.cutAndReconnect();
        tab.snapshot(seq);
        const told = comparable(tab.store.conversation);
        if (told.run > 1 && !told.ended) told.usage = live.usage;
        assert.deepEqual(told, live);
        tab.receive(journal.slice(seq));
        assert.deepEqual(comparable(tab.store.conversation), comparable(uncut()));
      });

      it(`${when} is the same in another tab`, () => {
        tab.environment.storage.removeItem("agentstream.conversation");
        tab.openPage();
        tab.open();
        tab.snapshot(seq);
        tab.receive(journal.slice(seq));
        assert.deepEqual(comparable(tab.store.conversation), comparable(uncut()));
      });
    }
  });

  describe("steers the conversation it shows", () => {
    const commands = {
      send_message: [() => tab.store.sendMessage("Hi", { interrupt: true, messageId: "u1" }), { content: "Hi", interrupt: true, message_id: "u1" }],
      stop_speaker: [() => tab.store.stopSpeaker("m2"), { message_id: "m2" }],
      stop_conversation: [() => tab.store.stop(), {}],
      pause_conversation: [() => tab.store.pause(), {}],
      unpause_conversation: [() => tab.store.unpause(), {}],
      input_response: [() => tab.store.inputResponse("i1", "deny"), { request_id: "i1", content: "deny" }],
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
        assert.equal(tab.store.sync, "live");
      });

      it(`but sends no ${type} when it shows none`, async () => {
        tab.store.leave();
        FakeSocket.latest.sent = [];
        await assert.rejects(act(), { code: "not_found" });
        assert.deepEqual(FakeSocket.latest.sent, []);
      });
    }
  });
});
