package io.agentstream.store;

import java.time.Duration;

/**
 * Says how a hub uses its store.
 *
 * @param holdAfter how long conversations continue while the store takes no writes; then nobody
 *     takes the floor until it is back. 10 s by default
 * @param keep how long an ended conversation is kept after it was last written; zero for ever. 90
 *     days by default
 */
public record StoreSettings(Duration holdAfter, Duration keep) {

  private static final Duration HOLD_AFTER = Duration.ofSeconds(10);
  private static final Duration KEEP = Duration.ofDays(90);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if {@code holdAfter} is not positive or {@code keep} is
   *     negative
   */
  public StoreSettings {
    if (holdAfter.isNegative() || holdAfter.isZero()) {
      throw new IllegalArgumentException("holdAfter must be positive, not " + holdAfter);
    }
    if (keep.isNegative()) {
      throw new IllegalArgumentException("keep must not be negative, but is " + keep);
    }
  }

  /** Returns the defaults. */
  public static StoreSettings defaults() {
    return new StoreSettings(HOLD_AFTER, KEEP);
  }
}
