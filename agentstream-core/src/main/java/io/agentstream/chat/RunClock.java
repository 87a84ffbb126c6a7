package io.agentstream.chat;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;

/**
 * The time of one run, which stands still in a pause. Used in the conversation's serial order only.
 */
final class RunClock {

  private final ChatClock clock;
  private final SerialExecutor serial;
  private final Runnable onTimeUp;
  private long left;
  private long goingSince;
  private Alarm alarm = () -> {};

  RunClock(ChatClock clock, Duration time, SerialExecutor serial, Runnable onTimeUp) {
    this.clock = clock;
    this.serial = serial;
    this.onTimeUp = onTimeUp;
    this.left = time.toNanos();
  }

  void go() {
    goingSince = clock.nanoTime();
    alarm = clock.schedule(Duration.ofNanos(left), () -> serial.execute(onTimeUp));
  }

  void stand() {
    alarm.cancel();
    left = Math.max(0, left - (clock.nanoTime() - goingSince));
  }
}
