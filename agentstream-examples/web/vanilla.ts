// A page without a framework; `npm install agentstream-client`, and any bundler.
import { AgentstreamConnection, ConversationStore, type Entry } from "agentstream-client";

const connection = new AgentstreamConnection(`${location.origin.replace("http", "ws")}/ws`);
const store = new ConversationStore(connection);
const messages = document.querySelector("main")!;
const lines = new Map<string, HTMLElement>();

store.addEventListener("reset", () => {
  messages.replaceChildren();
  lines.clear();
  store.conversation?.entries.forEach(show);
});
store.addEventListener("entry", ({ detail }) => show(detail.entry));
store.addEventListener("sync", ({ detail }) => {
  if (detail.error) messages.append(detail.error.message);
});

function show(entry: Entry): void {
  if (entry.kind !== "message") return;
  const line = lines.get(entry.messageId) ?? messages.appendChild(document.createElement("p"));
  lines.set(entry.messageId, line);
  line.textContent = `${entry.sender}: ${entry.content}`;
}

document.querySelector("form")!.addEventListener("submit", async (event) => {
  event.preventDefault();
  const topic = String(new FormData(event.currentTarget as HTMLFormElement).get("topic"));
  await connection.opened();
  await store.start({ topic, maxRounds: 2 });
});
connection.connect();
