import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";
import { merged } from "./support/journal.js";
import * as recording from "./support/recorded-conversation.js";
import { Tab } from "./support/tab.js";

const { CONVERSATION_ID, EPOCH, START, assertComplete, finalText, journal, snapshotAfter } = recording;

describe("a conversation store", () => {
  let tab;

  beforeEach(async () => {
    tab = new Tab(recording);
    await tab.start(START);
  });

  describe("that was cut off", () => {
    for (let cutAfter = 1; cutAfter <= journal.length; cutAfter++) {
      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text by replay`, () => {
        tab.receive(journal.slice(0, cutAfter));
        tab.cutAndReconnect();
        tab.replay();
        assertComplete(tab);
      });

      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text by merged replay`, () => {
        tab.receive(journal.slice(0, cutAfter));
        tab.cutAndReconnect();
        tab.replay(merged);
        assertComplete(tab);
      });

      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text by snapshot`, () => {
        tab.receive(journal.slice(0, cutAfter));
        tab.cutAndReconnect();
        tab.snapshot(Math.min(cutAfter + 3, journal.length));
        tab.receive(journal.slice(Math.min(cutAfter + 3, journal.length)));
        assertComplete(tab);
      });

      it(`after frame ${cutAfter} (${journal[cutAfter - 1].type}) shows the same text after a reload`, () => {
        tab.receive(journal.slice(0, cutAfter));
        tab.reload();
        assert.deepEqual(tab.joins, [{ conversation_id: CONVERSATION_ID, epoch: EPOCH, after_seq: cutAfter }]);
        tab.replay();
        assertComplete(tab);
      });
    }

    it("before the first frame asks for all of them", () => {
      tab.cutAndReconnect();
      assert.deepEqual(tab.joins, [{ conversation_id: CONVERSATION_ID, epoch: EPOCH, after_seq: 0 }]);
      tab.replay();
      assertComplete(tab);
    });

    it("shows the same text when the cut comes again after every frame", () => {
      for (let seq = 1; seq <= journal.length; seq++) {
        tab.cutAndReconnect();
        tab.joined({ mode: "replay", epoch: EPOCH, from_seq: seq, to_seq: seq });
        tab.receive([journal[seq - 1]]);
      }
      assertComplete(tab);
    });

    it("says that it is behind until it has joined again", () => {
      tab.receive(journal.slice(0, 8));
      FakeSocket.latest.cut();
      assert.equal(tab.store.sync, "joining");
      tab.reconnect();
      assert.equal(tab.store.sync, "joining");
      tab.replay();
      assert.equal(tab.store.sync, "live");
    });

    it("starts over when the server has another epoch", () => {
      tab.receive(journal.slice(0, 20));
      tab.cutAndReconnect();
      tab.joined({ mode: "snapshot", epoch: EPOCH + 1 });
      const snapshot = snapshotAfter(12);
      tab.receive([{ ...snapshot, data: { ...snapshot.data, epoch: EPOCH + 1 } }]);
      assert.deepEqual([tab.store.conversation.epoch, tab.store.conversation.seq], [EPOCH + 1, 12]);
      assert.deepEqual(tab.texts, ["Tea or coffee? 🍵", "Tea, of course 🍵."]);
    });

    it("keeps the text and says so when the conversation is gone", async () => {
      tab.receive(journal);
      tab.cutAndReconnect();
      FakeSocket.latest.answer("error", { code: "not_found", message: "No such conversation." });
      await settled();
      assert.equal(tab.store.sync, "gone");
      assert.deepEqual(tab.texts, finalText);
    });

    it("is gone when the server says that it was removed, and not when another one was", () => {
      tab.receive(journal.slice(0, 8));
      FakeSocket.latest.receive({ type: "left", conversation_id: "another", data: { conversation_id: "another" } });
      assert.equal(tab.store.sync, "live");
      FakeSocket.latest.receive({ type: "left", conversation_id: CONVERSATION_ID, data: { conversation_id: CONVERSATION_ID } });
      assert.equal(tab.store.sync, "gone");
      assert.equal(tab.store.conversation.state, "gone");
      tab.cutAndReconnect();
      assert.equal(tab.joins.length, 0);
    });

    it("does not say that a conversation runs that is gone", async () => {
      const told = [];
      tab.receive(journal.slice(0, 8));
      tab.store.addEventListener("entry", ({ detail: { entry } }) => told.push(entry.finishReason));
      tab.cutAndReconnect();
      FakeSocket.latest.answer("error", { code: "not_found", message: "There is no such conversation." });
      await settled();
      assert.equal(tab.store.conversation.state, "gone");
      assert.deepEqual(tab.store.conversation.pendingInputs, []);
      assert.deepEqual(tab.messages.filter(({ state }) => state === "streaming"), []);
      assert.deepEqual(told, ["truncated"]);
    });

    it("leaves an end as it was when the server has forgotten the conversation", async () => {
      tab.receive(journal);
      tab.cutAndReconnect();
      FakeSocket.latest.answer("error", { code: "not_found", message: "There is no such conversation." });
      await settled();
      assert.deepEqual([tab.store.conversation.state, tab.store.sync], ["ended", "gone"]);
    });

    it("keeps for a reload what the server last told of a conversation that is gone", async () => {
      tab.receive(journal.slice(0, 8));
      tab.leavePage();
      tab.cutAndReconnect();
      FakeSocket.latest.answer("error", { code: "not_found", message: "There is no such conversation." });
      await settled();
      tab.reload();
      assert.equal(tab.messages.at(-1).state, "streaming");
    });

    it("tries again later when the server has no room for it now", async () => {
      tab.receive(journal.slice(0, 8));
      tab.cutAndReconnect();
      FakeSocket.latest.answer("error", { code: "rate_limited", message: "Slow down.", retryable: true });
      await settled();
      tab.environment.clock.advance(2_000);
      assert.equal(tab.joins.length, 2);
      tab.replay();
      assertComplete(tab);
    });
  });

  describe("that comes back", () => {
    let caughtUp;

    beforeEach(() => {
      caughtUp = [];
      tab.receive(journal.slice(0, 8));
      tab.store.addEventListener("caughtup", () => caughtUp.push(tab.store.conversation.seq));
      tab.cutAndReconnect();
    });

    it("says when the replay is in, and not before", () => {
      tab.replay((missed) => missed.slice(0, -1));
      assert.deepEqual(caughtUp, []);
      tab.receive(journal.slice(-1));
      assert.deepEqual(caughtUp, [journal.length]);
    });

    it("says so at once when nothing was missed", () => {
      tab.joined({ mode: "replay", epoch: EPOCH, from_seq: 9, to_seq: 8 });
      assert.deepEqual(caughtUp, [8]);
    });

    it("says when the snapshot is in", () => {
      tab.joined({ mode: "snapshot", epoch: EPOCH });
      assert.deepEqual(caughtUp, []);
      tab.receive([snapshotAfter(20)]);
      assert.deepEqual(caughtUp, [20]);
    });
  });

  describe("that lost something", () => {
    it("joins again at the gap", () => {
      tab.receive([...journal.slice(0, 8), ...journal.slice(9)]);
      assert.deepEqual(tab.joins, [{ conversation_id: CONVERSATION_ID, epoch: EPOCH, after_seq: 8 }]);
      tab.replay();
      assertComplete(tab);
    });

    it("joins again when an offset lies beyond the text", () => {
      tab.receive(journal.slice(0, 8));
      tab.receive([{ ...journal[8], data: { ...journal[8].data, offset: 99 } }]);
      assert.equal(tab.joins.at(-1).after_seq, 8);
    });

    it("asks for a snapshot when the replay has the same gap", () => {
      tab.receive([...journal.slice(0, 8), journal[9]]);
      tab.replay((events) => events.slice(1));
      assert.deepEqual(tab.joins.at(-1), { conversation_id: CONVERSATION_ID });
      tab.snapshot(10);
      tab.receive(journal.slice(10));
      assertComplete(tab);
    });

    it("takes a snapshot that comes unasked, as a slow viewer gets it", () => {
      tab.receive(journal.slice(0, 5));
      tab.receive([snapshotAfter(24), ...journal.slice(24)]);
      assertComplete(tab);
    });

    it("takes no events between the announcement of a snapshot and the snapshot", () => {
      tab.receive(journal.slice(0, 8));
      tab.cutAndReconnect();
      tab.joined({ mode: "snapshot", epoch: EPOCH });
      tab.receive([journal[8]]);
      assert.equal(tab.store.conversation.seq, 8);
      tab.receive([snapshotAfter(8), ...journal.slice(8)]);
      assertComplete(tab);
    });
  });
});
