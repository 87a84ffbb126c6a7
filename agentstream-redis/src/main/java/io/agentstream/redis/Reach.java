package io.agentstream.redis;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks whether Redis answers, and since when it does not. Thread-safe. */
final class Reach {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  private final ChatClock clock;
  private final Duration holdAfter;

  // Guarded by this.
  private boolean failing;
  private long failingSince;
  private boolean held;
  private Consumer<Boolean> onChange = reachable -> {};

  Reach(ChatClock clock, Duration holdAfter) {
    this.clock = clock;
    this.holdAfter = holdAfter;
  }

  /** Calls {@code listener} when conversations should pause, and when they can continue. */
  synchronized void onChange(Consumer<Boolean> listener) {
    onChange = listener;
  }

  void succeeded() {
    Consumer<Boolean> tell;
    synchronized (this) {
      if (!failing) {
        return;
      }
      failing = false;
      log.info("Redis is back after {} ms", (clock.nanoTime() - failingSince) / 1_000_000);
      if (!held) {
        return;
      }
      held = false;
      tell = onChange;
    }
    tell.accept(true);
  }

  synchronized void failed(Throwable cause) {
    if (!failing) {
      failing = true;
      failingSince = clock.nanoTime();
      clock.schedule(holdAfter, this::check);
      log.warn("Redis does not accept this node's writes: {}", cause.toString());
    }
  }

  private void check() {
    Consumer<Boolean> tell;
    synchronized (this) {
      if (!failing || held || clock.nanoTime() - failingSince < holdAfter.toNanos()) {
        return;
      }
      held = true;
      log.warn("Conversations pause until Redis is back");
      tell = onChange;
    }
    tell.accept(false);
  }
}
