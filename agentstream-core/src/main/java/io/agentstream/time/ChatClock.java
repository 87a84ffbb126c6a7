package io.agentstream.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time and rings at a time. Safe from any thread.
 *
 * <p>Alarms ring on a thread of the clock: a task must be short and must not block.
 */
public interface ChatClock {

  /** The machine's clock, with one daemon thread for all alarms of the process. */
  static ChatClock system() {
    return SystemChatClock.INSTANCE;
  }

  /** Milliseconds since 1970-01-01T00:00Z; may jump when the machine's clock is set. */
  long millis();

  /** Nanoseconds from an arbitrary origin; never runs backwards. For durations only. */
  long nanoTime();

  /** The time of day. */
  default Instant now() {
    return Instant.ofEpochMilli(millis());
  }

  /** Runs {@code task} once after {@code delay}, unless the alarm is cancelled before. */
  Alarm schedule(Duration delay, Runnable task);

  /** Something set to ring once. */
  @FunctionalInterface
  interface Alarm {
    /** Keeps the alarm from ringing. Does nothing once it has rung. */
    void cancel();
  }
}
