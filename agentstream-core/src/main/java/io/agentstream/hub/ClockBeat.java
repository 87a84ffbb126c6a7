package io.agentstream.hub;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;

/**
 * Checks that the clock's alarms still ring, by an alarm that sets itself again. It begins with the
 * first check, so a hub whose health nobody checks sets no alarm. Thread-safe.
 */
final class ClockBeat {

  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Long enough for a pause of the whole process, such as a full collection of a large heap. */
  static final Duration LATEST = Duration.ofSeconds(10);

  private final ChatClock clock;

  // Guarded by this.
  private boolean begun;
  private boolean stopped;
  private long beatAt;
  private Alarm next = () -> {};

  ClockBeat(ChatClock clock) {
    this.clock = clock;
  }

  /** Returns false if no alarm has rung for longer than {@link #LATEST}. */
  synchronized boolean isAlive() {
    if (stopped) {
      return true;
    }
    long now = clock.nanoTime();
    if (!begun) {
      begun = true;
      beatAt = now;
      schedule();
    }
    boolean alive = now - beatAt <= LATEST.toNanos();
    if (!alive) {
      // A single alarm may have been lost, for example to an OutOfMemoryError.
      schedule();
    }
    return alive;
  }

  synchronized void stop() {
    stopped = true;
    next.cancel();
  }

  private synchronized void beat() {
    beatAt = clock.nanoTime();
    schedule();
  }

  private void schedule() {
    next.cancel();
    if (!stopped) {
      next = clock.schedule(INTERVAL, this::beat);
    }
  }
}
