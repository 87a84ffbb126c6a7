package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import java.util.List;

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
}
