package io.agentstream.store;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.StaleEpochException;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Writes to the journal that the nodes share, and each turn to the store. Reads from the shared
 * journal, and from the store what that has forgotten.
 */
final class KeptJournal implements Journal {

  private static final long READ_SECONDS = 5;

  private final Backplane shared;
  private final Directory entries;
  private final StoreService service;
  private final KeptReaders readers;

  /** New conversations that the store does not know yet. */
  private final Map<String, CompletableFuture<Void>> entering = new ConcurrentHashMap<>();

  KeptJournal(Backplane shared, Directory entries, StoreService service, KeptReaders readers) {
    this.shared = shared;
    this.entries = entries;
    this.service = service;
    this.readers = readers;
  }

  /** Reports a new conversation, whose turns are written once the store knows of it. */
  void begins(String id) {
    entering.put(id, new CompletableFuture<>());
  }

  /** Reports that the store knows of a new conversation. */
  void entered(String id) {
    CompletableFuture<Void> waiting = entering.remove(id);
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  @Override
  public JournalWriter open(String id, long epoch) {
    JournalWriter writer = shared.journal().open(id, epoch);
    CompletionStage<?> entered =
        epoch == 1
            ? entering.getOrDefault(id, CompletableFuture.completedFuture(null))
            : enterAgain(id, epoch);
    StoredCopy copy = new StoredCopy(id, List.of(), () -> content(id, epoch));
    return new KeptWriter(writer, copy, service.writer, entered);
  }

  /** Tells the store of a later epoch and, if it has never known it, of the conversation. */
  private CompletionStage<Void> enterAgain(String id, long epoch) {
    return entries
        .find(id)
        .exceptionally(failure -> Optional.empty())
        .thenCompose(
            info ->
                service.writer.submit(
                    () -> {
                      if (info.isPresent() && service.store.find(id).isEmpty()) {
                        service.store.add(info.get());
                      }
                      if (!service.store.claim(id, epoch)) {
                        throw new StaleEpochException(id, epoch, epoch + 1);
                      }
                      return null;
                    }));
  }

  /** Returns what viewers see; called by the thread that writes to the store. */
  private Snapshot.Content content(String id, long epoch) {
    Optional<JournalReader> reader;
    try {
      reader =
          shared
              .journal()
              .read(id)
              .toCompletableFuture()
              .copy()
              .orTimeout(READ_SECONDS, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException e) {
      throw new UnavailableException("The shared journal did not give it");
    }
    Snapshot.Content content = reader.map(found -> found.snapshot().content()).orElse(null);
    if (content == null || content.epoch() != epoch) {
      throw new UnavailableException("It does not run here any more");
    }
    return content;
  }

  @Override
  public CompletionStage<Optional<JournalReader>> read(String id) {
    return readers.read(id);
  }

  @Override
  public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> ids) {
    return shared
        .journal()
        .states(ids)
        .thenCompose(
            states -> {
              List<String> others = ids.stream().filter(id -> !states.containsKey(id)).toList();
              return others.isEmpty()
                  ? CompletableFuture.completedStage(states)
                  : service.reads.read(() -> withStored(states, others));
            });
  }

  private Map<String, Snapshot.State> withStored(
      Map<String, Snapshot.State> states, List<String> others) {
    Map<String, Snapshot.State> all = new HashMap<>(states);
    all.putAll(service.store.states(others));
    return all;
  }

  @Override
  public void remove(String id) {
    entered(id);
    shared.journal().remove(id);
    readers.remove(id);
  }

  /** Once the store has everything, the nodes forget the conversation. */
  @Override
  public boolean rest(String id) {
    CompletionStage<Void> unused =
        service
            .writer
            .submit(() -> id)
            .thenCompose(
                done -> {
                  shared.ownership().release(id);
                  return entries.remove(id);
                })
            .thenRun(
                () -> {
                  shared.journal().remove(id);
                  readers.rests(id);
                });
    return true;
  }
}
