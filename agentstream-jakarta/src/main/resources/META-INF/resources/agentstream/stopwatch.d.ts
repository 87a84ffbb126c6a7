export type Entry = import("./conversation.js").Entry;
/**
 * Times answers as their viewer sees them come: from the speaker's change to the first token, thinking
 * included, and on to the end. An answer of which the beginning was missed is not timed at all.
 */
export declare class Stopwatch {
    #private;
    /** @param {() => number} now in milliseconds */
    constructor(now: () => number);
    /**
     * @param {Entry} entry that an event has just begun or changed
     * @param {string} type of the event
     */
    look(entry: Entry, type: string): void;
    /** What comes now has happened before: answers under way are no longer timed. */
    discard(): void;
}
