package io.agentstream.teams.internal.mcp;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says when a server that failed may be started again: later with each failure. Thread-safe. */
final class Restarts {

  private static final long FIRST_DELAY_MILLIS = 250;
  private static final long LONGEST_DELAY_MILLIS = 30_000;

  private final LongSupplier nanoTime;

  // Guarded by this.
  private int failures;
  private long notBefore;

  Restarts() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  Restarts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.notBefore = nanoTime.getAsLong();
  }

  synchronized boolean mayBegin() {
    return nanoTime.getAsLong() - notBefore >= 0;
  }

  synchronized void worked() {
    failures = 0;
  }

  /** The first restart is immediate, because most servers die once and not again. */
  synchronized void failed() {
    long delay =
        failures == 0
            ? 0
            : Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures, 10));
    failures++;
    notBefore = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(delay);
  }
}
