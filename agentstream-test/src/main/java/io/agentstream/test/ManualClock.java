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
 * A clock that stands still until the test moves it. Alarms ring on the thread that moves it, each
 * at its own time, in order. Safe from any thread.
 */
public final class ManualClock implements ChatClock {

  /** The time on every such clock when it is made. */
  public static final Instant START = Instant.parse("2026-11-23T10:00:00.000Z");

  private static final long PATIENCE_SECONDS = 30;

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

  /** Moves on, ringing every alarm on the way at its time. */
  public void advance(Duration time) {
    long until = nanoTime() + time.toNanos();
    for (Ring ring = take(until); ring != null; ring = take(until)) {
      ring.task.run();
    }
    synchronized (this) {
      nanos = Math.max(nanos, until);
    }
  }

  /** Moves on to the next alarm and rings it; does nothing and returns false if none is set. */
  public boolean advanceToNextAlarm() {
    Ring ring = take(Long.MAX_VALUE);
    if (ring == null) {
      return false;
    }
    ring.task.run();
    return true;
  }

  /** How many alarms are set: none once every conversation on this clock has ended. */
  public synchronized int alarms() {
    return rings.size();
  }

  /**
   * Waits until just this many alarms are set, for chats that set them on other threads.
   *
   * @throws AssertionError after 30 seconds in vain
   */
  public synchronized void awaitAlarms(int count) throws InterruptedException {
    await(count + " alarms", () -> rings.size() == count);
  }

  /**
   * Waits until an alarm is set to ring when the clock has moved on by just this much from now.
   *
   * @throws AssertionError after 30 seconds in vain
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
