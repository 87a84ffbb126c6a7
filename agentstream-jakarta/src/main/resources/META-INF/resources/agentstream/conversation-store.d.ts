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
 * Shows one conversation exactly as its journal holds it, across lost connections, merged frames, snapshots and
 * reloads. To show several conversations at once, create one store for each, on the same connection.
 *
 * Events: {@link ConversationStoreEvents}.
 */
export declare class ConversationStore extends EventTarget {
    #private;
    /**
     * @param {AgentstreamConnection} connection
     * @param {Partial<import("./environment.js").Environment> & {storageKey?: string}} [options] each of
     * several stores on a page needs its own `storageKey`
     */
    constructor(connection: AgentstreamConnection, { storageKey, ...environment }?: Partial<import("./environment.js").Environment> & {
        storageKey?: string;
    });
    addEventListener<K extends keyof ConversationStoreEvents>(type: K, listener: (this: ConversationStore, event: ConversationStoreEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof ConversationStoreEvents>(type: K, listener: (this: ConversationStore, event: ConversationStoreEvents[K]) => void, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
    /** @returns {Readonly<Conversation> | null} the object changes in place; read it when an event arrives */
    get conversation(): Readonly<Conversation> | null;
    get sync(): Sync;
    /**
     * Starts a conversation and views it.
     *
     * @param {StartOptions} options
     * @returns {Promise<string>} its id
     */
    start(options: StartOptions): Promise<string>;
    /**
     * Shows an existing conversation, beginning with the part that this tab has stored.
     *
     * @param {string} conversationId
     */
    open(conversationId: string): void;
    /**
     * Sends a message as the user. The promise, like those of all methods below, resolves when the server has
     * accepted the command; the message itself appears as an entry.
     *
     * @param {string} content
     * @param {SendOptions} [options]
     */
    sendMessage(content: string, options?: SendOptions): Promise<void>;
    /** @param {string} [messageId] the message to cut short; all current speakers if left out */
    stopSpeaker(messageId?: string): Promise<void>;
    /**
     * @param {string} queueId of one of the conversation's `queued`
     * @param {string} content
     */
    editMessage(queueId: string, content: string): Promise<void>;
    /** @param {string} queueId of one of the conversation's `queued` */
    withdrawMessage(queueId: string): Promise<void>;
    /** @param {string} agentName of one of the conversation's `agents`, who speaks next */
    callOn(agentName: string): Promise<void>;
    /** @param {string} agentName of one of the conversation's `agents`, who stays silent from the next turn on */
    muteAgent(agentName: string): Promise<void>;
    /** @param {string} agentName of one of the conversation's `muted` */
    unmuteAgent(agentName: string): Promise<void>;
    /**
     * @param {string} agentName of a participant that was removed, or of an agent of the catalogue
     * @param {object} [definitions] a team file with the agent, where the server keeps none of one's own
     */
    addAgent(agentName: string, definitions?: object): Promise<void>;
    /** @param {string} agentName of one of the conversation's `agents`, who leaves */
    removeAgent(agentName: string): Promise<void>;
    stop(): Promise<void>;
    /** Pauses the conversation after the current turn. */
    pause(): Promise<void>;
    unpause(): Promise<void>;
    /**
     * @param {string} requestId of one of the conversation's `pendingInputs`
     * @param {string} content
     */
    inputResponse(requestId: string, content: string): Promise<void>;
    /** Stops viewing; the conversation itself continues. */
    leave(): void;
}
