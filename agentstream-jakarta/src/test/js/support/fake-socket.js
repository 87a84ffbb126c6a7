import { appendFileSync } from "node:fs";

/** Where what the client sends is collected, to be checked against the schema. */
const SENT_FRAMES = process.env.AGENTSTREAM_SENT_FRAMES;

/** The server's end of a connection, in the hands of the test. */
export class FakeSocket extends EventTarget {
  /** Every socket that was opened, the latest last. */
  static opened = [];

  sent = [];
  closed = false;

  constructor(url, protocol) {
    super();
    this.url = url;
    this.protocol = protocol;
    FakeSocket.opened.push(this);
  }

  static get latest() {
    return FakeSocket.opened.at(-1);
  }

  send(text) {
    if (SENT_FRAMES) appendFileSync(SENT_FRAMES, text + "\n");
    this.sent.push(JSON.parse(text));
    this.onSend?.(this.sent.at(-1));
  }

  close() {
    this.closed = true;
  }

  receive(frame) {
    this.receiveText(JSON.stringify(frame));
  }

  receiveText(data) {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  cut(code = 1006, reason = "") {
    this.closed = true;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }

  welcome(data = {}) {
    this.receive({ type: "welcome", data: { connection_id: "c1", heartbeat_ms: 20_000, limits: {}, ...data } });
  }

  sentOf(type) {
    return this.sent.filter((frame) => frame.type === type);
  }

  answer(type, data, envelope = {}) {
    this.receive({ type, in_reply_to: this.sent.at(-1).id, data, ...envelope });
  }
}
