package io.agentstream.redis;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices that Redis answers to no append, without a clock for each: answers come in the order of
 * the calls, so while one comes now and then all is well.
 */
final class AppendWatch {

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final long patienceNanos;

  // Used by whoever looks alone.
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

  /** Whether something is under way and nothing was answered for long; then it begins anew. */
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
