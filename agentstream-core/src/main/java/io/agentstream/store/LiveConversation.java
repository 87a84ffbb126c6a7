package io.agentstream.store;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.SavedConversation;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.ControlFrame.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in memory, and what the store does not have of it yet. A viewer reads this object
 * and so keeps it in memory. Safe from any thread.
 */
final class LiveConversation implements JournalReader {

  final String id;
  final ConversationLog log;

  // Guarded by this.
  private @Nullable ConversationInfo info;
  private @Nullable SavedConversation saved;
  private boolean queued;
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();

  // Touched by the thread that writes only, once the conversation is shared.
  private List<Snapshot.Message> written = List.of();

  LiveConversation(String id, ConversationLog log) {
    this.id = id;
    this.log = log;
  }

  /** Returns one that has just been read, of which the store has everything. */
  static LiveConversation read(
      ConversationInfo info, ConversationLog log, Snapshot.Content content) {
    LiveConversation conversation = new LiveConversation(info.conversationId(), log);
    conversation.info = info;
    conversation.written = content.messages();
    log.reset(content, List.of());
    return conversation;
  }

  synchronized @Nullable ConversationInfo info() {
    return info;
  }

  synchronized void describe(ConversationInfo conversation) {
    info = conversation;
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
    Snapshot.Content content =
        Moment.of(log.snapshot().content(), engine == null ? null : engine.state());
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

  @Override
  public long epoch() {
    return log.epoch();
  }

  @Override
  public long head() {
    return log.head();
  }

  @Override
  public long tail() {
    return log.tail();
  }

  @Override
  public @Nullable JournalEntry entry(long seq) {
    return log.entry(seq);
  }

  @Override
  public Snapshot snapshot() {
    return log.snapshot();
  }

  @Override
  public Watch watch(Runnable onAppend) {
    return log.watch(onAppend);
  }

  /**
   * One write of a conversation.
   *
   * @param messages all messages that the store has afterwards
   * @param told told when it is done
   */
  record Write(
      LiveConversation conversation,
      ConversationChange change,
      List<Snapshot.Message> messages,
      List<CompletableFuture<Void>> told) {

    void done() {
      conversation.written = messages;
      told.forEach(one -> one.complete(null));
    }

    /** Puts back what could not be written; returns true if it has to be queued again. */
    boolean again() {
      synchronized (conversation) {
        conversation.waiting.addAll(told);
      }
      return conversation.enqueue();
    }

    void failed(String problem) {
      told.forEach(one -> one.completeExceptionally(new UnavailableException(problem)));
    }
  }
}
