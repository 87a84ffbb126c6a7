package io.agentstream.delivery;

import io.agentstream.event.ChatEvent;

/** Appends to one incarnation of a conversation. Called by one thread at a time. */
@FunctionalInterface
public interface JournalWriter {

  /**
   * Appends an event under the next sequence number; whoever watches is told.
   *
   * @throws StaleEpochException if a later incarnation was opened
   */
  void append(ChatEvent event);
}
