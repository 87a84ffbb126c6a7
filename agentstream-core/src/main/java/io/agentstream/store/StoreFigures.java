package io.agentstream.store;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Counts what is written to a store, for metrics. Safe from any thread. */
public final class StoreFigures {

  private final LongAdder writes = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile IntSupplier queue = () -> 0;

  StoreFigures() {}

  void queue(IntSupplier length) {
    queue = length;
  }

  void written(long nanoseconds) {
    writes.increment();
    nanos.add(nanoseconds);
  }

  void failed() {
    failures.increment();
  }

  /** Returns how many transactions were committed. */
  public long writes() {
    return writes.sum();
  }

  /** Returns how long these transactions took together, in nanoseconds. */
  public long writeNanos() {
    return nanos.sum();
  }

  /** Returns how many attempts to write failed; an attempt that is repeated counts each time. */
  public long failures() {
    return failures.sum();
  }

  /** Returns how many conversations and commands wait to be written. */
  public int queued() {
    return queue.getAsInt();
  }
}
