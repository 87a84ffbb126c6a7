package io.agentstream.delivery;

import io.agentstream.time.ChatClock;
import java.util.HashMap;
import java.util.Map;

/**
 * How often somebody may do something: a token bucket for each key, which holds a minute's worth
 * and fills evenly. A key that has not been used for a minute is forgotten. Safe from any thread.
 */
final class RateLimit {

  /** What becomes of an attempt. */
  enum Verdict {
    ALLOWED,
    REFUSED,
    /** Refused, and as often in a row as a whole minute allows: whoever it is does not listen. */
    ABUSED
  }

  private static final double NANOS_PER_MINUTE = 60e9;

  private final int perMinute;
  private final ChatClock clock;

  // Guarded by this.
  private final Map<String, Bucket> buckets = new HashMap<>();
  private long sweptAt;

  /**
   * @param perMinute 0 for as often as one likes
   */
  RateLimit(int perMinute, ChatClock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
    this.sweptAt = clock.nanoTime();
  }

  Verdict take(String key) {
    if (perMinute == 0) {
      return Verdict.ALLOWED;
    }
    long now = clock.nanoTime();
    synchronized (this) {
      sweep(now);
      return buckets.computeIfAbsent(key, unused -> new Bucket(now)).take(now);
    }
  }

  synchronized int keys() {
    return buckets.size();
  }

  private void sweep(long now) {
    if (now - sweptAt >= NANOS_PER_MINUTE) {
      sweptAt = now;
      buckets.values().removeIf(bucket -> now - bucket.usedAt >= NANOS_PER_MINUTE);
    }
  }

  private final class Bucket {
    private double left = perMinute;
    private long usedAt;
    private int refusedInARow;

    Bucket(long now) {
      this.usedAt = now;
    }

    Verdict take(long now) {
      left = Math.min(perMinute, left + (now - usedAt) / NANOS_PER_MINUTE * perMinute);
      usedAt = now;
      if (left >= 1) {
        left--;
        refusedInARow = 0;
        return Verdict.ALLOWED;
      }
      refusedInARow++;
      return refusedInARow >= perMinute ? Verdict.ABUSED : Verdict.REFUSED;
    }
  }
}
