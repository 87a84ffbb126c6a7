package io.agentstream.store;

import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.KeptDefinitions;
import io.agentstream.backplane.KeptShares;
import io.agentstream.backplane.Node;
import io.agentstream.backplane.Ownership;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
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
public final class StoredBackplane implements StoreBackplane, Ownership {

  private final StoreService service;
  private final StoreJournal journal;
  private final StoreDirectory directory;
  private final KeptDefinitions definitions;
  private final Wakeup wakeup;
  private final Archive archive;

  /**
   * Begins to use a store.
   *
   * @param limits how much of each conversation stays in memory for replay
   * @param clock gives events their timestamps
   */
  public StoredBackplane(Store store, StoreSettings settings, Limits limits, ChatClock clock) {
    LiveConversations live = new LiveConversations(limits, clock);
    this.service = new StoreService(store, settings, clock);
    this.journal = new StoreJournal(service, live);
    this.directory = new StoreDirectory(service, live);
    this.definitions = new StoreDefinitions(service);
    this.wakeup = new Wakeup(service, live, limits);
    this.archive = new Archive(service, limits);
  }

  @Override
  public void start(Node node) {
    service.start(node::storeReachable);
    wakeup.start(node);
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
  public KeptShares shares() {
    return new StoreShares(service);
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
    service.leave();
    return true;
  }

  @Override
  public List<String> problems() {
    return service.problems();
  }

  @Override
  public StoreFigures figures() {
    return service.figures;
  }

  @Override
  public Archive archive() {
    return archive;
  }

  /** Writes what is waiting, and then uses the store no more. Does not close the store. */
  @Override
  public CompletionStage<Void> flush() {
    leave();
    return service.flush();
  }
}
