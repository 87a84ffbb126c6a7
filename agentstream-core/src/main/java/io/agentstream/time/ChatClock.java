package io.agentstream.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Provides the time and sets alarms. Thread-safe.
 *
 * <p>Alarms ring on threads of the clock. A task should be short; with {@link #system}, a task that
 * blocks delays only its own thread.
 */
public interface ChatClock {

  /**
   * Returns the machine's clock: one daemon thread that keeps the time for the process, and daemon
   * threads on which alarms ring. All of them end about a second after the last alarm.
   */
  static ChatClock system() {
    return SystemChatClock.INSTANCE;
  }

  /** Returns milliseconds since 1970-01-01T00:00Z; may jump when the machine's clock is set. */
  long millis();

  /** Returns nanoseconds from an arbitrary origin; never runs backwards. For durations only. */
  long nanoTime();

  /** Returns the current time. */
  default Instant now() {
    return Instant.ofEpochMilli(millis());
  }

  /** Runs {@code task} once after {@code delay}, unless the alarm is cancelled before. */
  Alarm schedule(Duration delay, Runnable task);

  /** An alarm that rings once. */
  @FunctionalInterface
  interface Alarm {
    /** Cancels the alarm. Does nothing once it has rung. */
    void cancel();
  }
}
