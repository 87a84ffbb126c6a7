import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { AgentstreamConnection, ConversationStore } from "../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment, settled } from "./support/fake-environment.js";
import { FakeSocket } from "./support/fake-socket.js";

const ID = "c2hhcmVkLWNvbnZlcnNhdGlvbg";
const TOKEN = "t".repeat(43);
const ANNA = { id: "u1", name: "Anna", verified: true };
const SHARE = { share_id: "s1", access: "view", created_at: "2026-01-01T00:00:00.000Z", visits: 1, visitors: [{ author: ANNA, came_at: "2026-01-01T00:00:00.000Z" }] };

describe("a shared conversation", () => {
  let connection;
  let store;

  beforeEach(() => {
    const environment = fakeEnvironment();
    connection = new AgentstreamConnection("ws://example.org/ws", environment);
    store = new ConversationStore(connection, { ...environment, presence: true });
    connection.connect();
    FakeSocket.latest.welcome();
  });

  it("is joined by the token of its link, and again after a lost connection", () => {
    store.open(ID, { shareToken: TOKEN });
    assert.deepEqual(FakeSocket.latest.sentOf("join_conversation").at(-1).data, { conversation_id: ID, share_token: TOKEN, presence: true });
    FakeSocket.latest.answer("joined", { conversation_id: ID, mode: "snapshot", epoch: 1, access: "view" });
    assert.equal(store.access, "view");
    store.open("b3RoZXI");
    assert.equal(FakeSocket.latest.sentOf("join_conversation").at(-1).data.share_token, undefined);
    assert.equal(store.access, "steer");
  });

  it("is the viewer's own as the server says, whatever the link", () => {
    const join = (data) => FakeSocket.latest.answer("joined", { conversation_id: ID, mode: "snapshot", epoch: 1, ...data });
    store.open(ID, { shareToken: TOKEN });
    assert.equal(store.isOwner, false);
    join({});
    assert.equal(store.isOwner, true);
    store.open(ID);
    assert.equal(store.isOwner, true);
    join({ owner: false });
    assert.equal(store.isOwner, false);
  });

  it("is gone when the link ends, and says why", () => {
    store.open(ID, { shareToken: TOKEN });
    let error;
    store.addEventListener("sync", ({ detail }) => (error = detail.error));
    FakeSocket.latest.receive({ type: "left", conversation_id: ID, data: { conversation_id: ID, reason: "share_ended" } });
    assert.equal(store.sync, "gone");
    assert.match(error.message, /link/u);
  });

  it("shows who is here and who types, until it is left", async () => {
    store.open(ID);
    assert.equal(store.presence, null);
    let told = 0;
    store.addEventListener("presence", () => told++);
    FakeSocket.latest.receive({ type: "presence", conversation_id: ID, data: { conversation_id: ID, viewers: 2, typing: 1, people: [{ author: ANNA, typing: true }, { author: { id: "c2", verified: false } }] } });
    assert.deepEqual(store.presence, { viewers: 2, typing: 1, people: [{ author: ANNA, typing: true }, { author: { id: "c2", verified: false }, typing: false }] });
    FakeSocket.latest.receive({ type: "presence", conversation_id: ID, data: { conversation_id: ID, viewers: 1000, typing: 0 } });
    assert.deepEqual(store.presence, { viewers: 1000, typing: 0 });
    FakeSocket.latest.receive({ type: "presence", conversation_id: "b3RoZXI", data: { conversation_id: "b3RoZXI", viewers: 1, typing: 0 } });
    assert.equal(told, 2);
    store.open("b3RoZXI");
    assert.equal(store.presence, null);
  });

  it("takes part from its start on", async () => {
    const started = store.start({ topic: "Tea?" });
    FakeSocket.latest.answer("accepted", { conversation_id: ID, epoch: 1 });
    await started;
    assert.deepEqual(FakeSocket.latest.sentOf("join_conversation").at(-1).data, { conversation_id: ID, epoch: 1, after_seq: 0, presence: true });
    assert.equal(store.sync, "live");
  });

  it("has links that are made, listed and revoked", async () => {
    store.open(ID);
    FakeSocket.latest.answer("joined", { conversation_id: ID, mode: "snapshot", epoch: 1 });
    await settled();
    const made = store.share({ access: "view", expiresInSeconds: 60 });
    assert.deepEqual(FakeSocket.latest.sentOf("share_conversation").at(-1).data, { conversation_id: ID, access: "view", expires_in_seconds: 60 });
    FakeSocket.latest.answer("shared", { conversation_id: ID, share: SHARE, token: TOKEN });
    const { share, token } = await made;
    assert.equal(token, TOKEN);
    assert.deepEqual(share, { shareId: "s1", access: "view", createdAt: SHARE.created_at, visits: 1, visitors: [{ author: ANNA, cameAt: SHARE.created_at }] });
    const listed = store.listShares();
    FakeSocket.latest.answer("shares", { conversation_id: ID, shares: [{ ...SHARE, expires_at: SHARE.created_at }] });
    assert.deepEqual(await listed, [{ ...share, expiresAt: SHARE.created_at }]);
    void store.revokeShare("s1").catch(() => {});
    void store.typing().catch(() => {});
    await settled();
    assert.deepEqual(FakeSocket.latest.sentOf("revoke_share").at(-1).data, { conversation_id: ID, share_id: "s1" });
    assert.deepEqual(FakeSocket.latest.sentOf("typing").at(-1).data, { conversation_id: ID });
  });
});
