package io.agentstream.chat;

import java.time.Duration;
import java.util.Objects;

/**
 * Decides how often a call to a model is repeated after a temporary failure. If the model server
 * requests a delay ({@code Retry-After}), that delay applies instead. If it requests more than
 * {@code longest}, the call is not repeated, because the server would refuse it again.
 *
 * @param retries the number of retries, from 0
 * @param first the delay before the first retry; it doubles with each further one
 * @param longest the longest delay
 * @param jitter the random part of a delay, from 0 (none) to 1 (all of it)
 */
public record RetryPolicy(int retries, Duration first, Duration longest, double jitter) {

  private static final RetryPolicy DEFAULTS =
      new RetryPolicy(2, Duration.ofMillis(500), Duration.ofMinutes(1), 0.5);

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public RetryPolicy {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(longest, "longest");
    if (retries < 0 || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "A retry policy needs retries from 0 and 0 <= first <= longest");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, not " + jitter);
    }
  }

  /** Returns the default policy: two retries, after about half a second and about one second. */
  public static RetryPolicy defaults() {
    return DEFAULTS;
  }

  /** Returns a policy without retries. */
  public static RetryPolicy none() {
    return new RetryPolicy(0, Duration.ZERO, Duration.ZERO, 0);
  }

  /**
   * Returns the delay before a retry.
   *
   * @param retry the number of the retry, from 1
   * @param random from 0 (inclusive) to 1
   */
  Duration delay(int retry, double random) {
    double millis = (double) first.toMillis() * Math.pow(2, Math.min(retry, 30) - 1);
    double capped = Math.min(millis, (double) longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 - jitter * random)));
  }
}
