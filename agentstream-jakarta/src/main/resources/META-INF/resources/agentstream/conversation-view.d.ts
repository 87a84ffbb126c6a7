import type { ConversationStore, Sync } from "./conversation-store.js";
import type { Conversation } from "./conversation.js";
import type { AgentstreamError } from "./errors.js";
/**
 * The view of a store at one moment. Nothing in it ever changes, and an entry that has not changed is the same
 * object in the next snapshot.
 */
export type ConversationSnapshot = {
    readonly conversation: Readonly<Conversation> | null;
    readonly sync: Sync;
    /** why `sync` is `gone` or `failed` */
    readonly error: AgentstreamError | null;
};
/**
 * Shows a store to frameworks that compare objects, such as React: `subscribe` and `getSnapshot` are what
 * `useSyncExternalStore` takes. However many tokens arrive, subscribers are called once a frame.
 */
export declare class ConversationView {
    #private;
    /** @param {{requestFrame?: (callback: () => void) => unknown}} [options] by default requestAnimationFrame */
    constructor(store: ConversationStore, { requestFrame }?: {
        requestFrame?: (callback: () => void) => unknown;
    });
    /**
     * @param {() => void} subscriber called at most once a frame, when `getSnapshot` returns another object
     * @returns {() => void} ends the subscription
     */
    subscribe: (subscriber: () => void) => () => void;
    /** @returns the same object until something has changed */
    getSnapshot: () => ConversationSnapshot;
}
