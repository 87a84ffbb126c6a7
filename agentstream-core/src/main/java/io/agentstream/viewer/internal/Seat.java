package io.agentstream.viewer.internal;

import org.jspecify.annotations.Nullable;

/** The counts of one connection, so that they are released exactly once. Thread-safe. */
final class Seat {

  private final ConnectionCount count;

  // Guarded by this.
  private @Nullable String key;
  private boolean closed;

  Seat(ConnectionCount count) {
    this.count = count;
  }

  /** Counts the connection under this key, once; returns false if it exceeds the limit. */
  synchronized boolean take(String key) {
    if (closed || this.key != null) {
      return true;
    }
    if (!count.enter(key)) {
      return false;
    }
    this.key = key;
    return true;
  }

  /** Releases the count; another key may follow. */
  synchronized void giveBack() {
    if (key != null) {
      count.leave(key);
      key = null;
    }
  }

  /** The connection is closed. */
  synchronized void leave() {
    closed = true;
    giveBack();
  }
}
