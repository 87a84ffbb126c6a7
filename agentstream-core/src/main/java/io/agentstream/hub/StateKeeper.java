package io.agentstream.hub;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.SavedConversation;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands the newest state of a conversation to its journal. One snapshot is under way at a time, so
 * an older state never replaces a newer one. Safe from any thread.
 */
final class StateKeeper {

  private final JournalWriter writer;
  private final StartConversation definition;
  private final Conversation conversation;

  // Guarded by this.
  private boolean underWay;
  private boolean wanted;
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private boolean strict;
  private boolean closed;

  StateKeeper(JournalWriter writer, StartConversation definition, Conversation conversation) {
    this.writer = writer;
    this.definition = definition;
    this.conversation = conversation;
  }

  /** Keeps the conversation as it stands after what is under way in it. */
  void save() {
    synchronized (this) {
      wanted = true;
      if (underWay || closed) {
        return;
      }
      underWay = true;
    }
    takeSnapshot();
  }

  /**
   * Does the same.
   *
   * @return done when the state is as safe as the journal can make it
   */
  CompletionStage<Void> saved() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedStage(null);
      }
      waiting.add(done);
    }
    save();
    return done;
  }

  /**
   * Does the same, before something that must not happen twice.
   *
   * @return as of {@link JournalWriter#record}
   */
  CompletionStage<Void> recorded() {
    synchronized (this) {
      strict = true;
    }
    return saved();
  }

  /** Keeps nothing more. */
  void close() {
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      closed = true;
      told = waiting;
      waiting = new ArrayList<>();
    }
    settle(told, null);
  }

  private void takeSnapshot() {
    List<CompletableFuture<Void>> told;
    boolean recording;
    synchronized (this) {
      wanted = false;
      recording = strict;
      strict = false;
      told = waiting;
      waiting = new ArrayList<>();
    }
    CompletionStage<ConversationState> unused =
        conversation
            .snapshot()
            .whenComplete(
                (state, failure) -> {
                  keep(state, failure, new Waiting(told, recording));
                  if (isWantedAgain()) {
                    takeSnapshot();
                  }
                });
  }

  private synchronized boolean isWantedAgain() {
    underWay = wanted && !closed;
    return underWay;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Those that wait for a state.
   *
   * @param strict true if it must be recorded
   */
  private record Waiting(List<CompletableFuture<Void>> told, boolean strict) {}

  private void keep(
      @Nullable ConversationState state, @Nullable Throwable failure, Waiting waiters) {
    List<CompletableFuture<Void>> told = waiters.told();
    if (state == null || isClosed()) {
      settle(told, failure);
      return;
    }
    SavedConversation saved = new SavedConversation(definition, state);
    if (told.isEmpty()) {
      writer.keep(saved);
      return;
    }
    CompletionStage<Void> unused =
        (waiters.strict() ? writer.record(saved) : writer.keepSafely(saved))
            .whenComplete((kept, problem) -> settle(told, problem));
  }

  private static void settle(List<CompletableFuture<Void>> waiting, @Nullable Throwable failure) {
    for (CompletableFuture<Void> done : waiting) {
      if (failure == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(failure);
      }
    }
  }
}
