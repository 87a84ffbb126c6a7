package io.agentstream.redis;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Finds out whether a thread that others depend on still works. It counts looks instead of time,
 * because a pause of the whole process makes the time meaningless. A thread that could run is not
 * stuck, however long it does not come to it: the machine is busy.
 */
final class ThreadWatch {

  /** At a look every third of a lease of 5 s, some 20 seconds. */
  static final int MOST_LOOKS_IN_VAIN = 12;

  private final Thread thread;
  private final LongSupplier progress;
  private final BooleanSupplier hasWork;
  private long seen = -1;
  private int looksInVain;

  /**
   * @param progress a number that changes whenever the thread has done something
   */
  ThreadWatch(Thread thread, LongSupplier progress, BooleanSupplier hasWork) {
    this.thread = thread;
    this.progress = progress;
    this.hasWork = hasWork;
  }

  /**
   * Returns false if the thread has ended, or has waited for something else over several calls in a
   * row while there was work. Called by one thread at a time.
   */
  boolean isAlive() {
    long now = progress.getAsLong();
    boolean inVain =
        now == seen && hasWork.getAsBoolean() && thread.getState() != Thread.State.RUNNABLE;
    looksInVain = inVain ? looksInVain + 1 : 0;
    seen = now;
    return thread.isAlive() && looksInVain < MOST_LOOKS_IN_VAIN;
  }
}
