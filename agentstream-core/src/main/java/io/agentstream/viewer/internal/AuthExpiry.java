package io.agentstream.viewer.internal;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Warns before an authentication expires, and reports the expiry. It uses the time of day, which
 * may be changed meanwhile, so it checks the time repeatedly. Thread-safe.
 */
final class AuthExpiry {

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final ChatClock clock;
  private final Duration warning;
  private final Consumer<Instant> onExpiring;
  private final Runnable onExpired;

  // Guarded by this.
  private @Nullable Instant expiresAt;
  private boolean warned;
  private boolean stopped;
  private Alarm alarm = () -> {};

  AuthExpiry(ChatClock clock, Duration warning, Consumer<Instant> onExpiring, Runnable onExpired) {
    this.clock = clock;
    this.warning = warning;
    this.onExpiring = onExpiring;
    this.onExpired = onExpired;
  }

  /**
   * Restarts with a new expiry. It does not warn twice of the same expiry: a viewer that answers
   * the warning with its old token would otherwise be warned again at once, for ever.
   *
   * @param expiresAt null for never
   */
  void set(@Nullable Instant expiresAt) {
    synchronized (this) {
      warned &= Objects.equals(expiresAt, this.expiresAt);
      this.expiresAt = expiresAt;
    }
    check();
  }

  synchronized void stop() {
    stopped = true;
    alarm.cancel();
  }

  private void check() {
    next().run();
  }

  /** Carries out the action that is due, and sets the next alarm. */
  private synchronized Runnable next() {
    // The previous alarm may still be set, if this call was not caused by its ring.
    alarm.cancel();
    Instant end = expiresAt;
    if (end == null || stopped) {
      return () -> {};
    }
    Instant now = clock.now();
    if (!now.isBefore(end)) {
      expiresAt = null;
      return onExpired;
    }
    Duration left = Duration.between(now, end);
    boolean due = !warned && left.compareTo(warning) <= 0;
    warned |= due;
    Duration wait = warned ? left : left.minus(warning);
    alarm = clock.schedule(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT, this::check);
    return due ? () -> onExpiring.accept(end) : () -> {};
  }
}
