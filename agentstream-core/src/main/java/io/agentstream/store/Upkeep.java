package io.agentstream.store;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Removes conversations that were kept long enough. Removes few at a time, between the writes of
 * others. Safe from any thread.
 */
final class Upkeep {

  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
  private static final int BATCH = 100;

  private final Store store;
  private final StoreWriter writer;
  private final ChatClock clock;
  private final Duration keep;

  // Guarded by this.
  private Alarm alarm = () -> {};
  private boolean stopped;

  /**
   * @param keep how long; zero for ever
   */
  Upkeep(Store store, StoreWriter writer, ChatClock clock, Duration keep) {
    this.store = store;
    this.writer = writer;
    this.clock = clock;
    this.keep = keep;
  }

  void start() {
    if (!keep.isZero()) {
      later(BETWEEN_BATCHES);
    }
  }

  private synchronized void later(Duration delay) {
    if (!stopped) {
      alarm = clock.schedule(delay, this::removeSome);
    }
  }

  synchronized void stop() {
    stopped = true;
    alarm.cancel();
  }

  private void removeSome() {
    CompletionStage<Integer> unused =
        writer
            .submit(() -> store.removeOlderThan(clock.now().minus(keep), BATCH))
            .whenComplete(
                (removed, failure) -> {
                  boolean more = failure == null && removed == BATCH;
                  later(more ? BETWEEN_BATCHES : EVERY);
                });
  }
}
