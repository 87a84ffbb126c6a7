/**
 * What one conversation looks like to a viewer, and how each event of its journal changes it. The
 * objects are plain, so that a tab can put them away as JSON, and they are changed in place: a
 * copy for every token would cost more than the token.
 */
export type Frame = import("./connection.js").Frame;
export type Usage = {
    input_tokens: number;
    output_tokens: number;
    total_tokens: number;
    estimated?: boolean;
};
export type Tool = {
    callId: string;
    name: string;
    /**
     * the JSON text as the model wrote it
     */
    arguments: string;
    /**
     * absent while the tool runs
     */
    result?: string;
    isError?: boolean;
};
export type PendingInput = {
    requestId: string;
    kind: "text" | "speaker" | "approval";
    /**
     * who asks
     */
    agentName?: string;
    /**
     * whose call of a tool it is about
     */
    messageId?: string;
    /**
     * which call
     */
    callId?: string;
    prompt: string;
    /**
     * what can be answered; any text without
     */
    choices?: string[];
    /**
     * ISO 8601, by the server's clock
     */
    expiresAt: string;
};
export type ErrorDetail = {
    code: string;
    message: string;
    agentName?: string;
    retryable: boolean;
    fatal: boolean;
};
export type Timing = {
    /**
     * from the speaker's change to the first token, thinking included
     */
    firstTokenMs: number;
    /**
     * from the speaker's change to the end
     */
    totalMs: number;
};
export type MessageEntry = {
    kind: "message";
    messageId: string;
    role: "user" | "assistant";
    /**
     * the agent's name, or `user`
     */
    sender: string;
    run: number;
    /**
     * of the run; of a nested team its own
     */
    round: number;
    content: string;
    thinking: string;
    state: "streaming" | "done";
    finishReason?: string;
    usage?: Usage;
    error?: ErrorDetail;
    tools: Tool[];
    /**
     * how often text was taken back while this tab looked on
     */
    resets: number;
    /**
     * the names from the outermost team inward
     */
    agentPath?: string[];
    /**
     * why this speaker was picked
     */
    reason?: string;
    /**
     * of an answer that is done, if this tab looked on from its beginning to its end
     */
    timing?: Timing;
};
export type ErrorEntry = {
    kind: "error";
    error: ErrorDetail;
};
export type EndedEntry = {
    kind: "ended";
    run: number;
    reason: string;
    detail?: string;
    usage?: Usage;
};
export type Entry = MessageEntry | ErrorEntry | EndedEntry;
export type Conversation = {
    conversationId: string;
    /**
     * null until the server has named it
     */
    epoch: number | null;
    /**
     * the last event that is in here
     */
    seq: number;
    /**
     * what matters most of what
     * follows: an end, then a pause, then a question
     */
    state: "running" | "paused" | "waiting_for_input" | "ended";
    /**
     * until the next run
     */
    ended: boolean;
    paused: boolean;
    /**
     * the questions that are open, the oldest first; of several
     * a snapshot knows only the oldest
     */
    pendingInputs: PendingInput[];
    topic: string;
    agents: string[];
    maxRounds: number | null;
    speakerSelection: string | null;
    /**
     * a conversation that goes on after its end is in its next run
     */
    run: number;
    /**
     * of the run; 0 before the first, and where only nested teams speak
     */
    round: number;
    /**
     * of all runs: counted answer by answer, with what selectors used
     * from each end on
     */
    usage: Usage | null;
    /**
     * what a reader sees, in order
     */
    entries: Entry[];
};
/** @typedef {import("./connection.js").Frame} Frame */
/**
 * @typedef {object} Usage
 * @property {number} input_tokens
 * @property {number} output_tokens
 * @property {number} total_tokens
 * @property {boolean} [estimated]
 */
/**
 * @typedef {object} Tool
 * @property {string} callId
 * @property {string} name
 * @property {string} arguments the JSON text as the model wrote it
 * @property {string} [result] absent while the tool runs
 * @property {boolean} [isError]
 */
/**
 * A question to the people who watch.
 *
 * @typedef {object} PendingInput
 * @property {string} requestId
 * @property {"text" | "speaker" | "approval"} kind
 * @property {string} [agentName] who asks
 * @property {string} [messageId] whose call of a tool it is about
 * @property {string} [callId] which call
 * @property {string} prompt
 * @property {string[]} [choices] what can be answered; any text without
 * @property {string} expiresAt ISO 8601, by the server's clock
 */
/**
 * @typedef {object} ErrorDetail
 * @property {string} code
 * @property {string} message
 * @property {string} [agentName]
 * @property {boolean} retryable
 * @property {boolean} fatal
 */
/**
 * @typedef {object} MessageEntry
 * @property {"message"} kind
 * @property {string} messageId
 * @property {"user" | "assistant"} role
 * @property {string} sender the agent's name, or `user`
 * @property {number} run
 * @property {number} round of the run; of a nested team its own
 * @property {string} content
 * @property {string} thinking
 * @property {"streaming" | "done"} state
 * @property {string} [finishReason]
 * @property {Usage} [usage]
 * @property {ErrorDetail} [error]
 * @property {Tool[]} tools
 * @property {number} resets how often text was taken back while this tab looked on
 * @property {string[]} [agentPath] the names from the outermost team inward
 * @property {string} [reason] why this speaker was picked
 */
/** @typedef {{kind: "error", error: ErrorDetail}} ErrorEntry */
/** @typedef {{kind: "ended", run: number, reason: string, detail?: string, usage?: Usage}} EndedEntry */
/** @typedef {MessageEntry | ErrorEntry | EndedEntry} Entry */
/**
 * @typedef {object} Conversation
 * @property {string} conversationId
 * @property {number | null} epoch null until the server has named it
 * @property {number} seq the last event that is in here
 * @property {"running" | "paused" | "waiting_for_input" | "ended"} state what matters most of what
 *   follows: an end, then a pause, then a question
 * @property {boolean} ended until the next run
 * @property {boolean} paused
 * @property {PendingInput[]} pendingInputs the questions that are open, the oldest first; of several
 *   a snapshot knows only the oldest
 * @property {string} topic
 * @property {string[]} agents
 * @property {number | null} maxRounds
 * @property {string | null} speakerSelection
 * @property {number} run a conversation that goes on after its end is in its next run
 * @property {number} round of the run; 0 before the first, and where only nested teams speak
 * @property {Usage | null} usage of all runs: counted answer by answer, with what selectors used
 *   from each end on
 * @property {Entry[]} entries what a reader sees, in order
 */
/** What {@link applyEvent} answers when something before the event is missing. */
export declare const LOST: unique symbol;
/**
 * @param {string} conversationId
 * @param {number | null} [epoch]
 * @returns {Conversation}
 */
export declare function emptyConversation(conversationId: string, epoch?: number | null): Conversation;
/**
 * Applies the next event of the journal. That it is the next one is for the caller to see to.
 *
 * @param {Conversation} conversation
 * @param {Frame} frame
 * @returns {Entry | null | typeof LOST} the entry that is new or has changed
 */
export declare function applyEvent(conversation: Conversation, { type, data }: Frame): Entry | null | typeof LOST;
/**
 * @param {Frame} frame a `snapshot`
 * @param {Conversation} before what was known, for what a snapshot does not repeat
 * @returns {Conversation}
 */
export declare function conversationFromSnapshot({ data }: Frame, before: Conversation): Conversation;
