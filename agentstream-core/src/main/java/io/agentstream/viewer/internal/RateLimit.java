package io.agentstream.viewer.internal;

import io.agentstream.time.ChatClock;
import io.agentstream.viewer.internal.TokenBucket.Verdict;
import java.util.HashMap;
import java.util.Map;

/**
 * How often somebody may do something: a {@link TokenBucket} for each key. A key that has not been
 * used for a minute is forgotten, since its bucket is full again, and none before: where too many
 * are in use, new ones share a bucket. Thread-safe.
 */
final class RateLimit {

  /** How many keys have a bucket of their own at once. */
  static final int MOST_KEYS = 10_000;

  /** How much more often than one key all those may that have no bucket of their own. */
  static final int SHARED = 10;

  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final double perMinute;
  private final ChatClock clock;

  // Guarded by this.
  private final Map<String, TokenBucket> buckets = new HashMap<>();
  private final TokenBucket shared;
  private long sweptAt;

  /**
   * @param perMinute 0 for as often as one likes
   */
  RateLimit(double perMinute, ChatClock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
    this.sweptAt = clock.nanoTime();
    this.shared = new TokenBucket(perMinute * SHARED, sweptAt);
  }

  /** Takes one from the bucket of this key. */
  Verdict take(String key) {
    if (perMinute == 0) {
      return Verdict.ALLOWED;
    }
    long now = clock.nanoTime();
    synchronized (this) {
      return bucket(key, now).take(now);
    }
  }

  /** Takes one from the bucket of all those who cannot be told apart. */
  Verdict takeShared() {
    if (perMinute == 0) {
      return Verdict.ALLOWED;
    }
    long now = clock.nanoTime();
    synchronized (this) {
      return shared.take(now);
    }
  }

  synchronized int keys() {
    return buckets.size();
  }

  private TokenBucket bucket(String key, long now) {
    boolean full = buckets.size() >= MOST_KEYS;
    if (now - sweptAt >= (full ? SECOND_NANOS : MINUTE_NANOS)) {
      sweptAt = now;
      buckets.values().removeIf(bucket -> bucket.isForgettable(now));
    }
    TokenBucket known = buckets.get(key);
    if (known != null || buckets.size() >= MOST_KEYS) {
      return known != null ? known : shared;
    }
    TokenBucket made = new TokenBucket(perMinute, now);
    buckets.put(key, made);
    return made;
  }
}
