package io.agentstream.journal;

import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the events of conversations in order. Implementations are thread-safe, and no method
 * blocks; {@code JournalContract} of agentstream-test tests the other requirements.
 */
public interface Journal {

  /**
   * Opens an epoch of a conversation for writing. Readers see it from its first event on.
   *
   * @param conversationId the conversation's id
   * @param epoch the epoch, from 1
   * @throws StaleEpochException if this or a later epoch is known to have been opened before; if
   *     that turns out only later, the writer throws it
   */
  JournalWriter open(String conversationId, long epoch);

  /**
   * Returns a reader of the conversation; empty if there is none or it is no longer kept. The
   * reader stays valid over later epochs.
   *
   * @return fails with {@link UnavailableException} if the journal cannot be reached
   */
  CompletionStage<Optional<JournalReader>> read(String conversationId);

  /**
   * Returns the states of conversations by id, without those that cannot be read. It is cheap and
   * has no side effects, so that lists may call it often and for many conversations.
   *
   * @return fails with {@link UnavailableException} if the journal cannot be reached
   */
  CompletionStage<Map<String, Snapshot.State>> states(Collection<String> conversationIds);

  /**
   * Takes back a conversation that this journal has forgotten, before its next epoch is opened: a
   * snapshot of that epoch shows more of the earlier messages than its events say. Does nothing by
   * default.
   *
   * @param content the conversation as it was
   */
  default void bringBack(String conversationId, Snapshot.Content content) {}

  /** Removes a conversation. Does nothing if there is none. */
  void remove(String conversationId);

  /**
   * Frees the memory of a conversation that has ended and that {@link #read} can still read
   * afterwards.
   *
   * @return false, the default, if this journal has it in memory only and did nothing
   */
  default boolean rest(String conversationId) {
    return false;
  }
}
