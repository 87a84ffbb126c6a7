// What an application written in TypeScript does with the browser client; compiled by a test, never run.
import {
  AgentstreamConnection,
  AgentstreamError,
  ConversationStore,
  type Conversation,
  type ConversationStoreEvents,
  type Entry,
  type MessageEntry,
} from "agentstream-client";

const connection = new AgentstreamConnection("wss://example.org/ws", {}, { token: () => sessionStorage.getItem("token") });
const store = new ConversationStore(connection);

store.addEventListener("entry", ({ detail }) => render(detail.entry));
store.addEventListener("entry", ({ detail: { entry } }) => render(entry), { once: true });
store.addEventListener("sync", ({ detail: { sync, error } }) => {
  if (sync === "gone" && error instanceof AgentstreamError) console.log(error.code);
});
store.addEventListener("reset", () => drawAll(store.conversation));
store.addEventListener("of-a-later-version", (event: Event) => console.log(event.type));
connection.addEventListener("state", ({ detail: { state, retryAt } }) => console.log(state, retryAt ?? 0));
connection.addEventListener("welcome", ({ detail }) => console.log(detail.limits.max_topic_chars));
connection.addEventListener("authexpiring", ({ detail }) => console.log(Date.parse(detail.expiresAt)));

function render(entry: Entry): string {
  switch (entry.kind) {
    case "message":
      return senderOf(entry);
    case "error":
      return entry.error.code;
    case "ended":
      return entry.reason;
  }
}

function senderOf({ sender, timing }: MessageEntry): string {
  return `${sender} ${timing?.firstTokenMs ?? 0}`;
}

function drawAll(conversation: Readonly<Conversation> | null): void {
  conversation?.entries.forEach(render);
}

/** An element that redraws on each change, as frameworks want it. */
export function subscribe(draw: () => void): () => void {
  const types: (keyof ConversationStoreEvents)[] = ["reset", "entry", "change", "sync"];
  for (const type of types) store.addEventListener(type, draw);
  return () => types.forEach((type) => store.removeEventListener(type, draw));
}

export async function begin(): Promise<string> {
  connection.connect();
  await connection.opened();
  await connection.authenticate();
  return store.start({ topic: "Tea or coffee?", maxRounds: 2 });
}

// @ts-expect-error an event that has no such detail
store.addEventListener("entry", ({ detail }) => detail.nothing);
