// A page in React; `npm install agentstream-client react react-dom`, and any bundler.
import { AgentstreamConnection, ConversationStore, type MessageEntry } from "agentstream-client";
import { useConversation } from "agentstream-client/react";
import { memo, useState } from "react";

const connection = new AgentstreamConnection(`${location.origin.replace("http", "ws")}/ws`);
const store = new ConversationStore(connection);
connection.connect();

export function Debate() {
  const { conversation, sync, error } = useConversation(store);
  const messages = conversation?.entries.filter((entry) => entry.kind === "message") ?? [];
  return (
    <main>
      <Start />
      {messages.map((message) => (
        <Message key={message.messageId} message={message} />
      ))}
      {error && <p role="alert">{error.message}</p>}
      {sync === "joining" && <p>…</p>}
    </main>
  );
}

/** Renders only for its own tokens, because a message that rests is the same object. */
const Message = memo(function Message({ message }: { message: MessageEntry }) {
  return (
    <p>
      <b>{message.sender}:</b> {message.content}
    </p>
  );
});

function Start() {
  const [topic, setTopic] = useState("Will tea replace coffee?");
  const start = async () => {
    await connection.opened();
    await store.start({ topic, maxRounds: 2 });
  };
  return (
    <p>
      <input value={topic} onChange={(event) => setTopic(event.target.value)} />
      <button onClick={start}>Start</button>
    </p>
  );
}
