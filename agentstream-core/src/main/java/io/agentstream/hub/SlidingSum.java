package io.agentstream.hub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sums amounts within a window that ends now. The window moves in steps of one twenty-fourth and is
 * never too short, so no window of this length contains more than the sum. Not thread-safe.
 */
final class SlidingSum {

  private static final int PARTS = 24;

  private final long partNanos;
  // The parts of the window, including the current one, each at its number modulo their count; null
  // if they are empty.
  private long @Nullable [] parts;
  private long newest;
  private long sum;

  SlidingSum(Duration window) {
    this.partNanos = window.toNanos() / PARTS;
  }

  /**
   * Adds an amount.
   *
   * @param now in nanoseconds, as {@link io.agentstream.time.ChatClock#nanoTime}; never earlier
   *     than the one before
   */
  void add(long amount, long now) {
    move(now);
    if (amount > 0) {
      long[] kept = parts;
      if (kept == null) {
        kept = new long[PARTS + 1];
        parts = kept;
      }
      kept[slot(newest)] += amount;
      sum += amount;
    }
  }

  /** Returns how much came within the window. */
  long at(long now) {
    move(now);
    return sum;
  }

  private void move(long now) {
    long part = Math.floorDiv(now, partNanos);
    long[] kept = parts;
    if (kept == null || part - newest > PARTS) {
      parts = null;
      sum = 0;
      newest = part;
      return;
    }
    while (newest < part) {
      newest++;
      sum -= kept[slot(newest)];
      kept[slot(newest)] = 0;
    }
  }

  private static int slot(long part) {
    return (int) Math.floorMod(part, (long) PARTS + 1);
  }
}
