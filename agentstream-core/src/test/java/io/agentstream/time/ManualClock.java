package io.agentstream.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until the test moves it; alarms ring on the test's thread. */
public final class ManualClock implements ChatClock {

  private static final long START = Instant.parse("2026-11-23T10:00:00.000Z").toEpochMilli();

  private final PriorityQueue<Ring> rings =
      new PriorityQueue<>(Comparator.comparingLong(Ring::at).thenComparingLong(Ring::order));
  private long nanos;
  private long order;

  @Override
  public synchronized long millis() {
    return START + nanos / 1_000_000;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Alarm schedule(Duration delay, Runnable task) {
    Ring ring = new Ring(nanos + delay.toNanos(), order++, task);
    rings.add(ring);
    return () -> remove(ring);
  }

  /** Moves on, ringing every alarm on the way at its time. */
  public void advance(Duration time) {
    long until = nanoTime() + time.toNanos();
    for (Ring ring = take(until); ring != null; ring = take(until)) {
      ring.task.run();
    }
    synchronized (this) {
      nanos = until;
    }
  }

  /** How many alarms are set. */
  public synchronized int alarms() {
    return rings.size();
  }

  private synchronized @Nullable Ring take(long until) {
    if (rings.isEmpty() || rings.peek().at > until) {
      return null;
    }
    Ring ring = rings.poll();
    nanos = Math.max(nanos, ring.at);
    return ring;
  }

  private synchronized void remove(Ring ring) {
    rings.remove(ring);
  }

  private record Ring(long at, long order, Runnable task) {}
}
