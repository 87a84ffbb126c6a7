package io.agentstream.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Where the events of conversations are kept in their order. Implementations are safe from any
 * thread, and no method blocks.
 */
public interface Journal {

  /**
   * Opens an incarnation of a conversation for writing.
   *
   * @param conversationId which conversation
   * @param epoch which incarnation, from 1
   * @throws StaleEpochException if this or a later incarnation was opened before
   */
  JournalWriter open(String conversationId, long epoch);

  /** The conversation to read; null if there is none or it is no longer kept. */
  @Nullable JournalReader read(String conversationId);

  /** Forgets a conversation. Does nothing if there is none. */
  void remove(String conversationId);
}
