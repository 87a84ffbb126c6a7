package io.agentstream.chat;

import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;

/**
 * Detects a model that is silent for too long, before its first token or between two. A token costs
 * one read of the clock and sets no alarm. Used in the conversation's serial order only.
 */
final class StreamClock {

  private final SerialClock clock;
  private final Runnable onSilence;
  private final long beforeFirst;
  private final long betweenTwo;

  private Alarm alarm = () -> {};
  private long lastSign;
  private boolean began;

  StreamClock(SerialClock clock, Timeouts timeouts, Runnable onSilence) {
    this.clock = clock;
    this.onSilence = onSilence;
    this.beforeFirst = timeouts.firstToken().toNanos();
    this.betweenTwo = timeouts.tokenIdle().toNanos();
  }

  void start() {
    lastSign = clock.nanoTime();
    schedule(beforeFirst);
  }

  /** Records a sign of life. */
  void sign() {
    lastSign = clock.nanoTime();
    if (!began) {
      began = true;
      alarm.cancel();
      schedule(betweenTwo);
    }
  }

  /** Returns true if the model has given any sign of life. */
  boolean began() {
    return began;
  }

  void stop() {
    alarm.cancel();
  }

  private void check() {
    long patience = began ? betweenTwo : beforeFirst;
    long silent = clock.nanoTime() - lastSign;
    if (silent >= patience) {
      onSilence.run();
    } else {
      schedule(patience - silent);
    }
  }

  private void schedule(long nanos) {
    alarm = clock.schedule(Duration.ofNanos(nanos), this::check);
  }
}
