package io.agentstream.store;

import io.agentstream.internal.IdleThreads;
import io.agentstream.journal.internal.Reach;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A store with the threads that write to it and read from it. Safe from any thread. */
final class StoreService {

  /** How long the last turns may take to reach the store. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** The most conversations whose commands are carried out at the same time after their commit. */
  private static final int ANSWERS = 16;

  final Store store;
  final StoreWriter writer;
  final StoreReads reads = new StoreReads();
  final StoreFigures figures = new StoreFigures();
  private final Reach reach;
  private final Upkeep upkeep;

  StoreService(Store store, StoreSettings settings, ChatClock clock) {
    this.store = store;
    this.reach = new Reach(clock, settings.holdAfter(), new StoreLog());
    this.writer =
        new StoreWriter(
            store, clock, reach, figures, new IdleThreads("agentstream-store-answers", ANSWERS));
    this.upkeep = new Upkeep(store, writer, clock, settings.keep());
    figures.queue(writer::size);
  }

  /**
   * Begins to write.
   *
   * @param reachable called when the store has taken no writes for long, and when it does again
   */
  void start(Consumer<Boolean> reachable) {
    reach.onChange(reachable);
    writer.start();
    upkeep.start();
  }

  /** Removes no old conversations from now on. */
  void leave() {
    upkeep.stop();
  }

  List<String> problems() {
    return writer.isAlive()
        ? store.problems()
        : List.of("The thread that writes to the store is dead: nothing is kept any more");
  }

  /** Writes what is waiting, and then uses the store no more. Does not close the store. */
  CompletionStage<Void> flush() {
    return writer.close(PATIENCE).thenRun(reads::close);
  }
}
