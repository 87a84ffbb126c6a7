package io.agentstream.test.internal;

import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** The heap of a process in which other tests ran before. */
public final class HeapUse {

  private static final int ROUNDS = 3;
  private static final int COLLECTIONS = 10;

  private HeapUse() {}

  /** Returns the bytes in use after collections until nothing more is freed. */
  public static long now() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  /**
   * Measures three times and returns the value in the middle. The first measurement also loads
   * classes, and megabytes that an earlier test left behind may become free during any one of them.
   */
  public static long median(LongSupplier measured) {
    return LongStream.generate(measured).limit(ROUNDS).sorted().toArray()[ROUNDS / 2];
  }
}
