package io.agentstream.chat;

import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The alarms at which a run's condition is checked, besides before each step. */
final class Deadlines {

  private List<Alarm> alarms = List.of();

  /**
   * Sets the alarms.
   *
   * @param times durations from the run's start
   * @param elapsed the run's duration so far, before a takeover
   */
  void set(SerialClock clock, Collection<Duration> times, Duration elapsed, Runnable task) {
    alarms = times.stream().map(time -> clock.schedule(left(time, elapsed), task)).toList();
  }

  void cancel() {
    alarms.forEach(Alarm::cancel);
  }

  private static Duration left(Duration time, Duration elapsed) {
    Duration left = time.minus(elapsed);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
