import { AgentstreamConnection, ConversationStore } from "/agentstream/index.js";

const scheme = location.protocol === "https:" ? "wss" : "ws";
const connection = new AgentstreamConnection(`${scheme}://${location.host}/ws`);
const store = new ConversationStore(connection);
const messages = document.querySelector("#messages");
const lines = new Map();

store.addEventListener("reset", () => {
  messages.replaceChildren();
  lines.clear();
  store.conversation?.entries.forEach(show);
});
store.addEventListener("entry", ({ detail }) => show(detail.entry));

function show(entry) {
  if (entry.kind !== "message") return;
  if (!lines.has(entry.messageId)) {
    const line = document.createElement("p");
    messages.append(line);
    lines.set(entry.messageId, line);
  }
  lines.get(entry.messageId).textContent = `${entry.sender}: ${entry.content}`;
}

document.querySelector("#start").addEventListener("submit", async (event) => {
  event.preventDefault();
  await connection.opened();
  await store.start({ topic: document.querySelector("#topic").value, maxRounds: 2 });
});
connection.connect();
