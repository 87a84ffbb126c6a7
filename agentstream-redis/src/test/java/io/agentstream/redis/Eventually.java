package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what comes about on other threads, as long as it may reasonably take. */
final class Eventually {

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private Eventually() {}

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("It does not come to be").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
