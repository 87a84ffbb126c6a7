import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection, ConversationStore } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";
import { merged } from "./support/journal.js";
import { CONVERSATION_ID, EPOCH, finalText, journal, snapshotAfter } from "./support/recorded-conversation.js";

const START = { topic: "Tea or coffee? 🍵", maxRounds: 2 };

describe("a conversation store", () => {
  let environment;
  let connection;
  let store;

  beforeEach(async () => {
    environment = fakeEnvironment();
    await openPage();
    await start();
  });

  async function openPage() {
    connection = new AgentstreamConnection("ws://example.org/ws", environment);
    store = new ConversationStore(connection, environment);
    connection.connect();
    FakeSocket.latest.welcome();
  }

  async function start() {
    const started = store.start(START);
    FakeSocket.latest.answer("accepted", { conversation_id: CONVERSATION_ID, epoch: EPOCH });
    assert.equal(await started, CONVERSATION_ID);
  }

  function receive(frames) {
    for (const frame of frames) FakeSocket.latest.receive(frame);
  }

  function reopen() {
    environment.clock.advance(connection.state.retryAt - environment.now());
    FakeSocket.latest.welcome();
  }

  function cutAndReopen() {
    FakeSocket.latest.cut();
    reopen();
  }

  function answerWithReplay(frames = (events) => events) {
    const { epoch, after_seq } = FakeSocket.latest.sentOf("join_conversation").at(-1).data;
    assert.equal(epoch, EPOCH);
    const missed = journal.slice(after_seq);
    joined({ mode: "replay", epoch, from_seq: after_seq + 1, to_seq: journal.length });
    receive(frames(missed));
  }

  function answerWithSnapshot(seq) {
    joined({ mode: "snapshot", epoch: EPOCH });
    receive([snapshotAfter(seq), ...journal.slice(seq)]);
  }

  function joined(data) {
    FakeSocket.latest.answer("joined", data, { conversation_id: CONVERSATION_ID });
  }

  const entries = (kind) => store.conversation.entries.filter((entry) => entry.kind === kind);
  const messages = () => entries("message");
  const text = () => messages().map(({ content }) => content);
  const joins = () => FakeSocket.latest.sentOf("join_conversation").map(({ data }) => data);

  function assertComplete() {
    assert.deepEqual(text(), finalText);
    assert.ok(messages().every(({ state }) => state === "done"));
    assert.equal(store.conversation.state, "ended");
    assert.equal(store.conversation.seq, journal.length);
    assert.equal(entries("ended").length, 1);
    assert.equal(store.sync, "live");
  }

  describe("that follows a conversation", () => {
    it("shows what was said when all frames come", () => {
      receive(journal);
      assertComplete();
    });

    it("shows the same when tokens come merged", () => {
      assert.ok(merged(journal).length < journal.length);
      receive(merged(journal));
      assertComplete();
    });

    it("shows each event once when frames come twice", () => {
      receive(journal.flatMap((frame) => [frame, frame]));
      assertComplete();
    });

    it("shows a message growing before it is done", () => {
      receive(journal.slice(0, 8));
      const message = messages().at(-1);
      assert.deepEqual(
        [message.sender, message.content, message.state, message.thinking],
        ["Ada", "Tea, of", "streaming", "Let me see"],
      );
    });

    it("tells of the entry that changed", () => {
      const told = [];
      store.addEventListener("entry", ({ detail }) => told.push(detail.entry));
      receive(journal.slice(0, 8));
      assert.deepEqual(told.at(-1), messages().at(-1));
      assert.equal(told.length, 6);
    });

    it("keeps how a message ended and what it cost", () => {
      receive(journal);
      assert.equal(messages()[1].finishReason, "stop");
      assert.equal(messages()[1].usage.total_tokens, 14);
    });

    it("keeps tool calls with their results beside the text", () => {
      receive(journal);
      assert.deepEqual(messages()[2].tools, [
        { callId: "t1", name: "caffeine", arguments: '{"of":"coffee"}', result: "95 mg", isError: false },
      ]);
    });

    it("knows the conversation's frame: topic, agents, rounds", () => {
      receive(journal);
      const { topic, agents, round, maxRounds, run } = store.conversation;
      assert.deepEqual({ topic, agents, round, maxRounds, run }, { topic: START.topic, agents: ["Ada", "Bo"], round: 2, maxRounds: 2, run: 1 });
    });

    it("drops the overlap of a merged frame with what is already there", () => {
      receive(journal.slice(0, 8));
      const whole = merged(journal).find(({ type, from_seq }) => from_seq && type === "streaming_token");
      receive([whole]);
      assert.equal(messages().at(-1).content, "Tea, of course 🍵.");
      assert.equal(store.conversation.seq, whole.seq);
    });

    it("leaves frames of other conversations alone", () => {
      receive(journal.slice(0, 4));
      receive([{ ...journal[4], conversation_id: "another" }]);
      assert.equal(store.conversation.seq, 4);
    });

    it("keeps a failed message with its error", () => {
      receive(journal.slice(0, 4));
      const failed = { message_id: "m2", agent_name: "Ada", retryable: false, fatal: false };
      receive([
        { type: "error", conversation_id: CONVERSATION_ID, seq: 5, data: { ...failed, code: "upstream_error", message: "The model failed." } },
        { type: "streaming_complete", conversation_id: CONVERSATION_ID, seq: 6, data: { message_id: "m2", full_content: "", finish_reason: "error" } },
      ]);
      const message = messages().at(-1);
      assert.deepEqual([message.state, message.finishReason, message.error.code], ["done", "error", "upstream_error"]);
    });

    it("keeps an error that belongs to no message as an entry of its own", () => {
      receive(journal.slice(0, 4));
      receive([{ type: "error", conversation_id: CONVERSATION_ID, seq: 5, data: { code: "internal", message: "Oh.", fatal: true } }]);
      assert.equal(entries("error")[0].error.code, "internal");
    });
  });

  describe("that was cut off", () => {
    for (let cutAfter = 1; cutAfter <= journal.length; cutAfter++) {
      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text by replay`, () => {
        receive(journal.slice(0, cutAfter));
        cutAndReopen();
        answerWithReplay();
        assertComplete();
      });

      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text by merged replay`, () => {
        receive(journal.slice(0, cutAfter));
        cutAndReopen();
        answerWithReplay(merged);
        assertComplete();
      });

      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text by snapshot`, () => {
        receive(journal.slice(0, cutAfter));
        cutAndReopen();
        answerWithSnapshot(Math.min(cutAfter + 3, journal.length));
        assertComplete();
      });

      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text after a reload`, async () => {
        receive(journal.slice(0, cutAfter));
        environment.window.dispatchEvent(new Event("pagehide"));
        await openPage();
        store.open(CONVERSATION_ID);
        assert.deepEqual(joins(), [{ conversation_id: CONVERSATION_ID, epoch: EPOCH, after_seq: cutAfter }]);
        answerWithReplay();
        assertComplete();
      });
    }

    it("before the first frame asks for all of them", () => {
      cutAndReopen();
      assert.deepEqual(joins(), [{ conversation_id: CONVERSATION_ID, epoch: EPOCH, after_seq: 0 }]);
      answerWithReplay();
      assertComplete();
    });

    it("shows the same text when the cut comes again after every frame", () => {
      for (let seq = 1; seq <= journal.length; seq++) {
        cutAndReopen();
        joined({ mode: "replay", epoch: EPOCH, from_seq: seq, to_seq: seq });
        receive([journal[seq - 1]]);
      }
      assertComplete();
    });

    it("says that it is behind until it has joined again", () => {
      receive(journal.slice(0, 8));
      FakeSocket.latest.cut();
      assert.equal(store.sync, "joining");
      reopen();
      assert.equal(store.sync, "joining");
      answerWithReplay();
      assert.equal(store.sync, "live");
    });

    it("starts over when the server has another epoch", () => {
      receive(journal.slice(0, 20));
      cutAndReopen();
      joined({ mode: "snapshot", epoch: EPOCH + 1 });
      const snapshot = snapshotAfter(12);
      receive([{ ...snapshot, data: { ...snapshot.data, epoch: EPOCH + 1 } }]);
      assert.deepEqual([store.conversation.epoch, store.conversation.seq], [EPOCH + 1, 12]);
      assert.deepEqual(text(), ["Tea or coffee? 🍵", "Tea, of course 🍵."]);
    });

    it("keeps the text and says so when the conversation is gone", async () => {
      receive(journal);
      cutAndReopen();
      FakeSocket.latest.answer("error", { code: "not_found", message: "No such conversation." });
      await settled();
      assert.equal(store.sync, "gone");
      assert.deepEqual(text(), finalText);
    });

    it("is gone when the server says that it was removed, and not when another one was", async () => {
      receive(journal.slice(0, 8));
      FakeSocket.latest.receive({ type: "left", conversation_id: "another", data: { conversation_id: "another" } });
      assert.equal(store.sync, "live");
      FakeSocket.latest.receive({ type: "left", conversation_id: CONVERSATION_ID, data: { conversation_id: CONVERSATION_ID } });
      assert.equal(store.sync, "gone");
      assert.equal(store.conversation.state, "gone");
      cutAndReopen();
      assert.equal(joins().length, 0);
    });

    it("does not say that a conversation runs that is gone", async () => {
      const told = [];
      receive(journal.slice(0, 8));
      store.addEventListener("entry", ({ detail: { entry } }) => told.push(entry.finishReason));
      cutAndReopen();
      FakeSocket.latest.answer("error", { code: "not_found", message: "There is no such conversation." });
      await settled();
      assert.equal(store.conversation.state, "gone");
      assert.deepEqual(store.conversation.pendingInputs, []);
      assert.deepEqual(messages().filter(({ state }) => state === "streaming"), []);
      assert.deepEqual(told, ["truncated"]);
    });

    it("leaves an end as it was when the server has forgotten the conversation", async () => {
      receive(journal);
      cutAndReopen();
      FakeSocket.latest.answer("error", { code: "not_found", message: "There is no such conversation." });
      await settled();
      assert.deepEqual([store.conversation.state, store.sync], ["ended", "gone"]);
    });

    it("keeps for a reload what the server last told of a conversation that is gone", async () => {
      receive(journal.slice(0, 8));
      environment.window.dispatchEvent(new Event("pagehide"));
      cutAndReopen();
      FakeSocket.latest.answer("error", { code: "not_found", message: "There is no such conversation." });
      await settled();
      environment.window.dispatchEvent(new Event("pagehide"));
      await openPage();
      store.open(CONVERSATION_ID);
      assert.equal(messages().at(-1).state, "streaming");
    });

    it("tries again later when the server has no room for it now", async () => {
      receive(journal.slice(0, 8));
      cutAndReopen();
      FakeSocket.latest.answer("error", { code: "rate_limited", message: "Slow down.", retryable: true });
      await settled();
      environment.clock.advance(2_000);
      assert.equal(joins().length, 2);
      answerWithReplay();
      assertComplete();
    });
  });

  describe("that times answers", () => {
    const timings = () => messages().map(({ timing }) => timing);
    const lived = (frames, ms) => frames.forEach((frame) => (environment.clock.advance(ms), receive([frame])));

    it("counts to the first token, of thinking too, and to the end", () => {
      lived(journal.slice(0, 13), 100);
      assert.deepEqual(timings(), [undefined, { firstTokenMs: 100, totalMs: 800, pieces: 7 }]);
    });

    it("does not time what it did not see begin or end", () => {
      lived(journal.slice(0, 8), 100);
      cutAndReopen();
      answerWithReplay((missed) => missed.slice(0, 12));
      assert.ok(messages().length > 2);
      assert.deepEqual(timings().filter(Boolean), []);
    });

    it("keeps the times through a snapshot and a reload", async () => {
      lived(journal.slice(0, 13), 100);
      cutAndReopen();
      answerWithSnapshot(journal.length);
      await openPage();
      store.open(CONVERSATION_ID);
      assert.deepEqual(timings()[1], { firstTokenMs: 100, totalMs: 800, pieces: 7 });
    });
  });

  describe("that comes back", () => {
    let caughtUp;

    beforeEach(() => {
      caughtUp = [];
      receive(journal.slice(0, 8));
      store.addEventListener("caughtup", () => caughtUp.push(store.conversation.seq));
      cutAndReopen();
    });

    it("says when the replay is in, and not before", () => {
      answerWithReplay((missed) => missed.slice(0, -1));
      assert.deepEqual(caughtUp, []);
      receive(journal.slice(-1));
      assert.deepEqual(caughtUp, [journal.length]);
    });

    it("says so at once when nothing was missed", () => {
      joined({ mode: "replay", epoch: EPOCH, from_seq: 9, to_seq: 8 });
      assert.deepEqual(caughtUp, [8]);
    });

    it("says when the snapshot is in", () => {
      joined({ mode: "snapshot", epoch: EPOCH });
      assert.deepEqual(caughtUp, []);
      receive([snapshotAfter(20)]);
      assert.deepEqual(caughtUp, [20]);
    });
  });

  describe("that lost something", () => {
    it("joins again at the gap", () => {
      receive([...journal.slice(0, 8), ...journal.slice(9)]);
      assert.deepEqual(joins(), [{ conversation_id: CONVERSATION_ID, epoch: EPOCH, after_seq: 8 }]);
      answerWithReplay();
      assertComplete();
    });

    it("joins again when an offset lies beyond the text", () => {
      receive(journal.slice(0, 8));
      receive([{ ...journal[8], data: { ...journal[8].data, offset: 99 } }]);
      assert.equal(joins().at(-1).after_seq, 8);
    });

    it("asks for a snapshot when the replay has the same gap", () => {
      receive([...journal.slice(0, 8), journal[9]]);
      answerWithReplay((events) => events.slice(1));
      assert.deepEqual(joins().at(-1), { conversation_id: CONVERSATION_ID });
      answerWithSnapshot(10);
      assertComplete();
    });

    it("takes a snapshot that comes unasked, as a slow viewer gets it", () => {
      receive(journal.slice(0, 5));
      receive([snapshotAfter(24), ...journal.slice(24)]);
      assertComplete();
    });

    it("takes no events between the announcement of a snapshot and the snapshot", () => {
      receive(journal.slice(0, 8));
      cutAndReopen();
      joined({ mode: "snapshot", epoch: EPOCH });
      receive([journal[8]]);
      assert.equal(store.conversation.seq, 8);
      receive([snapshotAfter(8), ...journal.slice(8)]);
      assertComplete();
    });
  });

  describe("in a tab", () => {
    it("asks for a snapshot of a conversation that it does not know", async () => {
      environment.storage.removeItem("agentstream.conversation");
      await openPage();
      store.open(CONVERSATION_ID);
      assert.deepEqual(joins(), [{ conversation_id: CONVERSATION_ID }]);
      answerWithSnapshot(20);
      assertComplete();
    });

    it("shows what it knew at once after a reload, before the server has answered", async () => {
      receive(journal.slice(0, 8));
      environment.window.dispatchEvent(new Event("pagehide"));
      await openPage();
      store.open(CONVERSATION_ID);
      assert.deepEqual(text(), ["Tea or coffee? 🍵", "Tea, of"]);
    });

    it("continues from the last whole message when the tab was killed", async () => {
      receive(journal.slice(0, 16));
      await openPage();
      store.open(CONVERSATION_ID);
      assert.equal(joins()[0].after_seq, 13);
      answerWithReplay();
      assertComplete();
    });

    it("works without a place to keep anything", async () => {
      environment.storage = {
        getItem() {
          throw new Error("forbidden");
        },
        setItem() {
          throw new Error("full");
        },
        removeItem() {},
      };
      await openPage();
      await start();
      receive(journal);
      assertComplete();
    });

    it("does not mind that what was kept is of another make", async () => {
      environment.storage.setItem("agentstream.conversation", '{"shape":0,"conversation":{}}');
      await openPage();
      store.open(CONVERSATION_ID);
      assert.deepEqual(joins(), [{ conversation_id: CONVERSATION_ID }]);
    });

    it("leaves a conversation without a trace", () => {
      receive(journal.slice(0, 8));
      store.leave();
      receive(journal.slice(8));
      assert.equal(store.conversation, null);
      assert.equal(FakeSocket.latest.sentOf("leave_conversation").length, 1);
      cutAndReopen();
      assert.deepEqual(joins(), []);
    });
  });
});
