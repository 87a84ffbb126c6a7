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
export type { Agent, Catalogue, Choice, ConnectionEvents, ConnectionOptions, ConnectionState, ConversationSummary, Editing, Frame, RequestOptions, SendOptions, StartOptions, Team, Welcome } from "./connection.js";
export type { ConversationStoreEvents, Sync } from "./conversation-store.js";
export type { ConversationSnapshot } from "./conversation-view.js";
export type { Conversation, EndedEntry, Entry, ErrorDetail, ErrorEntry, MessageEntry, PendingInput, Timing, Tool, Usage } from "./conversation.js";
export type { Environment } from "./environment.js";
