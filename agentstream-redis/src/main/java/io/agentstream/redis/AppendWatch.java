package io.agentstream.redis;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices that Redis no longer answers appends, without a timer for each. Answers arrive in the
 * order of the calls, so everything is well as long as an answer arrives now and then.
 */
final class AppendWatch {

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final long patienceNanos;

  // Used only by the thread that checks.
  private long seen = -1;
  private long seenAt;

  AppendWatch(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  void sent() {
    sent.incrementAndGet();
  }

  void answered() {
    answered.incrementAndGet();
  }

  /**
   * Returns true if appends are pending and none was answered for a long time; then starts counting
   * again.
   */
  boolean isStuck(long nowNanos) {
    long now = answered.get();
    boolean moves = now != seen || sent.get() == now;
    if (!moves && nowNanos - seenAt <= patienceNanos) {
      return false;
    }
    seen = now;
    seenAt = nowNanos;
    return !moves;
  }
}
