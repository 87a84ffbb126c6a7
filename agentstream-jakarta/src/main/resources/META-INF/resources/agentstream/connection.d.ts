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
/** A link by which a conversation is shared, without its token. */
export type Share = {
    shareId: string;
    /**
     * the rights of those who come by it
     */
    access: "view" | "steer";
    /**
     * ISO 8601
     */
    createdAt: string;
    /**
     * ISO 8601; missing if only a revocation ends it
     */
    expiresAt?: string;
    /**
     * how often somebody has joined by it
     */
    visits: number;
    /**
     * the people with a name who came last, newest first
     */
    visitors: { author: Author; cameAt: string }[];
};
/** Who is here. */
export type Presence = {
    /**
     * how many viewers take part
     */
    viewers: number;
    /**
     * how many people type
     */
    typing: number;
    /**
     * each once; missing if there are too many
     */
    people?: { author: Author; typing: boolean }[];
};
export type ConnectionState = {
    state: "connecting" | "open" | "reconnecting" | "closed";
    /**
     * the time of the next attempt, in milliseconds as `Date.now()`
     */
    retryAt?: number;
    /**
     * the close code that caused this state
     */
    code?: number;
    /**
     * the server's reason for the close
     */
    reason?: string;
    /**
     * how an open connection gets through where a WebSocket cannot be had
     */
    transport?: "http";
};
export type Welcome = {
    connection_id: string;
    heartbeat_ms: number;
    limits: {
        max_message_bytes: number;
        max_agents: number;
        max_rounds: number;
        max_topic_chars: number;
        max_import_bytes?: number;
    };
    /**
     * whether the server knows who the viewer is
     */
    authenticated: boolean;
    /**
     * how long the server waits for a token, in milliseconds
     */
    authenticate_within_ms?: number;
    /**
     * ISO 8601, when the authentication expires
     */
    expires_at?: string;
    /**
     * the viewer as others see them; missing for an anonymous one
     */
    author?: Author;
};
export type Author = {
    /**
     * the user's id; for an anonymous viewer, the connection's
     */
    id: string;
    /**
     * one line, as agents and viewers know the person; missing if there is none
     */
    name?: string;
    /**
     * whether the server vouches for the name
     */
    verified: boolean;
};
export type Agent = {
    name: string;
    description: string;
    /**
     * the colour of its messages, 0 to 7
     */
    colour?: number;
    /**
     * whether the viewer has made it
     */
    own: boolean;
    /**
     * only on one's own: an agent of a team file
     */
    definition?: object;
    /**
     * why it cannot be started any more
     */
    fault?: string;
};
export type Team = {
    name: string;
    /**
     * the names of its participants
     */
    agents: string[];
    /**
     * one sentence on its purpose; empty if it has none
     */
    description: string;
    /**
     * how the next speaker is picked
     */
    speakerSelection: string;
    /**
     * how many rounds a run has at most
     */
    maxRounds: number;
    /**
     * topics to choose from
     */
    sampleTopics: string[];
    /**
     * when a run ends before its last round, as in a team file
     */
    endWhen?: object;
    /**
     * whether the viewer has made it
     */
    own: boolean;
    /**
     * only on one's own: a team of a team file
     */
    definition?: object;
    /**
     * why it cannot be started any more
     */
    fault?: string;
    /**
     * its participants that are seats for people, not agents
     */
    people: string[];
};
export type Choice = {
    name: string;
    /**
     * one sentence; empty if it has none
     */
    description: string;
};
export type Editing = {
    /**
     * whether the server keeps them; if not, send them as `definitions` with each start
     */
    kept: boolean;
    maxAgents: number;
    maxTeams: number;
    /**
     * the most characters of JSON of all of them
     */
    maxChars: number;
};
export type Catalogue = {
    agents: Agent[];
    /**
     * the available speaker selections; the first is the default
     */
    speakerSelections: string[];
    /**
     * the teams that can be started by name
     */
    teams: Team[];
    /**
     * the models that agents of the viewer may have
     */
    models: Choice[];
    /**
     * the tools that agents of the viewer may have
     */
    tools: Choice[];
    /**
     * left out if the viewer may make no agents and teams
     */
    editing?: Editing;
};
export type StartOptions = {
    topic: string;
    /**
     * names from the catalogue; all agents if left out
     */
    agents?: string[];
    maxRounds?: number;
    /**
     * from the catalogue; the default if left out
     */
    speakerSelection?: string;
    /**
     * sent again after a lost connection, it joins the conversation that the first attempt started
     */
    requestId?: string;
    /**
     * a team's name from the catalogue, in place of agents, rounds and a speaker selection
     */
    team?: string;
    /**
     * a team file with agents and teams of the viewer that this start may name
     */
    definitions?: object;
};
export type SendOptions = {
    /**
     * cuts the current speakers instead of waiting for the end of the turn
     */
    interrupt?: boolean;
    /**
     * sent again after a lost connection, the message is not added twice
     */
    messageId?: string;
    /**
     * the moment at which the message enters: after the current turn (the default), before the speaker's next
     * call to its model with results of tools, or at once like `interrupt`
     */
    when?: "turn" | "tool" | "now";
};
export type RequestOptions = {
    /**
     * runs before any later frame is delivered
     */
    onAnswer?: (answer: Frame) => void;
};
export type ConnectionOptions = {
    /**
     * returns a token if the server asks for one: after each connect, and before the last token expires. If it
     * returns none although the server requires one, the connection closes with 4500 at once
     */
    token?: () => string | null | undefined | Promise<string | null | undefined>;
    /**
     * the address of the server's API over HTTP, for networks without WebSockets; `api` beside the WebSocket's
     * address if left out, and no HTTP if false
     */
    http?: string | URL | false;
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
    /**
     * the title that a person gave it
     */
    title?: string;
};
/** One page of the conversations that the viewer may view, the newest first; with `nextCursor` if there may be more. */
export type ConversationPage = ConversationSummary[] & {
    nextCursor?: string;
};
/**
 * A conversation that was imported.
 */
export type ImportedConversation = {
    /**
     * its new id
     */
    conversationId: string;
    /**
     * whether a message continues it; false if its agents are not in the catalogue
     */
    continues: boolean;
};
export type ListOptions = {
    /**
     * only conversations that contain this text
     */
    query?: string;
    /**
     * the `nextCursor` of an earlier page; the first page if left out
     */
    cursor?: string;
    /**
     * the most conversations on the page, 1 to 200
     */
    limit?: number;
};
/** The detail of each event of a connection. */
export interface ConnectionEvents {
    state: CustomEvent<ConnectionState>;
    /** each time that the server sends it */
    welcome: CustomEvent<Welcome>;
    /** every frame that is not a reply to a command */
    frame: CustomEvent<Frame>;
    /** `expiresAt` is ISO 8601 */
    authexpiring: CustomEvent<{ expiresAt: string }>;
    /** the error of the `token` function */
    tokenerror: CustomEvent<{ error: unknown }>;
}
export declare const SUBPROTOCOL = "agentstream.v1";
/**
 * One WebSocket to an agentstream server, which reconnects by itself, and the commands to send over it. It does
 * not join conversations again; the `ConversationStore` does. If a WebSocket repeatedly cannot be had, it carries
 * the same frames over plain HTTP, and returns to a WebSocket as soon as there is one.
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
    /** The current time of the server's clock, in milliseconds as `Date.now()`; `expires_at` refers to it. */
    get serverNow(): number;
    connect(): void;
    /** Closes the connection without reconnecting; {@link connect} opens it again. */
    close(): void;
    /** Reconnects at once instead of waiting for `retryAt`. */
    retryNow(): void;
    /**
     * Calls the `token` function and sends its token, if it is a new one: to extend the authentication, or to
     * become a user. The server replies with `welcome`, or closes with 4500.
     *
     * @returns {Promise<void>} once it is sent
     */
    authenticate(): Promise<void>;
    /** @returns {Promise<void>} resolves after the server's `welcome`; rejects if the connection is closed
     * without reconnecting */
    opened(): Promise<void>;
    /** @returns {Promise<Catalogue>} */
    listAgents(): Promise<Catalogue>;
    /**
     * Saves an agent of the viewer's own, in place of one of the same name.
     *
     * @param agent an agent of a team file
     * @returns with the change
     */
    saveAgent(agent: object): Promise<Catalogue>;
    /**
     * @returns with the change
     */
    deleteAgent(name: string): Promise<Catalogue>;
    /**
     * Saves a team of the viewer's own, in place of one of the same name.
     *
     * @param team a team of a team file
     * @returns with the change
     */
    saveTeam(team: object): Promise<Catalogue>;
    /**
     * @returns with the change
     */
    deleteTeam(name: string): Promise<Catalogue>;
    /**
     * @param {ListOptions} [options]
     * @returns {Promise<ConversationPage>} those that the viewer may view, newest first
     */
    listConversations({ query, cursor, limit }?: ListOptions): Promise<ConversationPage>;
    /**
     * Gives a conversation a title, which lists show in place of its topic.
     *
     * @param {string} conversationId
     * @param {string} title one line of up to 200 characters
     */
    renameConversation(conversationId: string, title: string): Promise<void>;
    /**
     * Takes a conversation out as a document, which a server can import again.
     *
     * @param {string} conversationId
     * @returns {Promise<object>} as in `conversation.schema.json`
     */
    exportConversation(conversationId: string): Promise<object>;
    /**
     * Makes a new conversation of the viewer's own of a document.
     *
     * @param {object | string} document as in `conversation.schema.json`, or its JSON text
     * @returns {Promise<ImportedConversation>}
     */
    importConversation(document: object | string): Promise<ImportedConversation>;
    /**
     * Ends a conversation and removes all that the server keeps of it. There is no way back.
     *
     * @param {string} conversationId
     */
    deleteConversation(conversationId: string): Promise<void>;
    /**
     * @param {StartOptions} options
     * @param {RequestOptions} [requestOptions]
     * @returns {Promise<Frame>} `accepted {conversation_id, epoch}`; the events follow as frames
     */
    startConversation({ topic, agents, maxRounds, speakerSelection, requestId, team }: StartOptions, requestOptions?: RequestOptions): Promise<Frame>;
    /**
     * Sends a message as the user: after the current turn, or at once. After the end it begins the next run.
     *
     * @param {string} conversationId
     * @param {string} content
     * @param {SendOptions} [options]
     */
    sendMessage(conversationId: string, content: string, { interrupt, messageId, when }?: SendOptions): Promise<void>;
    /**
     * Changes the text of a message that waits.
     *
     * @param {string} conversationId
     * @param {string} queueId as in `message_queued`
     * @param {string} content
     */
    editMessage(conversationId: string, queueId: string, content: string): Promise<void>;
    /**
     * Withdraws a message that waits: it is never delivered.
     *
     * @param {string} conversationId
     * @param {string} queueId as in `message_queued`
     */
    withdrawMessage(conversationId: string, queueId: string): Promise<void>;
    /**
     * Lets a participant speak next; then the selection continues as if nobody had been called on.
     *
     * @param {string} conversationId
     * @param {string} agentName
     */
    callOn(conversationId: string, agentName: string): Promise<void>;
    /**
     * Keeps a participant silent from the next turn on.
     *
     * @param {string} conversationId
     * @param {string} agentName
     */
    muteAgent(conversationId: string, agentName: string): Promise<void>;
    /**
     * Lets a participant speak again.
     *
     * @param {string} conversationId
     * @param {string} agentName
     */
    unmuteAgent(conversationId: string, agentName: string): Promise<void>;
    /**
     * Adds a participant: one that was removed, or an agent of the catalogue.
     *
     * @param {string} conversationId
     * @param {string} agentName
     * @param {object} [definitions] a team file with the agent, where the server keeps none of one's own
     */
    addAgent(conversationId: string, agentName: string, definitions?: object): Promise<void>;
    /**
     * Removes a participant from the next turn on.
     *
     * @param {string} conversationId
     * @param {string} agentName
     */
    removeAgent(conversationId: string, agentName: string): Promise<void>;
    /**
     * Gives an anonymous viewer a name for this connection.
     *
     * @param {string} name one line of up to 64 characters
     * @returns {Promise<Author>} the viewer as others see them
     */
    setName(name: string): Promise<Author>;
    /**
     * Makes a link by which others may view a conversation of the viewer's own, or steer it.
     *
     * @param {string} conversationId
     * @param {{access: "view" | "steer", expiresInSeconds?: number}} options without a time only a revocation ends it
     * @returns {Promise<{share: Share, token: string}>} the link and its secret, which cannot be asked for again
     */
    shareConversation(conversationId: string, { access, expiresInSeconds }: {
        access: "view" | "steer";
        expiresInSeconds?: number;
    }): Promise<{ share: Share; token: string }>;
    /**
     * @param {string} conversationId
     * @returns {Promise<Share[]>} the links that are valid, newest first
     */
    listShares(conversationId: string): Promise<Share[]>;
    /**
     * Ends a link: who came by it sees nothing any more.
     *
     * @param {string} conversationId
     * @param {string} shareId
     */
    revokeShare(conversationId: string, shareId: string): Promise<void>;
    /**
     * Shows others for some seconds that the viewer types.
     *
     * @param {string} conversationId
     */
    typing(conversationId: string): Promise<void>;
    /**
     * Cuts a message short; its text so far is kept and the conversation continues.
     *
     * @param {string} conversationId
     * @param {string} [messageId] the message; all current speakers, and all people who are asked, if left out
     */
    stopSpeaker(conversationId: string, messageId?: string): Promise<void>;
    /**
     * Skips the turn of a person who is asked; the conversation continues.
     *
     * @param {string} conversationId
     * @param {string} requestId as in the `input_requested`, whose `person` is skipped
     */
    skipPerson(conversationId: string, requestId: string): Promise<void>;
    /** @param {string} conversationId */
    stopConversation(conversationId: string): Promise<void>;
    /**
     * Pauses the conversation after the current turn.
     *
     * @param {string} conversationId
     */
    pauseConversation(conversationId: string): Promise<void>;
    /**
     * Ends a pause, even one that was requested and has not begun.
     *
     * @param {string} conversationId
     */
    unpauseConversation(conversationId: string): Promise<void>;
    /**
     * Answers a question.
     *
     * @param {string} conversationId
     * @param {string} requestId as in the `input_requested`
     * @param {string} content one of its choices, if it has any
     */
    inputResponse(conversationId: string, requestId: string, content: string): Promise<void>;
    /**
     * @param {string} conversationId
     * @param {{epoch?: number, afterSeq?: number, shareToken?: string, presence?: boolean}} [options] the position
     * that is already known, a snapshot if left out; the token of the link by which the viewer comes; whether the
     * viewer takes part in presence
     * @param {RequestOptions} [requestOptions]
     * @returns {Promise<Frame>} `joined`; the events or the snapshot follow as frames
     */
    joinConversation(conversationId: string, { epoch, afterSeq, shareToken, presence }?: {
        epoch?: number;
        afterSeq?: number;
        shareToken?: string;
        presence?: boolean;
    }, requestOptions?: RequestOptions): Promise<Frame>;
    /** @param {string} conversationId */
    leaveConversation(conversationId: string): Promise<void>;
    /**
     * Sends any command, including commands for which this version has no method.
     *
     * @param {string} type
     * @param {object} [data]
     * @param {RequestOptions} [options]
     * @returns {Promise<Frame>} the reply
     * @throws {AgentstreamError} if the server refuses, the connection is lost or no reply arrives
     */
    request(type: string, data?: object, { onAnswer }?: RequestOptions): Promise<Frame>;
}
