package io.agentstream.store;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.KeptDefinitions;
import io.agentstream.backplane.KeptShares;
import io.agentstream.backplane.Node;
import io.agentstream.backplane.Ownership;
import io.agentstream.backplane.Signals;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps in one {@link Store} the conversations that several nodes share through another backplane.
 * {@code ConversationHubBuilder} makes one if it is given both a backplane and a store.
 *
 * <p>The node that runs a conversation writes each turn to the store. When a conversation has left
 * memory, or the other backplane has lost it, it is read from the store; a node that gets a command
 * for it brings it back under a later epoch.
 */
public final class KeptBackplane implements StoreBackplane, Ownership {

  private final Backplane shared;
  private final StoreService service;
  private final KeptReaders readers;
  private final KeptJournal journal;
  private final KeptDirectory directory;
  private final KeptDefinitions definitions;
  private final KeptRouter router;
  private final Archive archive;

  /**
   * Begins to use a store.
   *
   * @param shared a backplane with a directory; it must be able to bring conversations back ({@link
   *     Ownership#bringBack})
   * @param store a store that the other nodes use too
   * @param limits how much of each conversation stays in memory for replay
   * @param clock gives events their timestamps
   */
  public KeptBackplane(
      Backplane shared, Store store, StoreSettings settings, Limits limits, ChatClock clock) {
    Directory entries = shared.directory();
    if (entries == null) {
      throw new IllegalArgumentException(
          "A store beside a backplane needs a directory, or nobody would know whose a"
              + " conversation is");
    }
    this.shared = shared;
    this.service = new StoreService(store, settings, clock);
    this.readers = new KeptReaders(shared.journal(), service, limits, clock);
    this.journal = new KeptJournal(shared, entries, service, readers);
    StoreDirectory stored = new StoreDirectory(service, new LiveConversations(limits, clock));
    this.directory = new KeptDirectory(entries, service, stored, journal);
    this.definitions = new StoreDefinitions(service);
    this.router = new KeptRouter(shared, entries, service, readers, journal, limits);
    this.archive = new Archive(service, limits);
  }

  @Override
  public void start(Node node) {
    router.start(node);
    service.start(node::storeReachable);
    shared.ownership().start(node);
    router.wakeUnfinished();
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
  public Signals signals() {
    return shared.signals();
  }

  @Override
  public KeptShares shares() {
    return new StoreShares(service);
  }

  @Override
  public CommandRouter router() {
    return router;
  }

  @Override
  public CompletionStage<Boolean> isViewed(String conversationId) {
    return shared.isViewed(conversationId);
  }

  @Override
  public CompletionStage<Long> claim(String conversationId) {
    journal.begins(conversationId);
    return shared.ownership().claim(conversationId);
  }

  @Override
  public void release(String conversationId) {
    shared.ownership().release(conversationId);
  }

  @Override
  public boolean leave() {
    router.stop();
    readers.stop();
    service.leave();
    return shared.ownership().leave();
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(shared.problems());
    problems.addAll(service.problems());
    return problems;
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
    return shared.flush().thenCompose(done -> service.flush());
  }
}
