package io.agentstream.viewer.internal;

import java.util.concurrent.ConcurrentHashMap;

/** Counts the connections of each address or user. Thread-safe. */
final class ConnectionCount {

  private final int most;
  private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

  /**
   * @param most how many each may hold; 0 for no limit
   */
  ConnectionCount(int most) {
    this.most = most;
  }

  /** Counts one more, unless it exceeds the limit. */
  boolean enter(String key) {
    if (most == 0) {
      return true;
    }
    boolean[] entered = {false};
    counts.compute(
        key,
        (unused, count) -> {
          int before = count == null ? 0 : count;
          entered[0] = before < most;
          return entered[0] ? Integer.valueOf(before + 1) : count;
        });
    return entered[0];
  }

  /** Releases one that was counted. */
  void leave(String key) {
    counts.computeIfPresent(key, (unused, count) -> count > 1 ? count - 1 : null);
  }

  int keys() {
    return counts.size();
  }
}
