import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { FakeSocket } from "./support/fake-socket.js";
import { merged } from "./support/journal.js";
import * as recording from "./support/recorded-conversation.js";
import { Tab } from "./support/tab.js";

const { CONVERSATION_ID, START, assertComplete, journal } = recording;

describe("a conversation store", () => {
  let tab;

  beforeEach(async () => {
    tab = new Tab(recording);
    await tab.start(START);
  });

  describe("that follows a conversation", () => {
    it("shows what was said when all frames come", () => {
      tab.receive(journal);
      assertComplete(tab);
    });

    it("shows the same when tokens come merged", () => {
      assert.ok(merged(journal).length < journal.length);
      tab.receive(merged(journal));
      assertComplete(tab);
    });

    it("shows each event once when frames come twice", () => {
      tab.receive(journal.flatMap((frame) => [frame, frame]));
      assertComplete(tab);
    });

    it("shows a message growing before it is done", () => {
      tab.receive(journal.slice(0, 8));
      const message = tab.messages.at(-1);
      assert.deepEqual(
        [message.sender, message.content, message.state, message.thinking],
        ["Ada", "Tea, of", "streaming", "Let me see"],
      );
    });

    it("tells of the entry that changed", () => {
      const told = [];
      tab.store.addEventListener("entry", ({ detail }) => told.push(detail.entry));
      tab.receive(journal.slice(0, 8));
      assert.deepEqual(told.at(-1), tab.messages.at(-1));
      assert.equal(told.length, 6);
    });

    it("keeps how a message ended and what it cost", () => {
      tab.receive(journal);
      assert.equal(tab.messages[1].finishReason, "stop");
      assert.equal(tab.messages[1].usage.total_tokens, 14);
    });

    it("keeps tool calls with their results beside the text", () => {
      tab.receive(journal);
      assert.deepEqual(tab.messages[2].tools, [
        { callId: "t1", name: "caffeine", arguments: '{"of":"coffee"}', result: "95 mg", isError: false },
      ]);
    });

    it("knows the conversation's frame: topic, agents, rounds", () => {
      tab.receive(journal);
      const { topic, agents, round, maxRounds, run } = tab.store.conversation;
      assert.deepEqual({ topic, agents, round, maxRounds, run }, { topic: START.topic, agents: ["Ada", "Bo"], round: 2, maxRounds: 2, run: 1 });
    });

    it("drops the overlap of a merged frame with what is already there", () => {
      tab.receive(journal.slice(0, 8));
      const whole = merged(journal).find(({ type, from_seq }) => from_seq && type === "streaming_token");
      tab.receive([whole]);
      assert.equal(tab.messages.at(-1).content, "Tea, of course 🍵.");
      assert.equal(tab.store.conversation.seq, whole.seq);
    });

    it("leaves frames of other conversations alone", () => {
      tab.receive(journal.slice(0, 4));
      tab.receive([{ ...journal[4], conversation_id: "another" }]);
      assert.equal(tab.store.conversation.seq, 4);
    });

    it("keeps a failed message with its error", () => {
      tab.receive(journal.slice(0, 4));
      const failed = { message_id: "m2", agent_name: "Ada", retryable: false, fatal: false };
      tab.receive([
        { type: "error", conversation_id: CONVERSATION_ID, seq: 5, data: { ...failed, code: "upstream_error", message: "The model failed." } },
        { type: "streaming_complete", conversation_id: CONVERSATION_ID, seq: 6, data: { message_id: "m2", full_content: "", finish_reason: "error" } },
      ]);
      const message = tab.messages.at(-1);
      assert.deepEqual([message.state, message.finishReason, message.error.code], ["done", "error", "upstream_error"]);
    });

    it("keeps an error that belongs to no message as an entry of its own", () => {
      tab.receive(journal.slice(0, 4));
      tab.receive([{ type: "error", conversation_id: CONVERSATION_ID, seq: 5, data: { code: "internal", message: "Oh.", fatal: true } }]);
      assert.equal(tab.entries("error")[0].error.code, "internal");
    });
  });

  describe("that times answers", () => {
    const timings = () => tab.messages.map(({ timing }) => timing);
    const lived = (frames, ms) => frames.forEach((frame) => (tab.environment.clock.advance(ms), tab.receive([frame])));

    it("counts to the first token, of thinking too, and to the end", () => {
      lived(journal.slice(0, 13), 100);
      assert.deepEqual(timings(), [undefined, { firstTokenMs: 100, totalMs: 800, pieces: 7 }]);
    });

    it("does not time what it did not see begin or end", () => {
      lived(journal.slice(0, 8), 100);
      tab.cutAndReconnect();
      tab.replay((missed) => missed.slice(0, 12));
      assert.ok(tab.messages.length > 2);
      assert.deepEqual(timings().filter(Boolean), []);
    });

    it("keeps the times through a snapshot and a reload", () => {
      lived(journal.slice(0, 13), 100);
      tab.cutAndReconnect();
      tab.snapshot(journal.length);
      tab.openPage();
      tab.open();
      assert.deepEqual(timings()[1], { firstTokenMs: 100, totalMs: 800, pieces: 7 });
    });
  });

  describe("in a tab", () => {
    it("asks for a snapshot of a conversation that it does not know", () => {
      tab.environment.storage.removeItem("agentstream.conversation");
      tab.openPage();
      tab.open();
      assert.deepEqual(tab.joins, [{ conversation_id: CONVERSATION_ID }]);
      tab.snapshot(20);
      tab.receive(journal.slice(20));
      assertComplete(tab);
    });

    it("shows what it knew at once after a reload, before the server has answered", () => {
      tab.receive(journal.slice(0, 8));
      tab.reload();
      assert.deepEqual(tab.texts, ["Tea or coffee? 🍵", "Tea, of"]);
    });

    it("continues from the last whole message when the tab was killed", () => {
      tab.receive(journal.slice(0, 16));
      tab.openPage();
      tab.open();
      assert.equal(tab.joins[0].after_seq, 13);
      tab.replay();
      assertComplete(tab);
    });

    it("works without a place to keep anything", async () => {
      tab.environment.storage = {
        getItem() {
          throw new Error("forbidden");
        },
        setItem() {
          throw new Error("full");
        },
        removeItem() {},
      };
      tab.openPage();
      await tab.start(START);
      tab.receive(journal);
      assertComplete(tab);
    });

    it("does not mind that what was kept is of another make", () => {
      tab.environment.storage.setItem("agentstream.conversation", '{"shape":0,"conversation":{}}');
      tab.openPage();
      tab.open();
      assert.deepEqual(tab.joins, [{ conversation_id: CONVERSATION_ID }]);
    });

    it("leaves a conversation without a trace", () => {
      tab.receive(journal.slice(0, 8));
      tab.store.leave();
      tab.receive(journal.slice(8));
      assert.equal(tab.store.conversation, null);
      assert.equal(FakeSocket.latest.sentOf("leave_conversation").length, 1);
      tab.cutAndReconnect();
      assert.deepEqual(tab.joins, []);
    });
  });
});
