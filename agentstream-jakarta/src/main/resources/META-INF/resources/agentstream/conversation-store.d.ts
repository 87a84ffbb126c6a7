export type AgentstreamConnection = import("./connection.js").AgentstreamConnection;
export type Frame = import("./connection.js").Frame;
export type SendOptions = import("./connection.js").SendOptions;
export type StartOptions = import("./connection.js").StartOptions;
export type Share = import("./connection.js").Share;
export type Presence = import("./connection.js").Presence;
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
    /** who is here has changed */
    presence: CustomEvent<null>;
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
     * @param {Partial<import("./environment.js").Environment> & {storageKey?: string, presence?: boolean}} [options]
     * each of several stores on a page needs its own `storageKey`; with `presence` true the viewer is seen by others
     * and sees them
     */
    constructor(connection: AgentstreamConnection, { storageKey, presence, ...environment }?: Partial<import("./environment.js").Environment> & {
        storageKey?: string;
        presence?: boolean;
    });
    addEventListener<K extends keyof ConversationStoreEvents>(type: K, listener: (this: ConversationStore, event: ConversationStoreEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof ConversationStoreEvents>(type: K, listener: (this: ConversationStore, event: ConversationStoreEvents[K]) => void, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
    /** @returns {Readonly<Conversation> | null} the object changes in place; read it when an event arrives */
    get conversation(): Readonly<Conversation> | null;
    get sync(): Sync;
    /** @returns {"view" | "steer"} what the viewer may do in the conversation */
    get access(): "view" | "steer";
    /** @returns {boolean} whether the viewer may answer what only the owner of the conversation may */
    get isOwner(): boolean;
    /** @returns {boolean} whether the conversation is gone because the viewer's link holds no longer */
    get shareEnded(): boolean;
    /** @returns {Readonly<Presence> | null} who is here; null while that is unknown */
    get presence(): Readonly<Presence> | null;
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
     * @param {{shareToken?: string}} [options] the token of the link by which the viewer comes
     */
    open(conversationId: string, { shareToken }?: {
        shareToken?: string;
    }): void;
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
    /** @param {string} requestId of one of the conversation's `pendingInputs`, whose `person` is skipped */
    skipPerson(requestId: string): Promise<void>;
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
    /**
     * @param {{access: "view" | "steer", expiresInSeconds?: number}} options
     * @returns {Promise<{share: Share, token: string}>} a new link to the conversation
     */
    share(options: {
        access: "view" | "steer";
        expiresInSeconds?: number;
    }): Promise<{ share: Share; token: string }>;
    /** @returns {Promise<Share[]>} the links to the conversation that are valid */
    listShares(): Promise<Share[]>;
    /** @param {string} shareId of one of the conversation's links */
    revokeShare(shareId: string): Promise<void>;
    /** Shows others for some seconds that the viewer types. */
    typing(): Promise<void>;
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
