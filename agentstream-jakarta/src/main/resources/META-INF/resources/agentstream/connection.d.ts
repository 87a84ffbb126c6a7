export type Environment = import("./environment.js").Environment;
export type Frame = {
    type: string;
    conversation_id?: string;
    /**
     * only on events of a conversation's journal
     */
    seq?: number;
    /**
     * only on a merged frame: the first `seq` in it
     */
    from_seq?: number;
    timestamp?: string;
    in_reply_to?: string;
    data: any;
};
export type ConnectionState = {
    state: "connecting" | "open" | "reconnecting" | "closed";
    /**
     * when the next try is due, in milliseconds as `Date.now()`
     */
    retryAt?: number;
    /**
     * the close code that led here
     */
    code?: number;
    /**
     * the server's words about the close
     */
    reason?: string;
};
export type Welcome = {
    connection_id: string;
    heartbeat_ms: number;
    limits: {
        max_message_bytes: number;
        max_agents: number;
        max_rounds: number;
        max_topic_chars: number;
    };
    /**
     * whether the server knows who the viewer is
     */
    authenticated: boolean;
    /**
     * how long the server waits for a token
     */
    authenticate_within_ms?: number;
    /**
     * ISO 8601, when the authentication ends
     */
    expires_at?: string;
};
export type Agent = {
    name: string;
    description: string;
};
export type Catalogue = {
    agents: Agent[];
    /**
     * the ways to pick who speaks; the first is the default
     */
    speakerSelections: string[];
};
export type StartOptions = {
    topic: string;
    /**
     * names from the catalogue; all when left out
     */
    agents?: string[];
    maxRounds?: number;
    /**
     * from the catalogue; the default when left out
     */
    speakerSelection?: string;
    /**
     * given again after a cut, it joins the conversation that the first try started
     */
    requestId?: string;
};
export type SendOptions = {
    /**
     * cuts whoever speaks instead of waiting for the end of the turn
     */
    interrupt?: boolean;
    /**
     * given again after a cut, it is not said twice
     */
    messageId?: string;
};
export type RequestOptions = {
    /**
     * runs before any later frame is handed out
     */
    onAnswer?: (answer: Frame) => void;
};
export type ConnectionOptions = {
    /**
     * gives a token where the server asks who the viewer is: after each connect, and before the last one
     * expires. If it gives none where the server insists, the connection closes with 4500 at once
     */
    token?: () => string | null | undefined | Promise<string | null | undefined>;
};
export type ConversationSummary = {
    conversationId: string;
    /**
     * cut after 200 characters with `…`
     */
    topic: string;
    state: "running" | "paused" | "waiting_for_input" | "ended";
    agents: string[];
    /**
     * ISO 8601
     */
    createdAt: string;
};
/** What each event of a connection carries. */
export interface ConnectionEvents {
    state: CustomEvent<ConnectionState>;
    /** each time that the server says it */
    welcome: CustomEvent<Welcome>;
    /** whatever is not the answer to a command */
    frame: CustomEvent<Frame>;
    /** `expiresAt` is ISO 8601 */
    authexpiring: CustomEvent<{ expiresAt: string }>;
    /** what the `token` function failed with */
    tokenerror: CustomEvent<{ error: unknown }>;
}
export declare const SUBPROTOCOL = "agentstream.v1";
/**
 * One WebSocket to an agentstream server that comes back by itself, and the commands to send over it.
 * What it does not do is join conversations again: that is the `ConversationStore`'s.
 *
 * Events: {@link ConnectionEvents}.
 */
export declare class AgentstreamConnection extends EventTarget {
    #private;
    /**
     * @param {string | URL} url `ws:` or `wss:`
     * @param {Partial<Environment>} [environment]
     * @param {ConnectionOptions} [options]
     */
    constructor(url: string | URL, environment?: Partial<Environment>, { token }?: ConnectionOptions);
    addEventListener<K extends keyof ConnectionEvents>(type: K, listener: (this: AgentstreamConnection, event: ConnectionEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof ConnectionEvents>(type: K, listener: (this: AgentstreamConnection, event: ConnectionEvents[K]) => void, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
    /** @returns {Readonly<ConnectionState>} */
    get state(): Readonly<ConnectionState>;
    /** @returns {Readonly<Welcome> | null} the data of the last `welcome` */
    get welcome(): Readonly<Welcome> | null;
    /** What the server's clock shows now, in milliseconds as `Date.now()`: what `expires_at` is meant by. */
    get serverNow(): number;
    connect(): void;
    /** Closes for good; {@link connect} opens again. */
    close(): void;
    /** Tries at once instead of waiting for `retryAt`. */
    retryNow(): void;
    /**
     * Sends the token that the `token` function gives now, if it is a new one: to put off the end of the
     * authentication, or to become a user. The server answers with `welcome`, or closes with 4500.
     *
     * @returns {Promise<void>} once it is sent
     */
    authenticate(): Promise<void>;
    /** @returns {Promise<void>} once the server has said `welcome`; rejects when the connection is closed for good */
    opened(): Promise<void>;
    /** @returns {Promise<Catalogue>} */
    listAgents(): Promise<Catalogue>;
    /** @returns {Promise<ConversationSummary[]>} those that the viewer may see, the newest first */
    listConversations(): Promise<ConversationSummary[]>;
    /**
     * @param {StartOptions} options
     * @param {RequestOptions} [requestOptions]
     * @returns {Promise<Frame>} `accepted {conversation_id, epoch}`; the events follow as frames
     */
    startConversation({ topic, agents, maxRounds, speakerSelection, requestId }: StartOptions, requestOptions?: RequestOptions): Promise<Frame>;
    /**
     * Says something as the user: after the turn under way, or at once. After the end it begins the
     * next run.
     *
     * @param {string} conversationId
     * @param {string} content
     * @param {SendOptions} [options]
     */
    sendMessage(conversationId: string, content: string, { interrupt, messageId }?: SendOptions): Promise<void>;
    /**
     * Cuts an answer short; its text so far is kept and the conversation goes on.
     *
     * @param {string} conversationId
     * @param {string} [messageId] the answer; whoever speaks when left out
     */
    stopSpeaker(conversationId: string, messageId?: string): Promise<void>;
    /** @param {string} conversationId */
    stopConversation(conversationId: string): Promise<void>;
    /**
     * Lets nobody take the floor after the turn under way.
     *
     * @param {string} conversationId
     */
    pauseConversation(conversationId: string): Promise<void>;
    /**
     * Ends a pause, also one that has been asked for and has not begun.
     *
     * @param {string} conversationId
     */
    unpauseConversation(conversationId: string): Promise<void>;
    /**
     * Answers a question.
     *
     * @param {string} conversationId
     * @param {string} requestId as in the `input_requested`
     * @param {string} content one of its choices, where it has any
     */
    inputResponse(conversationId: string, requestId: string, content: string): Promise<void>;
    /**
     * @param {string} conversationId
     * @param {{epoch?: number, afterSeq?: number}} [position] what is already there; a snapshot without
     * @param {RequestOptions} [requestOptions]
     * @returns {Promise<Frame>} `joined`; the events or the snapshot follow as frames
     */
    joinConversation(conversationId: string, { epoch, afterSeq }?: {
        epoch?: number;
        afterSeq?: number;
    }, requestOptions?: RequestOptions): Promise<Frame>;
    /** @param {string} conversationId */
    leaveConversation(conversationId: string): Promise<void>;
    /**
     * Sends any command, also one that this version has no method for.
     *
     * @param {string} type
     * @param {object} [data]
     * @param {RequestOptions} [options]
     * @returns {Promise<Frame>} the direct answer
     * @throws {AgentstreamError} when the server refuses, the connection is cut or no answer comes
     */
    request(type: string, data?: object, { onAnswer }?: RequestOptions): Promise<Frame>;
}
