import { appendFileSync } from "node:fs";

const SENT_FRAMES = process.env.AGENTSTREAM_SENT_FRAMES;

/** The server's side of plain HTTP, in the hands of the test. */
export class FakeApi {
  /** Every request, with a path behind the API's address. */
  requests = [];
  /** False while no request gets through. */
  isUp = true;
  welcome = () => json({ type: "welcome", timestamp: "2026-01-01T00:00:00.000Z", data: { connection_id: "h1", heartbeat_ms: 20_000, limits: {}, authenticated: false } });
  reply = ({ id, type }) => json({ type: type === "ping" ? "pong" : "accepted", in_reply_to: id, data: { conversation_id: "x" } });
  /** The documents that were imported. */
  documents = [];
  /** @type {FakeStream[]} */
  streams = [];
  /** A problem in place of the next stream. */
  refusal = null;

  fetch = async (url, options = {}) => {
    const path = url.replace(/^.*\/api/, "");
    this.requests.push({ path, method: options.method ?? "GET", headers: options.headers, url });
    if (!this.isUp) throw new TypeError("Failed to fetch");
    if (path === "/welcome") return this.welcome(options.headers);
    if (path === "/commands") {
      if (SENT_FRAMES) appendFileSync(SENT_FRAMES, options.body + "\n");
      return this.reply(JSON.parse(options.body));
    }
    if (path === "/conversations/import") {
      this.documents.push(options.body);
      return this.imported;
    }
    if (this.refusal) return this.refusal;
    const stream = new FakeStream(options.signal);
    this.streams.push(stream);
    return new Response(stream.body, { status: 200 });
  };

  get paths() {
    return this.requests.map(({ path }) => path);
  }
}

/** A stream of server-sent events. */
export class FakeStream {
  #controller;
  isAborted = false;

  constructor(signal) {
    this.body = new ReadableStream({ start: (controller) => (this.#controller = controller) });
    signal.addEventListener("abort", () => {
      this.isAborted = true;
      try {
        this.#controller.error(new DOMException("aborted", "AbortError"));
      } catch {
        // It has ended before.
      }
    });
  }

  bytes(bytes) {
    this.#controller.enqueue(bytes);
  }

  write(text) {
    this.bytes(new TextEncoder().encode(text));
  }

  frame(frame) {
    this.write(`id: 1-1\ndata: ${JSON.stringify(frame)}\n\n`);
  }

  end() {
    this.#controller.close();
  }
}

export function json(value, status = 200) {
  return new Response(JSON.stringify(value), { status });
}

export function problem(status, code) {
  return json({ status, code, detail: "Why." }, status);
}
