package io.agentstream.redis;

import io.agentstream.time.ChatClock;
import java.time.Duration;

/** The machine's clock, on which a test lets time go by that nobody has to wait for. */
final class JumpingClock implements ChatClock {

  private final ChatClock system = ChatClock.system();
  private volatile Duration ahead = Duration.ZERO;

  /** Moves on at once; alarms that are set ring as if nothing had been. */
  void jump(Duration time) {
    ahead = ahead.plus(time);
  }

  @Override
  public long millis() {
    return system.millis() + ahead.toMillis();
  }

  @Override
  public long nanoTime() {
    return system.nanoTime() + ahead.toNanos();
  }

  @Override
  public Alarm schedule(Duration delay, Runnable task) {
    return system.schedule(delay, task);
  }
}
