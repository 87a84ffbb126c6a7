package io.agentstream.store;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.KeptDefinitions;
import io.agentstream.backplane.Node;
import io.agentstream.backplane.Ownership;
import io.agentstream.internal.IdleThreads;
import io.agentstream.journal.Journal;
import io.agentstream.journal.internal.Reach;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs the conversations of a single node in memory and keeps them in a {@link Store}. {@code
 * ConversationHubBuilder.store} makes one.
 *
 * <p>Each turn is written when it is over, in one transaction, on a thread of its own. A start, a
 * message or an answer counts as accepted once it is in the store. When the hub is built, every
 * conversation that had not ended continues from its last finished turn, under the next epoch.
 */
public final class StoredBackplane implements Backplane, Ownership {

  /** How long the last turns may take to reach the store. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** Commands of so many conversations are carried out at once after their commit. */
  private static final int ANSWERS = 16;

  private final LiveConversations live;
  private final StoreReads reads = new StoreReads();
  private final StoreFigures figures = new StoreFigures();
  private final Reach reach;
  private final StoreWriter writer;
  private final StoreJournal journal;
  private final StoreDirectory directory;
  private final KeptDefinitions definitions;
  private final Wakeup wakeup;
  private final Upkeep upkeep;

  /**
   * Begins to use a store.
   *
   * @param limits how much of each conversation stays in memory for replay
   * @param clock gives events their timestamps
   */
  public StoredBackplane(Store store, StoreSettings settings, Limits limits, ChatClock clock) {
    this.live = new LiveConversations(limits, clock);
    this.reach = new Reach(clock, settings.holdAfter(), new StoreLog());
    this.writer =
        new StoreWriter(
            store, clock, reach, figures, new IdleThreads("agentstream-store-answers", ANSWERS));
    this.journal = new StoreJournal(store, live, writer, reads);
    this.directory = new StoreDirectory(store, live, writer, reads);
    this.definitions = new StoreDefinitions(store, writer, reads);
    this.wakeup = new Wakeup(store, live, writer, reads, limits);
    this.upkeep = new Upkeep(store, writer, clock, settings.keep());
    figures.queue(writer::size);
  }

  @Override
  public void start(Node node) {
    reach.onChange(node::journalReachable);
    writer.start();
    wakeup.start(node);
    upkeep.start();
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Ownership ownership() {
    return this;
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public KeptDefinitions definitions() {
    return definitions;
  }

  @Override
  public CommandRouter router() {
    return wakeup;
  }

  @Override
  public CompletionStage<Boolean> isViewed(String conversationId) {
    return CompletableFuture.completedStage(false);
  }

  @Override
  public CompletionStage<Long> claim(String conversationId) {
    return CompletableFuture.completedStage(1L);
  }

  @Override
  public void release(String conversationId) {}

  @Override
  public boolean leave() {
    wakeup.stop();
    upkeep.stop();
    return true;
  }

  @Override
  public List<String> problems() {
    return writer.isAlive()
        ? List.of()
        : List.of("The thread that writes to the store is dead: nothing is kept any more");
  }

  /** Returns what was written so far, for metrics. */
  public StoreFigures figures() {
    return figures;
  }

  /** Writes what is waiting, and then uses the store no more. Does not close the store. */
  @Override
  public CompletionStage<Void> flush() {
    leave();
    return writer.close(PATIENCE).thenRun(reads::close);
  }
}
