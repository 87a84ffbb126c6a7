package io.agentstream.viewer.internal;

import io.agentstream.time.ChatClock;
import io.agentstream.viewer.internal.TokenBucket.Verdict;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds rates with a {@link TokenBucket} for each key. A key is removed only after a minute
 * without use, when its bucket is full again. If too many keys are in use, new ones share a bucket.
 * Thread-safe.
 */
final class RateLimit {

  /** The maximum number of keys with their own buckets. */
  static final int MOST_KEYS = 10_000;

  /** The factor by which all keys without their own buckets together may exceed one key's rate. */
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
   * @param perMinute 0 for no limit
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

  /** Takes one from the shared bucket of all indistinguishable keys. */
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
