package io.agentstream.viewer.internal;

/**
 * A minute's worth of something, which fills evenly. Refusals are counted as well and are forgotten
 * at the rate at which it fills: whoever keeps to twice the rate is never taken for an abuser, and
 * whoever floods is found out however often a place becomes free in between. Not thread-safe.
 */
final class TokenBucket {

  /** The outcome of an attempt. */
  enum Verdict {
    ALLOWED,
    REFUSED,
    /** Refused, as so much was refused of late that whoever it is does not listen. */
    ABUSED
  }

  private static final double NANOS_PER_MINUTE = 60e9;

  private final double perMinute;
  private double left;
  private double refused;
  private long usedAt;

  /**
   * @param perMinute how many are allowed in a minute, and at once; from 1
   */
  TokenBucket(double perMinute, long now) {
    this.perMinute = perMinute;
    this.left = perMinute;
    this.usedAt = now;
  }

  /**
   * Takes one.
   *
   * @param now in nanoseconds, as {@link io.agentstream.time.ChatClock#nanoTime}
   */
  Verdict take(long now) {
    double filled = (now - usedAt) / NANOS_PER_MINUTE * perMinute;
    left = Math.min(perMinute, left + filled);
    refused = Math.max(0, refused - filled);
    usedAt = now;
    if (left >= 1) {
      left--;
      return Verdict.ALLOWED;
    }
    // More would take longer to forget than it took to come.
    refused = Math.min(perMinute, refused + 1);
    return refused >= perMinute ? Verdict.ABUSED : Verdict.REFUSED;
  }

  /** Returns whether it would be the same if it were new. */
  boolean isForgettable(long now) {
    return now - usedAt >= NANOS_PER_MINUTE;
  }
}
