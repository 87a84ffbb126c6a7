package io.agentstream.examples.backup;

import java.util.concurrent.TimeUnit;

/** Tells a file that grows from one that nobody writes any more. */
final class Progress {

  /** A large database is read in between, and a disk can be busy. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private long size = -1;
  private long grewAt;

  Progress(long now) {
    this.grewAt = now;
  }

  /** Returns true if the file has not grown for a minute. */
  boolean hasStopped(long newSize, long now) {
    if (newSize != size) {
      size = newSize;
      grewAt = now;
    }
    return now - grewAt > PATIENCE_NANOS;
  }
}
