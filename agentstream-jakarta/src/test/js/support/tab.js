import assert from "node:assert/strict";
import { AgentstreamConnection, ConversationStore } from "../../../main/resources/META-INF/resources/agentstream/index.js";
import { fakeEnvironment } from "./fake-environment.js";
import { FakeSocket } from "./fake-socket.js";

/** A tab that shows a recorded conversation, with the server's end of its connection. */
export class Tab {
  environment = fakeEnvironment();

  /** @param {{CONVERSATION_ID: string, EPOCH: number, journal: object[], snapshotAfter: Function}} recording */
  constructor(recording) {
    this.recording = recording;
    this.openPage();
  }

  /** Opens the page, or reloads it: only the tab's storage is still there. */
  openPage() {
    this.connection = new AgentstreamConnection("ws://example.org/ws", this.environment);
    this.store = new ConversationStore(this.connection, this.environment);
    this.connection.connect();
    FakeSocket.latest.welcome();
  }

  /** Reloads the page, which may save the conversation before, and shows the conversation again. */
  reload() {
    this.leavePage();
    this.openPage();
    this.open();
  }

  leavePage() {
    this.environment.window.dispatchEvent(new Event("pagehide"));
  }

  open() {
    this.store.open(this.recording.CONVERSATION_ID);
  }

  async start(options) {
    const { CONVERSATION_ID, EPOCH } = this.recording;
    const started = this.store.start(options);
    FakeSocket.latest.answer("accepted", { conversation_id: CONVERSATION_ID, epoch: EPOCH });
    assert.equal(await started, CONVERSATION_ID);
  }

  receive(frames) {
    for (const frame of frames) FakeSocket.latest.receive(frame);
  }

  reconnect() {
    this.environment.clock.advance(this.connection.state.retryAt - this.environment.now());
    FakeSocket.latest.welcome();
  }

  cutAndReconnect() {
    FakeSocket.latest.cut();
    this.reconnect();
  }

  /** Replies to a join. */
  joined(data) {
    FakeSocket.latest.answer("joined", data, { conversation_id: this.recording.CONVERSATION_ID });
  }

  /** Replies to a join with the events after the tab's position, or with what `frames` makes of them. */
  replay(frames = (events) => events) {
    const { journal, EPOCH } = this.recording;
    const { epoch, after_seq } = this.joins.at(-1);
    assert.equal(epoch, EPOCH);
    this.joined({ mode: "replay", epoch, from_seq: after_seq + 1, to_seq: journal.length });
    this.receive(frames(journal.slice(after_seq)));
  }

  /** Replies to a join with a snapshot. */
  snapshot(seq) {
    this.joined({ mode: "snapshot", epoch: this.recording.EPOCH });
    this.receive([this.recording.snapshotAfter(seq)]);
  }

  /** The joins that the page has sent over its newest connection. */
  get joins() {
    return FakeSocket.latest.sentOf("join_conversation").map(({ data }) => data);
  }

  entries(kind) {
    return this.store.conversation.entries.filter((entry) => entry.kind === kind);
  }

  get messages() {
    return this.entries("message");
  }

  get texts() {
    return this.messages.map(({ content }) => content);
  }
}
