package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what comes about on other threads. Only a test that fails waits to the end: the
 * patience is that of a busy machine, on which a thread may not run for seconds.
 */
public final class Eventually {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long COLLECT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Eventually() {}

  /** Waits until the condition holds; fails the test after a minute. */
  public static void await(BooleanSupplier condition) {
    await("what the test waits for", condition);
  }

  /**
   * Waits until the condition holds; fails the test after a minute.
   *
   * @param what the condition in words, for the failure
   */
  public static void await(String what, BooleanSupplier condition) {
    await(what, condition, LOOK_EVERY_NANOS);
  }

  /**
   * Collects garbage until nothing refers to an object any more; fails the test after a minute. The
   * test's own variables must not refer to it either.
   *
   * @param what the object in words, for the failure
   */
  public static void awaitCollection(String what, Reference<?> object) {
    await(what + " is collected", () -> isCollected(object), COLLECT_EVERY_NANOS);
  }

  private static boolean isCollected(Reference<?> object) {
    System.gc();
    return object.refersTo(null);
  }

  private static void await(String what, BooleanSupplier condition, long lookEveryNanos) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("It does not come to be: " + what).isLessThan(deadline);
      // A loop that spins would take the core from what it waits for.
      LockSupport.parkNanos(lookEveryNanos);
    }
  }
}
