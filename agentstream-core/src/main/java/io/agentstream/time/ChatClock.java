package io.agentstream.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time and rings at a time. Safe from any thread.
 *
 * <p>Alarms ring on threads of the clock. A task should be short; with {@link #system} one that
 * blocks holds up nothing but its own thread.
 */
public interface ChatClock {

  /**
   * Returns the machine's clock: one daemon thread that keeps the time for the process, and daemon
   * threads on which alarms ring. All of them end about a second after the last alarm.
   */
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
