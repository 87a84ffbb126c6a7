package io.agentstream.viewer;

/**
 * The writes of a hub to its store, up to one moment.
 *
 * @param writes transactions that were committed
 * @param writeNanos how long these took together, in nanoseconds
 * @param failures attempts to write that failed; an attempt that is repeated counts each time
 * @param queued conversations and commands that wait to be written
 */
public record StoreLoad(long writes, long writeNanos, long failures, int queued) {}
