export type AgentstreamConnection = import("./connection.js").AgentstreamConnection;
export type Frame = import("./connection.js").Frame;
export type SendOptions = import("./connection.js").SendOptions;
export type StartOptions = import("./connection.js").StartOptions;
export type Conversation = import("./conversation.js").Conversation;
export type Entry = import("./conversation.js").Entry;
export type AgentstreamError = import("./errors.js").AgentstreamError;
/** What each event of a store carries. */
export interface ConversationStoreEvents {
    /** everything is to be drawn anew */
    reset: CustomEvent<null>;
    /** an entry is new or has changed */
    entry: CustomEvent<{ entry: Entry }>;
    /** state, round, topic or the like */
    change: CustomEvent<null>;
    sync: CustomEvent<{ sync: Sync; error?: AgentstreamError }>;
    /** after each join, when all that was missed is in */
    caughtup: CustomEvent<null>;
}
export type Sync = "none" | "joining" | "live" | "gone" | "failed";
/**
 * Shows one conversation as its journal has it, across cuts, merged frames, snapshots and reloads.
 * Several conversations at once take one store each, over the same connection.
 *
 * Events: {@link ConversationStoreEvents}.
 */
export declare class ConversationStore extends EventTarget {
    #private;
    /**
     * @param {AgentstreamConnection} connection
     * @param {Partial<import("./environment.js").Environment> & {storageKey?: string}} [options] stores
     *   that share a page need a `storageKey` each
     */
    constructor(connection: AgentstreamConnection, { storageKey, ...environment }?: Partial<import("./environment.js").Environment> & {
        storageKey?: string;
    });
    addEventListener<K extends keyof ConversationStoreEvents>(type: K, listener: (this: ConversationStore, event: ConversationStoreEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof ConversationStoreEvents>(type: K, listener: (this: ConversationStore, event: ConversationStoreEvents[K]) => void, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
    /** @returns {Readonly<Conversation> | null} changes in place: read it when an event says so */
    get conversation(): Readonly<Conversation> | null;
    get sync(): Sync;
    /**
     * Starts a conversation, of which the server makes its starter a viewer.
     *
     * @param {StartOptions} options
     * @returns {Promise<string>} its id
     */
    start(options: StartOptions): Promise<string>;
    /**
     * Shows a conversation that exists, beginning with what this tab still knows of it.
     *
     * @param {string} conversationId
     */
    open(conversationId: string): void;
    /**
     * Says something as the user. The promise tells that the server has accepted it, as with all that
     * follows; when it is said, a message shows it.
     *
     * @param {string} content
     * @param {SendOptions} [options]
     */
    sendMessage(content: string, options?: SendOptions): Promise<void>;
    /** @param {string} [messageId] the answer to cut short; whoever speaks when left out */
    stopSpeaker(messageId?: string): Promise<void>;
    stop(): Promise<void>;
    /** The pause begins after the turn under way. */
    pause(): Promise<void>;
    unpause(): Promise<void>;
    /**
     * @param {string} requestId of one of the conversation's `pendingInputs`
     * @param {string} content
     */
    inputResponse(requestId: string, content: string): Promise<void>;
    /** Stops viewing; the conversation itself goes on. */
    leave(): void;
}
