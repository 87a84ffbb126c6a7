import { useSyncExternalStore } from "react";
import { ConversationView } from "./conversation-view.js";

/** @typedef {import("./conversation-store.js").ConversationStore} ConversationStore */
/** @typedef {import("./conversation-view.js").ConversationSnapshot} ConversationSnapshot */

/** One view for all components that show a store. */
const views = new WeakMap();

/**
 * Shows a store in a React component, which renders at most once a frame. An entry that has not changed is the
 * same object, so a component in `memo` that takes an entry renders only for its own tokens.
 *
 * @param {ConversationStore} store
 * @returns {ConversationSnapshot}
 */
export function useConversation(store) {
  let view = views.get(store);
  if (!view) views.set(store, (view = new ConversationView(store)));
  return useSyncExternalStore(view.subscribe, view.getSnapshot, view.getSnapshot);
}
