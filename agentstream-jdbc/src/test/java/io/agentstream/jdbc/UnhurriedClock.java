package io.agentstream.jdbc;

import io.agentstream.time.ChatClock;
import java.time.Duration;

/**
 * Runs ten times slower than the machine's clock, because on a busy machine a commit can take the
 * two seconds after which a hub takes its store for unreachable.
 */
final class UnhurriedClock implements ChatClock {

  private static final int SLOWER = 10;

  @Override
  public long millis() {
    return ChatClock.system().millis();
  }

  @Override
  public long nanoTime() {
    return ChatClock.system().nanoTime() / SLOWER;
  }

  @Override
  public Alarm schedule(Duration delay, Runnable task) {
    return ChatClock.system().schedule(delay.multipliedBy(SLOWER), task);
  }
}
