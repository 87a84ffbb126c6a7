package io.agentstream.chat;

import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;

/**
 * The time of one run, which stands still in a pause. Used in the conversation's serial order only.
 */
final class RunClock {

  private final SerialClock clock;
  private final Runnable onTimeUp;
  private final long whole;
  private long left;
  private long goingSince;
  private boolean going;
  private Alarm alarm = () -> {};

  /**
   * @param used the part of {@code time} that is already used up
   */
  RunClock(SerialClock clock, Duration time, Duration used, Runnable onTimeUp) {
    this.clock = clock;
    this.onTimeUp = onTimeUp;
    this.whole = time.toNanos();
    this.left = Math.max(0, whole - used.toNanos());
  }

  void go() {
    going = true;
    goingSince = clock.nanoTime();
    alarm = clock.schedule(Duration.ofNanos(left), onTimeUp);
  }

  void stand() {
    if (going) {
      alarm.cancel();
      left = left();
      going = false;
    }
  }

  /** Returns the time that is used up. */
  Duration used() {
    return Duration.ofNanos(whole - left());
  }

  private long left() {
    return going ? Math.max(0, left - (clock.nanoTime() - goingSince)) : left;
  }
}
