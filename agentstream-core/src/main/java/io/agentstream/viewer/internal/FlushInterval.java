package io.agentstream.viewer.internal;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delays tokens for further ones, so that they leave in fewer frames. One alarm serves all waiting
 * viewers, and is set only while one waits. Thread-safe.
 */
final class FlushInterval {

  private static final Logger log = LoggerFactory.getLogger(FlushInterval.class);

  private final ChatClock clock;
  private final Duration length;
  private final Executor executor;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean set = new AtomicBoolean();
  private final AtomicBoolean toldOfRejection = new AtomicBoolean();

  /**
   * @param executor sends the frames, because the clock's thread has other alarms
   */
  FlushInterval(ChatClock clock, Duration length, Executor executor) {
    this.clock = clock;
    this.length = length;
    this.executor = executor;
  }

  long nanoTime() {
    return clock.nanoTime();
  }

  /** Returns true if that send is so recent that further tokens may wait. */
  boolean isWithin(long sinceNanos, long nowNanos) {
    return nowNanos - sinceNanos < length.toNanos();
  }

  /** Calls {@code flush} once, within one interval from now. */
  void soon(Runnable flush) {
    waiting.add(flush);
    if (set.compareAndSet(false, true)) {
      clock.schedule(length, this::ring);
    }
  }

  private void ring() {
    // If users' blocking code occupies all threads of the executor, tokens do not wait for it.
    Alarm late = clock.schedule(length, this::flushAll);
    try {
      executor.execute(
          () -> {
            late.cancel();
            flushAll();
          });
    } catch (RuntimeException e) {
      late.cancel();
      if (toldOfRejection.compareAndSet(false, true)) {
        log.warn("The executor takes no more work; tokens are sent by the clock's thread");
      }
      flushAll();
    }
  }

  private void flushAll() {
    // Before the first check: a later caller sets the alarm again.
    set.set(false);
    Runnable flush;
    while ((flush = waiting.poll()) != null) {
      flush.run();
    }
  }
}
