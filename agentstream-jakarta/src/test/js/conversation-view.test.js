import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { ConversationView } from "../../main/resources/META-INF/resources/agentstream/conversation-view.js";

/** A store whose conversation the test changes in place, as the real one does. */
class Store extends EventTarget {
  conversation = { topic: "tea", pendingInputs: [], entries: [message("m1", "Hello"), message("m2", "It ")] };
  sync = "live";

  say(index, text) {
    const entry = this.conversation.entries[index];
    entry.content += text;
    this.dispatchEvent(new CustomEvent("entry", { detail: { entry } }));
  }
}

function message(messageId, content) {
  return { kind: "message", messageId, content, tools: [{ callId: "c", name: "look" }] };
}

describe("a view of a conversation", () => {
  let store, frames, view;
  let calls = 0;
  const frame = () => frames.splice(0).forEach((callback) => callback());
  const contents = () => view.getSnapshot().conversation.entries.map(({ content }) => content);

  beforeEach(() => {
    store = new Store();
    frames = [];
    calls = 0;
    view = new ConversationView(store, { requestFrame: (callback) => frames.push(callback) });
    view.subscribe(() => calls++);
  });

  it("calls its subscribers once a frame, however many tokens arrive", () => {
    for (let i = 0; i < 100; i++) store.say(1, "is ");
    assert.equal(calls, 0);
    frame();
    assert.equal(calls, 1);
    assert.equal(contents()[1], "It " + "is ".repeat(100));
    frame();
    assert.equal(calls, 1);
  });

  it("keeps its snapshot when the first subscriber comes before there is anything to show", () => {
    const empty = new Store();
    empty.conversation = null;
    empty.sync = "idle";
    const early = new ConversationView(empty, { requestFrame: (callback) => frames.push(callback) });
    const shown = early.getSnapshot();
    const leave = early.subscribe(() => {});
    assert.equal(early.getSnapshot(), shown);
    leave();
    empty.sync = "live";
    early.subscribe(() => {});
    assert.equal(early.getSnapshot().sync, "live");
  });

  it("gives the same object until something changes", () => {
    const before = view.getSnapshot();
    assert.equal(view.getSnapshot(), before);
    store.say(1, "is.");
    assert.equal(view.getSnapshot(), before);
    frame();
    assert.notEqual(view.getSnapshot(), before);
  });

  it("keeps the objects of entries that rest, and replaces those that change", () => {
    const [first, second] = view.getSnapshot().conversation.entries;
    store.say(1, "is.");
    frame();
    const after = view.getSnapshot().conversation.entries;
    assert.equal(after[0], first);
    assert.notEqual(after[1], second);
  });

  it("never changes a snapshot", () => {
    const { conversation } = view.getSnapshot();
    store.conversation.entries[1].tools[0].result = "found";
    store.say(1, "is.");
    frame();
    assert.equal(conversation.entries[1].content, "It ");
    assert.equal(conversation.entries[1].tools[0].result, undefined);
  });

  it("keeps other objects while tokens arrive, and replaces them with any other change", () => {
    const before = view.getSnapshot().conversation.pendingInputs;
    store.say(1, "is.");
    frame();
    assert.equal(view.getSnapshot().conversation.pendingInputs, before);
    store.conversation.pendingInputs.push({ requestId: "r" });
    store.dispatchEvent(new CustomEvent("change"));
    frame();
    assert.deepEqual(before, []);
    assert.deepEqual(view.getSnapshot().conversation.pendingInputs, [{ requestId: "r" }]);
  });

  it("has the error with which a conversation is gone", () => {
    const error = new Error("removed");
    store.sync = "gone";
    store.dispatchEvent(new CustomEvent("sync", { detail: { sync: "gone", error } }));
    frame();
    assert.deepEqual([view.getSnapshot().sync, view.getSnapshot().error], ["gone", error]);
  });

  it("shows an empty store", () => {
    store.conversation = null;
    store.dispatchEvent(new CustomEvent("reset"));
    frame();
    assert.equal(view.getSnapshot().conversation, null);
  });

  it("sees with a new subscription what has changed without one", () => {
    const idle = new ConversationView(store, { requestFrame: (callback) => frames.push(callback) });
    const end = idle.subscribe(() => {});
    end();
    store.say(0, " there");
    assert.equal(frames.length, 1, "only the other view asks for a frame");
    idle.subscribe(() => {});
    assert.equal(idle.getSnapshot().conversation.entries[0].content, "Hello there");
  });
});
