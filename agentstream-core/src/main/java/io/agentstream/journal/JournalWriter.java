package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import java.util.List;

/** Appends to one incarnation of a conversation. Called by one thread at a time. */
public interface JournalWriter {

  /**
   * Appends an event under the next sequence number; whoever watches is told.
   *
   * @throws StaleEpochException if a later incarnation was opened
   */
  void append(ChatEvent event);

  /**
   * Appends events so that no reader sees some of them without the others.
   *
   * @param events at least one
   * @throws StaleEpochException if a later incarnation was opened
   */
  void appendAll(List<ChatEvent> events);

  /**
   * Returns false if {@link #keep} does nothing, so that the state of a conversation, which is as
   * long as the conversation, need not be taken for it. True by default.
   */
  default boolean keeps() {
    return true;
  }

  /**
   * Keeps what another node needs to go on with the conversation, in place of what was kept before.
   * Does nothing in a journal that no other node reads.
   */
  default void keep(SavedConversation saved) {}
}
