package io.agentstream.examples.it;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Attempts at what a server refuses for a while. */
final class Attempts {

  /** A user has 60 starts a minute, and each attempt counts. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private Attempts() {}

  /** Waits before the next one. */
  static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
