// The AI SDK with its own resume, as its documentation builds it: every answer is a `resumable-stream`
// on Redis, and the finished messages of a chat are kept in Redis too.
import { createServer } from "node:http";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  convertToModelMessages,
  generateId,
  pipeUIMessageStreamToResponse,
  streamText,
  toUIMessageStream,
  UI_MESSAGE_STREAM_HEADERS,
} from "ai";
import { createClient } from "redis";
import { createResumableStreamContext } from "resumable-stream";

const model = createOpenAICompatible({ name: "bench", baseURL: process.env.OPENAI_BASE_URL, apiKey: "none" })("m");
const chats = createClient({ url: process.env.REDIS_URL });
await chats.connect();
const streams = createResumableStreamContext({ waitUntil: null });

const readChat = async (id) => JSON.parse((await chats.get(`chat:${id}`)) ?? '{"messages":[]}');
const saveChat = (id, chat) => chats.set(`chat:${id}`, JSON.stringify(chat));

/** Answers a message, and streams the answer to the one who sent it. */
async function answer(id, text, response) {
  const { messages } = await readChat(id);
  messages.push({ id: generateId(), role: "user", parts: [{ type: "text", text }] });
  await saveChat(id, { messages });
  const result = streamText({ model, messages: await convertToModelMessages(messages) });
  pipeUIMessageStreamToResponse({
    response,
    stream: toUIMessageStream({
      stream: result.stream,
      originalMessages: messages,
      generateMessageId: generateId,
      onEnd: (end) => saveChat(id, { messages: end.messages }),
    }),
    async consumeSseStream({ stream }) {
      const activeStreamId = generateId();
      await streams.createNewResumableStream(activeStreamId, () => stream);
      await saveChat(id, { messages, activeStreamId });
    },
  });
}

/** Streams the current answer from its beginning, or without the characters that a client has already. */
async function resume(id, resumeAt, response) {
  const { activeStreamId } = await readChat(id);
  const stream = activeStreamId && (await streams.resumeExistingStream(activeStreamId, resumeAt));
  if (!stream) return response.writeHead(204).end();
  response.writeHead(200, UI_MESSAGE_STREAM_HEADERS);
  const reader = stream.getReader();
  response.on("close", () => reader.cancel().catch(() => {}));
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (!response.write(next.value)) await new Promise((ready) => response.once("drain", ready).once("close", ready));
  }
  response.end();
}

async function body(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

async function handle(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  if (request.method === "POST" && pathname === "/api/chat") {
    const { id, message } = await body(request);
    return answer(id, message, response);
  }
  const id = /^\/api\/chat\/([^/]+)\/stream$/.exec(pathname)?.[1];
  if (id) return resume(id, Number(searchParams.get("resumeAt") ?? 0), response);
  if (pathname === "/heap") {
    // Needs --expose-gc.
    gc();
    const { heapUsed, external } = process.memoryUsage();
    return response.end(String(heapUsed + external));
  }
  response.writeHead(404).end();
}

const server = createServer((request, response) =>
  handle(request, response).catch((error) => {
    console.error(error);
    response.destroy();
  }),
);
server.listen({ host: "127.0.0.1", port: 0, backlog: 4096 }, () => console.log(`listening on ${server.address().port}`));
