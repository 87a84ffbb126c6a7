package io.agentstream.store;

import io.agentstream.journal.SavedConversation;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks how much of a conversation the store has, and what is to be written next. Safe from any
 * thread.
 */
final class StoredCopy {

  final String id;
  private final Supplier<Snapshot.Content> source;

  // Guarded by this.
  private @Nullable SavedConversation saved;
  private boolean queued;
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();

  // Touched by the thread that writes only, once the conversation is shared.
  private List<Snapshot.Message> written;

  /**
   * @param written the messages that the store has
   * @param source the conversation as viewers see it; epoch 0 as long as nothing has happened.
   *     Throws {@link UnavailableException} if it cannot be read, and so cannot be written
   */
  StoredCopy(String id, List<Snapshot.Message> written, Supplier<Snapshot.Content> source) {
    this.id = id;
    this.written = written;
    this.source = source;
  }

  synchronized boolean hasSaved() {
    return saved != null;
  }

  synchronized void keep(SavedConversation newest) {
    saved = newest;
  }

  /** Returns true if it has to be put into the queue, where it is not yet. */
  synchronized boolean enqueue() {
    boolean first = !queued;
    queued = true;
    return first;
  }

  /** Returns a stage that is done once all that was kept before this call is in the store. */
  synchronized CompletionStage<Void> committed() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    waiting.add(done);
    return done;
  }

  synchronized boolean isQueued() {
    return queued;
  }

  /**
   * Takes it out of the queue in order to write it.
   *
   * @return null if nothing has happened in it yet
   */
  @Nullable Write take(Instant now) {
    SavedConversation engine;
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      queued = false;
      engine = saved;
      told = waiting;
      waiting = new ArrayList<>();
    }
    try {
      return write(engine, told, now);
    } catch (RuntimeException | StackOverflowError e) {
      told.forEach(
          one -> one.completeExceptionally(new UnavailableException("It cannot be stored")));
      throw e;
    }
  }

  private @Nullable Write write(
      @Nullable SavedConversation engine, List<CompletableFuture<Void>> told, Instant now) {
    Snapshot.Content content = Moment.of(source.get(), engine == null ? null : engine.state());
    if (content.epoch() == 0) {
      told.forEach(one -> one.complete(null));
      return null;
    }
    List<Snapshot.Message> messages = content.messages();
    int kept = same(messages);
    ConversationChange change =
        new ConversationChange(
            id,
            content.epoch(),
            content.state(),
            now,
            Documents.content(content),
            engine == null ? null : Documents.engine(engine),
            kept,
            messages.subList(kept, messages.size()).stream().map(Documents::message).toList());
    return new Write(this, change, messages, told);
  }

  /** Messages never change, so those that are the same objects were written before. */
  @SuppressWarnings("ReferenceEquality")
  private int same(List<Snapshot.Message> messages) {
    int most = Math.min(messages.size(), written.size());
    int same = 0;
    while (same < most && messages.get(same) == written.get(same)) {
      same++;
    }
    return same;
  }

  /**
   * One write of a conversation.
   *
   * @param messages all messages that the store has afterwards
   * @param told told when it is done
   */
  record Write(
      StoredCopy copy,
      ConversationChange change,
      List<Snapshot.Message> messages,
      List<CompletableFuture<Void>> told) {

    void done() {
      copy.written = messages;
      told.forEach(one -> one.complete(null));
    }

    void failed(String problem) {
      told.forEach(one -> one.completeExceptionally(new UnavailableException(problem)));
    }
  }
}
