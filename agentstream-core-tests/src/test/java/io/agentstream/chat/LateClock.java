package io.agentstream.chat;

import io.agentstream.test.ManualClock;
import io.agentstream.time.ChatClock;
import java.time.Duration;

/**
 * A clock whose alarms cannot be kept from ringing: each is always just about to when cancelled.
 */
public final class LateClock implements ChatClock {

  private final ManualClock clock;

  public LateClock(ManualClock clock) {
    this.clock = clock;
  }

  @Override
  public long millis() {
    return clock.millis();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public Alarm schedule(Duration delay, Runnable task) {
    Alarm unused = clock.schedule(delay, task);
    return () -> {};
  }
}
