package io.agentstream.viewer.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs an action after each wake, on one thread at a time and never inside itself: a wake that
 * comes while it runs has it run once more. Safe from any thread.
 */
final class SerialWake {

  private final Runnable action;
  private final AtomicInteger wakes = new AtomicInteger();

  SerialWake(Runnable action) {
    this.action = action;
  }

  void wake() {
    if (wakes.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      action.run();
      seen = wakes.addAndGet(-seen);
    } while (seen != 0);
  }
}
