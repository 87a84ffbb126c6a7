package io.agentstream.store;

import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of conversations in memory as long as they run, and hands each turn to the
 * writer. A conversation that is not in memory is read from the store.
 */
final class StoreJournal implements Journal {

  private final Store store;
  private final LiveConversations live;
  private final StoreWriter writer;
  private final StoreReads reads;

  StoreJournal(StoreService service, LiveConversations live) {
    this.store = service.store;
    this.live = live;
    this.writer = service.writer;
    this.reads = service.reads;
  }

  @Override
  public JournalWriter open(String conversationId, long epoch) {
    LiveConversation conversation = live.hold(conversationId);
    return new KeptWriter(conversation.log.open(epoch), conversation.copy, writer);
  }

  @Override
  public CompletionStage<Optional<JournalReader>> read(String conversationId) {
    LiveConversation known = live.get(conversationId);
    if (known != null) {
      return CompletableFuture.completedStage(
          known.epoch() == 0 ? Optional.empty() : Optional.of(known));
    }
    return reads.read(
        () -> store.load(conversationId).map(this::intoMemory).map(JournalReader.class::cast));
  }

  private @Nullable LiveConversation intoMemory(StoredConversation stored) {
    Snapshot.Content content = Documents.content(stored);
    return content == null ? null : live.read(stored.info(), content);
  }

  @Override
  public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> conversationIds) {
    Map<String, Snapshot.State> states = new HashMap<>();
    List<String> others = new ArrayList<>();
    for (String id : conversationIds) {
      LiveConversation known = live.get(id);
      if (known == null) {
        others.add(id);
      } else if (known.epoch() > 0) {
        states.put(id, known.log.state());
      }
    }
    if (others.isEmpty()) {
      return CompletableFuture.completedStage(states);
    }
    return reads.read(
        () -> {
          states.putAll(store.states(others));
          return states;
        });
  }

  @Override
  public void remove(String conversationId) {
    live.remove(conversationId);
  }

  @Override
  public boolean rest(String conversationId) {
    live.rest(conversationId);
    return true;
  }
}
