export type Entry = import("./conversation.js").Entry;
/**
 * Measures messages as the viewer sees them: from the change of speaker to the first token, thinking included,
 * and to the end. A message whose beginning was missed is not measured.
 */
export declare class Stopwatch {
    #private;
    /** @param {() => number} now in milliseconds */
    constructor(now: () => number);
    /**
     * @param {Entry} entry that an event has just created or changed
     * @param {string} type of the event
     */
    look(entry: Entry, type: string): void;
    /** Stops measuring current messages, because the following events are a replay. */
    discard(): void;
}
