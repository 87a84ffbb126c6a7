package io.agentstream.micrometer;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Records how long each message took to its first token. Keeps up to {@value #MOST_EARLY} durations
 * from before the first registry is bound. Safe from any thread.
 */
final class FirstTokens {

  static final Duration[] BUCKETS =
      Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final int MOST_EARLY = 1_000;

  private final List<Timer> timers = new CopyOnWriteArrayList<>();
  private final Queue<Duration> early = new ArrayBlockingQueue<>(MOST_EARLY);

  void record(long nanos) {
    Duration duration = Duration.ofNanos(nanos);
    if (!timers.isEmpty()) {
      timers.forEach(timer -> timer.record(duration));
      return;
    }
    boolean unused = early.offer(duration);
    // A timer may have been added since the check above.
    if (!timers.isEmpty()) {
      recordEarly();
    }
  }

  void add(Timer timer) {
    timers.add(timer);
    recordEarly();
  }

  private void recordEarly() {
    for (Duration next = early.poll(); next != null; next = early.poll()) {
      Duration duration = next;
      timers.forEach(timer -> timer.record(duration));
    }
  }
}
