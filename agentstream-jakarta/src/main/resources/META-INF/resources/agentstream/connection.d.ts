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
     * gives a token where the server asks who the
     * viewer is: after each connect, and before the last one expires
     */
    token?: () => string | Promise<string>;
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
/** @typedef {import("./environment.js").Environment} Environment */
/**
 * A message of the server as it comes over the wire.
 *
 * @typedef {object} Frame
 * @property {string} type
 * @property {string} [conversation_id]
 * @property {number} [seq] only on events of a conversation's journal
 * @property {number} [from_seq] only on a merged frame: the first `seq` in it
 * @property {string} [timestamp]
 * @property {string} [in_reply_to]
 * @property {any} data
 */
/**
 * `connecting` lasts until the server's `welcome`; in `reconnecting` the next try is at `retryAt`;
 * `closed` stays closed until `connect()`.
 *
 * @typedef {object} ConnectionState
 * @property {"connecting" | "open" | "reconnecting" | "closed"} state
 * @property {number} [retryAt] when the next try is due, in milliseconds as `Date.now()`
 * @property {number} [code] the close code that led here
 * @property {string} [reason] the server's words about the close
 */
/**
 * What the server says first, and again once it knows who the viewer is.
 *
 * @typedef {object} Welcome
 * @property {string} connection_id
 * @property {number} heartbeat_ms
 * @property {{max_message_bytes: number, max_agents: number, max_rounds: number, max_topic_chars: number}} limits
 * @property {boolean} authenticated whether the server knows who the viewer is
 * @property {number} [authenticate_within_ms] how long the server waits for a token
 * @property {string} [expires_at] ISO 8601, when the authentication ends
 */
/**
 * @typedef {object} Agent
 * @property {string} name
 * @property {string} description
 */
/**
 * @typedef {object} Catalogue
 * @property {Agent[]} agents
 * @property {string[]} speakerSelections the ways to pick who speaks; the first is the default
 */
/**
 * @typedef {object} StartOptions
 * @property {string} topic
 * @property {string[]} [agents] names from the catalogue; all when left out
 * @property {number} [maxRounds]
 * @property {string} [speakerSelection] from the catalogue; the default when left out
 * @property {string} [requestId] given again after a cut, it joins the conversation that the first try started
 */
/**
 * @typedef {object} SendOptions
 * @property {boolean} [interrupt] cuts whoever speaks instead of waiting for the end of the turn
 * @property {string} [messageId] given again after a cut, it is not said twice
 */
/**
 * @typedef {object} RequestOptions
 * @property {(answer: Frame) => void} [onAnswer] runs before any later frame is handed out
 */
/**
 * @typedef {object} ConnectionOptions
 * @property {() => string | Promise<string>} [token] gives a token where the server asks who the
 *     viewer is: after each connect, and before the last one expires
 */
/**
 * @typedef {object} ConversationSummary
 * @property {string} conversationId
 * @property {string} topic cut after 200 characters with `…`
 * @property {"running" | "paused" | "waiting_for_input" | "ended"} state
 * @property {string[]} agents
 * @property {string} createdAt ISO 8601
 */
export declare const SUBPROTOCOL = "agentstream.v1";
/**
 * One WebSocket to an agentstream server that comes back by itself, and the commands to send over it.
 * What it does not do is join conversations again: that is the `ConversationStore`'s.
 *
 * Events: `state` (detail: {@link ConnectionState}), `frame` (detail: {@link Frame}, whatever is not
 * the answer to a command) `authexpiring` (detail: `{expiresAt}`, ISO 8601)
 * and `tokenerror` (detail: `{error}`, what the `token` function failed with).
 */
export declare class AgentstreamConnection extends EventTarget {
    #private;
    /**
     * @param {string | URL} url `ws:` or `wss:`
     * @param {Partial<Environment>} [environment]
     * @param {ConnectionOptions} [options]
     */
    constructor(url: string | URL, environment?: Partial<Environment>, { token }?: ConnectionOptions);
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
