import type { ConversationStore } from "./conversation-store.js";
import type { ConversationSnapshot } from "./conversation-view.js";
export type { ConversationSnapshot } from "./conversation-view.js";
/**
 * Shows a store in a React component, which renders at most once a frame. An entry that has not changed is the
 * same object, so a component in `memo` that takes an entry renders only for its own tokens.
 *
 * @param {ConversationStore} store
 * @returns {ConversationSnapshot}
 */
export declare function useConversation(store: ConversationStore): ConversationSnapshot;
