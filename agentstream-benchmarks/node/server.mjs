// The same job written by hand in Node: `ws`, and OpenAI's own package.
import { randomUUID } from "node:crypto";
import OpenAI from "openai";
import { WebSocketServer } from "ws";

const openai = new OpenAI({ baseURL: process.env.OPENAI_BASE_URL, apiKey: "none" });
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path: "/ws", backlog: 4096, perMessageDeflate: false });

server.on("listening", () => console.log(`listening on ${server.address().port}`));
server.on("connection", (socket) => {
  const session_id = randomUUID();
  socket.on("message", (topic) => chat(socket, session_id, topic.toString()).catch((error) => console.error(error.message)));
});

async function chat(socket, session_id, topic) {
  const message_id = randomUUID();
  const about = { session_id, message_id, agent_name: "Ann", round: 1 };
  const send = (type, data) => socket.send(JSON.stringify({ type, timestamp: new Date().toISOString(), data }));
  const stream = await openai.chat.completions.create({ model: "m", stream: true, messages: [{ role: "user", content: topic }] });
  let full_content = "";
  for await (const chunk of stream) {
    const token = chunk.choices[0]?.delta?.content;
    if (!token) continue;
    full_content += token;
    send("streaming_token", { ...about, token, is_complete: false });
  }
  send("streaming_complete", { ...about, full_content, is_complete: true });
  send("conversation_ended", { session_id });
}
