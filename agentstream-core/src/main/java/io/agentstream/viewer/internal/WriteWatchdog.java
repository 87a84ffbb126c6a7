package io.agentstream.viewer.internal;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Finds sockets that take no bytes. Containers cannot be left to it: with a send timeout on a stuck
 * client Undertow reports success and Tyrus does nothing.
 *
 * <p>It sets one alarm per bound and not one per send, so a send costs it one write to a field.
 */
final class WriteWatchdog {

  private static final long IDLE = Long.MIN_VALUE;

  private final ChatClock clock;
  private final long bound;
  private final Runnable onStuck;
  private final AtomicBoolean armed = new AtomicBoolean();
  private volatile long sendingSince = IDLE;
  private volatile @Nullable Alarm alarm;
  private volatile boolean stopped;

  WriteWatchdog(ChatClock clock, Duration bound, Runnable onStuck) {
    this.clock = clock;
    this.bound = bound.toNanos();
    this.onStuck = onStuck;
  }

  void sending() {
    sendingSince = clock.nanoTime();
    if (!armed.get() && armed.compareAndSet(false, true)) {
      schedule(bound);
    }
  }

  void sent() {
    sendingSince = IDLE;
  }

  /** Stops, and forgets the connection at once: with it goes all that it was to send. */
  void stop() {
    stopped = true;
    Alarm waiting = alarm;
    if (waiting != null) {
      waiting.cancel();
    }
  }

  private void check() {
    long since = sendingSince;
    if (stopped) {
      return;
    }
    if (since == IDLE) {
      disarm();
      return;
    }
    long stuck = clock.nanoTime() - since;
    if (stuck >= bound) {
      onStuck.run();
    } else {
      schedule(bound - stuck);
    }
  }

  private void disarm() {
    armed.set(false);
    // A send may have begun before the alarm was given up.
    if (sendingSince != IDLE && armed.compareAndSet(false, true)) {
      schedule(bound);
    }
  }

  private void schedule(long nanos) {
    Alarm next = clock.schedule(Duration.ofNanos(nanos), this::check);
    alarm = next;
    if (stopped) {
      // A stop at the same time may not have seen it.
      next.cancel();
    }
  }
}
