package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Appends to one epoch of a conversation. Called by one thread at a time. */
public interface JournalWriter {

  /**
   * Appends an event under the next sequence number and notifies watchers.
   *
   * @throws StaleEpochException if a later epoch was opened
   */
  void append(ChatEvent event);

  /**
   * Appends events atomically: no reader sees only a part of them.
   *
   * @param events at least one
   * @throws StaleEpochException if a later epoch was opened
   */
  void appendAll(List<ChatEvent> events);

  /**
   * Returns false if {@link #keep} does nothing, so that the state of a conversation, which is as
   * long as the conversation, need not be created for it. Default true.
   */
  default boolean keeps() {
    return true;
  }

  /**
   * Stores the data that another node needs to continue the conversation, and replaces earlier
   * data. Does nothing in a journal that no other node reads.
   */
  default void keep(SavedConversation saved) {}

  /**
   * Does the same as {@link #keep}.
   *
   * @return done when the end of the process cannot undo it, as far as this journal can promise
   *     that; by default at once. Fails with {@link UnavailableException} if that does not come
   *     about in time
   */
  default CompletionStage<Void> keepSafely(SavedConversation saved) {
    keep(saved);
    return CompletableFuture.completedStage(null);
  }

  /**
   * Does the same before a tool is called, whose call must not happen twice. By default it is
   * {@link #keepSafely}; a shared journal waits here until other nodes would see the state, and
   * fails if another node may run the conversation.
   */
  default CompletionStage<Void> record(SavedConversation saved) {
    return keepSafely(saved);
  }
}
