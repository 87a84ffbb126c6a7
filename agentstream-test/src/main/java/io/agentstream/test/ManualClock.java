package io.agentstream.test;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until the test advances it. Alarms ring in order, each at its own time,
 * on the thread that advances the clock. Thread-safe.
 */
public final class ManualClock implements ChatClock {

  /** The initial time of every manual clock. */
  public static final Instant START = Instant.parse("2026-11-23T10:00:00.000Z");

  private static final long PATIENCE_SECONDS = 60;

  private final PriorityQueue<Ring> rings =
      new PriorityQueue<>(Comparator.comparingLong(Ring::at).thenComparingLong(Ring::order));
  private long nanos;
  private long order;

  @Override
  public synchronized long millis() {
    return START.toEpochMilli() + nanos / 1_000_000;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Alarm schedule(Duration delay, Runnable task) {
    Ring ring = new Ring(nanos + delay.toNanos(), order++, task);
    rings.add(ring);
    notifyAll();
    return () -> remove(ring);
  }

  /** Advances the clock and rings every alarm on the way at its time. */
  public void advance(Duration time) {
    long until = nanoTime() + time.toNanos();
    for (Ring ring = takeOrReach(until); ring != null; ring = takeOrReach(until)) {
      ring.task.run();
    }
  }

  /** In one step, so that an alarm which another thread sets meanwhile rings or lies ahead. */
  private synchronized @Nullable Ring takeOrReach(long until) {
    Ring next = take(until);
    if (next == null) {
      nanos = Math.max(nanos, until);
    }
    return next;
  }

  /**
   * Advances to the next alarm and rings it. Returns false, and does nothing, if no alarm is set.
   */
  public boolean advanceToNextAlarm() {
    Ring ring = take(Long.MAX_VALUE);
    if (ring == null) {
      return false;
    }
    ring.task.run();
    return true;
  }

  /**
   * Returns the number of alarms that are set; 0 once every conversation on this clock has ended.
   */
  public synchronized int alarms() {
    return rings.size();
  }

  /**
   * Waits until exactly this many alarms are set, for chats that set them on other threads.
   *
   * @throws AssertionError if this does not happen within a minute
   */
  public synchronized void awaitAlarms(int count) throws InterruptedException {
    await(count + " alarms", () -> rings.size() == count);
  }

  /**
   * Waits until an alarm is set that rings after exactly this time from now.
   *
   * @throws AssertionError if this does not happen within a minute
   */
  public synchronized void awaitAlarm(Duration delay) throws InterruptedException {
    long at = nanos + delay.toNanos();
    await("an alarm in " + delay, () -> rings.stream().anyMatch(ring -> ring.at == at));
  }

  private synchronized void await(String what, BooleanSupplier come) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!come.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "Not set in " + PATIENCE_SECONDS + " seconds: " + what + "; set are " + rings);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized @Nullable Ring take(long until) {
    Ring next = rings.peek();
    if (next == null || next.at > until) {
      return null;
    }
    rings.remove();
    nanos = Math.max(nanos, next.at);
    notifyAll();
    return next;
  }

  private synchronized void remove(Ring ring) {
    rings.remove(ring);
    notifyAll();
  }

  private record Ring(long at, long order, Runnable task) {}
}
