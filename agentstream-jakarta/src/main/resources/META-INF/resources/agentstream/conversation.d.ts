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
    /**
     * why a model gave no answer, where the server knows
     */
    cause?: string;
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
    /**
     * how many frames of text and thoughts came; absent in what an older page has kept
     */
    pieces?: number;
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
     * what matters most of what follows: an end, then a pause, then a question; `gone` if the server no
     * longer knows a conversation that was not over
     */
    state: "running" | "paused" | "waiting_for_input" | "ended" | "gone";
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
/**
 * Marks a conversation that the server no longer knows: nobody speaks, and nothing waits for an answer.
 *
 * @param {Conversation} conversation
 * @returns {Entry[]} the answers that broke off
 */
export declare function breakOff(conversation: Conversation): Entry[];
