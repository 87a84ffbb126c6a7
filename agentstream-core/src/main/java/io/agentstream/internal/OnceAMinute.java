package io.agentstream.internal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bounds how often a line is logged that something could cause many times. Thread-safe. */
public final class OnceAMinute {

  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_NAMES = 1_000;

  private final Map<String, Long> last = new ConcurrentHashMap<>();

  /** Returns true if it has not for this name within the last minute. */
  public boolean isDue(String name) {
    long now = System.nanoTime();
    Long before = last.get(name);
    if (before != null) {
      return now - before >= QUIET_NANOS && last.replace(name, before, now);
    }
    if (last.size() >= MOST_NAMES) {
      last.clear();
    }
    return last.putIfAbsent(name, now) == null;
  }
}
