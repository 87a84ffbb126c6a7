// Shows a conversation with useConversation, and counts what React does for it.
import { AgentstreamConnection, ConversationStore } from "agentstream-client";
import { useConversation } from "agentstream-client/react";
import { memo, useEffect, useLayoutEffect } from "react";
import { createRoot } from "react-dom/client";

const connection = new AgentstreamConnection(`ws://${location.host}/ws`);
const store = new ConversationStore(connection);
let mounted;
const isMounted = new Promise((resolve) => (mounted = resolve));
const probe = { frames: 0, changes: 0, commits: [], renders: [] };

function count() {
  probe.frames++;
  requestAnimationFrame(count);
}

const Message = memo(function Message({ message }) {
  probe.renders.push({ message: message.messageId, frame: probe.frames });
  return <p>{message.sender}: {message.content}</p>;
});

function Debate() {
  const { conversation } = useConversation(store);
  useLayoutEffect(() => {
    probe.commits.push(probe.frames);
  });
  useEffect(() => mounted(), []);
  const messages = conversation?.entries.filter((entry) => entry.kind === "message") ?? [];
  return messages.map((message) => <Message key={message.messageId} message={message} />);
}

/** Resolves with the counts once the conversation has ended and is shown. */
window.run = async (topic, maxRounds) => {
  requestAnimationFrame(count);
  const ended = new Promise((resolve) => {
    store.addEventListener("entry", () => probe.changes++);
    store.addEventListener("change", () => store.conversation?.state === "ended" && resolve());
  });
  createRoot(document.querySelector("main")).render(<Debate />);
  // React subscribes after its first commit, and commits again in that frame if the store has changed by then.
  await isMounted;
  connection.connect();
  await connection.opened();
  await store.start({ topic, maxRounds });
  await ended;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return probe;
};
