/**
 * The view of one conversation, and how each event of its journal changes the view. The objects are plain, so
 * that a tab can store them as JSON. They change in place, because a copy for every token would cost more than
 * the token.
 */
export type Frame = import("./connection.js").Frame;
export type Author = import("./connection.js").Author;
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
    kind: "text" | "speaker" | "approval" | "interrupted_call";
    /**
     * who asks
     */
    agentName?: string;
    /**
     * the message whose tool call the question is about
     */
    messageId?: string;
    /**
     * which call
     */
    callId?: string;
    prompt: string;
    /**
     * the possible answers; any text if left out
     */
    choices?: string[];
    /**
     * ISO 8601, by the server's clock
     */
    expiresAt: string;
    /**
     * the participant whose turn it is and who is asked
     */
    person?: string;
    /**
     * true if only the owner of the conversation may answer
     */
    ownerOnly?: boolean;
};
export type ErrorDetail = {
    code: string;
    message: string;
    agentName?: string;
    retryable: boolean;
    fatal: boolean;
    /**
     * the reason why a model gave no answer, if the server knows it
     */
    cause?: string;
};
export type Timing = {
    /**
     * from the change of speaker to the first token, thinking included
     */
    firstTokenMs: number;
    /**
     * from the change of speaker to the end
     */
    totalMs: number;
    /**
     * the number of frames with text or thinking; missing in data that an older page has stored
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
    /**
     * the person who said it, if the server knows
     */
    author?: Author;
    /**
     * of a person's message that waited
     */
    queueId?: string;
    /**
     * the person who cut it short
     */
    stoppedBy?: Author;
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
     * how often text was taken back while this tab was watching
     */
    resets: number;
    /**
     * the names from the outermost team inward
     */
    agentPath?: string[];
    /**
     * the reason why this speaker was picked
     */
    reason?: string;
    /**
     * of a complete message, if this tab watched it from beginning to end
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
    /**
     * the person who stopped it
     */
    author?: Author;
};
export type QueuedMessage = {
    queueId: string;
    author?: Author;
    content: string;
    when: "turn" | "tool" | "now";
};
export type Entry = MessageEntry | ErrorEntry | EndedEntry;
export type Conversation = {
    conversationId: string;
    /**
     * null until the server has named it
     */
    epoch: number | null;
    /**
     * the last event that this view contains
     */
    seq: number;
    /**
     * the most important of the fields below: an end, then a pause, then a question; `gone` if the server no
     * longer has a conversation that was not over
     */
    state: "running" | "paused" | "waiting_for_input" | "ended" | "gone";
    /**
     * until the next run
     */
    ended: boolean;
    paused: boolean;
    /**
     * the open questions, oldest first
     */
    pendingInputs: PendingInput[];
    /**
     * people's messages that wait, in the order in which they enter
     */
    queued: QueuedMessage[];
    /**
     * the person who paused it; null if nobody is known
     */
    pausedBy: Author | null;
    /**
     * `store` or `backplane` if the server itself has paused it, because that takes no writes; null if a person
     * has
     */
    pauseReason: string | null;
    topic: string;
    /**
     * the participants in speaking order, with those that are muted
     */
    agents: string[];
    /**
     * the participants that stay silent
     */
    muted: string[];
    /**
     * the participants that are seats for people, not agents
     */
    people: string[];
    maxRounds: number | null;
    speakerSelection: string | null;
    /**
     * a conversation that continues after its end is in its next run
     */
    run: number;
    /**
     * of the run; 0 before the first, and where only nested teams speak
     */
    round: number;
    /**
     * of all runs: added up message by message; selectors' usage is included from each end on
     */
    usage: Usage | null;
    /**
     * the visible entries, in order
     */
    entries: Entry[];
};
/** Returned by {@link applyEvent} if an earlier event is missing. */
export declare const LOST: unique symbol;
/**
 * @param {string} conversationId
 * @param {number | null} [epoch]
 * @returns {Conversation}
 */
export declare function emptyConversation(conversationId: string, epoch?: number | null): Conversation;
/**
 * Applies the next event of the journal. The caller makes sure that it is the next one.
 *
 * @param {Conversation} conversation
 * @param {Frame} frame
 * @returns {Entry | null | typeof LOST} the new or changed entry
 */
export declare function applyEvent(conversation: Conversation, { type, data }: Frame): Entry | null | typeof LOST;
/**
 * @param {Frame} frame a `snapshot`
 * @param {Conversation} before the view so far, for data that a snapshot does not repeat
 * @returns {Conversation}
 */
export declare function conversationFromSnapshot({ data }: Frame, before: Conversation): Conversation;
/**
 * Marks a conversation as gone: nobody speaks, and no question is open.
 *
 * @param {Conversation} conversation
 * @returns {Entry[]} the messages that ended early
 */
export declare function breakOff(conversation: Conversation): Entry[];
