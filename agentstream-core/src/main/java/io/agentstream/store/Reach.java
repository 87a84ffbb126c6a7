package io.agentstream.store;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks whether the store takes writes, and since when it does not. Safe from any thread. */
final class Reach {

  private static final Logger log = LoggerFactory.getLogger(Reach.class);

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

  /** Calls {@code listener} when conversations should hold, and when they can continue. */
  synchronized void onChange(Consumer<Boolean> listener) {
    onChange = listener;
  }

  synchronized boolean isFailing() {
    return failing;
  }

  void succeeded() {
    Consumer<Boolean> tell;
    synchronized (this) {
      if (!failing) {
        return;
      }
      failing = false;
      log.info(
          "The store takes writes again, after {} ms",
          (clock.nanoTime() - failingSince) / 1_000_000);
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
      log.warn("The store takes no writes: {}", cause.toString());
    }
  }

  private void check() {
    Consumer<Boolean> tell;
    synchronized (this) {
      if (!failing || held || clock.nanoTime() - failingSince < holdAfter.toNanos()) {
        return;
      }
      held = true;
      log.error("Conversations pause until the store takes writes again");
      tell = onChange;
    }
    tell.accept(false);
  }
}
