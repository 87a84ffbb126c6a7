package io.agentstream.jakarta;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until the test moves it; alarms ring on the test's thread. */
final class ManualClock implements ChatClock {

  private static final long START = Instant.parse("2026-11-23T10:00:00.000Z").toEpochMilli();

  private final PriorityQueue<Ring> rings =
      new PriorityQueue<>(Comparator.comparingLong(Ring::at).thenComparingLong(Ring::order));
  private long nanos;
  private long order;

  @Override
  public synchronized long millis() {
    return START + TimeUnit.NANOSECONDS.toMillis(nanos);
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
    return () -> cancel(ring);
  }

  /** Moves on, ringing every alarm on the way at its time. */
  void advance(Duration time) {
    long until = nanoTime() + time.toNanos();
    for (Ring ring = take(until); ring != null; ring = take(until)) {
      ring.task.run();
    }
    synchronized (this) {
      nanos = until;
    }
  }

  /** How many alarms are set. */
  synchronized int alarms() {
    return rings.size();
  }

  /** Waits until this many alarms are set. */
  synchronized void awaitAlarms(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TestViewer.PATIENCE_SECONDS);
    while (rings.size() != count) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("Expected " + count + " alarms, there are " + rings.size());
      }
      wait(left);
    }
  }

  private synchronized @Nullable Ring take(long until) {
    if (rings.isEmpty() || rings.peek().at > until) {
      return null;
    }
    Ring ring = rings.poll();
    nanos = Math.max(nanos, ring.at);
    notifyAll();
    return ring;
  }

  private synchronized void cancel(Ring ring) {
    rings.remove(ring);
    notifyAll();
  }

  private record Ring(long at, long order, Runnable task) {}
}
