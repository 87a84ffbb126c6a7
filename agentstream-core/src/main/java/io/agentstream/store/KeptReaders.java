package io.agentstream.store;

import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads conversations from the shared journal or, if that has forgotten them, from the store. While
 * viewers look at one that rests, it is looked for in the shared journal every two seconds, because
 * another node may bring it back. Safe from any thread.
 */
final class KeptReaders {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** Every fifth check includes the conversations that do not rest, which may have been removed. */
  private static final int ALL_EVERY = 5;

  private final Journal shared;
  private final StoreService service;
  private final Limits limits;
  private final ChatClock clock;

  // Guarded by this.
  private final Map<String, WeakReference<KeptReader>> readers = new HashMap<>();
  private boolean looking;
  private int looks;
  private boolean stopped;

  KeptReaders(Journal shared, StoreService service, Limits limits, ChatClock clock) {
    this.shared = shared;
    this.service = service;
    this.limits = limits;
    this.clock = clock;
  }

  synchronized void stop() {
    stopped = true;
  }

  /** As {@link Journal#read}. */
  CompletionStage<Optional<JournalReader>> read(String id) {
    return shared
        .read(id)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(Optional.of(inJournal(id, found.get())))
                    : fromStore(id));
  }

  private JournalReader inJournal(String id, JournalReader source) {
    KeptReader reader;
    synchronized (this) {
      reader = known(id);
      if (reader == null) {
        return enter(new KeptReader(id, source, false, this::look));
      }
    }
    reader.moveTo(source);
    return reader;
  }

  private CompletionStage<Optional<JournalReader>> fromStore(String id) {
    return service
        .reads
        .read(() -> service.store.load(id).map(Documents::content))
        .thenCompose(
            content ->
                content.isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : unlessBack(id, content.get()));
  }

  /**
   * Takes the content only if no node has brought the conversation back meanwhile. Otherwise it may
   * be of the epoch that runs now, whose open messages the store does not have to their end.
   */
  private CompletionStage<Optional<JournalReader>> unlessBack(String id, Snapshot.Content content) {
    return shared
        .read(id)
        .thenApply(
            found ->
                Optional.of(found.isPresent() ? inJournal(id, found.get()) : rest(id, content)));
  }

  private JournalReader rest(String id, Snapshot.Content content) {
    ConversationLog stored = log(id, content);
    KeptReader reader;
    synchronized (this) {
      reader = known(id);
      if (reader == null) {
        return enter(new KeptReader(id, stored, true, this::look));
      }
    }
    reader.restIn(stored);
    return reader;
  }

  /** Returns a log that has a conversation as it was stored. */
  ConversationLog log(String id, Snapshot.Content content) {
    ConversationLog log = new ConversationLog(id, limits, clock);
    log.reset(content, List.of());
    return log;
  }

  private @Nullable KeptReader known(String id) {
    WeakReference<KeptReader> reference = readers.get(id);
    return reference == null ? null : reference.get();
  }

  private KeptReader enter(KeptReader reader) {
    readers.put(reader.id, new WeakReference<>(reader));
    return reader;
  }

  /** Reports that this conversation is no longer in the shared journal. */
  void rests(String id) {
    KeptReader reader;
    synchronized (this) {
      reader = known(id);
    }
    if (reader != null) {
      reader.rests();
    }
  }

  /** Forgets a conversation that is removed. */
  synchronized void remove(String id) {
    readers.remove(id);
  }

  /** Looks for a conversation in the shared journal, which has just got it back. */
  void lookFor(String id) {
    KeptReader reader;
    synchronized (this) {
      reader = known(id);
    }
    if (reader != null) {
      check(reader);
    }
  }

  private synchronized void look() {
    if (!looking && !stopped) {
      looking = true;
      clock.schedule(LOOK_EVERY, this::lookAgain);
    }
  }

  private void lookAgain() {
    List<KeptReader> watched;
    boolean all;
    synchronized (this) {
      looking = false;
      looks++;
      all = looks % ALL_EVERY == 0;
      readers.values().removeIf(reference -> reference.get() == null);
      watched =
          readers.keySet().stream()
              .map(this::known)
              .filter(reader -> reader != null && reader.isWatched())
              .toList();
    }
    if (watched.isEmpty()) {
      return;
    }
    look();
    if (all) {
      watched.stream().filter(reader -> !reader.isResting()).forEach(this::check);
    }
    lookForAll(watched.stream().filter(KeptReader::isResting).toList());
  }

  private void lookForAll(List<KeptReader> resting) {
    if (resting.isEmpty()) {
      return;
    }
    CompletionStage<Void> unused =
        shared
            .states(resting.stream().map(reader -> reader.id).toList())
            .thenAccept(
                states ->
                    resting.stream()
                        .filter(reader -> states.containsKey(reader.id))
                        .forEach(this::check));
  }

  private void check(KeptReader reader) {
    CompletionStage<Void> unused =
        shared
            .read(reader.id)
            .thenAccept(found -> found.ifPresentOrElse(reader::moveTo, reader::rests));
  }
}
