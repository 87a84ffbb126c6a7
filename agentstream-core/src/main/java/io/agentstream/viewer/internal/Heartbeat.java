package io.agentstream.viewer.internal;

import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;

/**
 * Detects dead viewers: it pings after silence, and reports an unanswered ping. Only received data
 * counts, because sent data may disappear in a dead connection's buffers for minutes.
 *
 * <p>It sets one alarm at a time, regardless of how much is received.
 */
final class Heartbeat {

  private final ChatClock clock;
  private final long silence;
  private final long patience;
  private final Runnable ping;
  private final Runnable onDead;

  private volatile long receivedAt;
  private volatile boolean stopped;
  private volatile Alarm alarm = () -> {};

  Heartbeat(ChatClock clock, Timeouts timeouts, Runnable ping, Runnable onDead) {
    this.clock = clock;
    this.silence = timeouts.heartbeat().toNanos();
    this.patience = timeouts.pong().toNanos();
    this.ping = ping;
    this.onDead = onDead;
  }

  void start() {
    receivedAt = clock.nanoTime();
    schedule(silence, this::checkSilence);
  }

  /** Reports that data arrived from the viewer. */
  void received() {
    receivedAt = clock.nanoTime();
  }

  void stop() {
    stopped = true;
    alarm.cancel();
  }

  private void checkSilence() {
    long silent = clock.nanoTime() - receivedAt;
    if (silent < silence) {
      schedule(silence - silent, this::checkSilence);
      return;
    }
    long askedAt = clock.nanoTime();
    ping.run();
    schedule(patience, () -> checkAnswer(askedAt));
  }

  private void checkAnswer(long askedAt) {
    if (receivedAt - askedAt < 0) {
      onDead.run();
    } else {
      checkSilence();
    }
  }

  private void schedule(long nanos, Runnable check) {
    if (!stopped) {
      alarm = clock.schedule(Duration.ofNanos(nanos), check);
      if (stopped) {
        alarm.cancel();
      }
    }
  }
}
