/**
 * The browser client for the agentstream wire protocol, version 1: plain ES modules without dependencies, which
 * a page imports directly from the server.
 *
 *     import { AgentstreamConnection, ConversationStore } from "/agentstream/index.js";
 *
 *     const connection = new AgentstreamConnection(`wss://${location.host}/ws`);
 *     const store = new ConversationStore(connection);
 *     store.addEventListener("entry", ({ detail }) => render(detail.entry));
 *     connection.connect();
 *     await connection.opened();
 *     await store.start({ topic: "Tea or coffee?", maxRounds: 2 });
 */
export { AgentstreamConnection, SUBPROTOCOL } from "./connection.js";
export { ConversationStore } from "./conversation-store.js";
export { ConversationView } from "./conversation-view.js";
export { AgentstreamError } from "./errors.js";
